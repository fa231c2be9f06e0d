#include "value/date_terms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "value/number.h"

namespace fakt {
namespace {

/// The vocabulary. A term that is none of these is a slip in a table.
constexpr std::array<std::string_view, 33> kKinds = {
    "day",     "weekend",    "week",       "month", "quarter", "half",  "season", "year",   "decade",
    "century", "millennium", "weekday",    "unit",  "shift",   "then",  "nth",    "easter", "advent",
    "fixed",   "nthday",     "ref",        "mod",   "today",   "count", "toward", "hour",   "minute",
    "second",  "part",       "short_year", "inner", "ahead",   "same"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "15ten", "3rd": the digits count.
std::string_view leading_number(std::string_view text) {
  std::size_t end = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  return text.substr(0, end);
}

}  // namespace

DateTerms::DateTerms(const Captures& captures, const ValueContext& context, Span mention) {
  terms_.reserve(captures.items.size() + captures.partners.size() + 1);
  const char* begin = context.document.text.data() + mention.begin;
  const char* end = context.document.text.data() + mention.end;
  for (const auto& capture : captures.items) {
    bool outside = capture.text.data() < begin || capture.text.data() + capture.text.size() > end;
    add(capture, outside, context.language);
  }
  std::size_t own = terms_.size();
  for (const auto& partner : captures.partners) add(partner, true, context.language);
  auto has = [&](std::string_view kind) {
    return std::any_of(terms_.begin(), terms_.begin() + static_cast<std::ptrdiff_t>(own),
                       [&](const Kept& mine) { return mine.term.kind == kind && !mine.until; });
  };
  auto lent = [&](const Kept& kept) {  // the month and the year, to a bare count its unit, to an hour "a.m."
    std::string_view kind = kept.term.kind;
    bool lends = kind == "month" || kind == "year" || kind == "short_year" || (kind == "unit" && has("count")) ||
                 (kind == "part" && has("hour"));
    return lends && !has(kind);
  };
  std::vector<Kept> partners;
  std::copy_if(terms_.begin() + static_cast<std::ptrdiff_t>(own), terms_.end(), std::back_inserter(partners), lent);
  terms_.resize(own);
  terms_.insert(terms_.end(), partners.begin(), partners.end());
}

/// The terms of a table's meaning, or a number.
void DateTerms::add(const Capture& capture, bool outside, const Language& language) {
  std::string_view meaning = capture.meaning();
  if (!capture.entry || meaning.find(':') == std::string_view::npos)
    return add_number(capture.slot, meaning, outside, language);
  bool until = capture.slot.starts_with("until_");
  while (!meaning.empty()) {
    std::size_t space = std::min(meaning.find(' '), meaning.size());
    std::string_view term = meaning.substr(0, space);
    std::size_t colon = term.find(':');
    std::string_view kind = term.substr(0, colon);
    if (std::find(kKinds.begin(), kKinds.end(), kind) == kKinds.end() || colon == std::string_view::npos) {
      ok_ = false;
      return;
    }
    std::string_view value = term.substr(colon + 1), digits = leading_number(value);
    Term out{kind, value, 0, false, outside};
    out.relative = !digits.empty() && !is_digit(digits[0]);
    if (!digits.empty()) std::from_chars(digits.data() + (digits[0] == '+'), digits.data() + digits.size(), out.number);
    add_term(out, until);
    meaning.remove_prefix(std::min(space + 1, meaning.size()));
  }
}

void DateTerms::add_number(std::string_view slot, std::string_view meaning, bool outside, const Language& language) {
  bool until = slot.starts_with("until_");
  if (until) slot.remove_prefix(std::string_view("until_").size());
  if (std::find(kKinds.begin(), kKinds.end(), slot) == kKinds.end()) return;  // a key that only the pattern knows
  Term term{slot, meaning, 0, false, outside};
  std::string_view digits = leading_number(meaning);
  if (slot == "mod" || meaning == "X") {
    // words, not numbers
  } else if (!digits.empty() && slot != "count") {
    if (digits.size() > 8) ok_ = false;
    std::from_chars(digits.data(), digits.data() + digits.size(), term.number);
  } else if (auto number = parse_number(meaning, language)) {
    numbers_.push_back(number->text());
    term.value = numbers_.back();
    std::from_chars(term.value.data(), term.value.data() + term.value.size(), term.number);
  } else {
    ok_ = false;
  }
  add_term(term, until);
}

void DateTerms::add_term(const Term& term, bool until) {
  kinds_ |= std::uint64_t{1} << bit_of(term.kind);
  terms_.push_back({term, until});
}

const Term* DateTerms::look_up(std::string_view kind, bool until) const {
  for (const auto& [term, is_until] : terms_)
    if (term.kind == kind && is_until == until) return &term;
  return nullptr;
}

std::string_view DateTerms::value(std::string_view kind) const {
  const Term* term = find(kind);
  return term ? term->value : std::string_view();
}

std::optional<int> DateTerms::absolute(std::string_view kind, bool until) const {
  const Term* term = find(kind, until);
  if (!term || term->relative) return std::nullopt;
  return term->number;
}

std::optional<int> DateTerms::relative(std::string_view kind) const {
  const Term* term = find(kind);
  if (!term || !term->relative) return std::nullopt;
  return term->number;
}

std::optional<Grain> DateTerms::unit() const { return parse_grain(value("unit")); }

bool DateTerms::from_partner() const {
  return std::any_of(terms_.begin(), terms_.end(), [](const Kept& k) {
    return k.term.outside && !k.until && k.term.kind != "mod" && k.term.kind != "ahead";
  });
}

}  // namespace fakt
