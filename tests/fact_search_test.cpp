// The programs of facts against RE2, which they stand for: the same matches with the same captures.
#include "extract/fact_search.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "extract/coreference.h"
#include "extract/extractor.h"
#include "extract/fact_matcher.h"
#include "extract/fact_regex.h"
#include "pattern/fact_syntax.h"
#include "pattern/packs.h"
#include "support.h"

namespace fakt {
namespace {

/// A text without mentions.
FactText plain_text(const std::string& text, FactSearch& search) {
  FactText out;
  out.build(text, {{0, static_cast<std::uint32_t>(text.size())}}, {}, 0, {}, search.next_id());
  return out;
}

std::string shown(bool found, const Regex::Groups& groups) {
  std::string out = found ? "" : "none";
  for (std::size_t i = found ? 1 : groups.size(); i < groups.size(); ++i)
    out += fmt::format(" {}-{}", static_cast<long>(groups[i].first), static_cast<long>(groups[i].second));
  return out;
}

/// All that a regex finds in a text by its program, and by RE2; the searches go on as those for facts do. `until`: see
/// FactSearch::search.
void compare(FactRegex& program, Regex& re2, FactSearch& search, FactText& text, const std::string& regex,
             std::span<const std::uint32_t> until = FactSearch::kAnywhere) {
  Regex::Groups ours, theirs;
  for (std::size_t at = 0; at < text.text().size(); ++at) {
    bool found = program.captures(search, text, at, until, ours);
    bool expected = re2.captures(text.text(), at, Regex::Anchor::none, theirs);
    std::string is = shown(found, ours), should_be = shown(expected, theirs);
    if (is == should_be && (!expected || ours[0].second == theirs[0].second)) {
      if (!expected) return;
      at = std::max(at, std::min(ours[0].second, ours.size() > 1 ? ours[1].second : ours[0].second) - 1);
      continue;
    }
    FAIL_CHECK(regex.substr(0, 200), "\nin ", text.text(), "\nfrom ", at, ": ", is, "\nand by RE2: ", should_be);
    return;
  }
}

/// Compares the patterns of a language with RE2 on texts in that language.
class Comparison {
 public:
  explicit Comparison(const PatternSet& set) : language_(set.language()), bits_(set), search_(set.fact_programs()) {
    for (const auto& type : set.types()) {
      if (!type->is_fact) continue;
      for (const auto& pattern : type->patterns) {
        patterns_.emplace_back(set, *pattern, bits_);
        for (const Attachment& a : pattern->fact.attachments) {
          auto& compared = attachments_[a.program];
          if (!compared) compared = std::make_unique<Compared>(set, a, bits_);
          patterns_.back().attachments.push_back(compared.get());
        }
      }
    }
  }

  void run(const Document& document, const Extraction& extraction) {
    std::vector<Filler> fillers;
    make_fillers(document.text, extraction.index, extraction.mentions, bits_, language_, {}, fillers);
    for (std::uint32_t number = 0; number < extraction.index.sentences.size(); ++number) {
      std::vector<const Filler*> here;
      for (const Filler& filler : fillers)
        if (filler.sentence == number) here.push_back(&filler);
      Span where = extraction.index.sentences[number].span;
      if (!here.empty() && where.size() < 1200) run(document.text, where, here);
    }
  }
  int hits() const { return hits_; }

 private:
  struct Compared {
    Compared(const PatternSet& set, std::string_view source, std::uint32_t program, std::uint64_t t)
        : regex(source),
          types(t),
          ours(set.fact_programs(), program, source),
          theirs(std::string(source), Regex::Prefer::first) {
      CHECK_MESSAGE(set.fact_programs().programs[program].entry != FactPrograms::kNone, source);
    }
    Compared(const PatternSet& set, const Attachment& a, const TypeBits& bits)
        : Compared(set, a.regex, a.program, bits.bits(a.types)) {}
    Compared(const PatternSet& set, const Pattern& p, const TypeBits& bits)
        : Compared(set, p.regex, p.fact.program, bits.bits(p.fact.types)) {
      for (const FactWay& way : p.fact.ways) ways.emplace_back(bits.mentions(way.mentions), way.alternatives);
    }
    std::string regex;
    std::uint64_t types;
    std::vector<std::pair<Mentions, std::uint64_t>> ways;
    /// Of each way where it may begin; nothing if none can match.
    std::vector<std::uint32_t> open_for(const Mentions& present) const {
      std::uint64_t open = 0;
      for (const auto& [required, alternatives] : ways) open |= present.hold(required) ? alternatives : 0;
      std::vector<std::uint32_t> until;
      for (; open; open >>= 1) until.push_back(open & 1 ? UINT32_MAX : 0);
      if (!until.empty()) until.resize(FactCompiler::kMostWays);
      return until;
    }
    FactRegex ours;
    Regex theirs;
    std::vector<Compared*> attachments;
  };

  void run(std::string_view document, Span where, const std::vector<const Filler*>& here) {
    Mentions present;
    for (const Filler* filler : here) present.add(filler->type);
    FactText text;
    for (Compared& pattern : patterns_) {
      text.build(document, {where}, here, pattern.types, {}, search_.next_id());
      Regex::Groups groups;
      auto open = pattern.open_for(present);
      if (!open.empty()) compare(pattern.ours, pattern.theirs, search_, text, pattern.regex, open);
      if (!pattern.ours.captures(search_, text, 0, FactSearch::kAnywhere, groups)) continue;
      CHECK_MESSAGE(!open.empty(), pattern.regex, text.text());
      ++hits_;
      std::vector<Span> triggers;
      for (std::size_t i = 1; i < groups.size(); ++i)
        if (pattern.ours.groups()[i - 1].kind == 'm' && groups[i].first < groups[i].second)
          triggers.push_back(text.original(groups[i].first, groups[i].second));
      for (Compared* attachment : pattern.attachments) {
        text.build(document, {where}, here, attachment->types, triggers, search_.next_id());
        compare(attachment->ours, attachment->theirs, search_, text, attachment->regex);
      }
    }
    search_.forget();
  }

  const Language& language_;
  TypeBits bits_;
  FactSearch search_;
  std::vector<Compared> patterns_;
  std::map<std::uint32_t, std::unique_ptr<Compared>> attachments_;  ///< by their programs: many patterns share them
  int hits_ = 0;
};

/// The sentences of the examples in a folder of pattern files.
std::string examples_in(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::string out;
  for (const auto& path : files) {
    std::string text = read_file(path);
    for (std::size_t at = text.find("yes.\""); at != std::string::npos; at = text.find("yes.\"", at + 1)) {
      std::size_t begin = at + 5, end = text.find('"', begin);
      out += text.substr(begin, end - begin) + "\n\n";
    }
  }
  return out;
}

}  // namespace

TEST_CASE("programs of facts match as RE2 does: ambiguous regexes on texts of few letters") {
  const std::vector<std::string> regexes = {
      "(?P<s0>a|ab)(?P<s1>c|bcd)?(?P<m0>b*)",
      "(?P<s0>a*?)(?P<s1>a*)(?P<m0>b)",
      "(?P<s0>a+)(?P<s1>a{1,2}?)(?P<m0>a?)",
      "(?P<s0>(?:a|b|ab){1,3}?)(?P<m0>b|[cd]{2})",
      "(?P<s0>(?:ab?|ba|b){2,4})(?P<m0>[ab]{0,2})",
      "(?P<s0>(?:[^ ]*?[ ]){0,3}?)(?P<m0>c)",
      "(?P<s0>a(?:[ ](?:[ab]|,[ ])*?)??[ ])(?P<m0>b|c)",
      "(?:(?P<s0>a)(?P<m0>b)|(?P<s1>ab)(?P<m1>c)|(?P<s2>[abc]+)[ ](?P<m2>d))",
      "(?:(?P<s0>a)|b)*(?P<m0>c)",
      "(?:(?P<s0>[ab])[ ]?){2,3}(?P<m0>c)",
      "^(?P<s0>[^d]*)(?P<m0>d)(?P<s1>[ ].*?)?$",
      "(?P<s0>ä|äb|[ä ]{2,5}?)(?P<m0>[^a ]{1,3})",
      "(?P<m0>(?:abc|ab|a|abcd|b)(?:d|cd)?)(?P<s0>[ ]\\b[a-c]+)?",
      "(?P<s0>(?:a|b[ ]?)+?)(?P<m0>c|[ ])(?:[ ](?:[a-d ]|,[ ][a-d]+,[ ])*?[ ])??"
      "(?P<s1>d)",
  };
  std::mt19937 random;
  FactPrograms programs;
  FactCompiler compiler(programs);
  for (const auto& regex : regexes) compiler.add(regex, FactCompiler::Use::between_words);
  compiler.compile();
  for (std::uint32_t i = 0; i < regexes.size(); ++i) {
    std::string source = between_words(regexes[i]);
    CHECK_MESSAGE(programs.programs[i].entry != FactPrograms::kNone, regexes[i]);
    FactSearch search(programs);
    FactRegex ours(programs, i, source);
    Regex theirs(std::string(source), Regex::Prefer::first);
    for (int round = 0; round < 400; ++round) {
      std::string text = ".";  // a text begins with no space
      for (std::size_t n = random() % 14; n > 0; --n)
        text += std::vector<std::string>{"a", "b", "c", "d", " ", " ", ",", "ä"}[random() % 8];
      FactText subject = plain_text(text, search);
      compare(ours, theirs, search, subject, regexes[i]);
    }
  }
}

TEST_CASE("what only RE2 knows has no program") {
  FactPrograms programs;
  FactCompiler compiler(programs);
  for (const char* regex : {"(?P<m0>\\pL+)", "(?P<m0>(?:a*)*)"}) compiler.add(regex, FactCompiler::Use::between_words);
  compiler.compile();
  for (std::uint32_t i = 0; i < 2; ++i) {
    CHECK(programs.programs[i].entry == FactPrograms::kNone);
    std::string source = between_words(i == 0 ? "(?P<m0>\\pL+)" : "(?P<m0>(?:a*)*)");
    FactSearch search(programs);
    FactRegex regex(programs, i, source);
    FactText text = plain_text("- aa", search);
    Regex::Groups groups;
    CHECK(regex.captures(search, text, 1, FactSearch::kAnywhere, groups));
    REQUIRE(regex.groups().size() == 1);
    CHECK(regex.groups()[0].kind == 'm');
    CHECK(groups[1] == std::pair<std::size_t, std::size_t>(2, 4));
  }
}

TEST_CASE("what would take too many steps has no program") {
  FactPrograms programs;
  FactCompiler compiler(programs);
  for (int letters : {10'000, 100'000}) {
    std::string regex;
    for (int c = 0; c < letters; ++c) regex += fmt::format("\\x{{{:x}}}?", 0x10000 + c);
    compiler.add("(?P<m0>a" + regex + ")", FactCompiler::Use::between_words);
  }
  compiler.compile();
  CHECK(programs.programs[0].entry != FactPrograms::kNone);
  CHECK(programs.programs[1].entry == FactPrograms::kNone);
}

TEST_CASE("of a regex only the ways are tried that a text may hold, where it may") {
  FactPrograms programs;
  FactCompiler compiler(programs);
  compiler.add("(?P<m0>a)b|(?:(?P<m0>a)|(?P<m1>ab))", FactCompiler::Use::between_words);
  compiler.compile();
  FactSearch search(programs);
  FactRegex regex(programs, 0, "");
  FactText text = plain_text("ab, ab", search);
  Regex::Groups groups;
  auto found = [&](std::size_t from, std::vector<std::uint32_t> until) {
    return shown(regex.captures(search, text, from, until, groups), groups);
  };
  CHECK(found(0, {9, 9, 9}) == " 0-1 -1--1");
  CHECK(found(0, {0, 9, 9}) == " -1--1 0-2");
  CHECK(found(0, {0, 9, 0}) == "none");
  CHECK(found(0, {0, 0, 0}) == "none");
  CHECK(found(1, {9, 9, 9}) == " 4-5 -1--1");
  CHECK(found(1, {4, 9, 9}) == " -1--1 4-6");
  CHECK(found(1, {4, 4, 4}) == "none");
}

TEST_CASE("a search does not grow with the ways to match") {
  FactPrograms programs;
  FactCompiler compiler(programs);
  compiler.add("(?P<m0>(?:(?:a|a[ab]|[ab]+?)(?:a|[ab]?)){20,40}(?:[ab]*[ab]*[ab]*)*?c)",
               FactCompiler::Use::between_words);
  compiler.add("(?P<m0>(?:(?:a|a[ab]|[ab]+?)(?:a|[ab]?)){20,40}[ab]*[ab]*[ab]*c)", FactCompiler::Use::between_words);
  compiler.compile();
  CHECK(programs.programs[0].entry == FactPrograms::kNone);
  FactSearch search(programs);
  FactRegex regex(programs, 1, "");
  FactText text = plain_text(std::string(1000, 'a'), search);
  Regex::Groups groups;
  CHECK_FALSE(regex.captures(search, text, 0, FactSearch::kAnywhere, groups));  // 10^20 ways, and more
}

TEST_CASE("programs of facts match as RE2 does: the built-in patterns on samples and examples") {
  PatternSets sets = load_sets(pattern_sources({FAKT_ROOT "/patterns"}, false));
  sets.each([&](const PatternSet& set) {
    Comparison comparison(set);
    ExtractOptions options;
    options.lang = set.language().name;
    TypeBits bits(set);
    options.types = {bits.names().begin(), bits.names().end()};
    options.types.insert(std::string(kNominal));
    Extractor extractor(sets, options);
    std::vector<std::string> texts = {examples_in(FAKT_ROOT "/patterns/" + set.language().name + "/facts")};
    for (const auto& entry : std::filesystem::directory_iterator(FAKT_ROOT "/samples"))
      texts.push_back(read_file(entry.path()));
    for (const auto& text : texts) {
      Document document;
      document.text = text;
      Extraction extraction;
      extractor.run(document, extraction);
      comparison.run(document, extraction);
    }
    CHECK(comparison.hits() > 50);
  });
}

}  // namespace fakt
