#include "pattern/syntax.h"

#include <algorithm>
#include <array>

#include "pattern/char_class.h"
#include "text/unicode.h"

namespace fakt {
namespace {

void append_class_char(std::string& out, char32_t c) {
  if (c < 0x80 && !is_word(c)) {
    static constexpr char kHex[] = "0123456789abcdef";
    out += "\\x";
    out += kHex[c >> 4];
    out += kHex[c & 15];
  } else {
    append_utf8(out, c);
  }
}

void emit(const Node& node, Emit how, std::string& out);

void emit_class(const Node& node, std::string& out) {
  if (!node.source.empty()) {
    out += node.source;
    return;
  }
  out += '[';
  for (auto [low, high] : node.ranges) {
    append_class_char(out, low);
    if (high == low) continue;
    out += '-';
    append_class_char(out, high);
  }
  out += ']';
}

void emit_children(const Node& node, Emit how, std::string_view between, std::string& out) {
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i) out += between;
    emit(node.children[i], how, out);
  }
}

void emit_repeat(const Node& node, Emit how, std::string& out) {
  const Node& child = node.children[0];
  bool single = child.kind == Node::Kind::char_class ||
                (child.kind == Node::Kind::literal && child.literal.size() == 1) ||
                (child.kind == Node::Kind::capture && how == Emit::captures);
  if (!single) out += "(?:";
  emit(child, how, out);
  if (!single) out += ')';
  if (node.min == 0 && node.max == 1)
    out += '?';
  else if (node.max == -1 && node.min <= 1)
    out += node.min ? '+' : '*';
  else if (node.max == node.min)
    out += '{' + std::to_string(node.min) + '}';
  else
    out += '{' + std::to_string(node.min) + ',' + (node.max < 0 ? "" : std::to_string(node.max)) + '}';
  if (node.lazy) out += '?';
}

void emit(const Node& node, Emit how, std::string& out) {
  using Kind = Node::Kind;
  switch (node.kind) {
    case Kind::empty:
      out += "(?:)";
      return;
    case Kind::literal: {
      std::string text;
      for (char32_t c : node.literal) append_utf8(text, c);
      out += quote_regex(text);
      return;
    }
    case Kind::char_class:
      emit_class(node, out);
      return;
    case Kind::assertion:
      out += node.source;
      return;
    case Kind::concat:
      for (const Node& child : node.children) emit(child, how, out);
      return;
    case Kind::alternate:
      out += "(?:";
      emit_children(node, how, "|", out);
      out += ')';
      return;
    case Kind::repeat:
      emit_repeat(node, how, out);
      return;
    case Kind::capture:
      out += how == Emit::captures ? "(?P<" + node.name + ">" : "(?:";
      emit(node.children[0], how, out);
      out += ')';
      return;
  }
}

/// A concat in place of a literal whose first character becomes a class of both cases.
void capitalise_literal(Node& node) {
  char32_t first = node.literal[0], upper = to_upper(first);
  if (upper == first) return;
  Node both = make_class({{first, first}, {upper, upper}});
  if (node.literal.size() == 1) {
    node = std::move(both);
    return;
  }
  Node rest = node;
  rest.literal.erase(0, 1);
  Node joined;
  joined.kind = Node::Kind::concat;
  joined.children.push_back(std::move(both));
  joined.children.push_back(std::move(rest));
  node = std::move(joined);
}

/// X{m,n} with m >= 1 as X X{m-1,n-1}, so that only its first round changes.
void unroll_first(Node& node) {
  Node first = node.children[0];
  Node rest = node;
  rest.min = std::max(0, rest.min - 1);
  if (rest.max > 0) --rest.max;
  bool optional = node.min == 0;
  Node joined;
  joined.kind = Node::Kind::concat;
  joined.children.push_back(std::move(first));
  if (rest.max != 0) joined.children.push_back(std::move(rest));
  if (!optional) {
    node = std::move(joined);
    return;
  }
  Node maybe;
  maybe.kind = Node::Kind::repeat;
  maybe.min = 0, maybe.max = 1;
  maybe.lazy = node.lazy;
  maybe.children.push_back(std::move(joined));
  node = std::move(maybe);
}

}  // namespace

std::string emit_regex(const Node& node, Emit how) {
  std::string out;
  emit(node, how, out);
  return out;
}

bool nullable(const Node& node) {
  using Kind = Node::Kind;
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      return true;
    case Kind::literal:
    case Kind::char_class:
      return false;
    case Kind::concat:
      return std::all_of(node.children.begin(), node.children.end(), nullable);
    case Kind::alternate:
      return std::any_of(node.children.begin(), node.children.end(), nullable);
    case Kind::repeat:
      return node.min == 0 || nullable(node.children[0]);
    case Kind::capture:
      return nullable(node.children[0]);
  }
  return true;
}

void free_initial_capital(Node& node) {
  using Kind = Node::Kind;
  switch (node.kind) {
    case Kind::literal:
      capitalise_literal(node);
      return;
    case Kind::concat:
      for (Node& child : node.children) {
        bool stop = !nullable(child);
        free_initial_capital(child);
        if (stop) return;
      }
      return;
    case Kind::alternate:
    case Kind::capture:
      for (Node& child : node.children) free_initial_capital(child);
      return;
    case Kind::repeat:
      if (node.children[0].kind == Kind::char_class) return;
      unroll_first(node);
      free_initial_capital(node.kind == Kind::repeat ? node.children[0].children[0] : node.children[0]);
      return;
    default:
      return;
  }
}

void fold_case(Node& node) {
  using Kind = Node::Kind;
  for (Node& child : node.children) fold_case(child);
  if (node.kind == Kind::char_class) {
    bool opaque = node.ranges.size() == 1 && node.ranges[0] == std::pair<char32_t, char32_t>{0, kLastCharacter};
    if (opaque) {
      node.source = "(?i:" + node.source + ")";
      return;
    }
    Node::Ranges before = node.ranges;
    add_other_case(node.ranges);
    if (before != node.ranges) node.source.clear();
  } else if (node.kind == Kind::literal) {
    Node joined;
    joined.kind = Kind::concat;
    for (char32_t c : node.literal) {
      Node::Ranges ranges{{c, c}};
      add_other_case(ranges);
      joined.children.push_back(ranges.size() > 1 ? make_class(ranges) : make_literal(c));
    }
    node = std::move(joined);
  }
}

bool enumerate_strings(const Node& node, std::size_t limit, std::vector<std::string>& out) {
  using Kind = Node::Kind;
  std::vector<std::string> result;
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      result = {""};
      break;
    case Kind::literal: {
      std::string text;
      for (char32_t c : node.literal) append_utf8(text, c);
      result = {text};
      break;
    }
    case Kind::char_class:
      for (auto [low, high] : node.ranges) {
        if (high - low >= limit || result.size() + (high - low) >= limit) return false;
        for (char32_t c = low; c <= high; ++c) append_utf8(result.emplace_back(), c);
      }
      break;
    case Kind::alternate:
      for (const Node& child : node.children)
        if (!enumerate_strings(child, limit, result) || result.size() > limit) return false;
      break;
    case Kind::capture:
      if (!enumerate_strings(node.children[0], limit, result)) return false;
      break;
    case Kind::concat:
    case Kind::repeat: {
      if (node.kind == Kind::repeat && (node.max < 0 || node.max > 8)) return false;
      result = {""};
      int rounds = node.kind == Kind::repeat ? node.max : static_cast<int>(node.children.size());
      std::vector<std::string> done;  // repeat: what has enough rounds
      for (int i = 0; i < rounds; ++i) {
        if (node.kind == Kind::repeat && i >= node.min) done.insert(done.end(), result.begin(), result.end());
        std::vector<std::string> part, next;
        const Node& child = node.children[node.kind == Kind::repeat ? 0 : static_cast<std::size_t>(i)];
        if (!enumerate_strings(child, limit, part) || part.size() * result.size() > limit) return false;
        for (const auto& head : result)
          for (const auto& tail : part) next.push_back(head + tail);
        result = std::move(next);
      }
      result.insert(result.end(), done.begin(), done.end());
      break;
    }
  }
  if (out.size() + result.size() > limit) return false;
  out.insert(out.end(), result.begin(), result.end());
  return true;
}

namespace {

void add_leads(char32_t low, char32_t high, ByteSet& bytes) {
  static constexpr std::pair<char32_t, char32_t> kSizes[] = {
      {0, 0x7F}, {0x80, 0x7FF}, {0x800, 0xFFFF}, {0x10000, kLastCharacter}};
  for (auto [from, to] : kSizes) {
    if (high < from || low > to) continue;
    std::string first, last;
    append_utf8(first, std::max(low, from));
    append_utf8(last, std::min(high, to));
    for (int b = static_cast<unsigned char>(first[0]); b <= static_cast<unsigned char>(last[0]); ++b)
      bytes[static_cast<std::size_t>(b)] = true;
  }
}

/// Returns whether the node can be empty, so that what follows it can come first.
bool first_bytes(const Node& node, ByteSet& bytes) {
  using Kind = Node::Kind;
  bool empty = false;
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      return true;
    case Kind::literal:
      add_leads(node.literal[0], node.literal[0], bytes);
      return false;
    case Kind::char_class:
      for (auto [low, high] : node.ranges) add_leads(low, high, bytes);
      return false;
    case Kind::concat:
      for (const Node& child : node.children)
        if (!first_bytes(child, bytes)) return false;
      return true;
    case Kind::alternate:
      for (const Node& child : node.children) empty |= first_bytes(child, bytes);
      return empty;
    case Kind::repeat:
      return first_bytes(node.children[0], bytes) || node.min == 0;
    case Kind::capture:
      return first_bytes(node.children[0], bytes);
  }
  return true;
}

}  // namespace

void add_first_bytes(const Node& node, ByteSet& bytes) {
  if (first_bytes(node, bytes)) bytes.set();
}

Node reversed(const Node& node) {
  Node out = node;
  std::reverse(out.literal.begin(), out.literal.end());
  if (node.kind == Node::Kind::concat) std::reverse(out.children.begin(), out.children.end());
  for (Node& child : out.children) child = reversed(child);
  if (node.kind != Node::Kind::assertion) return out;
  if (node.source == "^" || node.source == "\\A") out.source = "\\z";
  if (node.source == "$" || node.source == "\\z") out.source = "\\A";
  return out;
}

std::string quote_regex(std::string_view literal) {
  std::string out;
  for (char c : literal) {
    if (std::string_view("\\.+*?()|[]{}^$").find(c) != std::string_view::npos) out += '\\';
    if (c == '\0') {
      out += "\\x00";
      continue;
    }
    out += c;
  }
  return out;
}

}  // namespace fakt
