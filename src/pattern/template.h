#pragma once

#include <functional>
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
  /// `fill` gives the text for a hole, filters already applied.
  std::string apply(const std::function<std::string(const Hole&)>& fill) const;
  const Array<Hole>& holes() const { return holes_; }
  bool is_number() const;  ///< nothing but one hole, with the filter number

  struct Piece {
    Text literal;
    int hole = -1;  ///< index, or -1: the literal
    int group = 0;  ///< number of its square brackets, 0 outside
  };

 private:
  friend void fields(ImageWriter& writer, const Template& value);

  Array<Piece> pieces_;
  Array<Hole> holes_;
};

/// A filter that needs no language: upper, lower, compact, plain.
std::string apply_filter(std::string_view filter, std::string text);

}  // namespace fakt
