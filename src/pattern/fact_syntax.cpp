#include "pattern/fact_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "pattern/approach.h"

namespace fakt {
namespace {

constexpr char32_t kOpen = U'‹', kClose = U'›';

Node literal_of(std::u32string_view text) {
  Node node;
  node.kind = Node::Kind::literal;
  node.literal = text;
  return node;
}

/// The types whose tokens begin in a literal.
void types_in(const std::u32string& literal, std::vector<std::string>& types) {
  for (std::size_t at = literal.find(kOpen); at != std::u32string::npos; at = literal.find(kOpen, at + 1)) {
    std::string name;
    for (std::size_t i = at + 1; i < literal.size() && literal[i] != kClose && literal[i] != U'.'; ++i)
      name += static_cast<char>(literal[i]);
    types.push_back(name);
  }
}

}  // namespace

Node without_mentions(const Node& node) {
  if (node.kind != Node::Kind::concat && node.kind != Node::Kind::literal) {
    Node out = node;
    for (Node& child : out.children) child = without_mentions(child);
    return out;
  }
  Node out;
  out.kind = Node::Kind::concat;
  bool inside = false;
  auto add_literal = [&](std::u32string_view text) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == kOpen) {
        if (i > from) out.children.push_back(literal_of(text.substr(from, i - from)));
        out.children.push_back(any_text());
        inside = true;
      } else if (text[i] == kClose) {
        inside = false;
        from = i + 1;
      }
    }
    if (!inside && from < text.size()) out.children.push_back(literal_of(text.substr(from)));
  };
  if (node.kind == Node::Kind::literal) add_literal(node.literal);
  for (const Node& child : node.children) {
    if (child.kind == Node::Kind::literal)
      add_literal(child.literal);
    else if (!inside)
      out.children.push_back(without_mentions(child));
  }
  return out;
}

std::string token_regex(std::string_view type, std::string_view kinds) {
  std::string any = "(?:\\.[a-z_]+)?";
  if (!kinds.empty()) {
    any = "(?:";
    for (std::size_t begin = 0; begin <= kinds.size();) {
      std::size_t end = std::min(kinds.find('|', begin), kinds.size());
      std::string_view kind = kinds.substr(begin, end - begin);
      if (begin) any += '|';
      if (kind != "-") any.append("\\.").append(kind);
      begin = end + 1;
    }
    any += ")";
  }
  return fmt::format("{}{}{}{}", kTokenOpen, type, any, kTokenClose);
}

std::string between_words(const std::string& regex) {
  constexpr std::string_view kNoWord = "[^0-9A-Za-z\\x{C0}-\\x{24F}]";
  return fmt::format("(?:^|{0})(?:{1})(?:$|{0})", kNoWord, regex);
}

std::string any_order_regex(const std::vector<Written>& parts, std::string_view gap) {
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), 0u);
  std::string out;
  do {
    out += out.empty() ? "(?:" : "|(?:";
    for (std::size_t i = 0; i < order.size(); ++i) out += fmt::format("{}(?:{}\n)", i ? gap : "", parts[order[i]].text);
    out += ")";
  } while (std::next_permutation(order.begin(), order.end()));
  return out;
}

std::vector<FactWay> ways_of(const Node& match, const std::set<std::string>& frequent) {
  std::map<std::pair<std::vector<std::string>, std::vector<Atom>>, std::uint64_t> ways;
  std::uint64_t alternative = 1;
  for (const Node* node : FactCompiler::ways_of(match)) {
    auto trigger = derive_trigger(without_mentions(*node), frequent);
    ways[{required_mentions(*node), trigger ? trigger->atoms : std::vector<Atom>()}] |= alternative;
    alternative <<= 1;
  }
  std::vector<FactWay> out;
  for (const auto& [what, alternatives] : ways)
    out.push_back({0, alternatives, what.first, what.second.empty(), what.second});
  return out;
}

std::vector<std::string> required_mentions(const Node& match) {
  std::vector<std::string> types;
  switch (match.kind) {
    case Node::Kind::literal:
      types_in(match.literal, types);
      break;
    case Node::Kind::alternate:
      types = required_mentions(match.children[0]);
      for (const Node& child : match.children) {
        auto of_child = required_mentions(child);
        std::vector<std::string> both;
        std::set_intersection(types.begin(), types.end(), of_child.begin(), of_child.end(), std::back_inserter(both));
        types = std::move(both);
      }
      break;
    case Node::Kind::repeat:
      if (match.min > 0) types = required_mentions(match.children[0]);
      break;
    default:
      for (const Node& child : match.children)
        for (auto& type : required_mentions(child)) types.push_back(std::move(type));
  }
  std::sort(types.begin(), types.end());
  return types;
}

}  // namespace fakt
