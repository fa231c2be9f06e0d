#include <doctest/doctest.h>

#include <algorithm>
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

const Case kCurrencies[] = {
    {"100 Afghani", "AFN 100"},
    {"100 albanische Lek", "ALL 100"},
    {"5 Algerische Dinar", "DZD 5"},
    {"5 Angolanische Kwanza", "AOA 5"},
    {"5 Kwanza", "AOA 5"},
    {"5 Argentinische Peso", "ARS 5"},
    {"5 Armenische Dram", "AMD 5"},
    {"5 Aruba-Florin", "AWG 5"},
    {"5 Aserbaidschan-Manat", "AZN 5"},
    {"5 Australische Dollar", "AUD 5"},
    {"5 Bahama-Dollar", "BSD 5"},
    {"5 Bahrain-Dinar", "BHD 5"},
    {"5 Bangladesch-Taka", "BDT 5"},
    {"5 Barbados-Dollar", "BBD 5"},
    {"5 Belarussische Rubel", "BYN 5"},
    {"5 Weißrussische Rubel", "BYN 5"},
    {"5 Belize-Dollar", "BZD 5"},
    {"5 Bermuda-Dollar", "BMD 5"},
    {"5 Bermuda Dollar", "BMD 5"},
    {"5 Bhutan-Ngultrum", "BTN 5"},
    {"5 Boliviano", "BOB 5"},
    {"5 Bolivianische Boliviano", "BOB 5"},
    {"5 Konvertible Mark", "BAM 5"},
    {"5 bosnische Mark", "BAM 5"},
    {"5 Pula", "BWP 5"},
    {"5 Brasilianische Real", "BRL 5"},
    {"5 Brunei-Dollar", "BND 5"},
    {"5 Bulgarische Lew", "BGN 5"},
    {"5 bulgarische Lewa", "BGN 5"},
    {"5 Burundi-Franc", "BIF 5"},
    {"5 Burundi Franc", "BIF 5"},
    {"5 Kaiman-Dollar", "KYD 5"},
    {"5 CFA-Franc", "XOF 5"},
    {"5 CFP-Franc", "XPF 5"},
    {"5 Chilenische Peso", "CLP 5"},
    {"5 Renminbi", "CNY 5"},
    {"5 chinesische Yuan", "CNY 5"},
    {"5 Costa-Rica-Colón", "CRC 5"},
    {"5 Dänische Kronen", "DKK 5"},
    {"5 Dominikanische Peso", "DOP 5"},
    {"5 Dschibuti-Franc", "DJF 5"},
    {"5 El-Salvador-Colón", "SVC 5"},
    {"5 Nakfa", "ERN 5"},
    {"5 Falkland-Pfund", "FKP 5"},
    {"5 Falklandinseln-Pfund", "FKP 5"},
    {"5 Färöische Krone", "DKK 5"},
    {"5 Färöer Krone", "DKK 5"},
    {"5 Fidschi-Dollar", "FJD 5"},
    {"5 Gambische Dalasi", "GMD 5"},
    {"5 Dalasi", "GMD 5"},
    {"5 georgische Lari", "GEL 5"},
    {"5 Ghanaische Cedi", "GHS 5"},
    {"5 Gibraltar-Pfund", "GIP 5"},
    {"5 Quetzal", "GTQ 5"},
    {"5 Guernsey-Pfund", "GBP 5"},
    {"5 Guinea-Franc", "GNF 5"},
    {"5 Guyana-Dollar", "GYD 5"},
    {"5 Haitianische Gourde", "HTG 5"},
    {"5 Lempira", "HNL 5"},
    {"5 Hongkong-Dollar", "HKD 5"},
    {"5 Hongkong Dollar", "HKD 5"},
    {"5 Indische Rupien", "INR 5"},
    {"5 Indonesische Rupiah", "IDR 5"},
    {"5 Irak-Dinar", "IQD 5"},
    {"5 Iranische Rial", "IRR 5"},
    {"5 Isländische Kronen", "ISK 5"},
    {"5 Israelische Schekel", "ILS 5"},
    {"5 Neue Israelische Schekel", "ILS 5"},
    {"5 neue Schekel", "ILS 5"},
    {"5 Jamaika-Dollar", "JMD 5"},
    {"5 Japanische Yen", "JPY 5"},
    {"5 Jemen-Rial", "YER 5"},
    {"5 Jersey-Pfund", "GBP 5"},
    {"5 Jordanische Dinar", "JOD 5"},
    {"5 Kambodschanische Riel", "KHR 5"},
    {"5 Kanadische Dollar", "CAD 5"},
    {"5 Kap-Verde-Escudo", "CVE 5"},
    {"5 Kapverdische Escudo", "CVE 5"},
    {"5 Tenge", "KZT 5"},
    {"5 Katar-Riyal", "QAR 5"},
    {"5 Kenia-Schilling", "KES 5"},
    {"5 Kirgisische Som", "KGS 5"},
    {"5 Kolumbianische Pesos", "COP 5"},
    {"5 Komoren-Franc", "KMF 5"},
    {"5 Kongo-Franc", "CDF 5"},
    {"5 Kroatische Kuna", "HRK 5"},
    {"5 Kubanische Peso", "CUP 5"},
    {"5 Kuwait-Dinar", "KWD 5"},
    {"5 Kuwaitische Dinar", "KWD 5"},
    {"5 Laotische Kip", "LAK 5"},
    {"5 Loti", "LSL 5"},
    {"5 Libanesische Pfund", "LBP 5"},
    {"5 Libanon-Pfund", "LBP 5"},
    {"5 Liberianische Dollar", "LRD 5"},
    {"5 Libysche Dinar", "LYD 5"},
    {"5 Macau-Pataca", "MOP 5"},
    {"5 Pataca", "MOP 5"},
    {"5 Ariary", "MGA 5"},
    {"5 Malawi-Kwacha", "MWK 5"},
    {"5 Malaysische Ringgit", "MYR 5"},
    {"5 Rufiyaa", "MVR 5"},
    {"5 Malediven-Rufiyaa", "MVR 5"},
    {"5 Marokkanische Dirham", "MAD 5"},
    {"5 Ouguiya", "MRU 5"},
    {"5 Mauritius-Rupie", "MUR 5"},
    {"5 Mazedonische Denar", "MKD 5"},
    {"5 Mexikanische Peso", "MXN 5"},
    {"5 Moldauische Leu", "MDL 5"},
    {"5 Mongolische Tugrik", "MNT 5"},
    {"5 Metical", "MZN 5"},
    {"5 Mosambik-Metical", "MZN 5"},
    {"5 Kyat", "MMK 5"},
    {"5 Myanmar-Kyat", "MMK 5"},
    {"5 Namibia-Dollar", "NAD 5"},
    {"5 Nepalesische Rupien", "NPR 5"},
    {"5 Neuseeland-Dollar", "NZD 5"},
    {"5 Córdoba", "NIO 5"},
    {"5 Antillen-Gulden", "ANG 5"},
    {"5 Niederländische-Antillen-Gulden", "ANG 5"},
    {"5 Naira", "NGN 5"},
    {"5 Nigerianische Naira", "NGN 5"},
    {"5 Nordkoreanische Won", "KPW 5"},
    {"5 Norwegische Kronen", "NOK 5"},
    {"5 Omanische Rial", "OMR 5"},
    {"5 Ostkaribische Dollar", "XCD 5"},
    {"5 Pakistanische Rupien", "PKR 5"},
    {"5 Balboa", "PAB 5"},
    {"5 Kina", "PGK 5"},
    {"5 Papua-Neuguinea-Kina", "PGK 5"},
    {"5 Paraguayische Guaraní", "PYG 5"},
    {"5 Peruanische Sol", "PEN 5"},
    {"5 Philippinische Peso", "PHP 5"},
    {"5 Polnische Złoty", "PLN 5"},
    {"5 Ruanda-Franc", "RWF 5"},
    {"5 Rumänische Leu", "RON 5"},
    {"5 Russische Rubel", "RUB 5"},
    {"5 Salomonen-Dollar", "SBD 5"},
    {"5 Sambische Kwacha", "ZMW 5"},
    {"5 Samoanische Tala", "WST 5"},
    {"5 Dobra", "STN 5"},
    {"5 Saudi-Riyal", "SAR 5"},
    {"5 Saudi-arabische Riyal", "SAR 5"},
    {"5 Schwedische Kronen", "SEK 5"},
    {"5 Schweizer Franken", "CHF 5"},
    {"5 Serbische Dinar", "RSD 5"},
    {"5 Seychellen-Rupie", "SCR 5"},
    {"5 Sierra-leonische Leone", "SLE 5"},
    {"5 Simbabwe-Dollar", "ZWL 5"},
    {"5 Singapur-Dollar", "SGD 5"},
    {"5 Somalia-Schilling", "SOS 5"},
    {"5 Somalische Schilling", "SOS 5"},
    {"5 Sri-Lanka-Rupien", "LKR 5"},
    {"5 Sri-lankische Rupien", "LKR 5"},
    {"5 St.-Helena-Pfund", "SHP 5"},
    {"5 St. Helena Pfund", "SHP 5"},
    {"5 Südafrikanische Rand", "ZAR 5"},
    {"5 Sudanesische Pfund", "SDG 5"},
    {"5 Südkoreanische Won", "KRW 5"},
    {"5 Südsudanesische Pfund", "SSP 5"},
    {"5 Suriname-Dollar", "SRD 5"},
    {"5 Lilangeni", "SZL 5"},
    {"5 Syrische Pfund", "SYP 5"},
    {"5 Tadschikische Somoni", "TJS 5"},
    {"5 Neue Taiwan-Dollar", "TWD 5"},
    {"5 Taiwan-Dollar", "TWD 5"},
    {"5 Tansania-Schilling", "TZS 5"},
    {"5 Thailändische Baht", "THB 5"},
    {"5 Paʻanga", "TOP 5"},
    {"5 Pa'anga", "TOP 5"},
    {"5 Trinidad-und-Tobago-Dollar", "TTD 5"},
    {"5 Tschechische Kronen", "CZK 5"},
    {"5 Tunesische Dinar", "TND 5"},
    {"5 Türkische Lira", "TRY 5"},
    {"5 Neue Türkische Lira", "TRY 5"},
    {"5 Turkmenistan-Manat", "TMT 5"},
    {"5 Turkmenische Manat", "TMT 5"},
    {"5 Uganda-Schilling", "UGX 5"},
    {"5 Ukrainische Hrywnja", "UAH 5"},
    {"5 Ungarische Forint", "HUF 5"},
    {"5 Uruguayische Peso", "UYU 5"},
    {"5 US-Dollar", "USD 5"},
    {"5 US Dollar", "USD 5"},
    {"5 Usbekische Soʻm", "UZS 5"},
    {"5 usbekische Sum", "UZS 5"},
    {"5 Vatu", "VUV 5"},
    {"5 Vanuatu-Vatu", "VUV 5"},
    {"5 Venezolanische Bolívar", "VES 5"},
    {"5 Bolívares", "VES 5"},
    {"5 VAE-Dirham", "AED 5"},
    {"5 Vietnamesische Dong", "VND 5"},
    {"5 Ägyptische Pfund", "EGP 5"},
    {"5 Äthiopische Birr", "ETB 5"},
    {"5 Britische Pfund", "GBP 5"},
    {"5 Pfund Sterling", "GBP 5"},
    {"5 Isle-of-Man-Pfund", "GBP 5"},
    {"5 Tuvalu-Dollar", "AUD 5"},
    {"5 Transnistrische Rubel", "XXX 5"},
    {"5 Abchasische Apsar", "XXX 5"},
    {"5 Cent", "EUR 0.05"},
    {"50 Rappen", "CHF 0.5"},
    {"einen Penny", "GBP 0.01"},
    {"5 Pence", "GBP 0.05"},
    {"50 Satang", "THB 0.5"},
    {"50 Kopeken", "RUB 0.5"},
    {"50 Groszy", "PLN 0.5"},
    {"50 schwedische Öre", "SEK 0.5"},
    {"50 Fillér", "HUF 0.5"},
    {"50 Stotinki", "BGN 0.5"},
    {"50 Bani", "RON 0.5"},
    {"50 Agorot", "ILS 0.5"},
    {"50 Kuruş", "TRY 0.5"},
    {"50 indische Paise", "INR 0.5"},
    {"50 kuwaitische Fils", "KWD 0.05"},
    {"50 Jiao", "CNY 5"},
    {"50 Fen", "CNY 0.5"},
    {"50 Möngö", "MNT 0.5"},
    {"50 mexikanische Centavos", "MXN 0.5"},
    {"50 Pesewas", "GHS 0.5"},
    {"50 Kobo", "NGN 0.5"},
    {"50 US-Cent", "USD 0.5"},
    {"50 Eurocent", "EUR 0.5"},
    {"50 Euro-Cent", "EUR 0.5"},
    {"50 Toea", "PGK 0.5"},
    {"50 Seniti", "TOP 0.5"},
    {"50 Baisa", "OMR 0.05"},
    {"50 Halala", "SAR 0.5"},
    {"50 Tetri", "GEL 0.5"},
    {"50 Tambala", "MWK 0.5"},
    {"50 Thebe", "BWP 0.5"},
    {"50 Ngwee", "ZMW 0.5"},
    {"50 Sente", "LSL 0.5"},
    {"50 Santim", "ETB 0.5"},
    {"50 Chetrum", "BTN 0.5"},
    {"50 Laari", "MVR 0.5"},
    {"50 Avos", "MOP 0.5"},
    {"50 Heller", "CZK 0.5"},
    {"50 Lipa", "HRK 0.5"},
    {"50 Feninga", "BAM 0.5"},
    {"50 Qindarka", "ALL 0.5"},
    {"50 Eyrir", "ISK 0.5"},
    {"50 Aurar", "ISK 0.5"},
    {"5 kanadische Cent", "CAD 0.05"},
};

}  // namespace

TEST_CASE("each currency by its German name") {
  std::string input;
  for (const auto& [amount, value] : kCurrencies)
    input += std::string(R"({"id":"x","lang":"de","text":"Er zahlte )") + amount + ".\"}\n";
  Ran ran = run_fakt({"--type", "money", "--input", "jsonl", "--format", "grep"}, input);
  REQUIRE_MESSAGE(ran.status == 0, ran.err);
  std::size_t at = 0;
  for (const auto& [amount, value] : kCurrencies) {
    std::size_t end = std::min(ran.out.find('\n', at), ran.out.size());
    CHECK(ran.out.substr(at, end - at) == std::string("x:1:11:money:") + value + ":" + amount);
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
