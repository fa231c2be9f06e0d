#include "pattern/builtin.h"
#include "pattern/image.h"
#include "pattern/pattern_set.h"

// What of a pattern set goes into an image, struct by struct. Each is taken apart with a name for every member, so that
// a new one cannot be forgotten here: the build fails. Examples are needed by `fakt check` alone, which reads the files
// themselves.

namespace fakt {
namespace {

struct SetWriter : ImageWriter {
  const FactPrograms* facts = nullptr;  ///< of the set that is written
};

/// The regex of a fact pattern is needed only where it has no program.
void fallback_regex(ImageWriter& writer, const Text& regex, std::uint32_t program) {
  const auto& programs = static_cast<SetWriter&>(writer).facts->programs;
  bool has_program = program != FactPrograms::kNone && programs[program].entry != FactPrograms::kNone;
  if (!has_program) writer(regex);
}

}  // namespace

void fields(ImageWriter& writer, const Place& value) {
  auto& [file, line] = value;
  writer(file, line);
}

void fields(ImageWriter& writer, const StringIndex& value) { writer(value.slots_, value.pool_); }

void fields(ImageWriter& writer, const Slot& value) {
  auto& [name, table, type, many] = value;
  writer(name, table, type, many);
}

void fields(ImageWriter& writer, const TableEntry& value) {
  auto& [regex, listed, meaning, further] = value;
  writer(regex, listed, meaning, further);
}

void fields(ImageWriter& writer, const Table& value) {
  auto& [name, place, entries, regex, exact, folded, open] = value;
  writer(name, place, entries, regex, exact, folded, open);
}

void fields(ImageWriter& writer, const Program& value) {
  auto& [steps] = value;
  writer(steps);
}

void fields(ImageWriter& writer, const ProgramPool& value) {
  auto& [classes, ranges, nodes, bytes, bytes_of, forks, text] = value;
  writer(classes, ranges, nodes, bytes, bytes_of, forks, text);
}

void fields(ImageWriter& writer, const FactPrograms& value) {
  auto& [pool, firsts, steps, groups, ways, parts, programs, modality] = value;
  writer(pool, firsts, steps, groups, ways, parts, programs, modality);
}

void fields(ImageWriter& writer, const Context& value) {
  auto& [regex, program, first, slots] = value;
  writer(regex, program, first, slots);
}

void fields(ImageWriter& writer, const Attachment& value) {
  auto& [regex, slots, program, types, required, sentence] = value;
  fallback_regex(writer, regex, program);
  writer(slots, program, types, required, sentence);
}

void fields(ImageWriter& writer, const Atom& value) {
  auto& [kind, text] = value;
  writer(kind, text);
}

void fields(ImageWriter& writer, const Template::Hole& value) {
  auto& [slot, field, filters] = value;
  writer(slot, field, filters);
}

void fields(ImageWriter& writer, const Template::Piece& value) {
  auto& [literal, hole, group] = value;
  writer(literal, hole, group);
}

void fields(ImageWriter& writer, const Template& value) {
  auto& [pieces, holes] = value;
  writer(pieces, holes);
}

void fields(ImageWriter& writer, const AmountBounds& value) {
  auto& [role, least, most] = value;
  writer(role, least, most);
}

void fields(ImageWriter& writer, const FactWay& value) {
  auto& [number, alternatives, mentions, wordless, words] = value;
  writer(number, alternatives, mentions, wordless);
}

void fields(ImageWriter& writer, const FactParts& value) {
  auto& [program, types, ways, attachments, where, asserted] = value;
  writer(program, types, ways, attachments, where, asserted);
}

void fields(ImageWriter& writer, const Pattern& value) {
  auto& [name, place, type, order, regex, plain, program, approach, slots, marks, before, after, not_before, not_after,
         reject, found_by, first, starts, has_value, value_template, keys, priority, weight, trap, cue, spread, repeat,
         uncommon, extends, scopes, reading, readings, fact, examples, date, lang, own] = value;
  fallback_regex(writer, regex, fact.program);
  writer(name, place, type, order, plain, program, approach, slots, marks, before, after, not_before, not_after, reject,
         first, has_value, value_template, keys, priority, weight, trap, cue, spread, repeat, uncommon, extends, scopes,
         reading, readings, fact, lang, own);
}

void fields(ImageWriter& writer, const Name& value) {
  auto& [canonical, kind, id] = value;
  writer(canonical, kind, id);
}

void fields(ImageWriter& writer, const Gazetteer& value) {
  auto& [names, genitive, articles, clitics, genitive_leads, inflection, weight, ambiguous_weight, has_rules, gathered,
         buckets, spellings, pool, inflected] = value;
  writer(names, genitive, articles, clitics, genitive_leads, inflection, weight, ambiguous_weight, has_rules, buckets,
         spellings, pool, inflected);
}

void fields(ImageWriter& writer, const SpreadRules& value) {
  auto& [without, not_alone, common, weight, part, alone, first, last] = value;
  writer(without, not_alone, common, weight, part, alone, first, last);
}

void fields(ImageWriter& writer, const Group& value) {
  auto& [patterns, everywhere, cues, symbols, lead_bytes, lead_words, starts, anchor, regex_size, trigger] = value;
  writer(patterns, everywhere, cues, symbols, lead_bytes, lead_words, starts, anchor, regex_size);
}

void fields(ImageWriter& writer, const PostingTable& value) {
  auto& [filter, slots, ids, keys, mask, filter_mask] = value;
  writer(filter, slots, ids, keys, mask, filter_mask);
}

void fields(ImageWriter& writer, const TriggerTable& value) {
  auto& [words, prefixes, suffixes, symbols, parts, texts, capitals, prefix_sizes, suffix_sizes, symbol_leads] = value;
  writer(words, prefixes, suffixes, symbols, parts, texts, capitals, prefix_sizes, suffix_sizes, symbol_leads);
}

void fields(ImageWriter& writer, const Type& value) {
  auto& [name, is_fact, own, weighs_evidence, threshold, helper, blocked_by, anchors, needs, least, once, rivals,
         spread, patterns, groups, extensions, names, names_pattern] = value;
  writer(name, is_fact, own, weighs_evidence, threshold, helper, blocked_by, anchors, needs, least, once, rivals,
         spread, patterns, groups, extensions, names, names_pattern);
}

void fields(ImageWriter& writer, const Language& value) {
  auto& [name, lists, tables, macros, fact_macros, number_words] = value;
  writer(name, lists, tables, macros, fact_macros, number_words);
}

void fields(ImageWriter& writer, const PatternSet& value) {
  auto& [language, tables, contexts, types, triggers, fact_triggers, fact_ways, pool, fact_programs] = value;
  static_cast<SetWriter&>(writer).facts = &fact_programs;
  writer(language, tables, contexts, types, triggers, fact_triggers, fact_ways, pool, fact_programs);
}

void fields(ImageWriter& writer, const LanguageHead& value) {
  auto& [name, telling, types] = value;
  writer(name, telling, types);
}

void fields(ImageWriter& writer, const BuiltInFile& value) {
  auto& [path, display, text] = value;
  writer(path, display, text);
}

void fields(ImageWriter& writer, const BuiltIn& value) {
  auto& [languages, sets, files] = value;
  writer(languages, sets, files);
}

std::string freeze(const BuiltIn& builtin) { return SetWriter().write(builtin); }

}  // namespace fakt
