#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace fakt {

/// What a run of the tool gave.
struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

/// Runs the tool in this process and then checks what must hold after every run: each line of JSON Lines parses, spans
/// cut out their text on character borders (where the input is at hand), and mentions of a type are disjoint.
/// `input` is standard input.
Ran run_fakt(const std::vector<std::string>& args, std::string_view input = {});

/// Options for the patterns of tests/pack: money alone, and as it is here, whatever becomes of the built-in ones.
std::vector<std::string> with_pack(std::vector<std::string> args = {});

/// Runs a shell command from outside, with the built tool first on PATH, in the root of the source tree. $TMPDIR is an
/// empty folder, $PACK the options of with_pack().
Ran run_shell(const std::string& command);

/// A file that goes when the test ends; returns its path.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  std::string write(const std::string& name, std::string_view bytes) const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string read_file(const std::string& path);

/// A text of at most 13 of a few letters, digits and signs of one to three bytes, for small regexes.
std::string random_text(std::mt19937& random);

/// Whether no character of a valid UTF-8 text is cut at the byte.
bool on_border(std::string_view text, std::size_t at);

}  // namespace fakt
