// The second half of Weighing: a name that was accepted counts wherever else it stands in its document.

#include <algorithm>
#include <utility>

#include "extract/evidence.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::size_t kShortest = 3;  ///< bytes of a word that may stand for a whole name

}  // namespace

/// The words of a name: without a genitive ending, all gaps a space.
std::string_view Weighing::name_of(Span span) {
  std::string_view name = text_.substr(span.begin, span.size());
  if (last_bytes_[static_cast<unsigned char>(name.back())])
    for (const auto& ending : type_.names.genitive())
      if (name.size() > ending.size() + 2 && name.ends_with(ending)) {
        name.remove_suffix(ending.size());
        break;
      }
  if (name.find('\n') == std::string_view::npos) return name;
  std::string& mended = mended_.emplace_back(name);
  std::replace(mended.begin(), mended.end(), '\n', ' ');
  return mended;
}

std::uint32_t Weighing::id_of(std::string_view name, const Text* reading) {
  std::uint32_t id = names_.of(name, reading);
  if (id == known_.size()) known_.emplace_back();
  return id;
}

/// Whether every word of the name is one that never stands for a name alone.
bool Weighing::is_common(std::uint32_t name) {
  const SpreadRules& rules = type_.spread;
  if (rules.not_alone->empty() && rules.common.empty()) return false;
  if (known_[name].common >= 0) return known_[name].common;
  bool common = true;
  for (std::string_view rest = names_.name(name); common && !rest.empty();) {
    std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    common = is_common_word(word);
  }
  known_[name].common = common;
  return common;
}

bool Weighing::is_common_word(std::string_view word) {
  const SpreadRules& rules = type_.spread;
  const StringIndex& list = language_.list(rules.common);
  if (list.contains(word)) return true;
  for (const auto& ending : type_.names.genitive())
    if (word.ends_with(ending) && list.contains(word.substr(0, word.size() - ending.size()))) return true;
  const Context& context = *rules.not_alone;
  return !context.empty() &&
         runner_.exactly(context.regex, context.program, word, 0, static_cast<std::uint32_t>(word.size()), nullptr);
}

/// The name without what may be left off at its end; the whole name if nothing may.
std::string_view Weighing::core_of(std::uint32_t id) {
  std::string_view name = names_.name(id);
  const Context& without = *type_.spread.without;
  if (without.empty()) return name;
  if (known_[id].core != kNone) return name.substr(0, known_[id].core);
  auto size = static_cast<std::uint32_t>(name.size());
  std::string_view core = name;
  for (std::uint32_t at = 0; at < size && core.size() == size; ++at)
    if (without.first[static_cast<unsigned char>(name[at])] &&
        runner_.exactly(without.regex, without.program, name, at, size, nullptr))
      core = name.substr(0, at);
  if (core.size() < size)
    while (core.ends_with(' ') || core.ends_with(',')) core.remove_suffix(1);
  known_[id].core = static_cast<std::uint32_t>(core.size());
  return core;
}

/// A name of the list keeps its entry with a legal form or a genitive: "Nvidia Corp." is NVIDIA.
void Weighing::name_by_list() {
  if (type_.spread.without->empty()) return;
  bool any = false;
  for (const auto& h : hypotheses_) {
    if (!h.listed || !h.accepted) continue;
    Known& words = known_[id_of(names_.name(h.name), nullptr)];
    if (!words.listed) words.listed = h.listed;
    any = true;
  }
  if (!any) return;
  for (auto& h : hypotheses_)
    if (h.accepted && !h.listed && candidates()[h.lead].pattern->spread)
      h.listed = known_[id_of(core_of(h.name), nullptr)].listed;
}

void Weighing::spread(Forms& forms) {
  name_by_list();
  passed_ = 0;
  std::size_t from = forms.size();
  Span outer{};
  for (const auto& h : hypotheses_) {
    if (!h.accepted) continue;
    bool is_part = outer.end >= h.span.end && outer != h.span;  // of a longer name: they come from left to right
    if (h.span.end > outer.end) outer = h.span;
    if (h.spreads && !is_part && !candidates()[h.lead].pattern->trap) add_forms(h, forms);
  }
  forms.inflect(from, word_endings_);
}

bool Weighing::may_stand_alone(std::string_view word) {
  return word.size() >= kShortest && is_upper(decode(word, 0).value) && !is_common(id_of(word, nullptr));
}

/// Adds the forms of a name, once.
void Weighing::add_forms(const Hypothesis& h, Forms& forms) {
  const SpreadRules& rules = type_.spread;
  Known& known = known_[h.name];
  if (std::exchange(known.is_spread, true)) return;
  std::string_view name = names_.name(h.name), core = core_of(h.name);
  add_form(h, name, rules.weight, 0, forms);
  std::size_t space = core.find(' ');
  if (core != name && (space != std::string_view::npos || may_stand_alone(core)))
    add_form(h, core, rules.weight, 0, forms);
  if (space == std::string_view::npos) return;
  std::string_view first = core.substr(0, space), last = core.substr(core.rfind(' ') + 1);
  if (rules.first && may_stand_alone(first)) add_form(h, first, rules.part, rules.alone, forms);
  if (rules.last && may_stand_alone(last)) add_form(h, last, rules.part, rules.alone, forms);
}

void Weighing::add_form(const Hypothesis& from, std::string_view form, double weight, double alone, Forms& forms) {
  if (weight <= 0 && alone <= 0) return;
  std::uint32_t id = id_of(form, &reading_of(from));
  std::uint32_t& number = known_[id].form;
  if (number == kNone) {
    number = forms.add({this, form, from.listed, weight, alone, from.lead});
    return;
  }
  Form& known = forms[number];
  known.weight = std::max(known.weight, weight);
  known.alone = std::max(known.alone, alone);
}

void find_forms(std::string_view text, const TextIndex& index, Forms& forms) {
  if (forms.empty()) return;
  forms.finish();
  forms.doubt_small_words(text, index.tokens);
  std::uint32_t sentence = 0;
  Forms::Filter filter = forms.filter();
  for (const Token& token : index.tokens) {
    std::uint32_t key = Forms::key(token.hash, text[token.begin]);
    if (!filter.may_have(key)) continue;
    while (index.sentences[sentence].span.end <= token.begin) ++sentence;
    forms.find(text.substr(token.begin), key, [&](const Form& f) { f.weighing->occurrence(f, token, sentence); });
  }
}

/// Whether the words beside the span belong to no name that it is a part of: "Merit grew", but not "Merit Park" or
/// "Fort Merit".
bool Weighing::stands_alone(Span span, const Token& token, std::uint32_t sentence) {
  const Sentence& within = index_->sentences[sentence];
  std::size_t behind = span.end;
  bool joined = behind < text_.size() && (text_[behind] == '-' || text_[behind] == '&' || text_[behind] == '/');
  while (behind < within.span.end && text_[behind] == ' ') ++behind;
  if (joined || (behind < within.span.end && text_[behind] == '&')) return false;
  auto starts_name = [&](std::size_t at) {
    char32_t c = decode(text_, at).value;
    return is_upper(c) || (c >= '0' && c <= '9');
  };
  if (behind > span.end && behind < within.span.end && starts_name(behind)) return false;
  auto number = static_cast<std::uint32_t>(&token - index_->tokens.data());
  if (number == within.first_token) return true;
  const Token& before = index_->tokens[number - 1];
  std::string_view between = text_.substr(before.end, token.begin - before.end);
  if (between == "-" || between == "&" || between == " & " || between == "/") return false;
  bool initial = between == ". " && before.end == before.begin + 1;
  if ((between != " " && !initial) || !starts_name(before.begin)) return true;
  return !initial &&
         (number - 1 == within.first_token ||
          language_.list(type_.spread.common).contains(text_.substr(before.begin, before.end - before.begin)));
}

/// Unless the words go on there, the form speaks for what is known of its span, or is a hypothesis of its own.
void Weighing::occurrence(const Form& form, const Token& token, std::uint32_t sentence) {
  std::size_t end = token.begin + form.text.size();
  bool whole = is_word_edge(text_, end);
  for (const auto& ending : type_.names.genitive()) {
    if (whole) break;
    whole = text_.substr(end).starts_with(ending) && is_word_edge(text_, end + ending.size());
    if (whole) end += ending.size();
  }
  if (!whole || end > index_->sentences[sentence].span.end) return;
  Span span{token.begin, static_cast<std::uint32_t>(end)};
  double weight = form.weight;
  if (form.alone > weight && stands_alone(span, token, sentence)) weight = form.alone;
  if (weight <= 0) return;
  Hypothesis* h = known_at(span);
  if (!h) {
    h = &hypotheses_.emplace_back(Hypothesis{span, sentence, form.lead, kNone, kNone, form.name});
    h->spread = true;
    h->score = weight;
    h->accepted = h->score >= type_.threshold - kRounding;
    return;
  }
  if (h->accepted || h->beaten_by || h->score < 0 || reading_of(*h) != candidates()[form.lead].pattern->reading) return;
  h->score += weight;
  h->accepted = h->score >= type_.threshold - kRounding;
  if (h->accepted && !h->listed) h->lead = form.lead, h->listed = form.name, h->spread = true, h->sentence = sentence;
}

/// The first hypothesis of a span; null if there is none. Spans are asked for in the order of their begin.
Weighing::Hypothesis* Weighing::known_at(Span span) {
  while (passed_ < own_ && hypotheses_[passed_].span.begin < span.begin) ++passed_;
  for (std::size_t i = passed_; i < own_ && hypotheses_[i].span.begin == span.begin; ++i)
    if (hypotheses_[i].span == span) return &hypotheses_[i];
  for (std::size_t i = hypotheses_.size(); i > own_ && hypotheses_[i - 1].span.begin == span.begin; --i)
    if (hypotheses_[i - 1].span == span) return &hypotheses_[i - 1];
  return nullptr;
}

}  // namespace fakt
