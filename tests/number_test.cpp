#include "value/number.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "pattern/packs.h"

namespace fakt {
namespace {

__extension__ using Wide = __int128;  // the reference: another arithmetic than Decimal's

const Language& language(std::string_view name) {
  static const PatternSets sets = builtin_pattern_sets();
  return sets.find(name)->language();
}

/// What the language reads; "none" for no number.
std::string digits_in(std::string_view lang, std::string_view text) {
  auto number = parse_digits(text, language(lang));
  return number ? number->text() : "none";
}

std::string words_in(std::string_view lang, std::string_view text) {
  auto number = parse_number_words(text, language(lang));
  return number ? number->text() : "none";
}

/// Plain notation of integer and decimals, made from the strings alone.
std::string plain(std::string integer, std::string decimals) {
  integer.erase(0, std::min(integer.find_first_not_of('0'), integer.size()));
  while (decimals.ends_with('0')) decimals.pop_back();
  if (integer.empty()) integer = "0";
  return decimals.empty() ? integer : integer + "." + decimals;
}

std::string grouped(const std::string& integer, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < integer.size(); ++i) {
    if (i && (integer.size() - i) % 3 == 0) out += separator;
    out += integer[i];
  }
  return out;
}

std::string text_of(Wide value) {
  if (value == 0) return "0";
  std::string out;
  for (; value > 0; value /= 10) out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
  return out;
}

std::string random_digits(std::mt19937_64& random, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>('0' + random() % 10);
  return out;
}

struct Case {
  const char* text;
  const char* value;
};

/// 0 to 999,999,999 as a German writes it.
std::string german(unsigned n, bool before_noun = false) {
  static const char* kSmall[] = {"",         "ein",      "zwei",     "drei",     "vier",     "fünf",    "sechs",
                                 "sieben",   "acht",     "neun",     "zehn",     "elf",      "zwölf",   "dreizehn",
                                 "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"};
  static const char* kTens[] = {"",        "",        "zwanzig", "dreißig", "vierzig",
                                "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"};
  if (n == 0) return "null";
  if (n >= 1000000)
    return (n < 2000000 ? "eine Million" : german(n / 1000000) + " Millionen") +
           (n % 1000000 ? " " + german(n % 1000000, before_noun) : "");
  if (n >= 1000) return german(n / 1000, true) + "tausend" + (n % 1000 ? german(n % 1000, before_noun) : "");
  if (n >= 100) return german(n / 100, true) + "hundert" + (n % 100 ? german(n % 100, before_noun) : "");
  if (n >= 20) return (n % 10 ? std::string(kSmall[n % 10]) + "und" : "") + kTens[n / 10];
  return n == 1 && !before_noun ? "eins" : kSmall[n];
}

/// 1 to 999,999 in British English.
std::string english(unsigned n) {
  static const char* kSmall[] = {"",         "one",     "two",     "three",     "four",     "five",    "six",
                                 "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
                                 "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
  static const char* kTens[] = {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
  if (n >= 1000)
    return english(n / 1000) + " thousand" + (n % 1000 ? (n % 1000 < 100 ? " and " : " ") + english(n % 1000) : "");
  if (n >= 100) return english(n / 100) + " hundred" + (n % 100 ? " and " + english(n % 100) : "");
  if (n >= 20) return std::string(kTens[n / 10]) + (n % 10 ? std::string("-") + kSmall[n % 10] : "");
  return kSmall[n];
}

}  // namespace

TEST_CASE("numbers in digits at the edges are exact or none") {
  std::string nines(400, '9');
  static const Case kGerman[] = {
      {"0", "0"},
      {"0,0", "0"},
      {"00001", "1"},
      {"007,50", "7.5"},
      {"1.000.000.000.000.000.000", "1000000000000000000"},
      {"1000000000000000000000000000000", "1000000000000000000000000000000"},
      {"0,000000000000000000001", "0.000000000000000000001"},
      {"1.234,56", "1234.56"},
      {"1,234.56", "1234.56"},
      {"2.048", "2048"},
      {"0.125", "0.125"},
      {"46.5", "46.5"},
      {"1,234", "1.234"},
      {"1,234,567", "1234567"},
      {"1'000", "1000"},
      {"1’000.50", "1000.5"},
      {"300 000", "300000"},
      {"300\u00A0000", "300000"},
      {"1\u202F500\u2009000,25", "1500000.25"},
      {"35,-", "35"},
      {"35,--", "35"},
      {"35.–", "35"},
      {"2½", "2.5"},
      {"¾", "0.75"},
      {"1 1/2", "1.5"},
      {"3/4", "0.75"},
      {"12,34,567", "1234567"},
      {"-0", "none"},
      {"1.2.3.4", "none"},
      {"1.2.3", "none"},
      {"12.34.567", "none"},
      {"1.234.56", "none"},
      {"1.234,567,8", "none"},
      {"1'234 567", "none"},
      {"1e999", "none"},
      {"1/3", "none"},
      {"1/0", "none"},
      {"12/25", "none"},
      {"2,5½", "none"},
      {"", "none"},
      {",", "none"},
      {".5", "none"},
      {"5.", "5"},
      {"zwei", "none"},
      {"5x", "none"},
      {"１２", "none"},
  };
  for (const auto& [text, value] : kGerman) CHECK_MESSAGE(digits_in("de", text) == value, text);
  static const Case kEnglish[] = {{"1,234", "1234"}, {"1.234", "1.234"},     {"1,234,567.5", "1234567.5"},
                                  {"1,5", "1.5"},    {"1,00,000", "100000"}, {"3.14159", "3.14159"}};
  for (const auto& [text, value] : kEnglish) CHECK_MESSAGE(digits_in("en", text) == value, text);
  CHECK(digits_in("de", nines) == nines);
  CHECK(digits_in("de", "0," + nines) == "0." + nines);
}

TEST_CASE("every way to write a number gives the same value") {
  std::mt19937_64 random(20250203);
  for (int i = 0; i < 10000; ++i) {
    std::string integer = random_digits(random, 1 + random() % 30), decimals = random_digits(random, random() % 12);
    if (integer[0] == '0') integer[0] = '1';
    std::string expected = plain(integer, decimals);
    std::string comma = decimals.empty() ? "" : "," + decimals, point = decimals.empty() ? "" : "." + decimals;
    // a single separator of the other language could be either
    bool groups = integer.size() > 3, clear = groups && (integer.size() > 6 || !decimals.empty());
    for (const auto& [text, lang] : std::vector<std::pair<std::string, std::string>>{
             {grouped(integer, ".") + comma, "de"},
             {grouped(integer, ",") + point, "en"},
             {grouped(integer, "'") + (groups ? point : comma), "de"},
             {grouped(integer, "’") + comma, "de"},
             {grouped(integer, " ") + comma, "de"},
             {grouped(integer, "\u00A0") + comma, "de"},
             {grouped(integer, "\u202F") + point, "en"},
             {integer + comma, "de"},
             {integer + point, "en"},
             {clear ? grouped(integer, ",") + point : integer + comma, "de"},
             {clear ? grouped(integer, ".") + comma : integer + point, "en"}})
      REQUIRE_MESSAGE(digits_in(lang, text) == expected, text);
    CHECK(digits_in("en", expected) == expected);  // print and read back
  }
}

TEST_CASE("sums, products and powers of ten agree with integers of 128 bits") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 10000; ++i) {
    Wide a = static_cast<Wide>(random() >> (random() % 64)), b = static_cast<Wide>(random() >> (random() % 64));
    int places = static_cast<int>(random() % 9);
    Decimal x(text_of(a), ""), y(text_of(b), "");
    CHECK(x.plus(y).text() == text_of(a + b));
    Wide small = a >> 2;  // so that the product fits
    CHECK(Decimal(text_of(small), "").times(y).text() == text_of(small * b));
    CHECK((x < y) == (a < b));
    CHECK((x == y) == (a == b));
    std::string shifted = text_of(a);
    if (shifted.size() <= static_cast<std::size_t>(places))
      shifted.insert(0, static_cast<std::size_t>(places) + 1 - shifted.size(), '0');
    std::size_t cut = shifted.size() - static_cast<std::size_t>(places);
    CHECK(x.times_power_of_ten(-places).text() == plain(shifted.substr(0, cut), shifted.substr(cut)));
    CHECK(x.times_power_of_ten(-places).times_power_of_ten(places) == x);
  }
}

TEST_CASE("number words") {
  static const Case kGerman[] = {
      {"eine", "1"},
      {"Zwei", "2"},
      {"zwölf", "12"},
      {"einundzwanzig", "21"},
      {"hundert", "100"},
      {"hunderttausend", "100000"},
      {"zweihundertfünf", "205"},
      {"neunzehnhundertneunzig", "1990"},
      {"anderthalb", "1.5"},
      {"eineinhalb", "1.5"},
      {"zweieinhalb", "2.5"},
      {"eine halbe", "0.5"},
      {"einer viertel", "0.25"},
      {"eine dreiviertel", "0.75"},
      {"dreitausendeinhundertsiebenundsechzig", "3167"},
      {"hundertundeins", "101"},
      {"fünf sechs", "none"},
      {"fünfhundertzweihundert", "none"},
      {"zehnzwanzig", "none"},
      {"undzwanzig", "none"},
      {"ein paar", "none"},
      {"keine", "none"},
      {"", "none"},
  };
  for (const auto& [text, value] : kGerman) CHECK_MESSAGE(words_in("de", text) == value, text);
  static const Case kEnglish[] = {{"twenty-five", "25"},
                                  {"two hundred and fifty thousand", "250000"},
                                  {"two and a half", "2.5"},
                                  {"half a", "0.5"},
                                  {"three quarters of a", "0.75"},
                                  {"two dozen", "24"},
                                  {"five six", "none"},
                                  {"and", "none"},
                                  {"and five", "none"}};
  for (const auto& [text, value] : kEnglish) CHECK_MESSAGE(words_in("en", text) == value, text);
}

TEST_CASE("written out and read back") {
  std::mt19937_64 random(11);
  for (unsigned n = 0; n < 3000; ++n) REQUIRE_MESSAGE(words_in("de", german(n)) == std::to_string(n), german(n));
  for (unsigned n = 1; n < 3000; ++n) REQUIRE_MESSAGE(words_in("en", english(n)) == std::to_string(n), english(n));
  for (int i = 0; i < 10000; ++i) {
    auto n = static_cast<unsigned>(random() % 1000000);
    CHECK_MESSAGE(words_in("de", german(n)) == std::to_string(n), german(n));
    if (n) CHECK_MESSAGE(words_in("en", english(n)) == std::to_string(n), english(n));
  }
}

TEST_CASE("any bytes give a number that reads back, or none") {
  std::mt19937_64 random(13);
  static const char* kPieces[] = {"0",  "1",  "9",   "12",     "000",     "345",     ".",       ",",
                                  "'",  "’",  " ",   "\u00A0", "\u202F",  "-",       "–",       "½",
                                  "/2", "/3", "1/2", "ein",    "und",     "zwanzig", "hundert", "x",
                                  "e5", "\t", "\n",  "halbe",  "tausend", "½½",      "\u0301",  "€"};
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t k = random() % 10; k > 0; --k) text += kPieces[random() % std::size(kPieces)];
    for (const char* lang : {"de", "en"}) {
      auto number = parse_number(text, language(lang));
      if (!number) continue;
      std::string printed = number->text();
      CHECK_MESSAGE(printed.find_first_not_of("0123456789.") == std::string::npos, text);
      CHECK_MESSAGE(digits_in("en", printed) == printed, text);
    }
  }
}

TEST_CASE("a number before a scale") {
  auto number_in = [](std::string_view lang, std::string_view text) {
    auto number = parse_number(text, language(lang));
    return number ? number->text() : "none";
  };
  CHECK(number_in("de", "1,2 Millionen") == "1200000");
  CHECK(number_in("de", "eine Million") == "1000000");
  CHECK(number_in("de", "zwei\u00A0Mio.") == "2000000");
  CHECK(number_in("en", "3.6 million") == "3600000");
  CHECK(number_in("de", "Millionen") == "none");
  CHECK(number_in("de", "drei Katzen") == "none");
  CHECK(number_in("de", "einige Millionen") == "none");
}

}  // namespace fakt
