#include "extract/values.h"

#include <algorithm>
#include <utility>

#include "text/unicode.h"
#include "value/number.h"

namespace fakt {
namespace {

Capture capture(const Slot& slot, std::string_view text) {
  return {slot.name, text, slot.table ? slot.table->find(text) : nullptr};
}

void add_captures(std::string_view text, const Array<Slot>& slots, const SlotSpans& spans, std::vector<Capture>& out) {
  out.reserve(slots.size());
  for (std::size_t i = 0; i < slots.size(); ++i)
    if (spans.slots[i]) out.push_back(capture(slots[i], text.substr(spans.slots[i]->begin, spans.slots[i]->size())));
}

/// With several marks, slots inside another mark are that mention's own: they are taken out and returned.
SlotSpans take_other_marks(const Candidate& candidate, SlotSpans& spans) {
  SlotSpans others;
  others.slots.resize(spans.slots.size());
  for (std::size_t i = 0; i < spans.slots.size(); ++i)
    for (std::size_t m = 0; spans.slots[i] && m < spans.marks.size(); ++m)
      if (m != candidate.mark && spans.marks[m] && spans.marks[m]->contains(*spans.slots[i]))
        others.slots[i] = std::exchange(spans.slots[i], std::nullopt);
  return others;
}

std::string fill_hole(const Template::Hole& hole, const Captures& captures, std::string_view mention,
                      const Language& language) {
  std::string out;
  const Capture* c = captures.find(hole.slot);
  if (!c && hole.slot != "text") return out;
  bool as_text = std::find(hole.filters.begin(), hole.filters.end(), "text") != hole.filters.end();
  if (!c) {
    out = mention;
  } else if (!hole.field.empty()) {
    if (!c->entry) return out;
    for (const auto& [name, value] : c->entry->fields)
      if (name == hole.field) out = value;
  } else {
    out = as_text ? c->text : c->meaning();
  }
  for (const auto& filter : hole.filters) {
    if (filter != "number") {
      out = apply_filter(filter, std::move(out));
    } else if (!out.empty()) {
      auto number = parse_number(out, language);
      out = number ? number->text() : "";
    }
  }
  return out;
}

/// In a value a hole may also name a key of the pattern; a key goes before a slot.
template <typename Fill>
std::string fill_from_key(const Template::Hole& hole, const Pattern& pattern, const Mention& mention, Fill fill) {
  bool is_key = hole.field.empty() && std::any_of(pattern.keys.begin(), pattern.keys.end(),
                                                  [&](const auto& key) { return key.first == hole.slot; });
  if (!is_key) return fill(hole);
  std::string out(mention.key(hole.slot));
  for (const auto& filter : hole.filters) out = apply_filter(filter, std::move(out));
  return out;
}

/// White space of any kind as one space.
std::string single_spaced(std::string_view text) {
  auto plain = [](char c) { return c > ' ' && c < 0x7F; };
  std::size_t at = 0;
  while (at < text.size() && (plain(text[at]) || (text[at] == ' ' && at > 0 && plain(text[at - 1])))) ++at;
  if (at == text.size()) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto [c, size] = decode(text, i);
    if (!is_space(c))
      out.append(text, i, size);
    else if (!out.ends_with(' '))
      out += ' ';
    i += size;
  }
  return out;
}

void set_key(Mention& mention, std::string_view name, std::string value, bool number) {
  if (value.empty()) return;
  for (auto& key : mention.keys)
    if (key.name == name) return;
  constexpr std::size_t kUsual = 4;
  if (mention.keys.empty()) mention.keys.reserve(kUsual);
  mention.keys.push_back({name, std::move(value), number});
}

/// Numbers that a JSON reader with doubles would not get back are left out.
bool is_inexact(const Attribute& key) {
  std::string_view text = key.value;
  if (!key.number || text.size() <= Decimal::kExactDigits) return false;
  std::size_t point = std::min(text.find('.'), text.size());
  return !Decimal(text.substr(0, point), text.substr(std::min(point + 1, text.size()))).fits_double();
}

}  // namespace

bool make_mention(const Candidate& candidate, Matcher& matcher, const TextIndex& index, const ValueContext& context,
                  Mention& mention) {
  const Pattern& pattern = *candidate.pattern;
  if (pattern.trap) return false;
  std::string_view text = context.document.text;
  std::string_view own = text.substr(candidate.span.begin, candidate.span.size());
  mention.span = candidate.span;
  mention.type = pattern.type->name;
  mention.pattern = &pattern;
  mention.score = candidate.score;
  mention.sentence = candidate.sentence;

  Captures captures, beside;
  if (pattern.marks > 1 || !pattern.slots.empty()) {
    SlotSpans& spans = matcher.search().slots(text, pattern, candidate.match);
    SlotSpans others;
    if (pattern.marks > 1) others = take_other_marks(candidate, spans);
    add_captures(text, pattern.slots, spans, captures.items);
    if (pattern.marks > 1) add_captures(text, pattern.slots, others, captures.partners);
  }
  Span sentence = index.sentences[candidate.sentence].span;
  for (bool before : {true, false}) {
    const Context& c = before ? *pattern.before : *pattern.after;
    if (!c.slots.empty())
      add_captures(text, c.slots, matcher.search().context_slots(text, sentence, pattern, candidate.span, before),
                   beside.items);
  }
  Captures joined;
  if (!beside.items.empty()) {
    joined = captures;
    joined.items.insert(joined.items.end(), beside.items.begin(), beside.items.end());
  }
  const Captures& all = beside.items.empty() ? captures : joined;

  auto fill = [&](const Template::Hole& h) { return fill_hole(h, all, own, context.language); };
  if (candidate.name) set_key(mention, "kind", candidate.name->kind.str(), false);
  if (candidate.spread) set_key(mention, "evidence", "document", false);
  for (const auto& [name, value] : pattern.keys) set_key(mention, name, value.apply(fill), value.is_number());
  if (candidate.name && pattern.type->weighs_evidence) set_key(mention, "evidence", "name", false);
  if (candidate.name)
    mention.value = candidate.name->canonical.view();
  else if (pattern.has_value)
    mention.value =
        pattern.value.apply([&](const Template::Hole& h) { return fill_from_key(h, pattern, mention, fill); });
  else if (captures.items.size() == 1 && captures.items[0].text == own && captures.items[0].entry && !context.normalize)
    mention.value = captures.items[0].meaning();
  else if (candidate.source != Span{})
    mention.value = single_spaced(text.substr(candidate.source.begin, candidate.source.size()));
  else
    mention.value = single_spaced(own);
  if (!pattern.has_value && !candidate.name)
    if (context.normalize && !context.normalize(all, context, mention)) return false;
  for (const auto& c : beside.items) set_key(mention, c.slot, std::string(c.meaning()), false);
  std::erase_if(mention.keys, is_inexact);
  return true;
}

}  // namespace fakt
