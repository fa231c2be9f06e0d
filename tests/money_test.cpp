#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "support.h"

namespace fakt {
namespace {

struct Case {
  const char* text;  ///< the amount, as it stands in a sentence
  const char* value;
};

/// What is found in a text: "value:text;" for each amount.
std::string found(const std::string& text, const std::string& lang = "de") {
  Ran ran = run_fakt({"--type", "money", "--lang", lang, "--format", "grep"}, text);
  REQUIRE_MESSAGE(ran.status == 0, ran.err);
  std::string out;
  for (std::size_t at = 0; at < ran.out.size();) {
    std::size_t end = ran.out.find('\n', at);
    std::string line = ran.out.substr(at, end - at);
    out += line.substr(line.find("money:") + 6) + ";";
    at = end + 1;
  }
  return out;
}

std::string json(const std::string& text) {
  Ran ran = run_fakt({"--type", "money", "--lang", "de", "--format", "jsonl"}, text);
  std::size_t value = ran.out.find("\"value\"");
  return value == std::string::npos ? "" : ran.out.substr(value, ran.out.find('\n') - value);
}

/// tests/data/currencies.tsv: amounts as people write them, and their value, a row a case.
std::vector<std::pair<std::string, std::string>> currencies() {
  std::istringstream in(read_file(FAKT_ROOT "/tests/data/currencies.tsv"));
  std::vector<std::pair<std::string, std::string>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::size_t tab = line.find('\t');
    REQUIRE(tab != std::string::npos);
    rows.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  return rows;
}

}  // namespace

TEST_CASE("each currency by its German name, capital or not") {
  auto rows = currencies();
  REQUIRE(rows.size() > 400);
  std::string input;
  for (const auto& [amount, value] : rows)
    input += std::string(R"({"id":"x","lang":"de","text":"Er zahlte )") + amount + ".\"}\n";
  Ran ran = run_fakt({"--type", "money", "--input", "jsonl", "--format", "grep"}, input);
  REQUIRE_MESSAGE(ran.status == 0, ran.err);
  std::size_t at = 0;
  for (const auto& [amount, value] : rows) {
    std::size_t end = std::min(ran.out.find('\n', at), ran.out.size());
    CHECK(ran.out.substr(at, end - at) == "x:1:11:money:" + value + ":" + amount);
    at = std::min(end + 1, ran.out.size());
  }
  CHECK(at == ran.out.size());
}

TEST_CASE("the number is exact, and a JSON number only where doubles can hold it") {
  CHECK(json("Es sind 999999999999999 Euro.") ==
        R"("value":"EUR 999999999999999","amount":999999999999999,"currency":"EUR"})");
  CHECK(json("Es sind 9999999999999999 Euro.") == R"("value":"EUR 9999999999999999","currency":"EUR"})");
  CHECK(json("Es sind 0,1234567890123456 Euro.") == R"("value":"EUR 0.1234567890123456","currency":"EUR"})");
  CHECK(json("Es sind 1.000.000.000.000.000.000 Euro.") == R"("value":"EUR 1000000000000000000","currency":"EUR"})");
  Ran share = run_fakt({"--type", "percent"}, "Es sind 1000000000000000-prozentige Anteile.");
  CHECK(share.out.ends_with(R"("value":"1000000000000000 %","unit":"%"})"
                            "\n"));
  CHECK(json("Es sind 0,5 bis 10000000000000000 Euro.") ==
        R"("value":"EUR 0.5..10000000000000000","amount":0.5,"currency":"EUR"})");
  CHECK(json("Es sind minus rund 12,50 Euro.") ==
        R"("value":"EUR 12.5","amount":12.5,"currency":"EUR","mod":"approx"})");
  CHECK(json("Es sind rund minus 12,50 Euro.") ==
        R"("value":"EUR 12.5","amount":12.5,"currency":"EUR","mod":"approx","sign":"-"})");
  CHECK(
      json("Es sind 10 bis 20 Mio. Euro oder mehr.") ==
      R"("value":"EUR 10000000..20000000","amount":10000000,"amount_max":20000000,"currency":"EUR","mod":"equal_or_more"})");
  std::string nines(400, '9');
  CHECK(found("Es sind " + nines + " Euro.") == "EUR " + nines + ":" + nines + " Euro;");
}

TEST_CASE("numbers that make no sense give no amount") {
  for (const char* text : {"1.2.3.4 Euro", "1e999 Euro", "12.34.56 Euro", "1/3 Mio. Euro", "2,5½ Euro", "A380 Euro"})
    CHECK_MESSAGE(found(std::string("Es sind ") + text + ".") == "", text);
  CHECK(found("Es sind 00001 Euro.") == "EUR 1:00001 Euro;");
  CHECK(found("Es sind 0,0 Euro.") == "EUR 0:0,0 Euro;");
  CHECK(found("Eintritt 2/3 Euro.") == "EUR 3:3 Euro;");  // two prices
  CHECK(found("Es sind -0 Euro.") == "EUR 0:0 Euro;");
}

TEST_CASE("the text decides what a bare krone, peso or cent is") {
  CHECK(found("Schweden spart. Das bringt 500 Kronen.") == "SEK 500:500 Kronen;");
  CHECK(found("In Oslo kostet das 500 Kronen, in Stockholm nichts.") == "NOK 500:500 Kronen;");
  CHECK(found("Das bringt 500 Kronen.") == "XXX 500:500 Kronen;");
  CHECK(found("Er nahm 20 dänische Kronen mit. Es blieben 5 Kronen.") == "DKK 20:20 dänische Kronen;DKK 5:5 Kronen;");
  CHECK(found("In Mumbai kostet es 90 Rupien.") == "INR 90:90 Rupien;");
  CHECK(found("Die Aktie verlor 50 Cent.") == "EUR 0.5:50 Cent;");
  CHECK(found("Die Aktie verlor 50 Cent auf 23 Dollar.") == "USD 0.5:50 Cent;USD 23:23 Dollar;");
  CHECK(json("Das bringt 500 Kronen.") == R"("value":"XXX 500","amount":500})");
  // beyond its reach nothing is looked for
  CHECK(found("Schweden spart." + std::string(1000, ' ') + std::string(500, 'x') + "\n\n" + std::string(1000, 'y') +
              " Das bringt 500 Kronen.") == "XXX 500:500 Kronen;");
}

TEST_CASE("from one currency to another there is no range") {
  CHECK(found("Das kostet 10 Euro bis 20 Dollar.") == "");
  CHECK(found("Das kostet 90 Cent bis 2 Euro.") == "EUR 0.9..2:90 Cent bis 2 Euro;");
  CHECK(found("Das kostet 20 bis 10 Euro.") == "");
}

TEST_CASE("an amount may be wrapped at the end of a line") {
  std::string text =
      "Der Konzern hat im vergangenen Jahr nach vorläufigen Zahlen einen Umsatz von 15\n"
      "Milliarden Euro gemacht, wie er am Mittwoch bekannt gab. Im Jahr davor waren es\n"
      "noch 12 Milliarden gewesen. Der Gewinn liegt bei rund einer halben Milliarde US-\n"
      "Dollar, und die Dividende soll auf 2,50\nEuro je Aktie steigen, was Anleger freut, die lange warten mussten.\n"
      "Der Vorstand rechnet auch im laufenden Jahr mit einem guten Geschäft am Markt.\n";
  CHECK(found(text).starts_with("EUR 15000000000:15 Milliarden Euro;"));
}

}  // namespace fakt
