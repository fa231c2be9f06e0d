#include "text/text_index.h"

#include <algorithm>

#include "text/unicode.h"

namespace fakt {
namespace {

enum class ByteKind : std::uint8_t { other, word, lead };

struct ByteTable {
  ByteKind kinds[256] = {};
  constexpr ByteTable() {
    for (int c = 0; c < 256; ++c) {
      bool word = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
      kinds[c] = c >= 0x80 ? ByteKind::lead : word ? ByteKind::word : ByteKind::other;
    }
  }
};
constexpr ByteTable kBytes;

ByteKind kind_of(char c) { return kBytes.kinds[static_cast<unsigned char>(c)]; }

}  // namespace

std::uint32_t fold_hash(std::string_view word) {
  std::uint32_t hash = 2166136261u;  // FNV-1a
  for (char c : word) hash = (hash ^ (static_cast<unsigned char>(c) | 0x20u)) * 16777619u;
  return hash;
}

std::uint32_t TextIndex::sentence_at(std::uint32_t byte) const {
  auto after = std::upper_bound(sentences.begin(), sentences.end(), byte,
                                [](std::uint32_t b, const Sentence& s) { return b < s.span.end; });
  return static_cast<std::uint32_t>(after - sentences.begin());
}

void find_tokens(std::string_view text, TextIndex& index) {
  index.tokens.clear();
  std::size_t i = 0, n = text.size();
  while (i < n) {
    std::size_t begin = i;
    while (i < n) {
      ByteKind kind = kind_of(text[i]);
      if (kind == ByteKind::word) {
        ++i;
        continue;
      }
      if (kind == ByteKind::other) break;
      auto [c, size] = decode(text, i);
      if (!is_word(c)) break;
      i += size;
    }
    if (i > begin)
      index.tokens.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i),
                              fold_hash(text.substr(begin, i - begin)), 0});
    else
      i += kind_of(text[i]) == ByteKind::lead ? decode(text, i).size : 1;
  }
}

}  // namespace fakt
