#include "extract/extractor.h"

#include <algorithm>

#include "extract/evidence.h"
#include "extract/facts.h"
#include "extract/overlap.h"
#include "extract/values.h"

namespace fakt {
namespace {

constexpr std::uint32_t kHead = 600;  ///< bytes in which a document may state its date

constexpr std::string_view kDateline = "dateline";  ///< the helper type whose value is the document's date

std::vector<Span> spans_of(const std::vector<Candidate>& candidates) {
  std::vector<Span> spans;
  for (const auto& c : candidates) spans.push_back(c.span);
  return spans;
}

}  // namespace

const std::vector<std::string>& default_types() {
  static const std::vector<std::string> kTypes = {"money", "date", "chip", "org", "fact"};
  return kTypes;
}

struct Extractor::Compiled {
  Compiled(const PatternSet& s, std::unique_ptr<FactFinder> finder, std::vector<const Type*> values,
           std::vector<const Type*> types, std::vector<const Type*> head, Engine engine)
      : set(s),
        facts(std::move(finder)),
        valued(std::move(values)),
        plan(s, std::move(types), engine),
        head_plan(s, std::move(head), engine),
        matcher(plan),
        head_matcher(head_plan) {}
  const PatternSet& set;
  std::unique_ptr<FactFinder> facts;  ///< null if none are asked for
  std::vector<const Type*> valued;    ///< types whose mentions are made: those printed, and those that facts are about
  Plan plan;                          ///< of these, and of the types that they depend on
  Plan head_plan;                     ///< of what tells a document's date
  Matcher matcher, head_matcher;
  RegexCache regexes;                                   ///< of the rules of evidence
  std::vector<std::vector<Candidate>> candidates;       ///< of each type of the plan
  std::map<const Type*, std::vector<Candidate>> found;  ///< in the document at hand, overlaps settled
  std::map<const Type*, std::vector<Mention>> made;
};

Extractor::Extractor(const PatternSets& sets, ExtractOptions options) : sets_(sets), options_(std::move(options)) {}
Extractor::~Extractor() = default;

bool Extractor::wanted(const Type& type) const {
  if (type.is_fact) return options_.types.empty() || options_.types.contains("fact");
  if (!options_.types.empty()) return options_.types.contains(type.name);
  const auto& defaults = default_types();
  if (type.helper) return false;
  return type.own || std::find(defaults.begin(), defaults.end(), type.name) != defaults.end();
}

namespace {

void add(const Type* type, std::vector<const Type*>& types) {
  if (type && !type->is_fact && std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
}

}  // namespace

std::unique_ptr<Extractor::Compiled> Extractor::compile(const PatternSet& set) const {
  std::unique_ptr<FactFinder> facts;
  std::vector<const Type*> valued, head;
  for (const auto& type : set.types()) {
    if (!wanted(*type)) continue;
    add(type.get(), valued);
    if (type->is_fact && !facts) facts = std::make_unique<FactFinder>(set);
  }
  if (facts)
    for (const Type* type : facts->types()) add(type, valued);
  std::vector<const Type*> all = valued;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const auto* others : {&all[i]->blocked_by, &all[i]->anchors, &all[i]->rivals})
      for (const auto& other : *others) add(set.find_type(other), all);
  add(set.find_type(kDateline), head);
  return std::make_unique<Compiled>(set, std::move(facts), std::move(valued), std::move(all), std::move(head),
                                    options_.engine);
}

void Extractor::run(Document& document, Extraction& out) {
  out.mentions.clear();
  out.facts.clear();
  out.trace.clear();
  find_tokens(document.text, out.index);
  out.patterns = choose_language(document, out.index);
  if (!out.patterns) return;
  find_sentences(document.text, out.patterns->language(), out.index);
  auto& compiled = compiled_[out.patterns];
  if (!compiled) {
    compiled = compile(*out.patterns);
  }
  if (!options_.date.empty())
    document.date = options_.date;
  else if (document.date.empty() && document.offset_base == 0)
    find_date(*compiled, document, out.index);
  find_mentions(*compiled, document, out);
  if (!compiled->facts) return;
  compiled->facts->find(document, out.index, out.mentions, out.facts);
  auto unwanted = [&](const Mention& m) { return !wanted(*m.pattern->type); };
  out.mentions.erase(std::remove_if(out.mentions.begin(), out.mentions.end(), unwanted), out.mentions.end());
}

const PatternSet* Extractor::choose_language(Document& document, const TextIndex& index) const {
  if (!options_.lang.empty()) document.lang = options_.lang;
  if (!document.lang.empty()) return sets_.find(document.lang);
  constexpr std::size_t kSeen = 1000;  // words
  const LanguageHead* best = nullptr;
  std::ptrdiff_t most = -1;
  auto seen = index.tokens.begin() + static_cast<std::ptrdiff_t>(std::min(index.tokens.size(), kSeen));
  for (const LanguageHead& language : sets_.languages()) {
    auto frequent = [&](const Token& token) {
      return std::binary_search(language.frequent.begin(), language.frequent.end(), token.hash);
    };
    if (auto count = std::count_if(index.tokens.begin(), seen, frequent); count > most) best = &language, most = count;
  }
  if (!best) return nullptr;
  document.lang = best->name;
  return sets_.find(best->name);
}

void Extractor::find_date(Compiled& compiled, Document& document, const TextIndex& index) {
  if (compiled.head_plan.types().empty()) return;
  TextIndex head;
  for (const Sentence& sentence : index.sentences)
    if (sentence.span.begin < kHead) head.sentences.push_back(sentence);
  for (const Token& token : index.tokens)
    if (!head.sentences.empty() && token.begin < head.sentences.back().span.end) head.tokens.push_back(token);
  std::vector<std::vector<Candidate>> candidates;
  compiled.head_matcher.find(document.text, head, candidates);
  std::vector<Mention> none;
  for (const Candidate& candidate : settle_overlaps(std::move(candidates[0]))) {
    Mention mention;
    if (!make_mention(candidate, compiled.head_matcher, head,
                      {document, compiled.set.language(), options_.dates, head, none, none}, mention))
      continue;
    document.date = mention.value;
    return;
  }
}

void Extractor::find_mentions(Compiled& compiled, const Document& document, Extraction& out) {
  auto& found = compiled.found;
  found.clear();
  compiled.matcher.find(document.text, out.index, compiled.candidates);
  weigh(compiled, document, out);
  std::map<const Type*, std::vector<Span>> spans;
  for (auto& [type, candidates] : found) spans[type] = spans_of(candidates);
  for (auto& [type, candidates] : found)
    for (const auto& other : type->blocked_by)
      if (const Type* blocker = compiled.set.find_type(other)) drop_blocked(candidates, spans[blocker]);
  compiled.made.clear();
  for (const Type* type : compiled.valued) make_mentions(compiled, *type, document, out.index);
  for (const Type* type : compiled.valued) {
    auto& mentions = compiled.made[type];
    std::move(mentions.begin(), mentions.end(), std::back_inserter(out.mentions));
  }
  std::stable_sort(out.mentions.begin(), out.mentions.end(), [](const Mention& a, const Mention& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
}

/// Weighs evidence and settles overlaps: compiled.candidates -> compiled.found.
void Extractor::weigh(Compiled& compiled, const Document& document, Extraction& out) {
  const auto& types = compiled.plan.types();
  std::map<const Type*, Weighing> weighings;
  for (std::size_t t = 0; t < types.size(); ++t)
    if (types[t]->weighs_evidence)
      weighings.try_emplace(types[t], document.text, out.index, *types[t], compiled.set.language(),
                            compiled.candidates[t], compiled.regexes);
  auto contest = [&] {
    std::map<const Type*, std::vector<Candidate>> standing;
    for (auto& [type, weighing] : weighings)
      for (const auto& name : type->rivals)
        if (auto rival = weighings.find(compiled.set.find_type(name)); rival != weighings.end())
          standing.try_emplace(rival->first, settle_overlaps(rival->second.accepted()));
    for (auto& [type, candidates] : standing)
      std::erase_if(candidates, [](const Candidate& c) { return c.pattern->trap; });
    for (auto& [type, weighing] : weighings)
      for (const auto& name : type->rivals)
        if (auto rival = standing.find(compiled.set.find_type(name)); rival != standing.end())
          weighing.contest(rival->second);
  };
  contest();
  for (auto& [type, weighing] : weighings) weighing.spread();
  contest();
  for (std::size_t t = 0; t < types.size(); ++t) {
    auto weighed = weighings.find(types[t]);
    std::vector<Candidate> candidates =
        weighed == weighings.end() ? std::move(compiled.candidates[t]) : weighed->second.accepted();
    if (options_.trace && weighed != weighings.end())
      for (auto& w : weighed->second.all())
        if (!w.accepted) out.trace.push_back({w.candidate, false, w.beaten_by});
    compiled.found[types[t]] = settle_overlaps(options_.trace ? candidates : std::move(candidates));
    if (options_.trace) trace_overlaps(candidates, compiled.found[types[t]], out);
  }
}

/// The values of one type, after those of the types that it depends on.
void Extractor::make_mentions(Compiled& compiled, const Type& type, const Document& document, const TextIndex& index) {
  auto [made, fresh] = compiled.made.try_emplace(&type);
  if (!fresh) return;
  std::vector<Mention> anchors;
  for (const auto& name : type.anchors) {
    const Type* other = compiled.set.find_type(name);
    if (!other) continue;
    make_mentions(compiled, *other, document, index);
    const auto& mentions = compiled.made[other];
    anchors.insert(anchors.end(), mentions.begin(), mentions.end());
  }
  auto by_place = [](const Mention& a, const Mention& b) { return a.span.begin < b.span.begin; };
  std::stable_sort(anchors.begin(), anchors.end(), by_place);
  std::vector<Mention> mentions;
  for (const Candidate& candidate : compiled.found[&type]) {
    Mention mention;
    ValueContext context{document, compiled.set.language(), options_.dates, index, mentions, anchors};
    if (make_mention(candidate, compiled.matcher, index, context, mention)) mentions.push_back(std::move(mention));
  }
  made->second = std::move(mentions);
}

void Extractor::trace_overlaps(const std::vector<Candidate>& all, const std::vector<Candidate>& kept, Extraction& out) {
  for (const Candidate& c : all) {
    auto beats = [&](const Candidate& k) { return k.span.overlaps(c.span); };
    auto winner = std::find_if(kept.begin(), kept.end(), beats);
    bool won = winner != kept.end() && winner->span == c.span && winner->pattern == c.pattern;
    std::string by = won ? "" : winner == kept.end() ? "refused" : winner->pattern->name;
    out.trace.push_back({c, won, by});
  }
}

}  // namespace fakt
