#include "extract/forms.h"

#include <bit>
#include <tuple>

#include "text/fold.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::size_t kBitsPerForm = 16;

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size()) {
    auto [c, size] = decode(text, end);
    if (!is_word(c)) break;
    end += size;
  }
  return text.substr(0, end);
}

}  // namespace

std::uint32_t Forms::add(const Form& form) {
  std::string_view word = first_word(form.text);
  if (word.empty()) return kNone;
  forms_.push_back(form);
  forms_.back().one_word = word.size() == form.text.size();
  forms_.back().key = key(hash_word(word), word[0]);
  return static_cast<std::uint32_t>(forms_.size() - 1);
}

void Forms::inflect(std::size_t from, const std::vector<std::string_view>& endings) {
  std::string word;
  for (std::size_t i = from, end = forms_.size(); i < end; ++i) {
    if (!forms_[i].one_word) continue;
    for (std::string_view ending : endings) {
      word.assign(forms_[i].text).append(ending);
      forms_.push_back(forms_[i]);
      forms_.back().key = key(hash_word(word), word[0]);
    }
  }
}

void Forms::finish() {
  std::stable_sort(forms_.begin(), forms_.end(),
                   [](const Form& a, const Form& b) { return std::tie(a.key, a.text) < std::tie(b.key, b.text); });
  mask_ = static_cast<std::uint32_t>(std::bit_ceil(std::max(forms_.size() * kBitsPerForm, std::size_t{64})) - 1);
  filter_.assign((mask_ + 1) / 64, 0);
  ranges_.assign(std::bit_ceil(forms_.size() * 2 + 2), {});
  for (std::uint32_t i = 0; i < forms_.size();) {
    std::uint32_t first = i, key = forms_[i].key;
    for (; i < forms_.size() && forms_[i].key == key; ++i) {
      std::uint32_t parent = i > first ? i - 1 : kNone;  // the longest form that this one begins with
      while (parent != kNone && !forms_[i].text.starts_with(forms_[parent].text)) parent = forms_[parent].parent;
      forms_[i].parent = parent;
    }
    std::size_t slot = key & (ranges_.size() - 1);
    while (ranges_[slot].first != ranges_[slot].last) slot = (slot + 1) & (ranges_.size() - 1);
    ranges_[slot] = {key, first, i};
    filter_[(key & mask_) >> 6] |= std::uint64_t{1} << (key & 63);
  }
}

void Forms::doubt_small_words(std::string_view text, const std::vector<Token>& tokens) {
  if (std::none_of(forms_.begin(), forms_.end(), [](const Form& f) { return f.alone > f.weight; })) return;
  Filter filter = this->filter();
  for (const Token& token : tokens) {
    char first = text[token.begin];
    if (first < 'a' || first > 'z') continue;
    std::uint32_t capital = key(token.hash, static_cast<char>(first - 'a' + 'A'));
    if (!filter.may_have(capital)) continue;
    std::string_view rest = text.substr(token.begin + 1, token.end - token.begin - 1);
    Range range = range_of(capital);
    for (std::uint32_t i = range.first; i < range.last; ++i)
      if (forms_[i].one_word && rest.starts_with(forms_[i].text.substr(1))) forms_[i].alone = 0;
  }
}

Forms::Range Forms::range_of(std::uint32_t key) const {
  std::size_t slot = key & (ranges_.size() - 1);
  while (ranges_[slot].first != ranges_[slot].last && ranges_[slot].key != key)
    slot = (slot + 1) & (ranges_.size() - 1);
  return ranges_[slot];
}

int Forms::compare(std::string_view form, std::string_view here) {
  if (here.starts_with(form)) return 0;
  std::size_t size = std::min(form.size(), here.size());
  for (std::size_t i = 0; i < size; ++i) {
    auto a = static_cast<unsigned char>(form[i]), b = static_cast<unsigned char>(here[i]);
    if (b == '\n') b = ' ';
    if (a != b) return a < b ? -1 : 1;
  }
  return form.size() > here.size() ? 1 : 0;
}

}  // namespace fakt
