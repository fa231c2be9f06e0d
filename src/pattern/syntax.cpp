#include "pattern/syntax.h"

#include <algorithm>
#include <array>
#include <optional>

#include "text/unicode.h"

namespace fakt {
namespace {

using Ranges = Node::Ranges;
constexpr char32_t kLast = 0x10FFFF;

void normalize(Ranges& ranges) {
  std::sort(ranges.begin(), ranges.end());
  Ranges merged;
  for (auto [low, high] : ranges) {
    if (!merged.empty() && low <= merged.back().second + 1)
      merged.back().second = std::max(merged.back().second, high);
    else
      merged.emplace_back(low, high);
  }
  ranges = std::move(merged);
}

Ranges complement(Ranges ranges) {
  normalize(ranges);
  Ranges out;
  char32_t next = 0;
  for (auto [low, high] : ranges) {
    if (low > next) out.emplace_back(next, low - 1);
    next = high + 1;
  }
  if (next <= kLast) out.emplace_back(next, kLast);
  return out;
}

/// Both cases of every letter below U+0530; beyond, scripts with case are not what patterns are written in.
void add_other_case(Ranges& ranges) {
  Ranges more;
  for (auto [low, high] : ranges) {
    for (char32_t c = low; c <= std::min<char32_t>(high, 0x52F); ++c) {
      if (char32_t l = to_lower(c); l != c) more.emplace_back(l, l);
      if (char32_t u = to_upper(c); u != c) more.emplace_back(u, u);
    }
  }
  ranges.insert(ranges.end(), more.begin(), more.end());
  normalize(ranges);
}

Node make_class(Ranges ranges, std::string source = {}) {
  Node node;
  node.kind = Node::Kind::char_class;
  normalize(ranges);
  node.ranges = std::move(ranges);
  node.source = std::move(source);
  return node;
}

Node make_literal(char32_t c) {
  Node node;
  node.kind = Node::Kind::literal;
  node.literal = c;
  return node;
}

Node make_assertion(std::string source) {
  Node node;
  node.kind = Node::Kind::assertion;
  node.source = std::move(source);
  return node;
}

/// \d \s \w, as RE2 means them: ASCII only.
std::optional<Ranges> perl_class(char c) {
  switch (c) {
    case 'd':
      return Ranges{{'0', '9'}};
    case 's':
      return Ranges{{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}};
    case 'w':
      return Ranges{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
    default:
      return std::nullopt;
  }
}

std::optional<Ranges> posix_class(std::string_view name) {
  static const std::array<std::pair<std::string_view, Ranges>, 12> kClasses = {{
      {"alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}},
      {"alpha", {{'A', 'Z'}, {'a', 'z'}}},
      {"blank", {{'\t', '\t'}, {' ', ' '}}},
      {"cntrl", {{0, 31}, {127, 127}}},
      {"digit", {{'0', '9'}}},
      {"graph", {{'!', '~'}}},
      {"lower", {{'a', 'z'}}},
      {"print", {{' ', '~'}}},
      {"punct", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}},
      {"space", {{'\t', '\r'}, {' ', ' '}}},
      {"upper", {{'A', 'Z'}}},
      {"xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}},
  }};
  for (const auto& [key, ranges] : kClasses)
    if (key == name) return ranges;
  return std::nullopt;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Node parse() {
    Node node = alternation();
    if (at_ < text_.size()) fail("unmatched ')'", at_);
    return node;
  }

 private:
  [[noreturn]] void fail(const std::string& what, std::size_t at) const { throw SyntaxError(what, at); }
  bool more() const { return at_ < text_.size(); }
  bool starts(std::string_view word) const { return text_.substr(at_).starts_with(word); }
  bool skip(std::string_view word) {
    if (!starts(word)) return false;
    at_ += word.size();
    return true;
  }
  char32_t take() {
    auto [c, size] = decode(text_, at_);
    at_ += size;
    return c;
  }

  Node alternation() {
    if (++depth_ > 200) fail("nested too deeply", at_);
    Node all;
    all.kind = Node::Kind::alternate;
    bool fold = fold_, dot_all = dot_all_;
    do all.children.push_back(sequence());
    while (skip("|"));
    fold_ = fold, dot_all_ = dot_all;
    --depth_;
    return all.children.size() == 1 ? std::move(all.children[0]) : all;
  }

  Node sequence() {
    Node all;
    all.kind = Node::Kind::concat;
    while (more() && text_[at_] != '|' && text_[at_] != ')') {
      std::size_t begin = at_;
      std::optional<Node> item = atom();
      if (!item) continue;  // flags only
      Node repeated = repetition(std::move(*item), begin);
      if (repeated.kind == Node::Kind::literal && !all.children.empty() &&
          all.children.back().kind == Node::Kind::literal)
        all.children.back().literal += repeated.literal;
      else
        all.children.push_back(std::move(repeated));
    }
    if (all.children.empty()) return Node{};
    return all.children.size() == 1 ? std::move(all.children[0]) : all;
  }

  /// A literal of several characters may not be repeated as a whole, so atoms hold one character each and join later.
  Node repetition(Node item, std::size_t begin) {
    int count = 0;
    for (int min, max; quantifier(min, max, begin);) {
      if (++count > 1) fail("bad repetition operator: two in a row", begin);
      Node node;
      node.kind = Node::Kind::repeat;
      node.min = min, node.max = max;
      node.lazy = skip("?");
      node.children.push_back(std::move(item));
      item = std::move(node);
    }
    return item;
  }

  bool quantifier(int& min, int& max, std::size_t begin) {
    if (skip("*")) return min = 0, max = -1, true;
    if (skip("+")) return min = 1, max = -1, true;
    if (skip("?")) return min = 0, max = 1, true;
    if (!starts("{") || at_ + 1 >= text_.size() || text_[at_ + 1] < '0' || text_[at_ + 1] > '9') return false;
    std::size_t save = at_++;
    min = number();
    max = min;
    if (skip(",")) max = starts("}") ? -1 : number();
    if (!skip("}")) return at_ = save, fail("missing '}' of a repetition", begin), false;
    if (min > 1000 || max > 1000 || (max >= 0 && max < min))
      fail("bad repetition: at most 1,000, low end first", begin);
    return true;
  }

  int number() {
    int n = 0;
    if (!more() || text_[at_] < '0' || text_[at_] > '9') fail("a number is missing", at_);
    while (more() && text_[at_] >= '0' && text_[at_] <= '9') n = std::min(n * 10 + (text_[at_++] - '0'), 100000);
    return n;
  }

  std::optional<Node> atom() {
    std::size_t begin = at_;
    char32_t c = take();
    switch (c) {
      case '(':
        return group(begin);
      case '[':
        return bracket(begin);
      case '.':
        return dot_all_ ? make_class({{0, kLast}}, "(?s:.)") : make_class({{0, '\n' - 1}, {'\n' + 1, kLast}}, ".");
      case '^':
        return make_assertion("^");
      case '$':
        return make_assertion("$");
      case '\\':
        return escape(begin);
      case '*':
      case '+':
      case '?':
        fail("nothing to repeat", begin);
      default:
        return letter(c);
    }
  }

  Node letter(char32_t c) const {
    if (!fold_ || (to_lower(c) == c && to_upper(c) == c)) return make_literal(c);
    Ranges ranges{{c, c}};
    add_other_case(ranges);
    return make_class(ranges);
  }

  std::optional<Node> group(std::size_t begin) {
    std::string name;
    bool capture = false;
    bool fold = fold_, dot_all = dot_all_;
    if (skip("?P<")) {
      std::size_t end = text_.find('>', at_);
      if (end == std::string_view::npos || end == at_) fail("bad name of a group", begin);
      name = text_.substr(at_, end - at_);
      capture = true;
      at_ = end + 1;
    } else if (skip("?")) {
      if (flags(begin)) return std::nullopt;  // (?i) holds until the group around it ends
    }
    Node inner = alternation();
    fold_ = fold, dot_all_ = dot_all;
    if (!skip(")")) fail("missing ')'", begin);
    if (!capture) return wrap(std::move(inner));
    Node node;
    node.kind = Node::Kind::capture;
    node.name = name;
    node.children.push_back(std::move(inner));
    return node;
  }

  /// A group of one literal must stay one item, for a repetition after it.
  static Node wrap(Node inner) {
    if (inner.kind != Node::Kind::literal || inner.literal.size() == 1) return inner;
    Node node;
    node.kind = Node::Kind::concat;
    node.children.push_back(std::move(inner));
    return node;
  }

  /// After "(?": reads flags up to ':' (false: a group follows) or ')' (true: flags only).
  bool flags(std::size_t begin) {
    bool on = true;
    while (more()) {
      switch (char c = text_[at_++]) {
        case ':':
          return false;
        case ')':
          return true;
        case '-':
          on = false;
          break;
        case 'i':
          fold_ = on;
          break;
        case 's':
          dot_all_ = on;
          break;
        default:
          fail(std::string("bad group (?") + c + ": RE2 has no look-around, back-references or atomic groups", begin);
      }
    }
    fail("missing ')'", begin);
  }

  Node escape(std::size_t begin) {
    if (!more()) fail("a backslash at the end", begin);
    char c = text_[at_];
    if (c == 'p' || c == 'P') return unicode_class(begin);
    if (auto ranges = perl_class(static_cast<char>(c | 0x20)); ranges && c != 'D' + 1) {
      if (c == 'd' || c == 's' || c == 'w') return ++at_, make_class(*ranges, std::string("\\") + c);
      if (c == 'D' || c == 'S' || c == 'W') return ++at_, make_class(complement(*ranges), std::string("\\") + c);
    }
    if (c == 'b' || c == 'B' || c == 'A' || c == 'z') return ++at_, make_assertion(std::string("\\") + c);
    if (c == 'C') fail("\\C matches single bytes and may cut a character", begin);
    if (c == 'Q') fail("\\Q is not supported; escape the characters", begin);
    return letter(escaped_char(begin));
  }

  Node unicode_class(std::size_t begin) {
    bool negated = text_[at_++] == 'P';
    if (!more()) fail("bad character class", begin);
    if (skip("{")) {
      std::size_t end = text_.find('}', at_);
      if (end == std::string_view::npos) fail("bad character class", begin);
      at_ = end + 1;
    } else {
      ++at_;
    }
    // The members are RE2's to know: for the loader it may be anything but ASCII punctuation and spaces.
    (void)negated;
    return make_class({{0, kLast}}, std::string(text_.substr(begin, at_ - begin)));
  }

  char32_t escaped_char(std::size_t begin) {
    char32_t c = take();
    switch (c) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'f':
        return '\f';
      case 'v':
        return '\v';
      case 'a':
        return '\a';
      case 'x':
        return hex(begin);
      default:
        if ((c >= '0' && c <= '9') || (c | 0x20) - 'a' < 26U || c == '_')
          fail("unknown escape \\" + std::string(1, static_cast<char>(c)), begin);
        return c;
    }
  }

  char32_t hex(std::size_t begin) {
    bool braces = skip("{");
    std::size_t digits = 0;
    char32_t value = 0;
    for (; more() && digits < (braces ? 6u : 2u); ++digits, ++at_) {
      char c = text_[at_];
      int digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
      if (digit < 0) break;
      value = value * 16 + static_cast<char32_t>(digit);
    }
    if (digits == 0 || (!braces && digits < 2) || (braces && !skip("}")) || value > kLast)
      fail("bad escape \\x", begin);
    return value;
  }

  Node bracket(std::size_t begin) {
    bool negated = skip("^");
    Ranges ranges;
    bool opaque = false;
    for (bool first = true; !starts("]") || first; first = false) {
      if (!more()) fail("missing ']'", begin);
      if (skip("[:")) {
        bool inverted = skip("^");
        std::size_t end = text_.find(":]", at_);
        auto named = end == std::string_view::npos ? std::nullopt : posix_class(text_.substr(at_, end - at_));
        if (!named) fail("bad character class", begin);
        Ranges add = inverted ? complement(*named) : *named;
        ranges.insert(ranges.end(), add.begin(), add.end());
        at_ = end + 2;
        continue;
      }
      if (member_class(ranges, opaque)) continue;
      std::size_t low_at = at_;
      char32_t low = member();
      char32_t high = low;
      if (starts("-") && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
        ++at_;
        high = member();
      }
      if (high < low) fail("bad character class range", low_at);
      ranges.emplace_back(low, high);
    }
    ++at_;
    std::string source(text_.substr(begin, at_ - begin));
    if (opaque) return make_class({{0, kLast}}, fold_ ? "(?i:" + source + ")" : source);
    normalize(ranges);
    if (fold_) add_other_case(ranges);
    if (negated) ranges = complement(std::move(ranges));
    if (ranges.empty()) fail("empty character class", begin);
    return make_class(std::move(ranges), fold_ ? std::string() : source);
  }

  /// \d, \pL and their like within [...].
  bool member_class(Ranges& ranges, bool& opaque) {
    if (!starts("\\") || at_ + 1 >= text_.size()) return false;
    char c = text_[at_ + 1];
    if (c == 'p' || c == 'P') {
      std::size_t begin = at_++;
      unicode_class(begin);
      return opaque = true;
    }
    auto named = c == 'd' || c == 's' || c == 'w' || c == 'D' || c == 'S' || c == 'W'
                     ? perl_class(static_cast<char>(c | 0x20))
                     : std::nullopt;
    if (!named) return false;
    Ranges add = c >= 'a' ? *named : complement(*named);
    ranges.insert(ranges.end(), add.begin(), add.end());
    at_ += 2;
    return true;
  }

  char32_t member() {
    std::size_t begin = at_;
    if (!more()) fail("missing ']'", begin);
    char32_t c = take();
    if (c != '\\') return c;
    if (!more()) fail("missing ']'", begin);
    return escaped_char(begin);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool fold_ = false;
  bool dot_all_ = false;
};

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

/// Can the node match the empty string? Then what follows it may stand at the start as well.
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

Node parse_regex(std::string_view regex) { return Parser(regex).parse(); }

std::string emit_regex(const Node& node, Emit how) {
  std::string out;
  emit(node, how, out);
  return out;
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
    bool opaque = node.ranges.size() == 1 && node.ranges[0] == std::pair<char32_t, char32_t>{0, kLast};
    if (opaque) {
      node.source = "(?i:" + node.source + ")";
      return;
    }
    Ranges before = node.ranges;
    add_other_case(node.ranges);
    if (before != node.ranges) node.source.clear();
  } else if (node.kind == Kind::literal) {
    Node joined;
    joined.kind = Kind::concat;
    for (char32_t c : node.literal) {
      Ranges ranges{{c, c}};
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
      {0, 0x7F}, {0x80, 0x7FF}, {0x800, 0xFFFF}, {0x10000, kLast}};
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
