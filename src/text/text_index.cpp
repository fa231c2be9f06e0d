#include "text/text_index.h"

#include <algorithm>
#include <array>
#include <bit>

#include "text/unicode.h"
#include "text/vocabulary.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace fakt {
namespace {

/// What 64 bytes of text are, a bit a byte.
struct Masks {
  std::uint64_t word = 0;   ///< ASCII letters and digits, and all bytes of 0x80 and above
  std::uint64_t stop = 0;   ///< . ! ? and line breaks
  std::uint64_t doubt = 0;  ///< lead bytes of characters that may be no letters
};

constexpr std::size_t kBlock = 64;

#ifdef __SSE2__

Masks look_at(const char* text) {
  Masks masks;
  for (unsigned i = 0; i < 4; ++i) {
    __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + 16 * i));
    auto all = [](char c) { return _mm_set1_epi8(c); };
    auto between = [&](__m128i x, char low, char span) {  // low <= x <= low + span, unsigned
      __m128i offset = _mm_sub_epi8(x, all(low));
      return _mm_cmpeq_epi8(_mm_min_epu8(offset, all(span)), offset);
    };
    auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, all(c)); };
    auto bits = [&](__m128i x) {
      return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(x))) << (16 * i);
    };
    __m128i ascii = _mm_or_si128(between(_mm_or_si128(bytes, all(0x20)), 'a', 25), between(bytes, '0', 9));
    masks.word |= bits(_mm_or_si128(ascii, bytes));  // the sign bit of a byte says 0x80 and above
    masks.stop |= bits(_mm_or_si128(_mm_or_si128(is('.'), is('\n')), _mm_or_si128(is('!'), is('?'))));
    __m128i doubt =
        _mm_or_si128(_mm_or_si128(is('\xC2'), is('\xE2')), _mm_or_si128(is('\xE3'), between(bytes, '\xEE', 0x11)));
    __m128i sign = _mm_or_si128(is('\x97'), is('\xB7'));  // second byte of × and ÷
    masks.doubt |= bits(doubt);
    std::uint64_t c3 = bits(is('\xC3'));
    masks.doubt |= c3 & (bits(sign) >> 1 | (i == 3 ? std::uint64_t{1} << 63 : std::uint64_t{1} << (16 * i + 15)));
  }
  return masks;
}

#else

bool is_doubtful(unsigned char c) { return c == 0xC2 || c == 0xE2 || c == 0xE3 || c >= 0xEE; }

Masks look_at(const char* text) {
  Masks masks;
  for (unsigned i = 0; i < kBlock; ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    std::uint64_t bit = std::uint64_t{1} << i;
    if (c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) masks.word |= bit;
    if (c == '.' || c == '\n' || c == '!' || c == '?') masks.stop |= bit;
    if (is_doubtful(c) || c == 0xC3) masks.doubt |= bit;
  }
  return masks;
}

#endif

class Scanner {
 public:
  Scanner(std::string_view text, Vocabulary& words, TextIndex& index) : text_(text), words_(words), index_(index) {}

  void scan() {
    index_.tokens.clear();
    index_.stops.clear();
    index_.tokens.reserve(text_.size() / 6);
    std::size_t at = 0;
    for (; at + kBlock <= text_.size(); at += kBlock) block(at, look_at(text_.data() + at));
    char rest[kBlock] = {};
    text_.copy(rest, kBlock, at);
    block(at, look_at(rest));
    if (in_word_) add(static_cast<std::uint32_t>(text_.size()));
    find_words();
  }

 private:
  void block(std::size_t at, Masks masks) {
    masks.word &= ~clear_;
    clear_ = 0;
    for (std::uint64_t doubt = masks.doubt; doubt; doubt &= doubt - 1)
      settle(at, static_cast<unsigned>(std::countr_zero(doubt)), masks);
    for (std::uint64_t stop = masks.stop; stop; stop &= stop - 1)
      index_.stops.push_back(static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(stop)));
    std::uint64_t edges = masks.word ^ (masks.word << 1 | (in_word_ ? 1u : 0u));
    for (; edges; edges &= edges - 1) {
      auto edge = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(edges));
      if (in_word_)
        add(edge);
      else
        begin_ = edge;
      in_word_ = !in_word_;
    }
    if (added_ >= kAtOnce) find_words();
  }

  /// A character that may be no letter: takes its bytes out of the word mask, those in the next block as well.
  void settle(std::size_t at, unsigned bit, Masks& masks) {
    auto [c, size] = decode(text_, at + bit);
    if (is_word(c)) return;
    std::uint64_t bytes = (std::uint64_t{1} << size) - 1;
    masks.word &= ~(bytes << bit);
    if (bit + size > kBlock) clear_ = bytes >> (kBlock - bit);
    if (c == 0x2026) masks.stop |= std::uint64_t{1} << bit;
  }

  void add(std::uint32_t end) {
    keys_[added_++] = words_.key_of(text_, begin_, end);
    index_.tokens.push_back({begin_, end, 0, 0});
  }

  /// Numbers the words that were added.
  void find_words() {
    Token* token = index_.tokens.data() + index_.tokens.size() - added_;
    for (std::size_t i = 0; i < added_; ++i, ++token) {
      auto [number, hash] = words_.find(keys_[i], text_.substr(token->begin, token->end - token->begin));
      token->hash = hash, token->word = number;
    }
    added_ = 0;
  }

  std::string_view text_;
  Vocabulary& words_;
  TextIndex& index_;
  std::uint64_t clear_ = 0;  ///< bytes at the head of the next block that are no letters
  std::uint32_t begin_ = 0;
  bool in_word_ = false;
  static constexpr std::size_t kAtOnce = 32;  ///< words, so that the memory has time to bring their places
  std::array<Vocabulary::Key, kAtOnce + kBlock> keys_;  ///< of words that are not numbered yet
  std::size_t added_ = 0;
};

}  // namespace

std::uint32_t TextIndex::sentence_at(std::uint32_t byte) const {
  auto after = std::upper_bound(sentences.begin(), sentences.end(), byte,
                                [](std::uint32_t b, const Sentence& s) { return b < s.span.end; });
  return static_cast<std::uint32_t>(after - sentences.begin());
}

void find_tokens(std::string_view text, Vocabulary& words, TextIndex& index) { Scanner(text, words, index).scan(); }

}  // namespace fakt
