// Pattern files from a user: each mistake is told with its place before any input is read, and a type of one's own
// needs no more than a file.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "support.h"

namespace fakt {
namespace {

/// A file with one pattern, whose match is on line 5.
std::string file_with(const std::string& match) {
  return "mention = \"x\"\n[[pattern]]\nname = \"p\"\nmatch = '''\n  " + match + "\n'''\nyes.\"[abc]\" = \"abc\"\n";
}

/// The message without "fakt: FILE:", of a run that must fail before it reads the input.
std::string complaint(const TemporaryFolder& folder, const std::string& text) {
  std::string file = folder.write("x.toml", text);
  Ran ran = run_fakt({"--no-default-patterns", "--patterns", file, "no-input"});
  CHECK(ran.status == 2);
  CHECK(ran.out == "");
  CHECK(ran.err.find("no-input") == std::string::npos);
  REQUIRE_MESSAGE(ran.err.starts_with("fakt: " + file + ":"), ran.err);
  return ran.err.substr(7 + file.size());
}

}  // namespace

TEST_CASE("what RE2 refuses is told with file, line, the part that it names and a caret") {
  TemporaryFolder folder;
  const std::vector<std::pair<std::string, std::string>> kBroken = {
      {"(", "5: p: missing ): (\n      (\n      ^\n"},
      {"a)", "5: p: unexpected ): a)\n      a)\n      ^\n"},
      {"[z-a]", "5: p: invalid character class range: z-a\n      [z-a]\n       ^\n"},
      {"a**", "5: p: bad repetition operator: **\n      a**\n       ^\n"},
      {"*a", "5: p: no argument for repetition operator: *\n      *a\n      ^\n"},
      {"\\8", "5: p: invalid escape sequence: \\8\n      \\8\n      ^\n"},
      {"a{1001}", "5: p: invalid repetition size: {1001}\n      a{1001}\n       ^\n"},
      {"((a{30}){30}){30}", "5: p: invalid repetition size: {30}\n      ((a{30}){30}){30}\n         ^\n"},
      {"(?=a)", "5: p: invalid perl operator: (?=\n      (?=a)\n      ^\n"},
      {"(?<n>x)", "5: p: invalid perl operator: (?<\n      (?<n>x)\n      ^\n"},
      {"\\pZ\\pQ", "5: p: invalid character class range: \\pQ\n      \\pZ\\pQ\n         ^\n"},
  };
  for (const auto& [match, message] : kBroken) {
    INFO(match);
    std::string said = complaint(folder, file_with(match));
    CHECK(said == message);
  }
}

TEST_CASE("what patterns may not hold is told with file and line") {
  TemporaryFolder folder;
  const std::vector<std::pair<std::string, std::string>> kBroken = {
      {"\\C", "5: p: \\C matches single bytes and may cut a character\n"},
      {"{nothere}", "5: p: unknown macro {nothere}\n"},
      {"{slot:nothere}", "5: p: unknown macro {nothere}\n"},
      {"a b", "5: p: the space between 'a' and 'b' matches nothing; write {_}\n"},
      {"«a", "5: p: a mark « without its »\n"},
  };
  for (const auto& [match, message] : kBroken) {
    INFO(match);
    CHECK(complaint(folder, file_with(match)) == message);
  }
}

TEST_CASE("a trigger that a match can do without is told") {
  TemporaryFolder folder;
  auto with_trigger = [](const std::string& trigger) {
    return file_with("(?:a|b)cd") + "trigger = \"" + trigger + "\"\n";
  };
  CHECK(complaint(folder, with_trigger("acd")) == "8: p: a match need not hold a word of this trigger\n");
  CHECK(complaint(folder, with_trigger("[a-z]")) == "8: p: no word or sign is required by this trigger\n");
  std::string file = folder.write("x.toml", with_trigger("acd|bcd"));
  CHECK(run_fakt({"--patterns", file, "--type", "x", "--format", "grep"}, "acd bcd cd").out ==
        "-:1:1:x:acd:acd\n-:1:5:x:bcd:bcd\n");
}

TEST_CASE("all mistakes of all files are told at once") {
  TemporaryFolder folder;
  folder.write("pack/de/a.toml", file_with("("));
  folder.write("pack/de/b.toml",
               "mention = \"y\"\n[[pattern]]\nname = \"q\"\nmatch = \"b\"\nyes.\"[b]\" = \"b\"\nweigth = 2\n");
  folder.write("pack/de/c.toml", "mention = \"z\n");
  folder.write("pack/de/text.toml", "language = \"de\"\n");
  Ran ran = run_fakt({"--no-default-patterns", "--patterns", folder.path() + "/pack", "no-input"});
  CHECK(ran.status == 2);
  std::string in = "fakt: " + folder.path() + "/pack/de/";
  CHECK(ran.err.starts_with(in + "a.toml:5: p: missing ): (\n      (\n      ^\n" + in +
                            "b.toml:6: unknown key weigth, did you mean weight?\n" + in + "c.toml:1:"));
}

TEST_CASE("broken TOML is told with file, line and column") {
  TemporaryFolder folder;
  auto said = [&](const std::string& text) { return complaint(folder, text); };
  CHECK(said("mention = \"x\"\nname = \"a\\q\"\n").starts_with("2:11: "));
  CHECK(said("mention = \"x\"\nmention = \"y\"\n").starts_with("2:"));
  CHECK(said("mention = \"x\n").starts_with("1:"));
  CHECK(said("mention = \"x\"\n[[pattern]\n").starts_with("2:11: "));
  CHECK(said("mention = \"\xFF\"\n").starts_with("1:"));
  CHECK(said("a = " + std::string(10'000, '[') + std::string(10'000, ']')).starts_with("1:"));
  std::string tables = "mention = \"x\"\n[a";
  for (int i = 0; i < 10'000; ++i) tables += ".a";
  CHECK(said(tables + "]\n") == "2: unknown key a\n");
  CHECK(said("mention = 2025-01-01\n").starts_with("1: mention must be a text, in quotation marks\n"));
  CHECK(said("mention = 3\n").starts_with("1: mention must be a text, in quotation marks\n"));
  CHECK(said("mention = \"x\"\npatern = 1\n").starts_with("2: unknown key patern, did you mean pattern?\n"));
  CHECK(said("mention = \"x\"\n[[pattern]]\nnmae = \"a\"\n").find("3: unknown key nmae, did you mean name?\n") !=
        std::string::npos);
  CHECK(said("mention = \"x\"\n[[pattern]]\nname = \"a\"\nmatch = \"a\"\n") == "2: pattern a without a yes example\n");
  std::string good = "[[pattern]]\nname = \"a\"\nmatch = \"a\"\nyes.\"[a]\" = \"a\"\n";
  CHECK(said("mention = \"x\"\n" + good + good).starts_with("6: pattern a stands here twice\n"));
  CHECK(said("mention = \"x\"\n" + good + "priority = \"high\"\n") == "6: priority must be a whole number\n");
  for (std::string number : {"1.5", "1e300", "nan", "9999999999"})
    CHECK(said("mention = \"x\"\n" + good + "priority = " + number + "\n") == "6: priority must be a whole number\n");
  for (std::string number : {"nan", "inf", "-inf"})
    CHECK(said("mention = \"x\"\nthreshold = " + number + "\n" + good) == "2: threshold must be a number\n");
  CHECK(said("mention = \"x\"\n[[pattern]]\nname = \"a\"\nmatch = []\nyes.\"[a]\" = \"a\"\n")
            .starts_with("4: match is an empty list\n"));
  CHECK(said("mention = \"x\"\n" + good + "case = \"upper\"\n") == "6: case is exact, first or any, not upper\n");
}

TEST_CASE("tabs, a byte order mark and CRLF are no mistakes") {
  TemporaryFolder folder;
  std::string text = "mention = \"x\"\n[[pattern]]\nname = \"a\"\nmatch = \"abc\"\nyes.\"[abc]\" = \"abc\"\n";
  std::string crlf = text;
  for (std::size_t at = 0; (at = crlf.find('\n', at)) != std::string::npos; at += 2) crlf.replace(at, 1, "\r\n");
  std::string tabs = text;
  for (std::size_t at = 0; (at = tabs.find(" = ", at)) != std::string::npos;) tabs.replace(at, 3, "\t=\t");
  for (std::string variant : {text, "\xEF\xBB\xBF" + text, crlf, tabs}) {
    std::string file = folder.write("x.toml", variant);
    CHECK(run_fakt({"check", "--no-default-patterns", file}).out == "1 examples, 0 failed, 0 known gaps\n");
  }
}

TEST_CASE("a pattern that may match nothing ends, and prints no empty mention") {
  TemporaryFolder folder;
  for (std::string match : {"", "a*", "^", "$", "\\b", "\\B", "(?:)", "(?:a*)*", "x|", "|x", "[^a]*", ".*", "(?s).*"}) {
    INFO(match);
    std::string file = folder.write("x.toml", file_with(match));
    Ran ran =
        run_fakt({"--no-default-patterns", "--patterns", file}, "abc x äöü\n\nzwei a\n");  // run_fakt checks the spans
    CHECK(ran.status == 0);
    CHECK(ran.out.size() < 2000);
  }
}

TEST_CASE("a pattern from anywhere costs linear time") {
  TemporaryFolder folder;
  std::string text;
  while (text.size() < 1'000'000) text += std::string(200, 'a') + "! ";
  for (std::string match : {"(?:a+)+\\$", "(?:a|a)*b", "(?:.*a){20}b", "(?:x+x+)+y"}) {
    INFO(match);
    std::string file = folder.write("x.toml", file_with(match));
    CHECK(run_shell("yes '" + text.substr(0, 2000) +
                    "' | head -c 1000000 | timeout 60 fakt --no-default-patterns --patterns '" + file + "' -c")
              .out == "0\n");
  }
}

TEST_CASE("a type of one's own needs one file: frequencies with a value by template") {
  TemporaryFolder folder;
  std::string file = folder.write("frequency.toml", R"toml(
mention = "frequency"
[macro]
number = '\d+ (?: [.,]\d+ )?'
[table.unit]
'GHz|Gigahertz' = "GHz"
'MHz|Megahertz' = "MHz"
[[pattern]]
name  = "number-unit"
match = '{number:number} {_?} {unit:unit}'
value = '{unit} {number:number}'
yes."Der Kern taktet mit [3,2 GHz]." = "GHz 3.2"
yes."Der Bus läuft mit [800 Megahertz]." = "MHz 800"
no."Er kam mit 3 GHzen." = "no such word"
)toml");
  Ran check = run_fakt({"check", file});
  CHECK(check.out + check.err == "3 examples, 0 failed, 0 known gaps\n");
  std::string text = "Der neue Chip läuft im Takt von 3,2 GHz und kostet in der kleinsten Fassung 300 Euro.\n";
  Ran own = run_fakt({"--patterns", file, "--type", "frequency"}, text);
  CHECK(own.out ==
        R"({"doc":"-","type":"frequency","start":33,"end":40,"line":1,"column":33,"text":"3,2 GHz","value":"GHz 3.2"})"
        "\n");
  Ran all = run_fakt({"--patterns", file}, text);  // printed with the others unless --type says otherwise
  CHECK(all.out.find("\"type\":\"frequency\"") != std::string::npos);
  CHECK(all.out.find("\"type\":\"money\"") != std::string::npos);
}

TEST_CASE("what is added to the built-in patterns is found as if they had been built with it") {
  TemporaryFolder folder;
  folder.write("pack/de/zoll.toml", R"toml(
# A library of one's own, and what it shares with the files beside it.
[macro]
zoll_word = '(?:Zoll|Zölle)'
[table.zoll_kind]
'Straf' = "punitive"
'Einfuhr' = "import"
)toml");
  folder.write("pack/de/tariff.toml", R"toml(
mention = "tariff"
blocked_by = ["org"]
[[pattern]]
name = "tariff"
match = '{kind:zoll_kind} (?:zoll|zölle)'
value = '{kind}'
keys = { of = '{kind}' }
yes."Die [Strafzölle] gelten." = { value = "punitive", of = "punitive" }
)toml");
  folder.write("pack/de/money.own.toml", R"toml(
mention = "money"
[[pattern]]
name = "barren"
match = '{amount:number} {_} (?:{zoll_word} {_})? Talerbarren'
value = 'XTB {amount:number}'
yes."Sie fand [3 Talerbarren]." = "XTB 3"
)toml");
  folder.write("pack/de/facts/fusion.toml", R"toml(
fact = "merger"
case = "first"
[[pattern]]
name = "verschmilzt"
match = '{old:org} {gap} «verquickt» {gap} {old:org}'
repeat = true
yes."Siemens verquickt sich mit Alstom." = { old = ["Siemens", "Alstom"] }
)toml");
  folder.write("pack/names/org/own.tsv",
               "name\tkind\tspellings\tambiguous\n"
               "Rote Quorl Werke\tcompany\tQuorlwerke|RQW\t\nTaler\tcompany\t\t1\n");
  folder.write("in/a.txt",
               "Die Roten Quorl Werke und RQW zahlen Strafzölle von 3 Mio. Euro, dazu 3 Talerbarren und 4 Zoll "
               "Talerbarren.\nSiemens verquickt sich mit Quorlwerke. Der Taler-Chef schwieg, ein Taler blieb.\n"
               "Toyota übernimmt die Quorlwerke für 3 Mrd. Dollar, teilte Taler am 3. Mai mit.\n");
  folder.write("in/b.txt", "The Quorlwerke bought Daihatsu for $3 million on May 3, 2025. It paid 7 Talerbarren.\n");
  const std::string types = "money,date,time,duration,set,percent,quantity,chip,org,person,place,product,fact,tariff",
                    own = folder.path();
  std::vector<std::string> texts = {"--type", types, own + "/in", FAKT_ROOT "/samples"};
  auto found = [&](std::vector<std::string> args) {
    args.insert(args.end(), texts.begin(), texts.end());
    Ran ran = run_fakt(args);
    CHECK(ran.err == "");
    return ran.out;
  };
  std::string added = found({"--patterns", own + "/pack"});
  std::string built =
      found({"--no-default-patterns", "--patterns", FAKT_ROOT "/patterns", "--patterns", own + "/pack"});
  CHECK(added == built);
  for (std::string value : {"punitive", "XTB 3", "XTB 4", "merger(old=Siemens, old=Rote Quorl Werke)", "EUR 3000000"}) {
    INFO(value);
    CHECK(added.find("\"value\":\"" + value + "\"") != std::string::npos);
  }
  CHECK(added.find("\"text\":\"Roten Quorl Werke\"") != std::string::npos);
  CHECK(found({"--patterns", own + "/pack", "--engine", "plain"}) == added);
  Ran check = run_fakt({"check", own + "/pack"});
  CHECK(check.out + check.err == "3 examples, 0 failed, 0 known gaps\n");
}

TEST_CASE("a library of one's own that says what the built-in ones say alters what they find") {
  TemporaryFolder folder;
  folder.write("de/number.own.toml", "[macro]\ncurrency_word = '(?:Quorl)'\n");
  Ran ran = run_fakt({"--patterns", folder.path(), "--type", "money", "--lang", "de"}, "Das kostet 3 Euro.");
  CHECK(ran.status == 2);  // the same name twice in one language
  CHECK(ran.err.find("is already shared by another file") != std::string::npos);
}

TEST_CASE("a macro and a table of the same name in two libraries of a language would hide each other") {
  TemporaryFolder folder;
  folder.write("xx/text.toml", "language = \"xx\"\n[words]\nfrequent = [\"la\"]\n");
  folder.write("xx/a.toml", "[macro]\nhow_many = 'two|three'\n");
  folder.write("xx/b.toml", "[table.how_many]\n'one' = \"1\"\n");
  Ran ran = run_fakt({"--no-default-patterns", "--patterns", folder.path(), "--lang", "xx"}, "one");
  CHECK(ran.status == 2);
  CHECK(ran.err.find("b.toml:1: how_many is already shared by another file") != std::string::npos);
}

TEST_CASE("a language of one's own stands beside the built-in ones") {
  TemporaryFolder folder;
  folder.write("fr/text.toml", "language = \"fr\"\n[words]\nfrequent = [\"le\", \"la\", \"les\", \"dans\", \"une\"]\n");
  folder.write("fr/money.toml",
               "mention = \"money\"\n[[pattern]]\nname = \"euros\"\nmatch = '{amount:digits} {_} euros'\n"
               "value = 'EUR {amount}'\nyes.\"Il coûte [3 euros] dans la rue.\" = \"EUR 3\"\n");
  std::vector<std::string> args = {"--patterns", folder.path(), "--format", "grep", "--type", "money"};
  CHECK(run_fakt(args, "La voiture est dans une rue pour 3 euros.").out == "-:1:34:money:EUR 3:3 euros\n");
  CHECK(run_fakt(args, "Das Auto steht in der Straße und kostet 3 Euro.").out == "-:1:41:money:EUR 3:3 Euro\n");
  CHECK(run_fakt({"check", folder.path()}).out == "1 examples, 0 failed, 0 known gaps\n");
}

TEST_CASE("patterns in a folder that is no language count for all languages") {
  TemporaryFolder folder;
  std::string colour =
      "mention = \"colour\"\n[table.word]\n'hell rot' = \"red\"\n[[pattern]]\nname = \"word\"\nmatch = '{w:word}'\n"
      "yes.\"Das ist [hell rot].\" = \"red\"\n";
  std::string file = folder.write("my/colour.toml", colour);
  folder.write("own/german/colour.toml", colour);
  for (const std::string& path : {file, folder.path() + "/my", folder.path() + "/own"}) {
    INFO(path);
    CHECK(run_fakt({"--patterns", path, "--format", "grep"}, "Das Auto ist hell rot.").out ==
          "-:1:14:colour:red:hell rot\n");
    CHECK(run_fakt({"--patterns", path, "--format", "grep", "--lang", "en"}, "This is hell rot.").out ==
          "-:1:9:colour:red:hell rot\n");
    CHECK(run_fakt({"check", path}).out == "1 examples, 0 failed, 0 known gaps\n");
  }
}

TEST_CASE("a list of names of a type that no language has is told") {
  TemporaryFolder folder;
  std::string file = folder.write("names/nosuch.tsv", "name\nx\n");
  Ran ran = run_fakt({"--patterns", folder.path()}, "x");
  CHECK(ran.status == 2);
  CHECK(ran.err == "fakt: " + file + ":1: a list of names of the type nosuch, which no pattern file has\n");
}

TEST_CASE("a plan shows what words are looked for, in readable letters") {
  TemporaryFolder folder;
  folder.write("half.toml", R"toml(
mention = "half"
[[pattern]]
name  = "half"
match = '(?:erste|zweite) [ ] Hälfte'
yes."Die [erste Hälfte] war gut." = "erste Hälfte"
[[pattern]]
name  = "code"
match = '[a-zß]+ [ ] [A-Z]{2,5}'
yes."Das [heißt DAX]." = "heißt DAX"
)toml");
  Ran plan = run_fakt({"patterns", "--explain-plan", "--no-default-patterns", "--patterns", folder.path()});
  CHECK(plan.err == "");
  CHECK(plan.out.find(" hälfte") != std::string::npos);
  CHECK(plan.out.find(" (capitals);") != std::string::npos);
}

namespace {

std::string fact_file(const std::string& trigger) {
  return R"toml(
fact = "sale"
needs = ["seller"]
[[pattern]]
name = "sells"
match = ['{seller:org} [ ] «verkauft» [ ] {buyer:org}', '{buyer:org} [ ] «kauft» [ ] [a-z]+ [ ] {seller:org}', '{seller:org} [ ] «[a-z]+»']
yes."Siemens verkauft." = { seller = "Siemens" }
)toml" + trigger;
}

}  // namespace

TEST_CASE("a plan shows what a sentence must hold for each way to say a fact") {
  TemporaryFolder folder;
  std::string file = folder.write("sale.toml", fact_file(""));
  std::string out = run_fakt({"patterns", "--explain-plan", "--patterns", file}).out;
  CHECK(out.find("fact sale: sells, alternatives 1\n  1 words: verkauft; mentions: org org\n") != std::string::npos);
  CHECK(out.find("fact sale: sells, alternatives 2\n  1 words: kauft; mentions: org org\n") != std::string::npos);
  CHECK(out.find("fact sale: sells, alternatives 3\n  no word is required; mentions: org\n") != std::string::npos);
}

TEST_CASE("the trigger that a fact pattern names must be in each of its ways") {
  TemporaryFolder folder;
  std::string file = folder.write("x.toml", fact_file("trigger = 'kauft'\n"));
  CHECK(run_fakt({"--patterns", file}, "x").err ==
        "fakt: " + file + ":8: sells: a match need not hold a word of this trigger\n");
  file = folder.write("x.toml",
                      "fact = \"sale\"\n[[pattern]]\nname = \"sells\"\n"
                      "match = '{seller:org} [ ] «gibt [ ] (?:her|ab|weg)»'\ntrigger = 'her|ab|weg'\n"
                      "yes.\"Siemens gibt ab.\" = { seller = \"Siemens\" }\n");
  CHECK(run_fakt({"check", file}).out == "1 examples, 0 failed, 0 known gaps\n");
  CHECK(
      run_fakt({"patterns", "--explain-plan", "--patterns", file}).out.find("  3 words: ab her weg; mentions: org\n") !=
      std::string::npos);
}

TEST_CASE("a file with the path of a built-in one takes its place") {
  TemporaryFolder folder;
  folder.write("de/money.toml",
               "mention = \"money\"\n[[pattern]]\nname = \"only\"\nmatch = 'Taler'\nyes.\"Ein [Taler].\" = "
               "\"Taler\"\nvalue = 'Taler'\n");
  Ran ran =
      run_fakt({"--patterns", folder.path(), "--type", "money", "--lang", "de"}, "Das kostet 3 Euro oder einen Taler.");
  CHECK(ran.out.find("\"value\":\"Taler\"") != std::string::npos);
  CHECK(ran.out.find("Euro") == std::string::npos);
}

}  // namespace fakt
