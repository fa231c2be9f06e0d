#include <doctest/doctest.h>

#include "support.h"

namespace fakt {
namespace {

/// What fakt finds in `text` with these pattern files (and names) alone: "type text=value;" for each mention.
std::string found(const std::vector<std::pair<std::string, std::string>>& files, const std::string& text,
                  const std::string& types) {
  TemporaryFolder folder;
  folder.write("de/text.toml", "language = \"de\"\n");
  folder.write("common/gap.toml", "[macro]\n_ = '[ ]+'\n");
  for (const auto& [name, content] : files) folder.write(name, content);
  Ran ran = run_fakt(
      {"--no-default-patterns", "--patterns", folder.path(), "--lang", "de", "--format", "tsv", "--type", types}, text);
  REQUIRE_MESSAGE(ran.status == 0, ran.err);
  std::string out;
  std::size_t at = ran.out.find('\n') + 1;
  while (at < ran.out.size()) {
    std::size_t end = ran.out.find('\n', at);
    std::vector<std::string> cells(1);
    for (char c : ran.out.substr(at, end - at)) c == '\t' ? void(cells.emplace_back()) : cells.back().push_back(c);
    out += cells[2] + " " + cells[7] + "=" + cells[8] + ";";
    at = end + 1;
  }
  return out;
}

const char* kFirm = R"(
mention = "firm"
threshold = 1.0
[names]
genitive = ["s"]
ambiguous_weight = 0.5
[spread]
without = '{_} (?:AG|GmbH)'
not_alone = ['Neue', 'Die']
part = 0.6
first = true
[[pattern]]
name = "form"
match = '[A-Z][a-z]+ (?: {_} [A-Z][a-z]+ )? {_} (?:AG|GmbH)'
spread = true
yes."Die [Merko AG] zahlt." = "Merko AG"
[[pattern]]
name = "bei"
match = 'bei {_} «[A-Z][a-z]+»'
weight = 0.4
yes."Er war bei [Merko] und der [Merko AG]." = ["Merko AG", "Merko AG"]
[[pattern]]
name = "chef"
match = '«[A-Z][a-z]+»-Chef'
weight = 0.6
spread = true
yes."Der [Merko]-Chef arbeitet bei [Merko]." = ["Merko", "Merko"]
)";

}  // namespace

TEST_CASE("one weak cue is too little, two of the same words make a hit everywhere") {
  CHECK(found({{"de/firm.toml", kFirm}}, "Er war bei Merko. Auch Merko ging.\n", "firm") == "");
  CHECK(found({{"de/firm.toml", kFirm}}, "Er war bei Merko. Der Merko-Chef ging. Merkos Haus.\n", "firm") ==
        "firm Merko=Merko;firm Merko=Merko;firm Merkos=Merko;");
}

TEST_CASE("a name counts elsewhere without its legal form and in the genitive, with the long form as its value") {
  CHECK(found({{"de/firm.toml", kFirm}}, "Die Nova Stahl AG baut. Nova Stahls Werk.\n", "firm") ==
        "firm Nova Stahl AG=Nova Stahl AG;firm Nova Stahls=Nova Stahl AG;");
}

TEST_CASE("the first word alone needs further evidence, and some words never stand alone") {
  CHECK(found({{"de/firm.toml", kFirm}}, "Die Nova Stahl AG baut. Nun Nova.\n", "firm") ==
        "firm Nova Stahl AG=Nova Stahl AG;");
  CHECK(found({{"de/firm.toml", kFirm}}, "Die Nova Stahl AG baut. Er war bei Nova.\n", "firm") ==
        "firm Nova Stahl AG=Nova Stahl AG;firm Nova=Nova Stahl AG;");
  CHECK(found({{"de/firm.toml", kFirm}}, "Die Neue Stahl AG baut. Er war bei Neue.\n", "firm") ==
        "firm Neue Stahl AG=Neue Stahl AG;");
}

TEST_CASE("the first word is enough where it stands alone, if the text never has it with a small letter") {
  std::string firm = kFirm;
  firm.insert(firm.find("part = 0.6"), "alone = 1.0\n");
  auto firms = [&](const std::string& text) { return found({{"de/firm.toml", firm}}, text, "firm"); };
  CHECK(firms("Die Nova Stahl AG baut. Nun will Nova mehr.\n") ==
        "firm Nova Stahl AG=Nova Stahl AG;firm Nova=Nova Stahl AG;");
  for (const char* other : {"Nun will Nova Holz mehr.", "Nun will Villa Nova mehr.", "Nun will Nova-Holz mehr.",
                            "Nun will Nova & Sohn mehr.", "Nun will A. Nova mehr.", "Nun will Nova mehr und nova."})
    CHECK_MESSAGE(firms(std::string("Die Nova Stahl AG baut. ") + other + "\n") == "firm Nova Stahl AG=Nova Stahl AG;",
                  other);
}

TEST_CASE("a listed name with a legal form keeps its listed value") {
  CHECK(found({{"de/firm.toml", kFirm}, {"names/firm.tsv", "name\tspellings\nNOVA\tNova\n"}}, "So baut die Nova AG.\n",
              "firm") == "firm Nova AG=NOVA;");
}

TEST_CASE("a part of a longer name counts nowhere else, unless it is a name there") {
  CHECK(found({{"de/firm.toml", kFirm}}, "Die Werke Nova AG baut. Nun Nova.\n", "firm") ==
        "firm Werke Nova AG=Werke Nova AG;");
  CHECK(found({{"de/firm.toml", kFirm}}, "Die Werke Nova AG baut. Es half die Nova AG. Nun Nova.\n", "firm") ==
        "firm Werke Nova AG=Werke Nova AG;firm Nova AG=Nova AG;firm Nova=Nova AG;");
}

TEST_CASE("the first word of a listed name counts as that of any other name") {
  std::vector<std::pair<std::string, std::string>> files = {{"de/firm.toml", kFirm},
                                                            {"names/firm.tsv", "name\nNova Stahl\nNeue Post\n"}};
  CHECK(found(files, "Es baut Nova Stahl. Er war bei Nova.\n", "firm") ==
        "firm Nova Stahl=Nova Stahl;firm Nova=Nova Stahl;");
  CHECK(found(files, "Es baut Neue Post. Er war bei Neue.\n", "firm") == "firm Neue Post=Neue Post;");
}

TEST_CASE("an article that a listed name begins with is outside of the mention") {
  std::string firm = kFirm;
  firm.insert(firm.find("[names]") + 8, "articles = [\"The\"]\n");
  std::vector<std::pair<std::string, std::string>> files = {
      {"de/firm.toml", firm}, {"names/firm.tsv", "name\tspellings\nThe Sun\tThe Big Sun\n"}};
  CHECK(found(files, "Das schrieb The Sun, dann THE BIG SUN.\n", "firm") == "firm Sun=The Sun;firm BIG SUN=The Sun;");
  CHECK(found(files, "Die Sun schrieb es.\n", "firm") == "");
}

TEST_CASE("a clitic is outside of the mention, unless it belongs to the name") {
  std::string firm = kFirm;
  std::size_t at = firm.find("genitive");
  REQUIRE(at != std::string::npos);
  firm.replace(at, firm.find('\n', at) - at, "genitive = [\"'s\", \"’s\"]\nclitics = [\"'s\", \"’s\"]");
  std::vector<std::pair<std::string, std::string>> files = {{"de/firm.toml", firm},
                                                            {"names/firm.tsv", "name\nNova\nBrink's\n"}};
  CHECK(found(files, "Nova's und Nova’s Werk.\n", "firm") == "firm Nova=Nova;firm Nova=Nova;");
  CHECK(found(files, "Das Werk von Brink's.\n", "firm") == "firm Brink's=Brink's;");
}

const char* kHuman = R"(
mention = "human"
threshold = 1.0
rivals = ["firm"]
[names]
genitive = ["s"]
weight = 0.5
[spread]
weight = 1.2
part = 1.2
last = true
[[pattern]]
name = "first-last"
extends = "first"
match = '{_} [A-Z][a-z]+'
spread = true
yes."Es sprach [Anna Nova]." = "Anna Nova"
)";

TEST_CASE("a pattern goes on from a listed name") {
  CHECK(found({{"de/human.toml", kHuman},
               {"de/firm.toml", kFirm},
               {"names/human.tsv", "name\tkind\nAnna\tfirst\nOtto\tother\n"}},
              "Otto Nova und Anna Nova.\n", "human") == "human Nova=Anna Nova;human Anna Nova=Anna Nova;");
}

TEST_CASE("behind a listed name a pattern may mark others, unless the name is ambiguous") {
  CHECK(found({{"de/firm.toml", R"(
mention = "firm"
threshold = 1.0
[names]
weight = 1.0
ambiguous_weight = 0.5
[[pattern]]
name = "beside"
extends = "*"
match = '(?:,{_}«[A-Z][a-z]+»)? {_}and{_} «[A-Z][a-z]+»'
yes."[Orbo] and [Velmo] met." = ["Orbo", "Velmo"]
)"},
               {"names/firm.tsv", "name\tkind\tspellings\tacronym\tambiguous\nOrbo\tfirm\nBand\tfirm\t\t\t1\n"}},
              "Orbo, Nova and Tarvo met. Band and Lindo met.\n",
              "firm") == "firm Orbo=Orbo;firm Nova=Nova;firm Tarvo=Tarvo;");
}

TEST_CASE("rivals contend: a surname is no company unless there is more evidence for one") {
  std::string rival = std::string("rivals = [\"human\"]\n") + (kFirm + 1);
  std::vector<std::pair<std::string, std::string>> files = {{"de/human.toml", kHuman},
                                                            {"de/firm.toml", rival},
                                                            {"names/human.tsv", "name\tkind\nAnna\tfirst\n"},
                                                            {"names/firm.tsv", "name\nNova\n"}};
  CHECK(found(files, "Bei Nova wird gebaut.\n", "firm") == "firm Nova=Nova;");
  CHECK(found(files, "Anna Nova kam. Dann ging Nova.\n", "firm,human") ==
        "human Anna Nova=Anna Nova;human Nova=Anna Nova;");
  CHECK(found(files, "Anna Nova kam. Sie war bei Nova.\n", "firm") == "firm Nova=Nova;");
  CHECK(found(files, "Die Anna Nova AG baut.\n", "firm,human") == "firm Anna Nova AG=Anna Nova AG;");
}

TEST_CASE("a listed name of several words is found in a compound with hyphens") {
  CHECK(found({{"de/firm.toml", kFirm}, {"names/firm.tsv", "name\nNova Stahl\n"}}, "Der Nova-Stahl-Chef ging.\n",
              "firm") == "firm Nova-Stahl=Nova Stahl;");
  CHECK(found({{"de/firm.toml", kFirm}, {"names/firm.tsv", "name\nNova Stahl\n"}}, "Er mag Nova-Stahl.\n", "firm") ==
        "");
}

}  // namespace fakt
