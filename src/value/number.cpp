#include "value/number.h"

#include <algorithm>
#include <compare>
#include <vector>

#include "pattern/pattern_set.h"
#include "text/unicode.h"

namespace fakt {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Sum of two digit strings.
std::string add_digits(std::string_view a, std::string_view b) {
  std::string out;
  int carry = 0;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry; ++i) {
    int sum = carry;
    if (i < a.size()) sum += a[a.size() - 1 - i] - '0';
    if (i < b.size()) sum += b[b.size() - 1 - i] - '0';
    out += static_cast<char>('0' + sum % 10);
    carry = sum / 10;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::string multiply_digits(std::string_view a, std::string_view b) {
  std::vector<int> sums(a.size() + b.size(), 0);
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j) sums[i + j + 1] += (a[i] - '0') * (b[j] - '0');
  for (std::size_t i = sums.size(); i-- > 1;) {
    sums[i - 1] += sums[i] / 10;
    sums[i] %= 10;
  }
  std::string out;
  for (int sum : sums) out += static_cast<char>('0' + sum);
  return out;
}

}  // namespace

Decimal::Decimal(std::string_view integer, std::string_view fraction)
    : digits_(std::string(integer) + std::string(fraction)), exponent_(-static_cast<int>(fraction.size())) {
  trim();
}

void Decimal::trim() {
  digits_.erase(0, std::min(digits_.find_first_not_of('0'), digits_.size()));
  while (digits_.ends_with('0')) digits_.pop_back(), ++exponent_;
  if (digits_.empty()) exponent_ = 0;
}

Decimal Decimal::times_power_of_ten(int exponent) const {
  Decimal out = *this;
  if (!is_zero()) out.exponent_ += exponent;
  return out;
}

Decimal Decimal::plus(const Decimal& other) const {
  int low = std::min(exponent_, other.exponent_);
  auto padded = [&](const Decimal& d) {
    return d.digits_ + std::string(static_cast<std::size_t>(d.exponent_ - low), '0');
  };
  Decimal out;
  out.digits_ = add_digits(padded(*this), padded(other));
  out.exponent_ = low;
  out.trim();
  return out;
}

Decimal Decimal::times(const Decimal& other) const {
  Decimal out;
  out.digits_ = multiply_digits(digits_, other.digits_);
  out.exponent_ = exponent_ + other.exponent_;
  out.trim();
  return out;
}

std::string Decimal::text() const {
  if (is_zero()) return "0";
  if (exponent_ >= 0) return digits_ + std::string(static_cast<std::size_t>(exponent_), '0');
  auto decimals = static_cast<std::size_t>(-exponent_);
  if (decimals >= digits_.size()) return "0." + std::string(decimals - digits_.size(), '0') + digits_;
  return digits_.substr(0, digits_.size() - decimals) + "." + digits_.substr(digits_.size() - decimals);
}

std::size_t Decimal::significant_digits() const {
  return digits_.size() + static_cast<std::size_t>(std::max(0, exponent_));
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.is_zero() || b.is_zero()) return !a.is_zero() <=> !b.is_zero();
  auto magnitude = [](const Decimal& d) { return static_cast<long>(d.digits_.size()) + d.exponent_; };
  if (auto order = magnitude(a) <=> magnitude(b); order != 0) return order;
  return a.digits_.compare(b.digits_) <=> 0;  // no leading zeros: as texts
}

std::optional<Decimal> parse_digits(std::string_view text, const Language& language) {
  std::string kept;  // digits, '.' and ','
  for (std::size_t i = 0; i < text.size();) {
    auto [c, size] = decode(text, i);
    if (c < 0x80 && (is_digit(static_cast<char>(c)) || c == '.' || c == ','))
      kept += static_cast<char>(c);
    else if (!is_space(c) && c != '\'' && c != 0x2019)
      return std::nullopt;
    i += size;
  }
  if (kept.empty() || !is_digit(kept.front()) || !is_digit(kept.back())) return std::nullopt;
  std::size_t last = kept.find_last_of(".,");
  if (last == std::string::npos) return Decimal(kept, "");
  char sign = kept[last];
  bool one_kind = kept.find(sign == '.' ? ',' : '.') == std::string::npos;
  bool several = std::count(kept.begin(), kept.end(), sign) > 1;
  bool three = kept.size() - last == 4 && last <= 3 && kept[0] != '0';
  bool grouping = one_kind && (several || (!language.has("decimal", std::string_view(&sign, 1)) && three));
  if (!one_kind && several) return std::nullopt;
  std::string integer, fraction;
  std::size_t end = grouping ? kept.size() : last;
  std::size_t group = 0;
  for (std::size_t i = 0; i < end; ++i) {
    if (is_digit(kept[i])) {
      integer += kept[i];
      ++group;
      continue;
    }
    if (group == 0 || group > 3 || (integer.size() > group && group != 3)) return std::nullopt;
    group = 0;
  }
  if (integer.size() > group && group != 3) return std::nullopt;
  if (!grouping) fraction = kept.substr(last + 1);
  return Decimal(integer, fraction);
}

std::optional<Decimal> parse_number_words(std::string_view text, const Language& language) {
  if (!language.number_words) return std::nullopt;
  std::string words = to_lower(text);
  Decimal total, current;
  bool any = false;
  for (std::size_t i = 0; i < words.size();) {
    if (auto [c, size] = decode(words, i); is_space(c) || c == '-') {
      i += size;
      continue;
    }
    const TableEntry* entry = nullptr;
    std::size_t size = std::min<std::size_t>(words.size() - i, 24);
    for (; size > 0 && !entry; --size)
      entry = is_word_edge(words, i + size) || (static_cast<unsigned char>(words[i + size]) & 0xC0) != 0x80
                  ? language.number_words->find(std::string_view(words).substr(i, size))
                  : nullptr;
    if (!entry) return std::nullopt;
    i += size + 1;
    std::string_view meaning = entry->meaning;
    if (meaning.empty()) continue;
    any = true;
    std::string_view number = meaning.substr(meaning[0] == 'x' || meaning[0] == '=');
    std::size_t point = std::min(number.find('.'), number.size());
    Decimal value(number.substr(0, point), point < number.size() ? number.substr(point + 1) : "");
    if (meaning[0] == 'x') {
      Decimal factor = current.is_zero() ? value : current.times(value);
      if (value < Decimal(1000))
        current = factor;
      else
        total = total.plus(factor), current = Decimal();
    } else if (meaning[0] == '=') {
      current = value;
    } else {
      current = current.plus(value);
    }
  }
  if (!any) return std::nullopt;
  return total.plus(current);
}

std::optional<Decimal> parse_number(std::string_view text, const Language& language) {
  if (auto digits = parse_digits(text, language)) return digits;
  return parse_number_words(text, language);
}

}  // namespace fakt
