#include <algorithm>
#include <bitset>

#include "pattern/language.h"
#include "text/text_index.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::uint32_t kLongest = 4096;  ///< bytes; a longer sentence is cut at a space, so that time stays linear

constexpr std::size_t kLongestEnding = 6;  ///< bytes of an entry of `closing_endings`

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_terminator(char32_t c) { return c == '.' || c == '!' || c == '?' || c == 0x2026; }

bool is_closing(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019 ||
         c == 0xBB || c == 0xAB || c == 0x2039 || c == 0x203A;
}

bool is_opening(char32_t c) {
  return is_closing(c) || c == '(' || c == '[' || c == 0x201E || c == 0x201A || c == 0x2013 || c == 0x2014;
}

class Splitter {
 public:
  Splitter(std::string_view text, const Language& language, TextIndex& index)
      : text_(text),
        starters_(language.list("starters")),
        abbreviations_(language.list("abbreviations")),
        closing_abbreviations_(language.list("closing_abbreviations")),
        closing_endings_(language.list("closing_endings")),
        ordinals_(language.has("ordinal", ".")),
        index_(index) {
    closing_endings_.each([&](std::string_view ending, std::uint32_t) {
      if (!ending.empty()) last_of_endings_.set(static_cast<unsigned char>(ending.back()));
    });
  }

  void split() {
    measure_lines();
    std::size_t begin = 0;
    for (std::uint32_t stop : index_.stops) {
      if (stop < begin) continue;  // passed with the one before: "?!"
      std::size_t end = stop + 1;
      bool line = text_[stop] == '\n';
      if (!(line ? line_ends_sentence(stop) : terminator(stop, end))) continue;
      if (line) ++paragraph_;
      add_cut(begin, end);
      begin = end;
    }
    add_cut(begin, text_.size());
  }

 private:
  /// A sentence beyond kLongest ends at the next space; one without spaces at twice that.
  void add_cut(std::size_t begin, std::size_t end) {
    while (end - begin > kLongest) {
      std::size_t space = text_.substr(0, std::min(end, begin + 2 * kLongest)).find(' ', begin + kLongest);
      std::size_t cut = space != std::string_view::npos ? space : std::min(end, begin + 2 * kLongest);
      while (cut < text_.size() && (static_cast<unsigned char>(text_[cut]) & 0xC0) == 0x80) ++cut;
      add(begin, cut);
      begin = cut;
    }
    add(begin, end);
  }

  /// Text that was wrapped at a column has many lines of nearly the same, short length; then a line break is a space
  /// unless the line is clearly shorter than the others or a blank one follows.
  void measure_lines() {
    std::size_t lines = 0, longest = 0, nearly = 0;
    auto each_line = [&](auto visit) {
      for (std::size_t begin = 0; begin < text_.size();) {
        std::size_t end = std::min(text_.find('\n', begin), text_.size());
        visit(end - begin);
        begin = end + 1;
      }
    };
    each_line([&](std::size_t size) { longest = std::max(longest, size), lines += size > 0; });
    each_line([&](std::size_t size) { nearly += size * 4 > longest * 3; });
    wrapped_ = lines >= 4 && longest <= 110 && longest >= 40 && nearly * 2 >= lines;
    longest_line_ = longest;
  }

  bool line_ends_sentence(std::size_t at) const {
    std::size_t next = at + 1;
    while (next < text_.size() && (text_[next] == ' ' || text_[next] == '\t' || text_[next] == '\r')) ++next;
    if (next >= text_.size() || text_[next] == '\n') return true;
    if (!wrapped_) return true;
    std::size_t begin = at ? text_.rfind('\n', at - 1) + 1 : 0;
    return (at - begin) * 5 < longest_line_ * 3;
  }

  /// `at` is at a full stop or its like; moves `end` behind it and the quotation marks that follow.
  bool terminator(std::size_t at, std::size_t& end) const {
    end = at;
    int count = 0;
    bool stop_only = true;
    for (char32_t c; end < text_.size() && is_terminator(c = decode(text_, end).value); end += decode(text_, end).size)
      ++count, stop_only &= c == '.';
    if (count == 0) return end = at + decode(text_, at).size, false;
    while (end < text_.size() && is_closing(decode(text_, end).value)) end += decode(text_, end).size;
    if (end >= text_.size()) return true;
    if (!is_space(decode(text_, end).value)) return false;
    std::size_t next = end;
    while (next < text_.size() && (is_space(decode(text_, next).value) || is_opening(decode(text_, next).value)))
      next += decode(text_, next).size;
    if (next >= text_.size()) return true;
    char32_t first = decode(text_, next).value;
    if (!is_upper(first) && !(first >= '0' && first <= '9') && is_word(first)) return false;
    if (!stop_only || count > 1) return true;
    return stop_ends_sentence(at, end > at + 1, next);
  }

  std::string_view word_at(std::size_t begin) const {
    std::size_t end = begin;
    while (end < text_.size() && is_word(decode(text_, end).value)) end += decode(text_, end).size;
    return text_.substr(begin, end - begin);
  }

  /// A single full stop at `at`, perhaps `closed` by a quotation mark, before a word at `next` that begins with a
  /// capital or a digit.
  bool stop_ends_sentence(std::size_t at, bool closed, std::size_t next) const {
    std::size_t begin = at;
    while (begin > 0 && is_word(decode_before(text_, begin).value)) begin -= decode_before(text_, begin).size;
    std::string_view word = text_.substr(begin, at - begin);
    if (word.empty()) return true;
    while (is_digit(word.front()) && !is_digit(word.back())) word.remove_prefix(1);  // "5Mio."
    auto starter = [&] { return starters_.contains(word_at(next)); };
    if (abbreviations_.contains(word)) return closed && starter();
    if (closing_abbreviations_.contains(word) || has_closing_ending(word)) return starter();
    if (count_code_points(word) == 1 && !is_digit(word[0])) return starter();
    if (ordinals_ && std::all_of(word.begin(), word.end(), is_digit)) {
      bool date = day_and_month(word, begin) && !is_upper(decode(text_, next).value);
      return !(date || ordinal(word, begin)) || starter();
    }
    if (word.find_first_not_of("IVXLC") == std::string_view::npos) return starter();  // "Ludwig XIV."
    return true;
  }

  bool has_closing_ending(std::string_view word) const {
    if (!last_of_endings_[static_cast<unsigned char>(word.back())]) return false;
    for (std::size_t size = 2; size <= kLongestEnding && size < word.size(); ++size)
      if (closing_endings_.contains(word.substr(word.size() - size))) return true;
    return false;
  }

  /// Digits that an ordinal may have: "27." of "27. Januar", not "2015." and not "3,5."
  bool ordinal(std::string_view digits, std::size_t begin) const {
    bool decimals = begin >= 2 && (text_[begin - 1] == ',' || text_[begin - 1] == '.' || text_[begin - 1] == ':') &&
                    is_digit(text_[begin - 2]);
    return digits.size() <= 3 && !decimals;
  }

  /// The month of "28.2." in "28.2. - 3.3.".
  bool day_and_month(std::string_view month, std::size_t begin) const {
    std::size_t day = begin;
    while (day > 0 && begin - day < 4 && (is_digit(text_[day - 1]) || text_[day - 1] == '.')) --day;
    std::string_view before = text_.substr(day, begin - day);
    return month.size() <= 2 && (before.size() == 2 || before.size() == 3) && before.find('.') == before.size() - 1;
  }

  void add(std::size_t begin, std::size_t end) {
    while (begin < end && is_space(decode(text_, begin).value)) begin += decode(text_, begin).size;
    while (end > begin && is_space(decode_before(text_, end).value)) end -= decode_before(text_, end).size;
    if (begin == end) return;
    auto& tokens = index_.tokens;
    std::uint32_t first = token_;
    for (; token_ < tokens.size() && tokens[token_].begin < end; ++token_) {
    }
    index_.sentences.push_back(
        {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, first, token_, paragraph_});
  }

  std::string_view text_;
  const StringIndex& starters_;
  const StringIndex& abbreviations_;
  const StringIndex& closing_abbreviations_;
  const StringIndex& closing_endings_;
  std::bitset<256> last_of_endings_;  ///< bytes that a closing ending ends with
  const bool ordinals_;               ///< whether a full stop may follow the digits of an ordinal
  TextIndex& index_;
  std::uint32_t paragraph_ = 0;
  std::uint32_t token_ = 0;
  bool wrapped_ = false;
  std::size_t longest_line_ = 0;
};

}  // namespace

void find_sentences(std::string_view text, const Language& language, TextIndex& index) {
  index.sentences.clear();
  Splitter(text, language, index).split();
}

}  // namespace fakt
