#include "pattern/template.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "error.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::array<std::string_view, 6> kFilters = {"text", "upper", "lower", "compact", "plain", "number"};

Template::Hole parse_hole(std::string_view inside) {
  Template::Hole hole;
  std::size_t colon = std::min(inside.find(':'), inside.size());
  std::string_view name = inside.substr(0, colon);
  std::size_t dot = name.find('.');
  hole.slot = name.substr(0, dot);
  if (dot != std::string_view::npos) hole.field = name.substr(dot + 1);
  while (colon < inside.size()) {
    inside.remove_prefix(colon + 1);
    colon = std::min(inside.find(':'), inside.size());
    std::string_view filter = inside.substr(0, colon);
    if (std::find(kFilters.begin(), kFilters.end(), filter) == kFilters.end())
      throw Error(fmt::format("unknown filter :{}; there are {}", filter, fmt::join(kFilters, ", ")));
    hole.filters.emplace_back(filter);
  }
  if (hole.slot.empty()) throw Error("a hole {} without a name");
  return hole;
}

}  // namespace

namespace {

/// Appends the text with single spaces, and none at the head of the whole.
void append_spaced(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size();) {
    auto [c, size] = decode(text, i);
    if (!is_space(c))
      out.append(text, i, size);
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
    i += size;
  }
}

}  // namespace

Template::Template(std::string_view source) {
  int group = 0, groups = 0;
  while (!source.empty()) {
    std::size_t at = source.find_first_of("{}[]");
    if (at != 0) pieces_.push_back({std::string(source.substr(0, at)), -1, group});
    if (at == std::string_view::npos) break;
    std::size_t end = at + 1;
    switch (source[at]) {
      case '{':
        end = source.find('}', at);
        if (end == std::string_view::npos) throw Error("a { without its } in a template");
        pieces_.push_back({"", static_cast<int>(holes_.size()), group});
        holes_.push_back(parse_hole(source.substr(at + 1, end++ - at - 1)));
        break;
      case '[':
        if (group) throw Error("a [ inside another in a template");
        group = ++groups;
        break;
      case ']':
        if (!group) throw Error("a ] without its [ in a template");
        group = 0;
        break;
      default:
        throw Error("a } without its { in a template");
    }
    source.remove_prefix(end);
  }
  if (group) throw Error("a [ without its ] in a template");
}

std::string Template::apply(const std::function<std::string(const Hole&)>& fill) const {
  std::vector<std::string> filled;
  filled.reserve(holes_.size());
  for (const Hole& hole : holes_) filled.push_back(fill(hole));
  auto text_of = [&](const Piece& piece) -> std::string_view {
    return piece.hole < 0 ? piece.literal.view() : filled[static_cast<std::size_t>(piece.hole)];
  };
  auto shown = [&](int group) {
    auto fills = [&](const Piece& p) { return p.group == group && p.hole >= 0 && !text_of(p).empty(); };
    return group == 0 || std::any_of(pieces_.begin(), pieces_.end(), fills);
  };
  std::string out;
  for (const Piece& piece : pieces_)
    if (shown(piece.group)) append_spaced(text_of(piece), out);
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

bool Template::is_number() const {
  return pieces_.size() == 1 && holes_.size() == 1 &&
         std::find(holes_[0].filters.begin(), holes_[0].filters.end(), "number") != holes_[0].filters.end();
}

std::string apply_filter(std::string_view filter, std::string text) {
  if (filter == "upper") return to_upper(text);
  if (filter == "lower") return to_lower(text);
  bool compact = filter == "compact", plain = filter == "plain";
  if (!compact && !plain) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto [c, size] = decode(text, i);
    bool gap = is_space(c) || c == '-' || (c >= 0x2010 && c <= 0x2015);
    if (!gap)
      out.append(text, i, size);
    else if (plain)
      out += ' ';
    i += size;
  }
  return out;
}

}  // namespace fakt
