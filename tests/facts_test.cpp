#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support.h"

namespace fakt {
namespace {

/// A small pack of its own, so that these tests say nothing about the patterns that are built in.
class FactPack {
 public:
  FactPack() {
    folder_.write("de/text.toml", R"(
language = "de"
[words]
frequent = ["der", "die"]
starters = ["Der", "Das", "Es"]
oblique = ["Bei", "mit"]
determiners = ["der"]
conjunctions = ["und"]
auxiliaries = ["hat"]
verb_conjunctions = ["und"]
infinitive_endings = ["n"]
infinitives = ["werden"]
oblique_after = ["zufolge"]
asides = ["der", "die", "dem", "eine"]
aside_prepositions = ["an"]
aside_goes_on = ["sowie", "wie"]
set_aside = ["vor", "Vergleich zum"]
)");
    folder_.write("de/org.toml", R"(
mention = "org"
[[pattern]]
name = "listed"
match = '(?: Velmo | Nordia | Tiko | Orbo | Westbank ) s?'
value = '{text}'
yes."[Velmo]" = "Velmo"
)");
    folder_.write("de/date.toml", R"(
mention = "date"
[[pattern]]
name = "day"
match = 'Montag|Dienstag|[0-9]+-[0-9]+-[0-9]+|[0-9]+-Q[1-4]'
value = '{text}'
yes."[Montag]" = "Montag"
)");
    folder_.write("de/nominal.toml", R"(
mention = "nominal"
helper = true
[[pattern]]
name = "firm"
match = 'Konzern|Firma'
before = '(?: (?:^|[ ]) {article:article} [ ] )?'
keys = { of = "org" }
yes."" = ""
[table.article]
'[Dd]er' = "der"
'[Dd]ie' = "die"
[[pattern]]
name = "maker"
match = 'Autobauer|Bank'
before = '(?: (?:^|[ ]) {article:article} [ ] )?'
keys = { of = "org", noun = "{text:lower}" }
yes."" = ""
[[pattern]]
name = "rival"
match = 'Rivale'
before = '(?: (?:^|[ ]) {article:article} [ ] )?'
keys = { of = "org", relation = "other" }
yes."" = ""
[[pattern]]
name = "pronoun"
match = 'Es'
before = '^'
keys = { of = "org", pronoun = "yes", unless = "date" }
yes."" = ""
)");
    folder_.write("de/facts/clause.toml", R"(
[macro]
_ = '[ ]'
gap = '[ ] (?: [^‹›,;:]*? [ ] )?'
and = ',[ ] | [ ]und[ ]'
[table.modality]
'nicht' = "negated"
'nicht nur' = ""
'will' = "planned"
'plant' = { value = "planned", within = "before" }
'angeblich' = { value = "reported", within = "sentence" }
)");
    folder_.write("de/facts/purchase.toml", R"(
fact = "purchase"
needs = ["buyer", "acquired"]
[macro]
orgs = '{org} (?: {and} {org} )*'
[default]
clause = ['{date:date}', 'vor {_} {witness:orgs}']
[[pattern]]
name = "bought"
match = '{buyer:org} {gap} {acquired:org} {gap} «gekauft»'
yes."Velmo hat Nordia gekauft." = { buyer = "Velmo", acquired = "Nordia" }
[[pattern]]
name = "buys"
match = '{buyer:org+} {gap} «kauft|kaufen» {gap} {acquired:org}'
yes."Velmo kauft Nordia." = { buyer = "Velmo", acquired = "Nordia" }
[[pattern]]
name = "any-order"
any_order = ['von {_} {acquired:org}', 'durch {_} {buyer:org}', '«Kauf»']
yes."Kauf von Velmo durch Nordia" = { buyer = "Nordia", acquired = "Velmo" }
[[pattern]]
name = "to-buy"
match = '{acquired:org+} {gap} zu {_} «kaufen»'
repeat = true
sentence = ['{buyer:org} (?: ,| {gap} {trigger})', '{buyer:org}']
yes."Velmo plant, Nordia zu kaufen" = { buyer = "Velmo", acquired = "Nordia", modality = "planned" }
)");
  }

  /// The values of the facts in a text, with their modality, a line each.
  std::string facts(const std::string& text, const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"--no-default-patterns", "--patterns", folder_.path(), "--type", "fact"};
    args.insert(args.end(), more.begin(), more.end());
    Ran ran = run_fakt(args, text);
    CHECK(ran.err == "");
    std::string out;
    for (std::size_t at = 0; at < ran.out.size(); at = ran.out.find('\n', at) + 1) {
      std::string line = ran.out.substr(at, ran.out.find('\n', at) - at);
      out.append(field(line, "value\":\"purchase("));
      if (line.find("\"modality\"") != std::string::npos) out.append(1, ' ').append(field(line, "\"modality\":\""));
      if (!field(line, "\"via\":\"").empty()) out.append(" via ").append(field(line, "\"via\":\""));
      out += '\n';
    }
    return out;
  }

  const TemporaryFolder& folder() const { return folder_; }

  /// What stands in a line between `key` and the next quotation mark.
  static std::string field(const std::string& line, const std::string& key) {
    std::size_t at = line.find(key);
    if (at == std::string::npos) return {};
    at += key.size();
    return line.substr(at, line.find('"', at) - at);
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("a fact pattern sees mentions as tokens, without quotation marks") {
  FactPack pack;
  CHECK(pack.facts("„Velmo“ kauft  die\xC2\xA0„Nordia“.") == "buyer=Velmo, acquired=Nordia)\n");
  CHECK(pack.facts("Velmo verkauft Nordia.") == "");
}

TEST_CASE("any_order finds every order of its parts") {
  FactPack pack;
  CHECK(pack.facts("Der Kauf von Velmo durch Nordia.") == "acquired=Velmo, buyer=Nordia)\n");
  CHECK(pack.facts("Der Kauf durch Nordia von Velmo.") == "buyer=Nordia, acquired=Velmo)\n");
  CHECK(pack.facts("Von Tiko: von Velmo durch Nordia ein Kauf.") == "acquired=Velmo, buyer=Nordia)\n");
}

TEST_CASE("a date attaches to the fact of its own clause") {
  FactPack pack;
  CHECK(pack.facts("Am Montag kauft Velmo nichts, Nordia kauft Tiko am Dienstag.") ==
        "buyer=Nordia, acquired=Tiko, date=Dienstag)\n");
  CHECK(pack.facts("Nordia kauft Tiko, wie Velmo am Dienstag sagte.") == "buyer=Nordia, acquired=Tiko)\n");
}

TEST_CASE("what is set aside fills no further role, unless its match begins so") {
  FactPack pack;
  CHECK(pack.facts("Velmo kauft am Montag Nordia.") == "buyer=Velmo, acquired=Nordia, date=Montag)\n");
  CHECK(pack.facts("Velmo kauft im Vergleich zum Montag Nordia.") == "buyer=Velmo, acquired=Nordia)\n");
  CHECK(pack.facts("Velmo kauft Nordia vor Tiko.") == "buyer=Velmo, acquired=Nordia, witness=Tiko)\n");
  CHECK(pack.facts("Velmo kauft Nordia vor Tiko zufolge.") == "buyer=Velmo, acquired=Nordia)\n");
}

TEST_CASE("a clause goes on behind a bracket, and what is in it is none of it") {
  FactPack pack;
  CHECK(pack.facts("Velmo kauft Nordia (nicht schlecht, so sagt man) am Dienstag.") ==
        "buyer=Velmo, acquired=Nordia, date=Dienstag)\n");
  CHECK(pack.facts("Velmo kauft Nordia (am Dienstag).") == "buyer=Velmo, acquired=Nordia)\n");
}

TEST_CASE("a coordination gives a fact for each member, or one fact with a role that repeats") {
  FactPack pack;
  CHECK(pack.facts("Velmo, Tiko und Orbo kaufen Nordia.") ==
        "buyer=Velmo, acquired=Nordia)\nbuyer=Tiko, acquired=Nordia)\nbuyer=Orbo, acquired=Nordia)\n");
  CHECK(pack.facts("Velmo plant, Nordia und Tiko zu kaufen.") ==
        "acquired=Nordia, acquired=Tiko, buyer=Velmo) planned\n");
}

TEST_CASE("a coordination in a further role stands where its first member does") {
  FactPack pack;
  CHECK(pack.facts("Velmo kauft Nordia vor Tiko, Orbo und Westbank.") ==
        "buyer=Velmo, acquired=Nordia, witness=Tiko, witness=Orbo, witness=Westbank)\n");
}

TEST_CASE("facts that share an argument are all found") {
  FactPack pack;
  CHECK(pack.facts("Velmo kauft Nordia, und Tiko kauft Orbo.") ==
        "buyer=Velmo, acquired=Nordia)\nbuyer=Tiko, acquired=Orbo)\n");
}

TEST_CASE("modality comes from cues in the clause of the trigger") {
  FactPack pack;
  CHECK(pack.facts("Velmo kauft Nordia nicht.") == "buyer=Velmo, acquired=Nordia) negated\n");
  CHECK(pack.facts("Velmo kauft nicht nur Nordia.") == "buyer=Velmo, acquired=Nordia)\n");
  CHECK(pack.facts("Tiko will nicht, Velmo kauft Nordia.") == "buyer=Velmo, acquired=Nordia)\n");
  CHECK(pack.facts("Velmo kauft Nordia, angeblich morgen.") == "buyer=Velmo, acquired=Nordia) reported\n");
}

TEST_CASE("a fact on a day after that of writing is planned") {
  FactPack pack;
  auto modality = [&](const std::string& date) {
    std::string out = pack.facts("Velmo kauft Nordia am " + date + ".", {"--date", "2025-02-03"});
    return out.ends_with(" planned\n");
  };
  CHECK(modality("2025-02-04"));
  CHECK(modality("2026-Q1"));
  CHECK_FALSE(modality("2025-02-03"));
  CHECK_FALSE(modality("2025-Q3"));
  CHECK_FALSE(modality("2024-12-31"));
  CHECK(pack.facts("Velmo kauft Nordia am 2025-02-04 nicht.", {"--date", "2025-02-03"}).ends_with(" negated\n"));
  CHECK_FALSE(pack.facts("Velmo kauft Nordia am 2025-02-04.").ends_with(" planned\n"));
}

TEST_CASE("modality stays within its own part of a coordination") {
  FactPack pack;
  CHECK(pack.facts("Velmo kauft Nordia und will sparen.") == "buyer=Velmo, acquired=Nordia)\n");
  CHECK(pack.facts("Velmo will sparen und kauft bald noch die Nordia.") == "buyer=Velmo, acquired=Nordia)\n");
  CHECK(pack.facts("Velmo will sparen und kaufen die Nordia.") == "buyer=Velmo, acquired=Nordia) planned\n");
  CHECK(pack.facts("Velmo will saniert und kauft werden Nordia.") == "buyer=Velmo, acquired=Nordia) planned\n");
  CHECK(pack.facts("Velmo will bauen und Nordia kaufen, sagte er.") == "");
  CHECK(pack.facts("Velmo will bauen und hat Nordia gekauft.") == "buyer=Velmo, acquired=Nordia)\n");
  CHECK(pack.facts("Velmo will bauen und bald Nordia gekauft haben.") == "buyer=Velmo, acquired=Nordia) planned\n");
  CHECK(pack.facts("Velmo und Tiko kaufen Nordia und Orbo nicht.") ==
        "buyer=Velmo, acquired=Nordia) negated\nbuyer=Tiko, acquired=Nordia) negated\n");
}

TEST_CASE("behind an aside the sentence goes on about the name before it") {
  FactPack pack;
  for (const std::string aside : {", die zu Tiko gehört,", ", eine Tochter von Tiko, wie man sagt,",
                                  ", an der Tiko festhält,", ", die Tiko sucht, und Orbo,"}) {
    CHECK_MESSAGE(pack.facts("Velmo" + aside + " kauft Nordia.") == "buyer=Velmo, acquired=Nordia)\n", aside);
    CHECK_MESSAGE(pack.facts("Velmo" + aside + " hat Nordia am Montag gekauft.") ==
                      "buyer=Velmo, acquired=Nordia, date=Montag)\n",
                  aside);
  }
  // What it says itself is found, too.
  CHECK(pack.facts("Velmo, die den Kauf von Tiko durch Orbo sah, kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia)\nacquired=Tiko, buyer=Orbo)\n");
  // A list is none, nor what names nobody, nor what has no end.
  CHECK(pack.facts("Velmo, die Westbank, Orbo und Tiko kaufen Nordia.").find("buyer=Tiko") != std::string::npos);
  CHECK(pack.facts("Velmo, die Westbank, sowie Orbo kaufen Nordia.").find("buyer=Orbo") != std::string::npos);
  CHECK(pack.facts("Es lacht Velmo, die Tiko kauft Nordia.") == "buyer=Tiko, acquired=Nordia)\n");
}

TEST_CASE("words that stand for a name are resolved, and say so") {
  FactPack pack;
  CHECK(pack.facts("Velmo wächst. Der Konzern kauft Nordia.") == "buyer=Velmo, acquired=Nordia) via der Konzern\n");
  CHECK(pack.facts("Velmo wächst. Es kauft Nordia.") == "buyer=Velmo, acquired=Nordia) via Es\n");
  CHECK(pack.facts("Der Konzern kauft Nordia.") == "buyer=Konzern, acquired=Nordia)\n");
  CHECK(pack.facts("Ein Konzern kauft Nordia.") == "");
  CHECK(pack.facts("Der Konzern Velmo kauft Nordia.") == "buyer=Velmo, acquired=Nordia)\n");
  CHECK(pack.facts("Es kauft Nordia.") == "");
  CHECK(pack.facts("Velmo wächst. Der Konzern kauft Velmo.") == "");
}

TEST_CASE("a word that stands for a name stands for what the text is about") {
  FactPack pack;
  // The subject, not the nearest name; nor one behind a preposition, though it stands first.
  CHECK(pack.facts("Velmo sprach mit Tiko. Der Konzern kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Konzern\n");
  CHECK(pack.facts("Bei der Tiko hofft Velmo. Der Konzern kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Konzern\n");
  CHECK(pack.facts("Tiko zufolge wächst Velmo. Der Konzern kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Konzern\n");
  CHECK(pack.facts("Gut (Tiko) für Velmo: Velmo wächst. Der Konzern kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Konzern\n");
  CHECK(pack.facts("Die Tiko-Tochter Velmo wächst. Der Konzern kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Konzern\n");
  // A sentence that names none lies in between; after three the name is forgotten.
  CHECK(pack.facts("Velmo wächst. Das gefällt. Der Konzern kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Konzern\n");
  CHECK(pack.facts("Velmo wächst. So. So. So. Der Konzern kauft Nordia.") == "buyer=Konzern, acquired=Nordia)\n");
  // A name behind a preposition, long ago, is not it: then it is the one that the text names again and again.
  CHECK(pack.facts("Man sprach mit Velmo. So. So. Der Konzern kauft Nordia.") == "buyer=Konzern, acquired=Nordia)\n");
  CHECK(pack.facts("Velmo. Velmo. Velmo. Man sprach mit Tiko. So. So. Der Konzern kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Konzern\n");
  CHECK(pack.facts("Velmo. Velmo. So. So. So. So. Der Konzern kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Konzern\n");
  // Who was named more often counts more.
  CHECK(pack.facts("Velmo wächst. Velmo baut mit Tiko. Tiko hilft Velmo. Der Konzern kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Konzern\n");
  // What the clause itself names is somebody else; who then was meant is not clear.
  CHECK(pack.facts("Velmo und Tiko wachsen. Velmo und der Konzern kaufen Nordia.") ==
        "buyer=Konzern, acquired=Nordia)\n");
}

TEST_CASE("a word for a kind of company stands for the one that is called so") {
  FactPack pack;
  CHECK(pack.facts("Der Autobauer Velmo wächst. So. So. So. Tiko lacht. Der Autobauer kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Autobauer\n");
  CHECK(pack.facts("Velmo sprach mit Westbank. Die Bank kauft Nordia.") ==
        "buyer=Westbank, acquired=Nordia) via die Bank\n");
  CHECK(pack.facts("Velmo, der Autobauer, wächst. So. So. So. Tiko lacht. Der Autobauer kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Autobauer\n");
  CHECK(pack.facts("Velmo wächst. Der Rivale kauft Nordia.") == "buyer=Rivale, acquired=Nordia)\n");
  CHECK(pack.facts("Velmo wächst. Rivale Tiko lacht. Der Konzern kauft Nordia.") ==
        "buyer=Velmo, acquired=Nordia) via der Konzern\n");
}

TEST_CASE(
    "who is told to be the subject is it, though a word for a firm cannot stand for it; the name of the same sentence "
    "counts") {
  std::string text =
      "Auch die Gewerkschaft GDL droht der Deutschen Bahn. Bei Ford ruht die Arbeit; der Konzern streicht ";
  std::string out = run_fakt({"--lang", "de", "--type", "fact"}, text + "2900 Stellen.").out;
  CHECK(out.find("layoffs(company=Ford, num_laid_off=2900)") != std::string::npos);
}

TEST_CASE("a pronoun stands for the subject of the sentence before") {
  FactPack pack;
  CHECK(pack.facts("Bei Tiko hofft Velmo. Es kauft Nordia.") == "buyer=Velmo, acquired=Nordia) via Es\n");
  CHECK(pack.facts("Bei Tiko hofft man. Es kauft Nordia.") == "");
  CHECK(pack.facts("Rivale Velmo wächst mit Tiko. Es kauft Nordia.") == "buyer=Velmo, acquired=Nordia) via Es\n");
  CHECK(pack.facts("Velmo wächst. So. Es kauft Nordia.") == "");
  CHECK(pack.facts("Am Montag wächst Velmo. Es kauft Nordia.") == "");
}

TEST_CASE("the article of a figure stands for whose it is, where the sentence does not say so") {
  auto fact = [](const std::string& text) { return run_fakt({"--lang", "de", "--type", "fact"}, text).out; };
  CHECK(fact("SAP legte Zahlen vor. Die Aktie stieg um 3 Prozent.").find("\"via\":\"Die\"") != std::string::npos);
  CHECK(fact("SAP lacht. Die Aktie stieg um 3 Prozent, sagt Bosch.").find("\"via\"") == std::string::npos);
  CHECK(fact("SAP lacht. Der Umsatz stieg auf 3 Euro, sagt der Konzern.").find("\"via\":\"Der\"") == std::string::npos);
  CHECK(fact("Die Aktie stieg um 3 Prozent.") == "");
  // A firm named once, in passing, is not it where the text is clearly about another.
  const std::string about = "SAP wächst. SAP lacht. SAP ruht. Bosch stimmte zu. ";
  CHECK(fact(about + "Die Aktie stieg um 3 Prozent.").find("\"value\":\"SAP\"") != std::string::npos);
  CHECK(fact(about + "Bosch lacht. Die Aktie stieg um 3 Prozent.").find("\"value\":\"Robert Bosch\"") !=
        std::string::npos);
}

TEST_CASE("a fact stated twice is printed twice with one fact_id") {
  FactPack pack;
  Ran ran = run_fakt({"--no-default-patterns", "--patterns", pack.folder().path(), "--type", "fact"},
                     "Velmo kauft Nordia. Es bleibt dabei: Velmo kauft Nordia. Velmo kauft Tiko.");
  std::vector<std::string> ids;
  for (std::size_t at = 0; at < ran.out.size(); at = ran.out.find('\n', at) + 1)
    ids.push_back(FactPack::field(ran.out.substr(at, ran.out.find('\n', at) - at), "\"fact_id\":\""));
  REQUIRE(ids.size() == 3);
  CHECK(ids[0].size() == 16);
  CHECK(ids[0] == ids[1]);
  CHECK(ids[0] != ids[2]);
}

TEST_CASE("types that only facts need are not printed") {
  FactPack pack;
  Ran ran =
      run_fakt({"--no-default-patterns", "--patterns", pack.folder().path(), "--type", "org"}, "Der Konzern Velmo");
  CHECK(ran.out.find("Konzern") == std::string::npos);
  CHECK(ran.out.find("Velmo") != std::string::npos);
}

TEST_CASE("a long sentence is worked on in windows, to its end") {
  FactPack pack;
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "Velmo kauft Nordia, und ";
  text += "Tiko kauft Orbo";
  std::string found = pack.facts(text);
  CHECK(found.starts_with("buyer=Velmo, acquired=Nordia)\n"));
  CHECK(found.ends_with("\nbuyer=Tiko, acquired=Orbo)\n"));
}

TEST_CASE("an argument leaves out the clitic that its mention leaves out") {
  std::string out = run_fakt({"--lang", "en", "--type", "fact"}, "Apple's revenue rose to 3 billion dollars.").out;
  CHECK(out.find("\"role\":\"org\",\"type\":\"org\",\"start\":0,\"end\":5,\"text\":\"Apple\"") != std::string::npos);
}

TEST_CASE("a clitic behind a name that a pattern found is part of it for facts, and for no record") {
  std::string out = run_fakt({"--lang", "en", "--type", "fact"}, "Velmo Inc.'s chairman Peter Lehr spoke.").out;
  CHECK(out.find("\"start\":0,\"end\":10,\"text\":\"Velmo Inc.\"") != std::string::npos);
}

}  // namespace fakt
