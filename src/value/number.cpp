#include "value/number.h"

#include <algorithm>
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

char Decimal::digit_at(int place) const {
  if (place < lowest_place() || place > highest_place()) return '0';
  return digits_[static_cast<std::size_t>(highest_place() - place)];
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.is_zero() || b.is_zero()) return !a.is_zero() <=> !b.is_zero();
  auto magnitude = [](const Decimal& d) { return static_cast<long>(d.digits_.size()) + d.exponent_; };
  if (auto order = magnitude(a) <=> magnitude(b); order != 0) return order;
  return a.digits_.compare(b.digits_) <=> 0;  // no leading zeros: as texts
}

namespace {

/// Digits between separators: "1.234,56" is 1 . 234 , 56.
struct Groups {
  std::vector<std::string> digits;
  std::string separators;  ///< one of ". , ' space", however it is spelt; one fewer than digits

  /// Whether the first `count` groups are the thousands of a number: 1 to 3 digits, then threes ("1.234.567"), or as
  /// Indians do it twos and a last three ("12,34,567").
  bool grouped(std::size_t count) const {
    if (count < 2) return count == 1;
    bool threes = digits[0].size() <= 3, twos = digits[0].size() <= 2 && separators[0] == ',' && count > 2;
    for (std::size_t i = 1; i < count; ++i) {
      threes = threes && digits[i].size() == 3;
      twos = twos && digits[i].size() == (i + 1 < count ? 2u : 3u);
    }
    return threes || twos;
  }
  std::string joined(std::size_t count) const {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += digits[i];
    return out;
  }
};

char separator(char32_t c) {
  if (c == '.' || c == ',') return static_cast<char>(c);
  if (c == '\'' || c == 0x2019) return '\'';
  return is_space(c) ? ' ' : '\0';
}

std::optional<Groups> split_groups(std::string_view text) {
  Groups out;
  bool open = false;
  for (std::size_t i = 0; i < text.size();) {
    auto [c, size] = decode(text, i);
    if (c < 0x80 && is_digit(static_cast<char>(c))) {
      if (!open) out.digits.emplace_back();
      open = true;
      out.digits.back() += static_cast<char>(c);
    } else {
      char sign = separator(c);
      if (!open || !sign) return std::nullopt;
      open = false;
      out.separators += sign;
    }
    i += size;
  }
  if (!open) return std::nullopt;
  return out;
}

std::optional<Decimal> parse_grouped(std::string_view text, const Language& language) {
  auto groups = split_groups(text);
  if (!groups) return std::nullopt;
  const auto& [digits, separators] = *groups;
  std::size_t count = digits.size();
  if (count == 1) return Decimal(digits[0], "");
  char last = separators.back();
  bool one_kind = separators.find_first_not_of(last) == std::string::npos;
  bool can_group = groups->grouped(count);
  bool is_point = last == '.' || last == ',';
  if (one_kind && count == 2 && is_point) {
    bool groups_here = can_group && digits[0][0] != '0' && !language.has("decimal", std::string_view(&last, 1));
    return groups_here ? Decimal(groups->joined(2), "") : Decimal(digits[0], digits[1]);
  }
  if (one_kind) return can_group ? std::optional(Decimal(groups->joined(count), "")) : std::nullopt;
  bool thousands = separators.find_first_not_of(separators[0]) == separators.size() - 1;
  if (!is_point || !thousands || !groups->grouped(count - 1)) return std::nullopt;
  return Decimal(groups->joined(count - 1), digits.back());
}

/// "1/4", or nothing where the decimals have no end.
std::optional<Decimal> quotient(char numerator, char denominator) {
  constexpr int kPlaces = 3;  // 1/8 = 0.125
  int n = (numerator - '0') * 1000, d = denominator - '0';
  if (d == 0 || n % d != 0) return std::nullopt;
  return Decimal(static_cast<std::uint64_t>(n / d)).times_power_of_ten(-kPlaces);
}

/// Takes "½" or " 1/2" off the end of the text; 0 if there is none, nothing if it is no decimal.
std::optional<Decimal> take_fraction(std::string_view& text) {
  static constexpr std::pair<std::string_view, const char*> kSigns[] = {
      {"½", "12"}, {"¼", "14"}, {"¾", "34"}, {"⅛", "18"}, {"⅜", "38"}, {"⅝", "58"},
      {"⅞", "78"}, {"⅕", "15"}, {"⅖", "25"}, {"⅗", "35"}, {"⅘", "45"}};
  std::optional<Decimal> out = Decimal();
  for (const auto& [sign, digits] : kSigns) {
    if (!text.ends_with(sign)) continue;
    text.remove_suffix(sign.size());
    out = quotient(digits[0], digits[1]);
  }
  if (std::size_t n = text.size(); n >= 3 && text[n - 2] == '/') {
    out = is_digit(text[n - 3]) && is_digit(text[n - 1]) ? quotient(text[n - 3], text[n - 1]) : std::nullopt;
    text.remove_suffix(3);
    if (!text.empty() && is_digit(text.back())) out = std::nullopt;  // 11/2
  }
  while (!text.empty()) {
    auto last = decode_before(text, text.size());
    if (!is_space(last.value)) break;
    text.remove_suffix(last.size);
  }
  return out;
}

/// "35,-" and "35.–" without what stands for the missing cents.
std::string_view without_dash(std::string_view text) {
  for (std::string_view dash : {"-", "–", "—", "−"}) {
    while (text.ends_with(dash)) text.remove_suffix(dash.size());
  }
  return text.ends_with(',') || text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

std::optional<Decimal> parse_digits(std::string_view text, const Language& language) {
  auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  if (text.empty()) return fraction->is_zero() ? std::nullopt : fraction;
  if (!is_digit(text.back())) text = without_dash(text);
  auto number = parse_grouped(text, language);
  if (!number || fraction->is_zero()) return number;
  if (number->lowest_place() < 0) return std::nullopt;  // 2,5½
  return number->plus(*fraction);
}

namespace {

/// The power of ten that a word of [table.scale] stands for.
std::optional<int> scale_of(std::string_view word, const Language& language) {
  const Table* scales = language.table("scale");
  const TableEntry* scale = scales ? scales->find(word) : nullptr;
  if (!scale || scale->meaning.empty() || !std::all_of(scale->meaning.begin(), scale->meaning.end(), is_digit))
    return {};
  return std::stoi(scale->meaning.str());
}

}  // namespace

std::optional<Decimal> parse_number(std::string_view text, const Language& language) {
  auto plain = [&](std::string_view number) {
    auto digits = parse_digits(number, language);
    return digits ? digits : parse_number_words(number, language);
  };
  if (auto number = plain(text)) return number;
  std::size_t word = text.size(), end;
  while (word > 0 && !is_space(decode_before(text, word).value)) word -= decode_before(text, word).size;
  for (end = word; end > 0 && is_space(decode_before(text, end).value);) end -= decode_before(text, end).size;
  auto scale = end > 0 ? scale_of(text.substr(word), language) : std::nullopt;
  auto number = scale ? plain(text.substr(0, end)) : std::nullopt;
  return number ? std::optional(number->times_power_of_ten(*scale)) : std::nullopt;
}

}  // namespace fakt
