#include <fmt/format.h>

#include <algorithm>

#include "command/check.h"
#include "pattern/diagnostics.h"

namespace fakt {
namespace {

/// The text of an example without its brackets, and where they stood. [[ and ]] are literal brackets.
struct Bracketed {
  std::string text;
  std::vector<Span> spans;
};

Bracketed parse_brackets(std::string_view source) {
  Bracketed out;
  for (std::size_t i = 0; i < source.size(); ++i) {
    bool doubled = i + 1 < source.size() && source[i + 1] == source[i];
    auto at = static_cast<std::uint32_t>(out.text.size());
    if (source[i] == '[' && !doubled) {
      out.spans.push_back({at, at});
    } else if (source[i] == ']' && !doubled && !out.spans.empty()) {
      out.spans.back().end = at;
    } else {
      if (source[i] == '[' || source[i] == ']') ++i;
      out.text += source[i];
    }
  }
  return out;
}

class Examples {
 public:
  Examples(const PatternSets& sets, bool own_only) : sets_(sets), own_only_(own_only) {}

  ExampleReport run() {
    sets_.each([&](const PatternSet& set) {
      const Text& lang = set.language().name;
      for (const auto& type : set.types()) {
        ExtractOptions options;
        options.types = {type->is_fact ? "fact" : type->name.str()};
        Extractor extractor(sets_, options);
        for (const auto& pattern : type->patterns) {
          bool shared = pattern->lang == "common" && lang != sets_.languages()[0].name;  // once, whatever the languages
          if (shared || (own_only_ && !pattern->own)) continue;
          for (const auto& example : pattern->examples) check(extractor, lang, *pattern, example);
        }
      }
    });
    return std::move(report_);
  }

 private:
  void check(Extractor& extractor, const Text& lang, const Pattern& pattern, const Example& example) {
    ++report_.examples;
    Bracketed bracketed = parse_brackets(example.text.text);
    Document document;
    document.text = bracketed.text;
    document.date = pattern.date;
    document.lang = pattern.lang == "common" ? "" : lang.str();
    Extraction found;
    extractor.run(document, found);
    std::string wrong = pattern.type->is_fact ? fact_mistake(pattern, example, document, found)
                                              : mention_mistake(pattern, example, bracketed, document, found);
    if (example.kind == Example::Kind::todo) {
      ++report_.gaps;
      if (wrong.empty()) fail(pattern, example, "this todo works now: move it to yes");
    } else if (!wrong.empty()) {
      fail(pattern, example, wrong);
    }
  }

  void fail(const Pattern& pattern, const Example& example, const std::string& what) {
    report_.failures.push_back(fmt::format("{}:{}: {}: {}", pattern.place.file, example.text.line, pattern.name, what));
  }

  static std::string show(const Document& document, const Mention& m) {
    std::string keys;
    for (const auto& key : m.keys) keys += fmt::format(", {} {}", key.name, key.value);
    return fmt::format("[{}] = {}{} ({})", document.text.substr(m.span.begin, m.span.size()), m.value, keys,
                       m.pattern->name);
  }

  static std::string show_all(const Document& document, const std::vector<Mention>& mentions) {
    std::string out;
    for (const auto& m : mentions) out += (out.empty() ? "" : "; ") + show(document, m);
    return out.empty() ? "nothing" : out;
  }

  static std::string mention_mistake(const Pattern& pattern, const Example& example, const Bracketed& bracketed,
                                     const Document& document, const Extraction& found) {
    const auto& mentions = found.mentions;
    std::string all = show_all(document, mentions);
    if (example.kind == Example::Kind::no) {
      auto forbidden = [&](const Mention& m) {
        auto hit = [&](Span s) { return s.overlaps(m.span); };
        return bracketed.spans.empty() || std::any_of(bracketed.spans.begin(), bracketed.spans.end(), hit);
      };
      return std::any_of(mentions.begin(), mentions.end(), forbidden) ? "nothing was to be found, but there is " + all
                                                                      : "";
    }
    if (bracketed.spans.empty()) return "no [brackets] in the text";
    if (example.expected.size() != bracketed.spans.size())
      return fmt::format("{} brackets, but {} values", bracketed.spans.size(), example.expected.size());
    auto same_span = [](const Mention& m, Span s) { return m.span == s; };
    if (!std::equal(mentions.begin(), mentions.end(), bracketed.spans.begin(), bracketed.spans.end(), same_span))
      return "found " + all;
    for (std::size_t i = 0; i < mentions.size(); ++i)
      for (const auto& [key, value] : example.expected[i])
        if ((key == "value" ? std::string_view(mentions[i].value) : mentions[i].key(key)) != value)
          return fmt::format("wanted {} {}, found {}", key, value, show(document, mentions[i]));
    bool evidence_only = pattern.cue || (pattern.type->weighs_evidence && pattern.weight < pattern.type->threshold);
    auto credited = [&](const Mention& m) { return m.pattern->name == pattern.name; };
    if (!evidence_only && std::none_of(mentions.begin(), mentions.end(), credited))
      return "credited to another pattern: " + all;
    return {};
  }

  static std::string fact_mistake(const Pattern& pattern, const Example& example, const Document& document,
                                  const Extraction& found) {
    std::vector<const Fact*> facts;
    std::string all;
    for (const auto& fact : found.facts) {
      if (fact.predicate != pattern.type->name) continue;
      facts.push_back(&fact);
      all += all.empty() ? "" : "; ";
      for (const auto& arg : fact.args) all += fmt::format(" {}={}", arg.role, arg.value);
      for (const auto& key : fact.keys) all += fmt::format(" {}={}", key.name, key.value);
    }
    if (all.empty()) all = " nothing";
    (void)document;
    if (example.kind == Example::Kind::no) return facts.empty() ? "" : "no fact was to be found, but there is" + all;
    if (facts.size() != example.expected.size())
      return fmt::format("wanted {} facts, found{}", example.expected.size(), all);
    for (const auto& expected : example.expected) {
      auto fits = [&](const Fact* fact) { return holds(*fact, expected); };
      if (std::none_of(facts.begin(), facts.end(), fits)) return "found" + all;
    }
    auto credited = [&](const Fact* fact) { return fact->pattern->name == pattern.name; };
    if (std::none_of(facts.begin(), facts.end(), credited)) return "credited to another pattern:" + all;
    return {};
  }

  /// The fact has the expected arguments and keys, and no other arguments.
  static bool holds(const Fact& fact, const std::vector<std::pair<std::string, std::string>>& expected) {
    std::size_t arguments = 0;
    for (const auto& [name, value] : expected) {
      auto is_arg = [&](const Argument& arg) { return arg.role == name && arg.value == value; };
      auto is_key = [&](const Attribute& key) { return key.name == name && key.value == value; };
      if (std::any_of(fact.args.begin(), fact.args.end(), is_arg))
        ++arguments;
      else if (std::none_of(fact.keys.begin(), fact.keys.end(), is_key))
        return false;
    }
    return arguments == fact.args.size();
  }

  const PatternSets& sets_;
  bool own_only_;
  ExampleReport report_;
};

}  // namespace

ExampleReport run_examples(const PatternSets& sets, bool own_only) { return Examples(sets, own_only).run(); }

}  // namespace fakt
