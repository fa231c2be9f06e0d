// The second half of Weighing: a name that was accepted counts wherever else it stands in its document.

#include <algorithm>
#include <bitset>

#include "extract/evidence.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::size_t kShortest = 3;  ///< bytes of a word that may stand for a whole name

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_word(decode(text, end).value)) end += decode(text, end).size;
  return text.substr(0, end);
}

}  // namespace

/// The name without what may be left off at its end; the whole name if nothing may.
std::string_view Weighing::without_form(std::string_view name) const {
  Regex::Groups groups;
  if (type_.spread.without.empty()) return name;
  const Regex& regex = cache_.get(type_.spread.without, Regex::Prefer::longest);
  if (!regex.captures(name, 0, Regex::Anchor::none, groups)) return name;
  name = name.substr(0, groups[0].first);
  while (name.ends_with(' ') || name.ends_with(',')) name.remove_suffix(1);
  return name;
}

/// A name of the list keeps its entry with a legal form or a genitive: "Nvidia Corp." is NVIDIA.
void Weighing::name_by_list() {
  std::unordered_map<std::string, const Name*> listed;
  for (const auto& h : hypotheses_)
    if (h.lead.name && h.accepted) listed.try_emplace(name_of(h.lead.span), h.lead.name);
  if (listed.empty() || type_.spread.without.empty()) return;
  for (auto& h : hypotheses_) {
    if (!h.accepted || h.lead.name || !h.lead.pattern->spread) continue;
    std::string name = name_of(h.lead.span);
    auto found = listed.find(std::string(without_form(name)));
    if (found != listed.end()) h.lead.name = found->second;
  }
}

void Weighing::add_form(const Hypothesis& from, std::string_view form, double weight) {
  std::string_view word = first_word(form);
  if (word.empty() || weight <= 0) return;
  std::uint32_t hash = hash_word(word);
  auto [begin, end] = forms_.equal_range(hash);
  for (; begin != end; ++begin)
    if (begin->second.text == form && begin->second.like.pattern->reading == from.lead.pattern->reading) {
      if (weight > begin->second.like.score) begin->second.like.score = weight;
      return;
    }
  Candidate like = from.lead;  // its match stays where the name was established: the value comes from there
  if (like.source == Span{}) like.source = like.span;
  like.spread = true;
  like.score = weight;
  forms_.emplace(hash, Form{std::string(form), like});
  form_filter_.set(hash % form_filter_.size());
}

void Weighing::spread() {
  name_by_list();
  forms_.clear();
  form_filter_.reset();
  by_span_.clear();
  const SpreadRules& rules = type_.spread;
  auto alone = [&](std::string_view word) {
    return word.size() >= kShortest && is_upper(decode(word, 0).value) && !is_common(word);
  };
  for (std::size_t i = 0; i < hypotheses_.size(); ++i) {
    const Hypothesis& h = hypotheses_[i];
    by_span_.try_emplace({h.lead.span.begin, h.lead.span.end}, i);
    bool spreads = std::any_of(h.own.begin(), h.own.end(), [](const Candidate* c) { return c->pattern->spread; });
    if (!h.accepted || !spreads || h.lead.pattern->trap) continue;
    std::string name = name_of(h.lead.span);
    add_form(h, name, rules.weight);
    if (h.lead.name && name_of(h.lead.span) == without_form(name)) continue;  // the list knows its forms
    std::string_view core = without_form(name);
    if (core != name && (core.find(' ') != std::string_view::npos || alone(core))) add_form(h, core, rules.weight);
    std::size_t space = core.find(' ');
    if (space == std::string_view::npos) continue;
    if (rules.first && alone(core.substr(0, space))) add_form(h, core.substr(0, space), rules.part);
    std::string_view last = core.substr(core.rfind(' ') + 1);
    if (rules.last && alone(last)) add_form(h, last, rules.part);
  }
  if (forms_.empty()) return;
  std::bitset<256> last;  // bytes of genitive endings
  for (const auto& ending : type_.names.genitive()) last.set(static_cast<unsigned char>(ending.back()));
  for (const Token& token : index_.tokens) {
    if (begins_form(token.hash)) occurrence(token.hash, token);
    if (!last[static_cast<unsigned char>(text_[token.end - 1])]) continue;
    std::string_view word = text_.substr(token.begin, token.end - token.begin);
    for (const auto& ending : type_.names.genitive()) {
      if (word.size() <= ending.size() || !word.ends_with(ending)) continue;
      std::uint32_t hash = hash_word(word.substr(0, word.size() - ending.size()));
      if (begins_form(hash)) occurrence(hash, token);
    }
  }
}

/// Forms whose first word has this hash, where they stand at the token.
void Weighing::occurrence(std::uint32_t hash, const Token& token) {
  auto [from, to] = forms_.equal_range(hash);
  for (; from != to; ++from) {
    const auto& [form, like] = from->second;
    std::string_view here = text_.substr(token.begin, form.size());
    auto same = [](char a, char b) { return a == b || (a == ' ' && b == '\n'); };
    if (here.size() != form.size() || !std::equal(form.begin(), form.end(), here.begin(), same)) continue;
    std::size_t end = token.begin + form.size();
    for (const auto& ending : type_.names.genitive())
      if (!is_word_edge(text_, end) && text_.substr(end).starts_with(ending) &&
          is_word_edge(text_, end + ending.size()))
        end += ending.size();
    std::uint32_t sentence = index_.sentence_at(token.begin);
    if (!is_word_edge(text_, end) || end > index_.sentences[sentence].span.end) continue;
    Candidate c = like;
    c.span = {token.begin, static_cast<std::uint32_t>(end)};
    c.sentence = sentence;
    occurs(c);
  }
}

/// The candidate speaks for what is known of its span, or is a hypothesis of its own.
void Weighing::occurs(const Candidate& c) {
  auto [at, fresh] = by_span_.try_emplace({c.span.begin, c.span.end}, hypotheses_.size());
  if (fresh) {
    bool enough = c.score >= type_.threshold - kRounding;
    hypotheses_.push_back({c, {}, 0, c.score, enough, nullptr, {}});
    return;
  }
  Hypothesis& h = hypotheses_[at->second];
  if (h.accepted || h.beaten_by || h.score < 0 || h.lead.pattern->reading != c.pattern->reading) return;
  h.score += c.score;
  h.accepted = h.score >= type_.threshold - kRounding;
  if (!h.accepted) return;
  bool listed = h.lead.name != nullptr;
  if (!listed) h.lead = c;
}

}  // namespace fakt
