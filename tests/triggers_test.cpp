// What a pattern can match must not depend on the words by which the engine finds it: texts made from the patterns
// themselves, tried by both engines.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "cli.h"
#include "command/load.h"
#include "output/json_text.h"
#include "pattern/syntax.h"
#include "support.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr int kTextsOfPattern = 6;

/// Texts that a regex matches: each choice by chance, the same in every run.
class Sampler {
 public:
  std::string text_of(const Node& node) {
    std::string out;
    add(node, out);
    return out;
  }
  /// `n` > 0.
  std::size_t below(std::size_t n) { return random_() % n; }

 private:
  void add(const Node& node, std::string& out) {
    switch (node.kind) {
      case Node::Kind::empty:
      case Node::Kind::assertion:
        return;
      case Node::Kind::literal:
        for (char32_t c : node.literal) append_utf8(out, c);
        return;
      case Node::Kind::char_class:
        return append_utf8(out, one_of(node.ranges));
      case Node::Kind::concat:
        for (const Node& child : node.children) add(child, out);
        return;
      case Node::Kind::alternate:
        return add(node.children[below(node.children.size())], out);
      case Node::Kind::capture:
        return add(node.children[0], out);
      case Node::Kind::repeat: {
        int most = node.max < 0 ? node.min + 8 : std::min(node.max, node.min + 8);
        int few = std::min(most, node.min + 1);
        int times = below(4) ? node.min + static_cast<int>(below(static_cast<std::size_t>(few - node.min + 1))) : most;
        for (int i = 0; i < times; ++i) add(node.children[0], out);
        return;
      }
    }
  }

  char32_t one_of(const Node::Ranges& ranges) {
    auto [low, high] = ranges[below(below(2) ? std::min<std::size_t>(ranges.size(), 3) : ranges.size())];
    char32_t c = low + static_cast<char32_t>(below(std::min<std::size_t>(high - low + 1, 200)));
    bool odd = c < ' ' || (c >= 0xD800 && c < 0xE000);
    return odd ? (low <= 'a' && high >= 'a' ? U'a' : std::max<char32_t>(high, ' ')) : c;
  }

  std::mt19937 random_{20250207};
};

/// A document with the text between words, alone, in brackets, or in the middle of a word.
std::string placed(const std::string& text, std::size_t how) {
  switch (how % 4) {
    case 0:
      return "Im Werk " + text + " nach Plan.";
    case 1:
      return text;
    case 2:
      return "(" + text + ")";
    default:
      return "Aber" + text + "en";
  }
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find('\n', begin) + 1;
    out.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return out;
}

}  // namespace

TEST_CASE("both engines find what the patterns themselves say") {
  PatternSets sets = load_patterns({});
  sets.each([&](const PatternSet& set) {
    Sampler sampler;
    std::string input, types;
    std::vector<std::string> texts;
    for (const auto& type : set.types()) {
      if (type->is_fact) continue;
      types += (types.empty() ? "" : ",") + type->name;
      for (const auto& pattern : type->patterns) {
        Node tree = parse_regex(pattern->plain);
        for (int i = 0; i < kTextsOfPattern; ++i) {
          texts.push_back(placed(sampler.text_of(tree), sampler.below(8)));
          input += "{\"id\":\"" + type->name + "/" + pattern->name + "/" + std::to_string(i) + "\",\"text\":";
          append_json(input, texts.back());
          input += "}\n";
        }
      }
    }
    auto run = [&](const char* engine) {
      return run_fakt(
          {"--per-document", "--lang", set.language().name.str(), "--type", types, "--explain", "--engine", engine},
          input);
    };
    Ran fast = run("fast"), plain = run("plain");
    REQUIRE(fast.status == 0);
    REQUIRE(plain.status == 0);
    auto a = lines(fast.out), b = lines(plain.out);
    REQUIRE(a.size() == texts.size());
    REQUIRE(b.size() == texts.size());
    int shown = 0;
    for (std::size_t i = 0; i < texts.size() && shown < 20; ++i) {
      if (a[i] == b[i]) continue;
      ++shown;
      FAIL_CHECK("text: ", texts[i], "\nfast: ", a[i], "plain: ", b[i]);
    }
  });
}

}  // namespace fakt
