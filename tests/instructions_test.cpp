// Instructions, which repeat where times do not, so that speed is not lost unseen. tests/data/instructions.tsv holds
// the figures; a count may lie a tenth above. After a change that is worth its price, or that made fakt faster:
//
//   FAKT_REWRITE=instructions build/release/tests/fakt_test -tc='instructions*'
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support.h"

namespace fakt {
namespace {

const char* const kFigures = FAKT_ROOT "/tests/data/instructions.tsv";

const std::string kTiny = "echo 'Die Nordlicht AG kauft am 3. Mai 2025 Nvidia H800 für 52,5 Mio. Euro.' | ";
const std::string kMentions = "-t money,date,chip,org ";
const std::string kSamples =
    "samples samples samples samples samples samples samples samples samples samples samples samples";

/// What is counted, by its name in the file of figures.
const std::vector<std::pair<std::string, std::string>> kRuns = {
    {"start", kTiny + "fakt -j1 " + kMentions + "-"},
    {"start with facts", kTiny + "fakt -j1 -"},
    {"start with a pattern file", kTiny + "fakt -j1 --patterns tests/own/frequency.toml -"},
    {"312 KB of samples", "fakt -j1 " + kMentions + kSamples},
    {"312 KB of samples with facts", "fakt -j1 " + kSamples},
};

/// Instructions of fakt, started by the last word `fakt` of the command.
std::uint64_t count(std::string command) {
  command.replace(command.rfind("fakt "), 4, "valgrind --tool=callgrind --callgrind-out-file=/dev/null fakt");
  Ran ran = run_shell(command);
  CHECK(ran.status == 0);
  CHECK(ran.out.find("\"money\"") != std::string::npos);
  const std::string_view label = "Collected : ";
  std::size_t at = ran.err.find(label);
  REQUIRE_MESSAGE(at != std::string::npos, ran.err);
  return std::stoull(ran.err.substr(at + label.size()));
}

std::uint64_t figure(const std::string& name) {
  std::istringstream file(read_file(kFigures));
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(name + '\t')) return std::stoull(line.substr(name.size() + 1));
  FAIL("no figure for ", name, " in ", kFigures);
  return 0;
}

/// Why there is nothing to compare with; "" if there is.
std::string obstacle() {
  if (!FAKT_OPTIMISED) return "only a release build is counted";
  if (run_shell("command -v valgrind").status != 0) return "valgrind is not installed";
  return {};
}

}  // namespace

TEST_CASE("instructions for a start and for each byte are not many more than they were") {
  if (std::string why = obstacle(); !why.empty()) {
    MESSAGE("skipped: ", why);
    return;
  }
  const char* rewrite = std::getenv("FAKT_REWRITE");
  std::string lines = "# what\tinstructions (release build, g++ 12, Debian 12, x86-64)\n";
  for (const auto& [name, command] : kRuns) {
    std::uint64_t now = count(command);
    lines += fmt::format("{}\t{}\n", name, now);
    if (rewrite && std::string_view(rewrite) == "instructions") continue;
    std::uint64_t before = figure(name);
    std::string change =
        fmt::format("{}: {} instructions, {} were stored ({:+.1f} %); {} says how to renew them", name, now, before,
                    100 * (static_cast<double>(now) / static_cast<double>(before) - 1), __FILE__);
    CHECK_MESSAGE(now <= before + before / 10, change);
    if (now < before - before / 10) MESSAGE(change);
  }
  if (rewrite && std::string_view(rewrite) == "instructions") std::ofstream(kFigures, std::ios::binary) << lines;
}

}  // namespace fakt
