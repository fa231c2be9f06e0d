#pragma once

#include <string>
#include <vector>

namespace fakt {

/// What the command line says, as written; app.cpp resolves it.
struct Options {
  enum class Command { extract, check, eval, patterns } command = Command::extract;

  std::vector<std::string> paths;  ///< files and folders; of check: packs
  std::vector<std::string> types;
  std::string format;  ///< "" is table on a terminal, else jsonl
  std::string lang = "auto";
  std::string date;
  std::string dates = "day";
  std::string input = "auto";
  std::vector<std::string> keep;
  std::vector<std::string> patterns;  ///< own pattern files and folders
  bool no_default_patterns = false;
  unsigned threads = 0;  ///< 0: all cores
  bool sentence = false, count = false, files_with_facts = false, stats = false, explain = false, exit_status = false;
  bool per_document = false, line_buffered = false;
  std::string color = "auto", progress = "auto";
  std::string engine = "fast";  ///< or "plain": no triggers, the measure of what is right
  std::string files_from;       ///< a file, or "-", that lists further paths
  bool nul_separated = false;
  std::string encoding;  ///< of all files; "" is UTF-8 or what the bytes show
  std::string output;    ///< a file instead of standard output

  std::string gold;  ///< eval
  int errors = 0;    ///< eval: so many errors of each kind are shown
  std::string text;  ///< check --text
  bool has_text = false;
  bool closed = false;        ///< eval: facts of predicates that the gold does not hold are wrong
  bool explain_plan = false;  ///< patterns --explain-plan
  bool json = false;          ///< patterns --json, eval --json

  bool done = false;  ///< --help, --version or --completions: print `message` and end
  std::string message;
};

/// Throws Error for what cannot be understood, with the nearest option or value. The only place that knows CLI11.
/// `args` are the words after the program's name.
Options parse_command_line(const std::vector<std::string>& args);

}  // namespace fakt
