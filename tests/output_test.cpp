// What comes out: complete or an error, readable by other programs, the same everywhere.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "support.h"

namespace fakt {
namespace {

/// Texts that every format must get across: separators, quotation marks, control bytes, markup, broken UTF-8.
std::string awkward_documents() {
  return R"({"id":"quotes \" ' , ; \t tab","text":"\"3 Euro\", 'sagte' er;\tdann\n4 Mio.\r\nEuro | =1+1 <b>5 Euro</b> & \\"})"
         "\n"
         R"({"id":"\u001b[31m","text":"Farbe \u001b[31m 6 Euro \u0000 \u0007 \u2028 7 Euro \ufffd 😀 8 Euro \u202e umgekehrt"})"
         "\n"
         R"({"id":"</script><img src=x onerror=alert(1)>","text":"]]> 9 Euro --> <script>alert(1)</script> &#60; &amp;"})"
         "\n"
         "{\"id\":\"bytes\",\"text\":\"10 Euro \xFF 11 Euro \xED\xA0\x80 \"}\n";
}

std::string with_documents(const TemporaryFolder& folder) {
  return "'" + folder.write("awkward.jsonl", awkward_documents()) + "'";
}

}  // namespace

TEST_CASE("a full disk is an error, however little was to be written") {
  for (std::string args : {"", "-f table", "-f csv", "-c", "--per-document", "--help"}) {
    Ran ran = run_shell("echo '3 Euro' | fakt $PACK " + args + " > /dev/full");
    INFO(args);
    CHECK(ran.status == 2);
    CHECK(ran.err == "fakt: standard output: No space left on device\n");
  }
  for (std::string args : {"check --text x", "patterns", "--version"}) {
    Ran ran = run_shell("fakt " + args + " > /dev/full");
    INFO(args);
    CHECK(ran.status == 2);
  }
  CHECK(run_shell("ulimit -f 1; yes '3 Euro' | head -c 200000 | fakt $PACK > \"$TMPDIR/out\"").status == 2);
}

TEST_CASE("closed descriptors are no trap") {
  CHECK(run_shell("echo '3 Euro' | fakt $PACK >&-").status == 2);
  CHECK(run_shell("echo '3 Euro' > \"$TMPDIR/a\"; fakt $PACK \"$TMPDIR/a\" >&-; cat \"$TMPDIR/a\"").out == "3 Euro\n");
  CHECK(run_shell("fakt $PACK <&-").status == 2);
  CHECK(run_shell("echo '3 Euro' | fakt $PACK 2>&-").status == 0);
}

TEST_CASE("a reader that goes away ends the run quietly") {
  Ran ran = run_shell(
      "yes 'Das kostet 3 Euro.' | head -c 2000000 > \"$TMPDIR/a\"; fakt $PACK \"$TMPDIR/a\" | head -n 1 | wc -l");
  CHECK(ran.out == "1\n");
  CHECK(ran.err == "");
  Ran none = run_shell("fakt $PACK samples | true");
  CHECK(none.status == 0);
  CHECK(none.err == "");
}

TEST_CASE("every format is read back by another program, with as many records") {
  TemporaryFolder folder;
  std::string docs = with_documents(folder);
  std::string count = run_shell("fakt $PACK " + docs + " | jq -s length").out;
  CHECK(count == "8\n");
  CHECK(run_shell("fakt $PACK -f csv " + docs + " | mlr --icsv --onidx count").out == count);
  CHECK(run_shell("fakt $PACK -f csv " + docs + " | mlr --icsv --onidx head -n 1 then cut -f doc").out ==
        "quotes \" ' , ; \t tab\n");
  CHECK(run_shell("fakt $PACK -f tsv " + docs + " | mlr --itsv --onidx count").out == count);
  CHECK(run_shell("fakt $PACK -f csv " + docs +
                  " > \"$TMPDIR/a.csv\"; sqlite3 :memory: \".import --csv $TMPDIR/a.csv t\" 'select count(*) from t'")
            .out == count);
  CHECK(run_shell("fakt $PACK -f grep " + docs + " | wc -l").out == count);
  Ran html =
      run_shell("fakt $PACK -f html " + docs + " > \"$TMPDIR/a.html\" && xmllint --html --noout \"$TMPDIR/a.html\"");
  CHECK(html.status == 0);
}

TEST_CASE("text survives as it is: jq gives back the bytes at the offsets") {
  TemporaryFolder folder;
  Ran ran = run_fakt(with_pack({"--sentence", "--explain"}), awkward_documents());
  CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') == 8);
  CHECK(ran.out.find('\x1b') == std::string::npos);
  CHECK(run_shell("fakt $PACK --sentence " + with_documents(folder) +
                  " | jq -r 'select(.value==\"EUR 6\").sentence' | od -An -c | head -1")
            .out.find("033") != std::string::npos);
}

TEST_CASE("a run that is killed leaves the old file and nothing else") {
  Ran ran = run_shell(
      "cd \"$TMPDIR\" && echo old > out && mkfifo in && { (yes '3 Euro' | head -c 2000000; sleep 3) > in & "
      "timeout -s KILL 2 fakt $PACK -o out in; ls; cat out; wait; }");
  CHECK(ran.out == "in\nout\nold\n");
}

TEST_CASE("a table lets no control or bidirectional character through") {
  Ran ran = run_fakt(with_pack({"--format", "table", "--sentence"}), awkward_documents());
  for (char c : ran.out) CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
  CHECK(ran.out.find("\u202e") == std::string::npos);
  CHECK(ran.out.find("\\u{1b}[31m") != std::string::npos);
}

TEST_CASE("colours only where they are wanted") {
  auto colours = [](const std::string& setting) {
    return run_shell("echo '3 Euro' | " + setting + " $PACK -f table").out.find('\x1b') != std::string::npos;
  };
  CHECK_FALSE(colours("fakt"));
  CHECK(colours("fakt --color always"));
  CHECK_FALSE(colours("fakt --color never"));
  Ran terminal = run_shell("script -qec \"echo '3 Euro' | NO_COLOR=1 fakt $PACK -f table\" /dev/null");
  CHECK(terminal.out.find('\x1b') == std::string::npos);
}

TEST_CASE("locale, time zone and folder change nothing") {
  std::string plain = run_shell("fakt samples").out;
  CHECK(plain.size() > 1000);
  CHECK(run_shell("LC_ALL=tr_TR.UTF-8 LANG=xx TZ=garbage COLUMNS=0 HOME= fakt samples").out == plain);
  CHECK(run_shell("cp \"$(command -v fakt)\" \"$TMPDIR/other\" && mkdir \"$TMPDIR/d\" && cp -r samples \"$TMPDIR/d/\" "
                  "&& cd \"$TMPDIR/d\" && ../other samples")
            .out == plain);
  CHECK(run_shell("cmake --install \"" FAKT_BUILD "\" --prefix \"$TMPDIR/usr\" >&2 && \"$TMPDIR/usr/bin/fakt\" samples")
            .out == plain);
}

}  // namespace fakt
