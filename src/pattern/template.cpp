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

void Template::append_spaced(std::string_view text, std::string& out) {
  auto plain = [](char c) { return c > ' '; };  // ASCII, and no space
  for (std::size_t i = 0; i < text.size();) {
    std::size_t from = i;
    while (i < text.size() && plain(text[i])) ++i;
    out.append(text, from, i - from);
    if (i == text.size()) return;
    auto [c, size] = decode(text, i);
    if (!is_space(c))
      out.append(text, i, size);
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
    i += size;
  }
}

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
