#include <doctest/doctest.h>

#include <string>

#include "support.h"

namespace fakt {
namespace {

/// Four documents; offsets are those of the pack's money in them.
const char* const kDocs = R"({"id":"a","text":"Es kostet 3 Euro, dann 4 Euro."})"
                          "\n"
                          R"({"id":"b","text":"Ein Preis: 5 Mio. Euro."})"
                          "\n"
                          R"({"id":"c","text":"Hier steht 6 Euro, ungefragt."})"
                          "\n"
                          R"({"id":"d","text":"Nicht im Gold: 7 Euro."})"
                          "\n";

const char* const kGold =
    R"({"doc":"a","type":"money","start":10,"end":16,"text":"3 Euro","value":"EUR 3"})"
    "\n"
    R"({"doc":"a","type":"money","start":18,"end":29,"text":"dann 4 Euro","value":"EUR 5","values":["EUR 4"]})"
    "\n"
    R"({"doc":"b","type":"money","start":11,"end":22,"text":"5 Mio. Euro","value":"EUR 5"})"
    "\n"
    R"({"doc":"b","type":"money","start":0,"end":3,"text":"Ein","value":null})"
    "\n"
    R"({"doc":"c","type":"money","start":11,"end":17,"text":"6 Euro","value":null,"optional":true})"
    "\n";

}  // namespace

TEST_CASE("eval counts strict, relaxed and value hits; optional gold and documents without gold do not count") {
  TemporaryFolder folder;
  std::string gold = folder.write("gold.jsonl", kGold), docs = folder.write("docs.jsonl", kDocs);
  Ran ran = run_fakt(with_pack({"eval", gold, docs}));
  CHECK(ran.status == 2);  // with_pack puts its options first, where no command may follow
  ran = run_fakt({"eval", "--no-default-patterns", "--patterns", FAKT_ROOT "/tests/pack", gold, docs, "--errors", "5"});
  CHECK(ran.status == 0);
  CHECK(ran.err == "");
  CHECK(ran.out ==
        "type       mode           P       R      F1     tp  found   gold\n"
        "money      strict    0.6667  0.5000  0.5714      2      3      4\n"
        "money      relaxed   1.0000  0.7500  0.8571      3      3      4\n"
        "money      value     0.6667  0.6667  0.6667      2      3      3\n"
        "-- missed: 1\n"
        "   b: gold money[0,3) 'Ein' = None | out -\n"
        "-- spurious: 0\n"
        "-- span: 1\n"
        "   a: gold money[18,29) 'dann 4 Euro' = 'EUR 5' | out money[23,29) '4 Euro' = 'EUR 4'\n"
        "-- value: 1\n"
        "   b: gold money[11,22) '5 Mio. Euro' = 'EUR 5' | out money[11,22) '5 Mio. Euro' = 'EUR 5000000'\n");
  ran = run_fakt({"eval", "--no-default-patterns", "--patterns", FAKT_ROOT "/tests/pack", gold, docs, "--json"});
  CHECK(ran.out ==
        R"({"money":{"strict":{"p":0.6666666666666666,"r":0.5,"f1":0.5714285714285715,"tp":2,"found":3,"gold":4},)"
        R"("relaxed":{"p":1,"r":0.75,"f1":0.8571428571428571,"tp":3,"found":3,"gold":4},)"
        R"("value":{"p":0.6666666666666666,"r":0.6666666666666666,"f1":0.6666666666666666,"tp":2,"found":3,"gold":3}}})"
        "\n");
}

TEST_CASE("eval pairs facts by their arguments") {
  TemporaryFolder folder;
  folder.write("pack/de/text.toml", "language = \"de\"\n[words]\nabbreviations = []\n");
  folder.write("pack/de/org.toml",
               "mention = \"org\"\n[[pattern]]\nname = \"firm\"\nmatch = 'Firma[ ][A-Z]'\nyes.\"Die [Firma A].\" = "
               "\"Firma A\"\n");
  folder.write("pack/de/facts/acquisition.toml",
               "fact = \"acquisition\"\n[macro]\n_ = '[ ]+'\n[[pattern]]\nname = \"kauft\"\n"
               "match = '{buyer:org}{_}«kauft»{_}{acquired:org}'\n"
               "yes.\"Die Firma A kauft Firma B.\" = { buyer = \"Firma A\", acquired = \"Firma B\" }\n");
  std::string docs = folder.write("docs.jsonl", R"({"id":"a","text":"Firma A kauft Firma B. Firma C kauft Firma D."})"
                                                "\n"
                                                R"({"id":"b","text":"Firma E kauft Firma F."})"
                                                "\n");
  auto arg = [](std::string role, int start, int end, std::string more = "") {
    return "{\"role\":\"" + role + "\",\"start\":" + std::to_string(start) + ",\"end\":" + std::to_string(end) +
           ",\"text\":\"t\"" + more + "}";
  };
  auto fact = [](std::string doc, std::string predicate, std::string args) {
    return "{\"doc\":\"" + doc + "\",\"type\":\"fact\",\"predicate\":\"" + predicate +
           "\",\"start\":0,\"end\":9,\"args\":[" + args + "]}\n";
  };
  std::string gold = folder.write(
      "gold.jsonl",
      fact("a", "acquisition", arg("buyer", 0, 7) + "," + arg("acquired", 14, 21) + "," + arg("price", 22, 23)) +
          fact("a", "acquisition", arg("buyer", 23, 30) + "," + arg("acquired", 0, 3)) +
          fact("b", "merger", arg("old", 0, 7) + "," + arg("old", 14, 21)));
  std::vector<std::string> args = {"eval", "--no-default-patterns", "--patterns", folder.path() + "/pack", gold, docs};
  Ran ran = run_fakt(args);
  CHECK(ran.err == "");
  CHECK(ran.out ==
        "predicate                mode         P       R      F1    tp  found  gold\n"
        "acquisition              event   0.6667  1.0000  0.8000     2      3     2\n"
        "acquisition              core    0.3333  0.5000  0.4000     1      3     2\n"
        "acquisition              arg     0.5000  0.6000  0.5455     3      6     5\n"
        "merger                   event   0.0000  0.0000  0.0000     0      0     1\n"
        "merger                   core    0.0000  0.0000  0.0000     0      0     1\n"
        "merger                   arg     0.0000  0.0000  0.0000     0      0     2\n"
        "all                      event   0.6667  0.6667  0.6667     2      3     3\n"
        "all                      core    0.3333  0.3333  0.3333     1      3     3\n"
        "all                      arg     0.5000  0.4286  0.4615     3      6     7\n");
}

TEST_CASE("--closed also counts facts of predicates that the gold does not hold") {
  TemporaryFolder folder;
  std::string gold =
      folder.write("gold.jsonl", R"({"doc":"a"})"
                                 "\n"
                                 R"({"doc":"a","type":"fact","predicate":"none_such","start":0,"end":1,"args":[]})"
                                 "\n");
  std::string docs = folder.write(
      "docs.jsonl", R"({"id":"a","text":"Die Muster AG hat die Beispiel GmbH für 3 Mio. Euro übernommen."})"
                    "\n");
  Ran open = run_fakt({"eval", gold, docs}), closed = run_fakt({"eval", "--closed", gold, docs});
  CHECK(open.out.find("none_such") != std::string::npos);
  CHECK(closed.out.size() >= open.out.size());
}

TEST_CASE("eval tells what is wrong with the gold") {
  TemporaryFolder folder;
  auto said = [&](const std::string& gold) {
    Ran ran = run_fakt({"eval", folder.write("gold.jsonl", gold), "nothere"});
    CHECK(ran.status == 2);
    return ran.err;
  };
  std::string file = "fakt: " + folder.path() + "/gold.jsonl";
  CHECK(said("{\"doc\":\"a\"}\n") == file + ": no gold record has a type\n");
  CHECK(said("{\"type\":\"money\"}\n") == file + ":1: no \"doc\" in the gold record\n");
  CHECK(said("{\"doc\":\"a\",\"type\":\"fact\",\"args\":[1]}\n") == file + ":1: an element of \"args\" is no object\n");
  CHECK(said("\n{\n").starts_with(file + ":2: "));
  std::string absent = "{\"doc\":\"a\",\"type\":\"money\",\"start\":0,\"end\":1}\n";
  CHECK(said(absent) ==
        "fakt: nothere: No such file or directory\n" + file + ": 1 of its 1 documents were not among those read\n");
}

}  // namespace fakt
