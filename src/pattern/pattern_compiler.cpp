#include "pattern/pattern_compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "pattern/approach.h"
#include "pattern/fact_syntax.h"
#include "pattern/regex.h"

namespace fakt {

void PatternCompiler::spread(SourceFile& file, const SpreadText& text, Type& type) {
  const std::string& letter_case = file.text.letter_case;
  type.spread.without = context(file, text.without, letter_case, "spread", false);
  type.spread.not_alone = context(file, text.not_alone, letter_case, "spread", false);
  type.spread.common = text.common;
  type.spread.weight = text.weight, type.spread.part = text.part, type.spread.alone = text.alone;
  type.spread.first = text.first, type.spread.last = text.last;
}

std::unique_ptr<Pattern> PatternCompiler::pattern(SourceFile& file, const PatternText& text, const Type& type) {
  auto out = std::make_unique<Pattern>();
  Pattern& p = *out;
  p.name = text.name;
  p.place = {file.text.path, text.line};
  p.type = &type;
  p.priority = text.priority;
  p.weight = text.weight.value_or(type.threshold);
  p.trap = text.trap, p.cue = text.cue, p.spread = text.spread, p.repeat = text.repeat, p.uncommon = text.uncommon;
  for (auto [scope, weight] : text.scopes) p.scopes.emplace_back(scope, weight.value_or(p.weight));
  p.extends = text.extends;
  p.reading = text.reading, p.readings = text.readings;
  p.examples = text.examples;
  p.date = file.text.date;
  p.lang = file.text.lang;
  p.own = file.own;
  const std::string& letter_case = text.letter_case.empty() ? file.text.letter_case : text.letter_case;
  if (type.is_fact) return fact(file, text, letter_case, p), std::move(out);
  Compiled match = compile(file, text.match, letter_case, p.name);
  find_trigger(file, text, match.tree, letter_case, p);
  p.regex = std::move(match.with_captures);
  p.plain = std::move(match.plain);
  p.slots = std::move(match.slots);
  p.marks = match.marks;
  p.program = programs_.compile(match.tree);
  if (p.found_by) p.approach = approach(*p.found_by);
  p.before = context(file, text.before, letter_case, p.name, true);
  p.after = context(file, text.after, letter_case, p.name, false);
  p.not_before = context(file, text.not_before, letter_case, p.name, true);
  p.not_after = context(file, text.not_after, letter_case, p.name, false);
  p.reject = context(file, text.reject, letter_case, p.name, false);
  templates(text, p);
  return out;
}

const Context* PatternCompiler::context(SourceFile& file, const Written& written, const std::string& letter_case,
                                        std::string_view name, bool backwards) {
  if (written.text.empty()) return &kNoContext;
  Compiled compiled = compile(file, written, letter_case, name);
  Node tree = backwards ? reversed(compiled.tree) : std::move(compiled.tree);
  std::string regex = emit_regex(tree, Emit::captures), key = regex;
  for (const Slot& slot : compiled.slots) key += fmt::format("\n{} {}", slot.name, fmt::ptr(slot.table.get()));
  auto [at, fresh] = known_contexts_.try_emplace(std::move(key));
  if (fresh) {
    contexts_.push_back(
        std::make_unique<Context>(Context{std::move(regex), programs_.compile(tree), {}, std::move(compiled.slots)}));
    at->second = contexts_.back().get();
    add_first_bytes(tree, contexts_.back()->first);
  }
  return at->second;
}

Program PatternCompiler::approach(Trigger& trigger) {
  Program program = programs_.compile(reversed(loosened(std::exchange(trigger.approach, {}))));
  return program.empty() ? programs_.compile(any_text()) : program;
}

/// By what words the pattern is found: those that its file names, else those that it requires.
std::optional<Trigger> PatternCompiler::trigger(SourceFile& file, const PatternText& text, const Node& tree,
                                                const std::string& letter_case) {
  if (text.trigger.text.empty()) return derive_trigger(tree, frequent_);
  Node named = compile(file, text.trigger, letter_case, text.name).tree;
  auto trigger = derive_trigger(tree, named, frequent_);
  if (!trigger)
    diagnostics_.add({file.text.path, text.trigger.line},
                     fmt::format("{}: {}", text.name,
                                 derive_trigger(named, frequent_) ? "a match need not hold a word of this trigger"
                                                                  : "no word or sign is required by this trigger"));
  return trigger;
}

void PatternCompiler::find_trigger(SourceFile& file, const PatternText& text, const Node& tree,
                                   const std::string& letter_case, Pattern& p) {
  add_first_bytes(tree, p.first);
  p.starts = make_owned<WordFilter>(starts_of(tree));
  if (!p.extends.empty()) return;  // found by the name before it
  if (auto found = trigger(file, text, tree, letter_case)) p.found_by = make_owned<Trigger>(std::move(*found));
}

/// The parts of a fact pattern. Its regex is guarded by word edges, which the extractor checks for mentions itself.
void PatternCompiler::fact(SourceFile& file, const PatternText& text, const std::string& letter_case, Pattern& p) {
  Written written = text.match;
  if (!text.any_order.empty())
    written = {any_order_regex(text.any_order, text.gap.text.empty() ? "{gap}" : text.gap.text),
               text.any_order[0].line};
  Compiled match = compile(file, written, letter_case, p.name, &text);
  if (match.with_captures.empty()) return;
  p.regex = between_words(match.with_captures);
  p.fact.program = fact_programs_.add(match.with_captures, FactCompiler::Use::between_words);
  p.slots = std::move(match.slots);
  p.marks = match.marks;
  p.fact.types = std::move(match.types);
  p.fact.ways = ways_of(parse_regex(match.with_captures), frequent_);
  if (!text.trigger.text.empty())
    if (auto named = trigger(file, text, without_mentions(match.tree), letter_case))
      for (FactWay& way : p.fact.ways) way.words = named->atoms, way.wordless = false;
  if (p.marks == 0) diagnostics_.add(p.place, fmt::format("{}: put «…» around the word that states the fact", p.name));
  for (bool sentence : {false, true})
    for (const Written& part : sentence ? text.sentence : text.clause) {
      Compiled c = compile(file, part, letter_case, p.name, &text);
      if (!c.with_captures.empty() && c.slots.empty())
        diagnostics_.add({file.text.path, part.line}, fmt::format("{}: a further role needs a slot", p.name));
      p.fact.attachments.push_back({between_words(c.with_captures), std::move(c.slots),
                                    fact_programs_.add(c.with_captures, FactCompiler::Use::between_words),
                                    std::move(c.types), required_mentions(c.tree), sentence});
    }
  p.fact.asserted = text.asserted;
  for (const auto& [role, bounds] : text.where) bound(role, bounds, p);
  templates(text, p);
}

/// "1000..", "..1000" or "10..1000".
void PatternCompiler::bound(const std::string& role, const std::string& bounds, Pattern& p) {
  AmountBounds out{role, 0, std::numeric_limits<double>::infinity()};
  std::size_t dots = bounds.find("..");
  auto read = [](std::string_view text, double& value) {
    return text.empty() ||
           std::from_chars(text.data(), text.data() + text.size(), value).ptr == text.data() + text.size();
  };
  bool fine = dots != std::string::npos && read(std::string_view(bounds).substr(0, dots), out.least) &&
              read(std::string_view(bounds).substr(dots + 2), out.most);
  if (!fine)
    diagnostics_.add(p.place,
                     fmt::format("{}: where takes bounds as \"1000..\" or \"..1000\", not {}", p.name, bounds));
  p.fact.where.push_back(out);
}

/// `fact`: the fact pattern that the regex belongs to.
PatternCompiler::Compiled PatternCompiler::compile(SourceFile& file, const Written& written,
                                                   const std::string& letter_case, std::string_view name,
                                                   const PatternText* fact) {
  if (written.text.empty()) return {};
  Place place{file.text.path, written.line};
  try {
    Expanded expanded = expand_regex(written.text, Spaces::nothing, [&](std::string_view n) {
      if (fact)  // the last of a name is the pattern's, those before it are of [default]
        for (auto own = fact->macros.rbegin(); own != fact->macros.rend(); ++own)
          if (own->first == n) return Named{Named::Kind::macro, own->second.text, nullptr, {}};
      return scope_.look_up(file, n, fact != nullptr);
    });
    if (file.own) {
      if (auto fault = check_regex(expanded.regex)) {
        report(place, written, fault->reason, fault->fragment, name, diagnostics_);
        return {};
      }
    }
    Node node = parse_regex(expanded.regex);
    if (letter_case == "first") free_initial_capital(node);
    if (letter_case == "any") fold_case(node);
    return {emit_regex(node, Emit::captures), emit_regex(node, Emit::plain),
            std::move(expanded.slots),        expanded.marks,
            std::move(expanded.types),        std::move(node)};
  } catch (const std::runtime_error& e) {
    report(place, written, e.what(), "", name, diagnostics_);
    return {};
  }
}

void PatternCompiler::templates(const PatternText& text, Pattern& p) {
  try {
    if (text.value) p.value = Template(*text.value), p.has_value = true;
    for (const auto& [key, value] : text.keys) p.keys.emplace_back(key, Template(value));
  } catch (const Error& e) {
    return diagnostics_.add(p.place, fmt::format("{}: {}", p.name, e.what()));
  }
  std::vector<std::string> keys;
  for (const auto& [key, value] : p.keys) {
    for (const auto& hole : value.holes()) check_hole(p, hole, {"text"});
    keys.push_back(key.str());
  }
  keys.emplace_back("text");
  for (const auto& hole : p.value.holes()) check_hole(p, hole, keys);
}

/// `names`: what a hole may name besides the slots.
void PatternCompiler::check_hole(const Pattern& p, const Template::Hole& hole, std::vector<std::string> names) {
  for (const auto* slots : {&p.slots, &p.before->slots, &p.after->slots})
    for (const auto& slot : *slots) names.push_back(slot.name.str());
  for (const auto& attachment : p.fact.attachments)
    for (const auto& slot : attachment.slots) names.push_back(slot.name.str());
  if (std::find(names.begin(), names.end(), hole.slot) == names.end())
    diagnostics_.add(p.place, fmt::format("{}: the template names {{{}}}, which is no slot of the pattern{}", p.name,
                                          hole.slot, did_you_mean(hole.slot, names)));
}

}  // namespace fakt
