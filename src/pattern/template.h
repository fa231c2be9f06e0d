#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pattern/relative.h"

namespace fakt {

/// A value with holes: `NVIDIA GeForce {number}{suffix:upper}`. A hole names a slot, a field of the slot's table row
/// (`{model.vendor}`) and filters, applied in order:
///   text (as it stands in the article, not its meaning), upper, lower, compact (without spaces and hyphens),
///   plain (spaces for hyphens), number ("2.048", "zwei" -> "2048", "2"; a key made of it is a JSON number)
/// What stands in square brackets is printed only if one of its holes is filled: `Xeon {model}[ v{version}]`.
/// Runs of spaces in the result become one; those at its ends go.
class Template {
 public:
  Template() = default;
  /// Throws Error for an unbalanced brace or an unknown filter.
  explicit Template(std::string_view source);

  struct Hole {
    Text slot;
    Text field;
    Array<Text> filters;
  };
  /// `fill(hole)` gives the text for a hole, filters already applied.
  template <typename Fill>
  std::string apply(Fill&& fill) const {
    std::string out;
    std::size_t before = 0;  // the group at hand: where it begins, and whether it is printed
    bool shown = true;
    int group = 0;
    for (const Piece& piece : pieces_) {
      if (piece.group != group) {
        if (!shown) out.resize(before);
        group = piece.group, before = out.size(), shown = group == 0;
      }
      if (piece.hole < 0) {
        append_spaced(piece.literal, out);
        continue;
      }
      const std::string& text = fill(holes_[static_cast<std::size_t>(piece.hole)]);
      shown |= !text.empty();
      append_spaced(text, out);
    }
    if (!shown) out.resize(before);
    if (out.ends_with(' ')) out.pop_back();
    return out;
  }
  const Array<Hole>& holes() const { return holes_; }
  bool is_number() const;  ///< nothing but one hole, with the filter number

  struct Piece {
    Text literal;
    int hole = -1;  ///< index, or -1: the literal
    int group = 0;  ///< number of its square brackets, 0 outside
  };

 private:
  friend void fields(ImageWriter& writer, const Template& value);
  /// Appends the text with single spaces, and none at the head of the whole.
  static void append_spaced(std::string_view text, std::string& out);

  Array<Piece> pieces_;
  Array<Hole> holes_;
};

/// A filter that needs no language: upper, lower, compact, plain.
std::string apply_filter(std::string_view filter, std::string text);

}  // namespace fakt
