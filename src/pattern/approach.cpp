#include "pattern/approach.h"

#include <utility>

#include "text/unicode.h"

namespace fakt {
namespace {

using Kind = Node::Kind;

Node class_of(Node::Ranges ranges) {
  Node node;
  node.kind = Kind::char_class;
  node.ranges = std::move(ranges);
  return node;
}

}  // namespace

Node any_text() {
  Node any = class_of({{0, 0x10FFFF}});
  any.source = "(?s:.)";
  Node node;
  node.kind = Kind::repeat;
  node.max = -1;
  node.children = {std::move(any)};
  return node;
}

Node in_a_row(std::vector<Node> nodes) {
  Node node;
  if (nodes.empty()) return node;
  node.kind = Kind::concat;
  node.children = std::move(nodes);
  return node;
}

Node one_of(std::vector<Node> nodes) {
  if (nodes.size() == 1) return std::move(nodes[0]);
  Node node;
  node.kind = Kind::alternate;
  node.children = std::move(nodes);
  return node;
}

Node unfolded(const std::u32string& text) {
  std::vector<Node> nodes;
  for (char32_t c : text) {
    if (c == '0')
      nodes.push_back(class_of({{'0', '9'}}));
    else if (is_word(c) || c >= 0x80)
      nodes.push_back(class_of({{'A', 'Z'}, {'a', 'z'}, {0x80, 0x10FFFF}}));
    else
      nodes.push_back(class_of({{c, c}}));
  }
  return in_a_row(std::move(nodes));
}

Node loosened(const Node& node) {
  if (node.kind == Kind::assertion) return {};
  if (node.kind == Kind::capture) return loosened(node.children[0]);
  Node out = node;
  for (std::size_t i = 0; i < node.children.size(); ++i) out.children[i] = loosened(node.children[i]);
  if (out.kind == Kind::repeat && out.max > 1 && !nullable(out.children[0])) {
    out.min = out.min > 0;
    out.max = -1;
  }
  return out;
}

}  // namespace fakt
