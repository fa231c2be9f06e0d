#include "extract/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "text/unicode.h"
#include "value/number.h"

namespace fakt {
namespace {

/// Bytes of a sentence that patterns see at once. Longer ones, lists and tables mostly, are cut at a space, so that the
/// time stays linear.
constexpr std::uint32_t kWindow = 1200;

bool share_trigger(const FactHit& a, const FactHit& b) {
  for (const Span& x : a.triggers)
    for (const Span& y : b.triggers)
      if (x.overlaps(y)) return true;
  return false;
}

bool stronger(const FactHit& a, const FactHit& b) {
  if (a.pattern->trap != b.pattern->trap) return a.pattern->trap;
  if (a.pattern->priority != b.pattern->priority) return a.pattern->priority > b.pattern->priority;
  auto own = [](const FactHit& hit) {
    return std::count_if(hit.roles.begin(), hit.roles.end(), [](const FilledRole& r) { return !r.attached; });
  };
  if (own(a) != own(b)) return own(a) > own(b);
  if (a.roles.size() != b.roles.size()) return a.roles.size() > b.roles.size();
  return a.pattern->order < b.pattern->order;
}

bool has_role(const FactHit& hit, std::string_view name) {
  return std::any_of(hit.roles.begin(), hit.roles.end(), [&](const FilledRole& role) { return role.name == name; });
}

bool complete(const FactHit& hit) {
  if (hit.pattern->trap) return true;
  const Type& type = *hit.pattern->type;
  for (const auto& one_of : type.needs)
    if (std::none_of(one_of.begin(), one_of.end(), [&](std::string_view name) { return has_role(hit, name); }))
      return false;
  return static_cast<int>(hit.roles.size()) >= type.least;
}

/// How near the trigger is to a mention that both hits use in a role where it may stand once; nothing if there is none.
/// "Die Kosten betragen 3 Mio. Euro" is no price, though a price could stand so.
std::optional<std::pair<long, long>> contended(const FactHit& a, const FactHit& b) {
  auto may_once = [](const FactHit& hit, std::string_view role) {
    const auto& once = hit.pattern->type->once;
    return std::find(once.begin(), once.end(), role) != once.end();
  };
  auto nearest = [](const FactHit& hit, Span span) {
    long best = std::numeric_limits<long>::max();
    for (const Span& trigger : hit.triggers) best = std::min(best, distance(trigger, span));
    return best;
  };
  for (const auto& x : a.roles)
    for (const auto& y : b.roles)
      if (x.filler && x.filler == y.filler && may_once(a, x.name) && may_once(b, y.name))
        return std::pair{nearest(a, x.span), nearest(b, x.span)};
  return std::nullopt;
}

/// Removes the hits that `beats(other, hit)` says are beaten by another.
template <typename Beats>
void remove_beaten(std::vector<FactHit>& hits, Beats beats) {
  std::vector<bool> beaten(hits.size());
  for (std::size_t i = 0; i < hits.size(); ++i)
    for (std::size_t k = 0; k < hits.size() && !beaten[i]; ++k) beaten[i] = k != i && beats(hits[k], hits[i]);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < hits.size(); ++i)
    if (!beaten[i]) {
      if (kept != i) hits[kept] = std::move(hits[i]);
      ++kept;
    }
  hits.resize(kept);
}

/// Of hits on one trigger the strongest stays; then traps go; then each mention that may stand once goes to the nearest
/// trigger.
void settle(std::vector<FactHit>& hits) {
  remove_beaten(hits, [](const FactHit& other, const FactHit& hit) {
    return other.pattern->type == hit.pattern->type && share_trigger(other, hit) && stronger(other, hit);
  });
  std::erase_if(hits, [](const FactHit& hit) { return hit.pattern->trap; });
  remove_beaten(hits, [](const FactHit& other, const FactHit& hit) {
    auto near = contended(other, hit);
    if (!near) return false;
    if (near->first != near->second) return near->first < near->second;
    if (other.roles.size() != hit.roles.size()) return other.roles.size() > hit.roles.size();
    return &other < &hit;
  });
}

/// Whether every argument of `a` is one of `b`.
bool within(const Fact& a, const Fact& b) {
  return std::all_of(a.args.begin(), a.args.end(), [&](const Argument& x) {
    return std::any_of(b.args.begin(), b.args.end(),
                       [&](const Argument& y) { return x.role == y.role && x.value == y.value; });
  });
}

/// Whether one name fills two roles: "B, eine Tochter des Konzerns", where the words must stand for another.
bool relates_to_itself(const Fact& fact) {
  return std::any_of(fact.args.begin(), fact.args.end(), [&](const Argument& a) {
    return std::any_of(fact.args.begin(), fact.args.end(), [&](const Argument& b) {
      return a.role != b.role && a.type == b.type && a.type != "text" && a.value == b.value;
    });
  });
}

/// Whether a date lies after the day of writing, as far as both are known: "2025-03" after "2025-02-03", not "2025".
bool lies_ahead(std::string_view date, std::string_view day_of_writing) {
  auto is_digit = [](char c) { return '0' <= c && c <= '9'; };
  if (date.size() < 4 || !is_digit(date[0])) return false;
  std::size_t known = date.size() > 5 && !is_digit(date[5]) ? 4 : date.size();  // "2025-Q2": the year alone
  known = std::min({known, day_of_writing.size(), std::size_t{10}});
  return known >= 4 && date.substr(0, known) > day_of_writing.substr(0, known);
}

/// FNV-1a, 64 bits: the same words give the same number on every machine.
std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  for (char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return seed;
}

/// The same for every statement of a fact in a document: it depends on the predicate and on the values of the roles.
std::string id_of(const Fact& fact, const Document& document) {
  std::vector<std::string> roles;
  for (const auto& arg : fact.args) roles.push_back(fmt::format("{}\x1f{}", arg.role, arg.value));
  std::sort(roles.begin(), roles.end());
  std::uint64_t hash = hash_of(document.id, 0xcbf29ce484222325u);
  hash = hash_of(fact.predicate, hash_of("\x1e", hash));
  for (const auto& role : roles) hash = hash_of(role, hash_of("\x1e", hash));
  return fmt::format("{:016x}", hash);
}

}  // namespace

FactFinder::FactFinder(const PatternSet& set)
    : set_(set), bits_(set), matcher_(set, bits_), modality_(set), asides_(set.language()), clitics_(set) {
  for (const auto& type : set.types())
    if (type->helper) helpers_.push_back(type->name);
}

std::vector<const Type*> FactFinder::types() const {
  std::vector<const Type*> out;
  for (const auto& name : bits_.names())
    if (const Type* type = set_.find_type(name)) out.push_back(type);
  if (const Type* type = out.empty() ? nullptr : set_.find_type(kNominal)) out.push_back(type);
  return out;
}

void FactFinder::find(const Document& document, const TextIndex& index, const Vocabulary& words,
                      const std::vector<Mention>& mentions, std::vector<Fact>& out) {
  matcher_.begin_document(words);
  make_fillers(document.text, index, mentions, bits_, set_.language(), helpers_, fillers_);
  for (Filler& filler : fillers_) filler.span.end += clitics_.behind(document.text, filler.name, filler.span.end);
  std::size_t at = 0;
  while (at < fillers_.size()) {
    std::uint32_t number = fillers_[at].sentence;
    Span sentence = index.sentences[number].span;
    for (std::uint32_t begin = sentence.begin; begin < sentence.end;) {
      std::uint32_t end = sentence.end;
      if (end - begin > kWindow) {
        end = begin + kWindow;
        while (end > begin + kWindow / 2 && document.text[end] != ' ') --end;
        while (end < sentence.end && !is_word_edge(document.text, end)) ++end;
      }
      here_.clear();
      for (std::size_t i = at; i < fillers_.size() && fillers_[i].sentence == number; ++i)
        if (Span{begin, end}.contains(fillers_[i].span)) here_.push_back(&fillers_[i]);
      if (!here_.empty()) find_in_window(document, index, number, {begin, end}, out);
      begin = end;
    }
    while (at < fillers_.size() && fillers_[at].sentence == number) ++at;
  }
}

void FactFinder::find_in_window(const Document& document, const TextIndex& index, std::uint32_t sentence, Span window,
                                std::vector<Fact>& out) {
  hits_.clear();
  auto look = [&](const Stretch& stretch) {
    aside_.clear();
    for (const Filler* filler : here_)
      if (stretch.contains(filler->span)) aside_.push_back(filler);
    matcher_.find(document.text, index, index.sentences[sentence], stretch, aside_, hits_);
  };
  std::vector<Span> asides = asides_.find(document.text, window, here_);
  look({window, asides});
  for (const Span& aside : asides) look({{window.begin, aside.end}});
  hits_.erase(std::remove_if(hits_.begin(), hits_.end(), [](const FactHit& hit) { return !complete(hit); }),
              hits_.end());
  settle(hits_);
  std::size_t from = out.size();
  for (const FactHit& hit : hits_) make_facts(document, sentence, window, hit, out);
  std::vector<bool> covered(out.size() - from);
  for (std::size_t i = from; i < out.size(); ++i) {
    auto covers = [&](std::size_t k) {
      if (k == i || out[k].predicate != out[i].predicate || !within(out[i], out[k])) return false;
      return !within(out[k], out[i]) || k < i;
    };
    for (std::size_t k = from; k < out.size() && !covered[i - from]; ++k) covered[i - from] = covers(k);
  }
  std::size_t to = from;
  for (std::size_t i = from; i < out.size(); ++i) {
    if (covered[i - from]) continue;
    if (to != i) out[to] = std::move(out[i]);
    ++to;
  }
  out.resize(to);
  std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(),
                   [](const Fact& a, const Fact& b) { return a.span.begin < b.span.begin; });
}

void FactFinder::make_facts(const Document& document, std::uint32_t sentence, Span window, const FactHit& hit,
                            std::vector<Fact>& out) {
  for (int member = 1; member <= hit.members; ++member) {
    Fact fact;
    fact.predicate = hit.pattern->type->name;
    fact.pattern = hit.pattern;
    fact.sentence = sentence;
    fact.span = hit.triggers.front();
    for (const FilledRole& role : hit.roles) {
      if (role.member && role.member != member) continue;
      Argument arg = role.filler ? role.filler->argument : Argument{{}, "text", role.span, role.value, {}};
      if (!role.filler)
        if (auto number = parse_number(arg.value, set_.language())) arg.value = number->text();
      arg.role = role.name;
      fact.args.push_back(std::move(arg));
    }
    if (relates_to_itself(fact)) continue;
    auto cover = [&](Span span) {
      fact.span = {std::min(fact.span.begin, span.begin), std::max(fact.span.end, span.end)};
    };
    for (const auto& arg : fact.args) cover(arg.span);
    for (const Span& trigger : hit.triggers) cover(trigger);
    add_keys(document, window, hit, fact);
    out.push_back(std::move(fact));
  }
}

void FactFinder::add_keys(const Document& document, Span window, const FactHit& hit, Fact& fact) {
  auto fill = [&](const Template::Hole& hole) {
    for (const auto& [name, meaning] : hit.words)
      if (name == hole.slot) return meaning;
    return std::string();
  };
  std::string modality;
  if (!hit.pattern->fact.asserted) {
    modality = modality_.find(document.text, window, clause_breaks(document.text, {window}), hit.triggers);
    auto ahead = [&](const Argument& arg) {
      if (arg.role != "date" || !lies_ahead(arg.value, document.date)) return false;
      std::string_view words = std::string_view(document.text).substr(arg.span.begin, arg.span.size());
      return arg.value.size() != 7 || words.find_first_of("0123456789") != std::string_view::npos;  // not "im Dezember"
    };
    if (modality.empty() && std::any_of(fact.args.begin(), fact.args.end(), ahead)) modality = "planned";
  }
  for (const auto& [name, value] : hit.pattern->keys) {
    std::string filled = value.apply(fill);
    if (filled.empty() || (name == "modality" && !modality.empty())) continue;
    fact.keys.push_back({name, filled, false});
  }
  if (!modality.empty()) fact.keys.insert(fact.keys.begin(), {"modality", modality, false});
  fact.keys.push_back({"fact_id", id_of(fact, document), false});
}

}  // namespace fakt
