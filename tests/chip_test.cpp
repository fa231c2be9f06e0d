#include <doctest/doctest.h>

#include "support.h"

namespace fakt {
namespace {

/// The values of the records, one a line.
std::string values(std::string_view text, std::vector<std::string> options = {}) {
  options.insert(options.end(), {"--type", "chip", "--format", "csv"});
  Ran ran = run_fakt(options, text);
  CHECK_MESSAGE(ran.status == 0, ran.err);
  std::string out;
  for (std::size_t begin = ran.out.find('\n') + 1; begin < ran.out.size();) {
    std::size_t end = ran.out.find('\n', begin);
    std::string line = ran.out.substr(begin, end - begin);
    for (int commas = 0; commas < 8; ++commas) line = line.substr(line.find(',') + 1);
    out += line.substr(0, line.find(',')) + "\n";
    begin = end + 1;
  }
  return out;
}

}  // namespace

TEST_CASE("a chip has vendor, model, kind and count, in this order") {
  Ran ran = run_fakt({"--type", "chip"}, "Die Firma kaufte 2.048 Nvidia H800.\n");
  CHECK(ran.err == "");
  CHECK(
      ran.out ==
      R"({"doc":"-","type":"chip","start":23,"end":34,"line":1,"column":24,"text":"Nvidia H800","value":"NVIDIA H800","vendor":"NVIDIA","model":"H800","kind":"accelerator","count":2048})"
      "\n");
}

TEST_CASE("the vendor inside a chip's name is no organisation of its own, and neither is a count of chips") {
  auto found = [](std::string_view text) { return run_fakt({"--type", "org,chip", "--format", "grep"}, text).out; };
  CHECK(found("Das Labor kaufte 2.400 Beschleuniger vom Typ Nvidia H100.\n") ==
        "-:1:46:chip:NVIDIA H100:Nvidia H100\n");
  CHECK(found("Das Labor kaufte bei Nvidia die H100.\n") == "-:1:22:org:NVIDIA:Nvidia\n-:1:33:chip:NVIDIA H100:H100\n");
  CHECK(found("The lab bought an Intel Core i7-8700K.\n") == "-:1:19:chip:Intel Core i7-8700K:Intel Core i7-8700K\n");
}

TEST_CASE("a bare name that was established in one paragraph counts in the others") {
  std::string bare = "Von der A100 war lange nichts zu hören.\n";
  CHECK(values(bare) == "");
  CHECK(values("Nvidia verkauft den Chip A100 nun auch dort.\n\n" + bare) == "NVIDIA A100\nNVIDIA A100\n");
}

TEST_CASE("a name of two makers is read as the one that the sentence speaks of") {
  TemporaryFolder folder;
  std::string file = folder.write("chip.toml", R"(
mention = "chip"
threshold = 1.0
[[pattern]]
name = "own-a"
match = 'Quorl9'
weight = 0.5
reading = "a"
value = "{vendor} {text}"
keys = { vendor = "Alpha" }
yes."Alphas [Quorl9] ist da." = "Alpha Quorl9"
[[pattern]]
name = "own-b"
match = 'Quorl9'
weight = 0.4
reading = "b"
value = "{vendor} {text}"
keys = { vendor = "Beta" }
yes."Betas [Quorl9] ist da." = "Beta Quorl9"
[[pattern]]
name = "own-cue-a"
match = 'Alphas?'
cue = true
for = ["a"]
scope = { sentence = 0.3, paragraph = 0.3 }
yes."Alphas [Quorl9] ist da." = "Alpha Quorl9"
[[pattern]]
name = "own-cue-b"
match = 'Betas?'
cue = true
for = ["b"]
scope = { sentence = 0.3, paragraph = 0.3 }
yes."Betas [Quorl9] ist da." = "Beta Quorl9"
)");
  std::vector<std::string> own = {"--patterns", file};
  CHECK(values("Alpha baut den Quorl9.\n", own) == "Alpha Quorl9\n");
  CHECK(values("Beta baut den Quorl9.\n", own) == "Beta Quorl9\n");
  CHECK(values("Den Quorl9 baut niemand.\n", own) == "");
  CHECK(values("Alpha schweigt. Den Quorl9 baut jemand.\n", own) == "");
}

}  // namespace fakt
