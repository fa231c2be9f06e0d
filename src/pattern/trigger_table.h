#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "pattern/relative.h"
#include "pattern/trigger.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace fakt {

/// Keys of 32 bits and the ids that belong to them, each once. Most keys asked for are not there: a bitmap that fits
/// the first cache says so with one look.
class PostingTable {
 public:
  void add(std::uint32_t key, std::uint32_t id);

  template <typename Visit>
  void visit(std::uint32_t key, Visit&& visit_id) const {
    if (empty()) return;
    std::uint32_t mixed = mix(key);
    if (!(filter_[mixed >> 6 & filter_mask_] >> (mixed & 63) & 1)) return;
    for (std::uint32_t slot = mixed & mask_;; slot = (slot + 1) & mask_) {
      if (slots_[slot].first == kNone) return;
      if (slots_[slot].key != key) continue;
      for (std::uint32_t i = slots_[slot].first; i != kNone; i = ids_[i].next) visit_id(ids_[i].id);
      return;
    }
  }
  bool empty() const { return ids_.empty(); }

 private:
  friend void fields(ImageWriter& writer, const PostingTable& table);

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static std::uint32_t mix(std::uint32_t key) { return key * 0x9E3779B1u >> 5; }
  struct Slot {
    std::uint32_t key = 0, first = kNone;
  };
  struct Id {
    std::uint32_t id, next;  ///< next: of the same key; kNone: the last
  };
  Slot& slot_of(std::uint32_t key);
  void filter_in(std::uint32_t key);
  void grow();

  Array<std::uint64_t> filter_;
  Array<Slot> slots_;  ///< a power of two, at most half of them taken
  Array<Id> ids_;
  std::uint32_t keys_ = 0, mask_ = 0, filter_mask_ = 0;
};

/// Says of each word of a text which searches it calls for. Ids are the caller's; some may be named without need, since
/// words are compared by their hashes.
class TriggerTable {
 public:
  void add(const Atom& atom, std::uint32_t id);
  void add_word(std::uint32_t hash, std::uint32_t id) { words_.add(hash, id); }

  /// Calls visit(id, begin) for what the word at text[begin, end) triggers; begin is where the atom begins.
  template <typename Visit>
  void visit(std::string_view text, std::uint32_t begin, std::uint32_t end, std::uint32_t hash,
             Visit&& visit_id) const {
    words_.visit(hash, [&](std::uint32_t id) { visit_id(id, begin); });
    if (!capitals_.empty() && has_capitals(text.substr(begin, end - begin)))
      for (std::uint32_t id : capitals_) visit_id(id, begin);
    std::uint32_t size = end - begin;
    std::uint64_t head = head_of(text, begin, size), tail = tail_of(text, end, size);
    if (!prefixes_.empty()) {
      for (std::uint32_t n = 1; n <= kKey && n <= size; ++n) {
        if (!(prefix_sizes_ >> n & 1)) continue;
        prefixes_.visit(key_of(head, n), [&](std::uint32_t part) {
          const Part& p = parts_[part];
          if (p.size <= size && p.fits(head) && same(text.data() + begin, text_of(p))) visit_id(p.id, begin);
        });
      }
    }
    if (!suffixes_.empty()) {
      for (std::uint32_t n = 1; n <= kKey && n <= size; ++n) {
        if (!(suffix_sizes_ >> n & 1)) continue;
        suffixes_.visit(key_of(tail >> 8 * (8 - n), n), [&](std::uint32_t part) {
          const Part& p = parts_[part];
          if (p.size <= size && p.fits(tail) && same(text.data() + end - p.size, text_of(p)))
            visit_id(p.id, end - p.size);
        });
      }
    }
  }

  /// The same for a character that is neither letter, digit nor space.
  template <typename Visit>
  void visit_symbol(char32_t symbol, Visit&& visit_id) const {
    symbols_.visit(symbol, visit_id);
  }
  /// Whether a byte begins a character that triggers anything.
  bool is_symbol_lead(char c) const { return symbol_leads_[static_cast<unsigned char>(c)]; }
  bool has_symbols() const { return !symbols_.empty(); }

 private:
  friend void fields(ImageWriter& writer, const TriggerTable& table);

  static constexpr std::uint32_t kKey = 4;  ///< bytes of a prefix or suffix that are hashed
  struct Part {
    std::uint64_t bytes, mask;  ///< its first (suffix: last) bytes, folded, where the word has them: up to eight
    std::uint32_t size, id;
    std::uint32_t at, rest;  ///< in texts_: all of it, folded; rest: its size, 0 if `bytes` say all
    bool fits(std::uint64_t word) const { return ((word ^ bytes) & mask) == 0; }
  };
  /// The first eight bytes of a word, folded, the first in the lowest bits; zeros if it has fewer.
  static std::uint64_t head_of(std::string_view text, std::uint32_t begin, std::uint32_t size) {
    if (size < 8) return fold_bytes(load_tail(text.data() + begin, size));
    std::uint64_t bytes;
    std::memcpy(&bytes, text.data() + begin, 8);
    return fold_bytes(bytes);
  }
  /// Its last eight, the last in the highest bits.
  static std::uint64_t tail_of(std::string_view text, std::uint32_t end, std::uint32_t size) {
    if (size < 8) return fold_bytes(load_tail(text.data() + end - size, size)) << 8 * (8 - size);
    std::uint64_t bytes;
    std::memcpy(&bytes, text.data() + end - 8, 8);
    return fold_bytes(bytes);
  }
  /// The key of the first `size` of eight folded bytes.
  static std::uint32_t key_of(std::uint64_t bytes, std::uint32_t size) {
    std::uint64_t head = bytes & ~std::uint64_t{0} >> 8 * (8 - size);
    return static_cast<std::uint32_t>((head + size) * 0x9E3779B97F4A7C15u >> 32);
  }
  static bool has_capitals(std::string_view word);
  std::string_view text_of(const Part& part) const { return texts_.view().substr(part.at, part.rest); }
  static bool same(const char* text, std::string_view folded) {
    for (std::size_t i = 0; i < folded.size(); ++i)
      if (fold_byte(text[i]) != folded[i]) return false;
    return true;
  }

  PostingTable words_, prefixes_, suffixes_, symbols_;
  Array<Part> parts_;
  Text texts_;
  Array<std::uint32_t> capitals_;                      ///< ids
  std::uint32_t prefix_sizes_ = 0, suffix_sizes_ = 0;  ///< bit n: there are keys of n bytes
  std::array<bool, 256> symbol_leads_{};
};

}  // namespace fakt
