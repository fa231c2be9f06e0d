#include <algorithm>

#include "pattern/pattern_set.h"
#include "text/unicode.h"
#include "value/amount.h"

namespace fakt {
namespace {

constexpr std::string_view kUnknown = "XXX";  ///< ISO 4217: no currency; here: the text does not say which
constexpr std::uint32_t kReach = 2000;        ///< bytes beside a bare "Kronen" that may name its country
constexpr std::uint32_t kNearReach = 200;     ///< bytes that may change what is meant by default: Cent of a Dollar

constexpr int kHundredth = -2;            ///< the power of ten of the "50" in "2 Euro 50"
constexpr std::uint32_t kAfterwards = 4;  ///< a place after the amount counts as if it were so many times as far

/// "SEK NOK DKK" holds "NOK".
bool lists(std::string_view codes, std::string_view code) {
  return !code.empty() && codes.find(code) != std::string_view::npos;
}

/// The currencies that a word stands for when it is a country or a place: one of `among`, or "".
std::string_view currency_of_place(const Language& language, std::string_view word, std::string_view among) {
  if (const Table* places = language.table("currency_place"))
    if (const TableEntry* place = places->find(word); place && lists(among, place->meaning)) return place->meaning;
  if (const Table* countries = language.table("currency_country"))
    if (const TableEntry* country = countries->find(word))
      for (const auto& [family, code] : country->fields)
        if (lists(among, code)) return code;
  return {};
}

/// Of the currencies that a name may mean, the one whose country or unit is named nearest in the text; "" for none.
std::string_view nearest_currency(const ValueContext& context, Span mention, std::string_view among,
                                  std::uint32_t reach) {
  std::string_view text = context.document.text;
  std::uint32_t from = mention.begin > reach ? mention.begin - reach : 0;
  std::uint32_t to = std::min(static_cast<std::uint32_t>(text.size()), mention.end + reach);
  while (from < mention.begin && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
  std::string_view best;
  std::uint32_t best_distance = reach;
  for (std::uint32_t at = from; at < to;) {
    auto [first, size] = decode(text, at);
    std::uint32_t begin = at;
    at += size;
    if (!is_word(first)) continue;
    while (at < text.size() && is_word(decode(text, at).value)) at += decode(text, at).size;
    std::uint32_t distance = at <= mention.begin    ? mention.begin - at
                             : begin >= mention.end ? kAfterwards * (begin - mention.end)
                                                    : 0;
    if (distance == 0 || distance >= best_distance) continue;
    std::string_view code = currency_of_place(context.language, text.substr(begin, at - begin), among);
    if (code.empty()) continue;
    best = code;
    best_distance = distance;
  }
  return best;
}

/// The country before the noun, by [table.currency_country]; null if there is none or it is not known.
const TableEntry* country_of(const Captures& captures, const Language& language) {
  const Table* countries = language.table("currency_country");
  const Capture* word = captures.find("country");
  if (!word) word = captures.find("origin");
  return countries && word ? countries->find(word->text) : nullptr;
}

/// ISO 4217 code, or kUnknown. A country before the noun decides, else what the noun alone means, else the text.
std::string_view code_of(const Capture& currency, const TableEntry* country, const ValueContext& context,
                         Span mention) {
  std::string_view code = currency.meaning();
  std::string_view family = field_of(currency, "family");
  if (country && !family.empty()) {
    std::string_view there = field_of(*country, family);
    return there.empty() ? kUnknown : there;
  }
  std::string_view among = field_of(currency, "among");
  if (!among.empty()) {
    std::string_view near = nearest_currency(context, mention, among, code.empty() ? kReach : kNearReach);
    if (!near.empty()) return near;
  }
  if (!code.empty()) return code;
  for (auto m = context.earlier.rbegin(); m != context.earlier.rend() && m->span.end + kReach > mention.begin; ++m)
    if (lists(among, m->key("currency"))) return m->key("currency");
  return kUnknown;
}

/// Whether the currency at the low end of a range, or of the cents, is that of the amount. From Euro to Dollar there is
/// no range; a bare Krone and a Cent may be whatever the other is.
bool may_mean(const Capture& other, std::string_view code, const Capture& currency) {
  std::string_view family = field_of(other, "family");
  return other.meaning() == code || lists(field_of(other, "among"), code) ||
         (!family.empty() && family == field_of(currency, "family"));
}

/// "einen Rand", "drei Kronen", "200 pounds" are seldom money: such names want digits or a large number, or a scale.
bool lacks_evidence(const Capture& currency, const Captures& captures, const Amount& amount, bool has_country) {
  std::string_view needs = field_of(currency, "needs");
  if (needs.empty() || has_country || captures.find("scale")) return false;
  std::string_view number = captures.text("amount");
  bool digits = number.find_first_of("0123456789") != std::string_view::npos;
  return needs == "scale" ? amount.high < Decimal(100000) : !digits && amount.high < Decimal(100);
}

/// "und 20 Cent"; without a word for the unit it is hundredths, as in "2 Euro 50", and so less than a hundred.
std::optional<Decimal> minor_part(const Captures& captures, const Language& language, std::string_view code,
                                  const Capture& currency) {
  const Capture* minor = captures.find("minor");
  auto part = parse_number(captures.text("minor_amount"), language);
  if (!part || (minor ? !may_mean(*minor, code, currency) : !(*part < Decimal(100)))) return std::nullopt;
  return part->times_power_of_ten(minor ? small_integer(field_of(*minor, "power")) : kHundredth);
}

}  // namespace

/// Slots: amount, scale, currency; country, a word before it that must be one, or origin, which need not; for a range
/// also low and low_scale; for "5 Euro und 20 Cent" minor_amount and minor, for "5 Euro 20" minor_amount alone. A row
/// of a table of currencies may have fields: `family`, by which the row of a country says its currency ("dollar");
/// `power`, the power of ten of a unit (Cent: -2); `among`, what the name may mean, decided by the text; `needs`,
/// "digits" or "scale", what the number must have where no country is named.
bool normalize_money(const Captures& captures, const ValueContext& context, Mention& mention) {
  const Capture* currency = captures.find("currency");
  if (!currency) return false;
  const TableEntry* country = country_of(captures, context.language);
  if (captures.find("country") && !country) return false;
  int power = small_integer(field_of(*currency, "power"));
  const Capture* low_currency = captures.find("low_currency");
  int low_power = low_currency ? small_integer(field_of(*low_currency, "power")) : power;
  auto amount = read_amount(captures, context.language, power, low_power);
  if (!amount || lacks_evidence(*currency, captures, *amount, country)) return false;
  std::string_view code = code_of(*currency, country, context, mention.span);
  if (low_currency && !may_mean(*low_currency, code, *currency)) return false;
  if (captures.find("minor_amount")) {
    auto rest = minor_part(captures, context.language, code, *currency);
    if (!rest) return false;
    amount->high = amount->high.plus(*rest);
  }
  mention.value = std::string(code) + " " + text_of(*amount);
  add_amount_keys(mention, *amount);
  if (code != kUnknown) mention.keys.push_back({"currency", std::string(code)});
  if (const Capture* mod = captures.find("mod")) mention.keys.push_back({"mod", std::string(mod->meaning())});
  return true;
}

}  // namespace fakt
