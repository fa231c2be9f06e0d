#include <algorithm>
#include <array>
#include <optional>

#include "pattern/char_class.h"
#include "pattern/syntax.h"
#include "text/unicode.h"

namespace fakt {
namespace {

using Ranges = Node::Ranges;

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
        return dot_all_ ? make_class({{0, kLastCharacter}}, "(?s:.)")
                        : make_class({{0, '\n' - 1}, {'\n' + 1, kLastCharacter}}, ".");
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
    return make_class({{0, kLastCharacter}}, std::string(text_.substr(begin, at_ - begin)));
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
    if (digits == 0 || (!braces && digits < 2) || (braces && !skip("}")) || value > kLastCharacter)
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
    if (opaque) return make_class({{0, kLastCharacter}}, fold_ ? "(?i:" + source + ")" : source);
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

}  // namespace

Node parse_regex(std::string_view regex) { return Parser(regex).parse(); }

}  // namespace fakt
