#include "extract/extractor.h"

#include <algorithm>
#include <span>
#include <utility>

#include "extract/clitics.h"
#include "extract/evidence.h"
#include "extract/facts.h"
#include "extract/overlap.h"
#include "extract/reuse.h"
#include "extract/values.h"

namespace fakt {
namespace {

constexpr std::uint32_t kHead = 600;  ///< bytes in which a document may state its date

constexpr std::string_view kDateline = "dateline";  ///< the helper type whose value is the document's date

/// What is known of one type of the plan in the document at hand.
struct Lane {
  const Type* type;
  std::unique_ptr<Weighing> weighing;                            ///< null if it asks for no evidence
  std::vector<std::size_t> rivals, blockers, anchors;            ///< numbers of other lanes
  bool valued = false;                                           ///< its mentions are printed, or facts are about them
  bool is_rival = false, is_blocker = false, is_anchor = false;  ///< of another lane
  std::vector<Candidate> found;                                  ///< what stands, overlaps settled
  std::vector<Span> spans;                                       ///< a blocker: of `found`
  std::vector<Mention> made;
  bool is_made = false;

  void clear() {
    clear_for_reuse(found);
    clear_for_reuse(spans);
    clear_for_reuse(made);
    is_made = false;
  }
};

}  // namespace

const std::vector<std::string>& default_types() {
  static const std::vector<std::string> kTypes = {"money", "date", "chip", "org", "fact"};
  return kTypes;
}

namespace {

/// Moves the mentions of several types, each in the order of the text, to `out`: of those that begin together longer
/// ones first.
void merge_mentions(const std::vector<std::vector<Mention>*>& made, std::vector<Mention>& out) {
  std::vector<std::span<Mention>> rest;
  std::size_t count = 0;
  for (auto* mentions : made) {
    count += mentions->size();
    if (!mentions->empty()) rest.emplace_back(*mentions);
  }
  out.reserve(count);
  auto before = [](std::span<Mention> a, std::span<Mention> b) {
    Span x = a.front().span, y = b.front().span;
    return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
  };
  while (!rest.empty()) {
    auto next = std::min_element(rest.begin(), rest.end(), before);
    out.push_back(std::move(next->front()));
    *next = next->subspan(1);
    if (next->empty()) rest.erase(next);
  }
}

}  // namespace

struct Extractor::Compiled {
  /// The first `valued` of the types are asked for, the others only for their sake.
  Compiled(const PatternSet& s, std::unique_ptr<FactFinder> finder, const std::vector<const Type*>& types,
           std::size_t valued, const std::vector<const Type*>& head_types, Plans& plans, Engine engine)
      : set(s),
        facts(std::move(finder)),
        clitics(s),
        plan(plans.get(s, types, engine)),
        head_plan(plans.get(s, head_types, engine)),
        matcher(plan),
        head_matcher(head_plan) {
    make_lanes(valued);
  }

  const PatternSet& set;
  std::unique_ptr<FactFinder> facts;  ///< null if none are asked for
  Clitics clitics;
  const Plan& plan;       ///< of the types that are asked for, and of those that they depend on
  const Plan& head_plan;  ///< of what tells a document's date
  Matcher matcher, head_matcher;
  Runner runner{set.program_pool()};  ///< of the rules of evidence
  TextIndex head;                     ///< the words in which the document may state its date
  std::vector<Found> head_found;
  std::vector<Lane> lanes;  ///< of each type of the plan
  Forms forms;              ///< of the names that are accepted in the document at hand

 private:
  void make_lanes(std::size_t valued);
};

void Extractor::Compiled::make_lanes(std::size_t valued) {
  const auto& types = plan.types();
  for (const Type* type : types) {
    Lane& lane = lanes.emplace_back();
    lane.type = type;
    lane.valued = lanes.size() <= valued;
    if (type->weighs_evidence) lane.weighing = std::make_unique<Weighing>(*type, set.language(), runner);
  }
  auto numbers = [&](const Array<Text>& names) {
    std::vector<std::size_t> out;
    for (const auto& name : names)
      if (auto at = std::find(types.begin(), types.end(), set.find_type(name)); at != types.end())
        out.push_back(static_cast<std::size_t>(at - types.begin()));
    return out;
  };
  for (Lane& lane : lanes) {
    if (lane.weighing) lane.rivals = numbers(lane.type->rivals);
    lane.blockers = numbers(lane.type->blocked_by);
    lane.anchors = numbers(lane.type->anchors);
    for (std::size_t other : lane.rivals) lanes[other].is_rival = true;
    for (std::size_t other : lane.blockers) lanes[other].is_blocker = true;
    for (std::size_t other : lane.anchors) lanes[other].is_anchor = true;
  }
}

Extractor::Extractor(const PatternSets& sets, ExtractOptions options)
    : sets_(sets), options_(std::move(options)), plans_(std::make_shared<Plans>()) {}
Extractor::Extractor(const Extractor& other) : sets_(other.sets_), options_(other.options_), plans_(other.plans_) {}
Extractor::~Extractor() = default;

bool Extractor::wanted(const Type& type) const {
  if (type.is_fact) return options_.types.empty() || options_.types.contains("fact");
  if (!options_.types.empty()) return options_.types.contains(type.name.str());
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
  return std::make_unique<Compiled>(set, std::move(facts), all, valued.size(), head, *plans_, options_.engine);
}

struct Extractor::Page {
  Document* document = nullptr;
  Compiled* compiled = nullptr;  ///< of its language; null: there is none
  TextIndex index;
  std::vector<Found> found;  ///< of each type of the plan
  bool searched = false;
};

void Extractor::run(Document& document, Extraction& out) {
  run({&document, 1}, out, [](const Document&) {});
  std::swap(out.index, pages_[0].index);
}

void Extractor::run(std::span<Document> documents, Extraction& out, const std::function<void(const Document&)>& done) {
  words_.begin_document();
  if (pages_.size() < documents.size()) pages_.resize(documents.size());
  std::span<Page> pages = std::span(pages_).first(documents.size());
  for (std::size_t i = 0; i < pages.size(); ++i) read(documents[i], pages[i]);
  for (Page *next = pages.data(), *end = next + pages.size(); next != end;) {
    search({next, end});
    for (; next != end && (!next->compiled || next->searched); ++next) {
      finish(*next, out);
      done(*next->document);
      std::swap(out.index, next->index);
    }
  }
}

/// Searches pages of each language, the first of each at least.
void Extractor::search(std::span<Page> pages) {
  std::vector<Searched> searched;
  std::vector<Page*> of_language;
  for (auto& [patterns, compiled] : compiled_) {
    searched.clear();
    of_language.clear();
    for (Page& page : pages) {
      if (page.compiled != compiled.get() || page.searched) continue;
      searched.push_back({page.document->text, &page.index, &page.found});
      of_language.push_back(&page);
    }
    if (searched.empty()) continue;
    std::size_t count = compiled->matcher.find(searched, words_);
    for (std::size_t i = 0; i < count; ++i) of_language[i]->searched = true;
  }
}

/// Finds the words and sentences of a document, its language and its date.
void Extractor::read(Document& document, Page& page) {
  page.document = &document;
  page.compiled = nullptr;
  page.searched = false;
  find_tokens(document.text, words_, page.index);
  const PatternSet* patterns = choose_language(document, page.index);
  if (!patterns) return;
  find_sentences(document.text, patterns->language(), page.index);
  auto& compiled = compiled_[patterns];
  if (!compiled) compiled = compile(*patterns);
  page.compiled = compiled.get();
  if (!options_.date.empty())
    document.date = options_.date;
  else if (document.date.empty() && document.offset_base == 0)
    find_date(*compiled, document, page.index);
}

/// What was found becomes mentions, and these facts.
void Extractor::finish(Page& page, Extraction& out) {
  out.mentions.clear();
  out.facts.clear();
  out.trace.clear();
  std::swap(out.index, page.index);
  out.patterns = page.compiled ? &page.compiled->set : nullptr;
  if (!page.compiled) return;
  const Document& document = *page.document;
  find_mentions(*page.compiled, document, page.found, out);
  if (FactFinder* facts = page.compiled->facts.get()) {
    facts->find(document, out.index, words_, out.mentions, out.facts);
    std::erase_if(out.mentions, [&](const Mention& m) { return !wanted(*m.pattern->type); });
  }
  page.compiled->clitics.leave_out(document.text, out.mentions, out.facts);
}

const PatternSet* Extractor::choose_language(Document& document, const TextIndex& index) const {
  if (!options_.lang.empty()) document.lang = options_.lang;
  if (!document.lang.empty()) return sets_.find(document.lang);
  constexpr std::size_t kSeen = 1000;  // words
  const LanguageHead* best = nullptr;
  std::ptrdiff_t most = -1;
  auto seen = index.tokens.begin() + static_cast<std::ptrdiff_t>(std::min(index.tokens.size(), kSeen));
  for (const LanguageHead& language : sets_.languages()) {
    auto tells = [&](const Token& token) {
      return std::binary_search(language.telling.begin(), language.telling.end(), token.hash);
    };
    if (auto count = std::count_if(index.tokens.begin(), seen, tells); count > most) best = &language, most = count;
  }
  if (!best) return nullptr;
  document.lang = best->name;
  return sets_.find(best->name);
}

void Extractor::find_date(Compiled& compiled, Document& document, const TextIndex& index) {
  if (compiled.head_plan.types().empty()) return;
  TextIndex& head = compiled.head;
  auto behind = [&](const Sentence& sentence) { return sentence.span.begin >= kHead; };
  auto end = std::find_if(index.sentences.begin(), index.sentences.end(), behind);
  head.sentences.assign(index.sentences.begin(), end);
  head.tokens.assign(index.tokens.begin(),
                     index.tokens.begin() + (head.sentences.empty() ? 0 : head.sentences.back().last_token));
  Searched searched{document.text, &head, &compiled.head_found};
  compiled.head_matcher.find({&searched, 1}, words_);
  auto& candidates = compiled.head_found[0].candidates;
  std::vector<Mention> none;
  settle_overlaps(candidates);
  for (const Candidate& candidate : candidates) {
    Mention mention;
    if (!make_mention(candidate, compiled.head_matcher, head,
                      {document, compiled.set.language(), options_.dates, head, none, none, find_normalizer(kDateline)},
                      mention))
      continue;
    document.date = mention.value;
    return;
  }
}

void Extractor::find_mentions(Compiled& compiled, const Document& document, std::vector<Found>& found,
                              Extraction& out) {
  auto& lanes = compiled.lanes;
  weigh(compiled, document, found, out);
  for (Lane& lane : lanes)
    if (lane.is_blocker)
      for (const Candidate& c : lane.found) lane.spans.push_back(c.span);
  for (Lane& lane : lanes)
    for (std::size_t blocker : lane.blockers) drop_blocked(lane.found, lanes[blocker].spans);
  std::vector<std::vector<Mention>*> made;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (!lanes[i].valued) continue;
    make_mentions(compiled, i, document, out.index);
    made.push_back(&lanes[i].made);
  }
  merge_mentions(made, out.mentions);
  for (Lane& lane : lanes) lane.clear();
}

namespace {

/// What was weighed and lost, and what its overlaps make of the rest.
void trace(const Lane& lane, Extraction& out) {
  if (lane.weighing)
    for (auto& w : lane.weighing->all())
      if (!w.accepted) out.trace.push_back({w.candidate, false, w.beaten_by});
  std::vector<Candidate> kept = lane.found;
  settle_overlaps(kept);
  for (const Candidate& c : lane.found) {
    auto beats = [&](const Candidate& k) { return k.span.overlaps(c.span); };
    auto winner = std::find_if(kept.begin(), kept.end(), beats);
    bool won = winner != kept.end() && winner->span == c.span && winner->pattern == c.pattern;
    std::string by = won ? "" : winner == kept.end() ? "refused" : winner->pattern->name.str();
    out.trace.push_back({c, won, by});
  }
}

}  // namespace

/// Weighs evidence and settles overlaps: `found` -> Lane::found.
void Extractor::weigh(Compiled& compiled, const Document& document, std::vector<Found>& found, Extraction& out) {
  auto& lanes = compiled.lanes;
  for (std::size_t i = 0; i < lanes.size(); ++i)
    if (lanes[i].weighing) lanes[i].weighing->weigh(document.text, out.index, found[i]);
  contest(compiled);
  for (Lane& lane : lanes)
    if (lane.weighing) lane.weighing->spread(compiled.forms);
  find_forms(document.text, out.index, compiled.forms);
  compiled.forms.clear();
  contest(compiled);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    Lane& lane = lanes[i];
    bool only_rival = !lane.valued && !lane.is_blocker && !lane.is_anchor && !options_.trace;
    if (only_rival)
      lane.found.clear();
    else if (lane.weighing)
      lane.weighing->accepted(lane.found);
    else
      lane.found.swap(found[i].candidates);
    if (options_.trace) trace(lane, out);
    settle_overlaps(lane.found);
    if (lane.weighing) lane.weighing->clear();
    constexpr std::size_t kKept = 1 << 10;  // bytes; many documents at work have their own
    clear_for_reuse(found[i].candidates, kKept);
    clear_for_reuse(found[i].cues, kKept);
  }
}

/// Rivals contend for the words that they accepted; what stands when it begins is what counts.
void Extractor::contest(Compiled& compiled) {
  for (Lane& lane : compiled.lanes) {
    if (!lane.is_rival || !lane.weighing) continue;
    lane.weighing->accepted(lane.found);
    settle_overlaps(lane.found);
    std::erase_if(lane.found, [](const Candidate& c) { return c.pattern->trap; });
  }
  for (Lane& lane : compiled.lanes)
    for (std::size_t rival : lane.rivals)
      if (compiled.lanes[rival].weighing) lane.weighing->contest(compiled.lanes[rival].found);
}

/// The values of one type, after those of the types that it depends on.
void Extractor::make_mentions(Compiled& compiled, std::size_t number, const Document& document,
                              const TextIndex& index) {
  Lane& lane = compiled.lanes[number];
  if (std::exchange(lane.is_made, true)) return;
  std::vector<Mention> gathered;  // anchors of several types
  const std::vector<Mention>* anchors = &gathered;
  for (std::size_t other : lane.anchors) {
    make_mentions(compiled, other, document, index);
    const auto& mentions = compiled.lanes[other].made;
    if (lane.anchors.size() == 1)
      anchors = &mentions;
    else
      gathered.insert(gathered.end(), mentions.begin(), mentions.end());
  }
  auto by_place = [](const Mention& a, const Mention& b) { return a.span.begin < b.span.begin; };
  std::stable_sort(gathered.begin(), gathered.end(), by_place);
  ValueContext context{document, compiled.set.language(),         options_.dates, index, lane.made,
                       *anchors, find_normalizer(lane.type->name)};
  lane.made.reserve(lane.found.size());
  for (const Candidate& candidate : lane.found) {
    Mention mention;
    if (make_mention(candidate, compiled.matcher, index, context, mention)) lane.made.push_back(std::move(mention));
  }
  clear_for_reuse(lane.found);
}

}  // namespace fakt
