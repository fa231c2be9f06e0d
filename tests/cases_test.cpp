#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support.h"

namespace fakt {
namespace {

namespace fs = std::filesystem;

/// Writes what came out over what was expected, so that `git diff` is the review: FAKT_REWRITE=1 ctest ...
bool rewriting() { return std::getenv("FAKT_REWRITE") != nullptr; }

void write_or_remove(const fs::path& file, const std::string& text) {
  if (text.empty())
    fs::remove(file);
  else
    std::ofstream(file, std::ios::binary) << text;
}

/// A command of README.md, "$ fakt ...", and the lines that it shows below it.
struct Shown {
  std::size_t begin, end;  ///< of the output in the page
  std::string command, output;
};

std::vector<Shown> shown_commands(const std::string& page) {
  std::vector<Shown> all;
  const std::string fence = "\n```console\n";
  for (std::size_t block = page.find(fence); block != std::string::npos; block = page.find(fence, block + 1)) {
    std::size_t stop = page.find("\n```\n", block + fence.size()) + 1;
    for (std::size_t at = block + fence.size(); at < stop;) {
      REQUIRE(page.compare(at, 2, "$ ") == 0);
      std::size_t line = at;
      do line = page.find('\n', line) + 1;  // a command goes on after a backslash
      while (page[line - 2] == '\\');
      std::size_t next = std::min(page.find("\n$ ", line - 1) + 1, stop);
      if (next == 0) next = stop;
      all.push_back({line, next, page.substr(at + 2, line - at - 3), page.substr(line, next - line)});
      at = next;
    }
  }
  return all;
}

}  // namespace

TEST_CASE("commands of tests/cases print what is expected") {
  std::vector<fs::path> commands;
  for (const auto& entry : fs::recursive_directory_iterator(FAKT_ROOT "/tests/cases"))
    if (entry.path().filename() == "cmd") commands.push_back(entry.path());
  std::sort(commands.begin(), commands.end());
  REQUIRE(!commands.empty());
  for (const auto& cmd : commands) {
    fs::path folder = cmd.parent_path();
    INFO(folder.string());
    Ran ran = run_shell(read_file(cmd));
    std::string status = ran.status ? std::to_string(ran.status) + "\n" : "";
    if (rewriting()) {
      write_or_remove(folder / "stdout", ran.out);
      write_or_remove(folder / "stderr", ran.err);
      write_or_remove(folder / "exit", status);
      continue;
    }
    CHECK(ran.out == read_file(folder / "stdout"));
    CHECK(ran.err == read_file(folder / "stderr"));
    CHECK(status == read_file(folder / "exit"));
  }
}

TEST_CASE("README.md shows what its commands print") {
  std::string page = read_file(FAKT_ROOT "/README.md");
  auto commands = shown_commands(page);
  if (rewriting()) std::reverse(commands.begin(), commands.end());  // so that places before stay true
  for (const auto& shown : commands) {
    INFO(shown.command);
    Ran ran = run_shell("{ " + shown.command + "\n} 2>&1");
    if (rewriting())
      page.replace(shown.begin, shown.end - shown.begin, ran.out);
    else
      CHECK(ran.out == shown.output);
  }
  if (rewriting()) std::ofstream(FAKT_ROOT "/README.md", std::ios::binary) << page;
}

}  // namespace fakt
