#include "pattern/image.h"
#include "pattern/pattern_set.h"

// What of a pattern set is frozen, struct by struct. Each is taken apart with a name for every member, so that a new
// one cannot be forgotten here: the build fails. Examples are needed by `fakt check` alone, which reads the files
// themselves.

namespace fakt {
namespace {

/// A pattern set's archive: slots and languages name tables by their number.
template <typename Base>
struct SetArchive : Base {
  using Base::Base;
  std::vector<std::unique_ptr<Table>>* tables = nullptr;
  std::vector<std::unique_ptr<Context>>* contexts = nullptr;
  const FactPrograms* facts = nullptr;
};

/// A pointer to one of the things in a list, as its number there; `none` for a pointer to nothing.
template <typename Archive, typename T>
void reference(Archive& archive, std::vector<std::unique_ptr<T>>& list, const T*& item, const T* none) {
  constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t number = kNone;
  if constexpr (!Archive::kReads)
    for (std::uint32_t i = 0; i < list.size(); ++i)
      if (list[i].get() == item) number = i;
  archive(number);
  if constexpr (Archive::kReads) item = number == kNone ? none : list[number].get();
}

template <typename Archive>
void table_reference(Archive& archive, const Table*& table) {
  reference<Archive, Table>(archive, *static_cast<SetArchive<Archive>&>(archive).tables, table, nullptr);
}

template <typename Archive>
void context_reference(Archive& archive, const Context*& context) {
  reference<Archive, Context>(archive, *static_cast<SetArchive<Archive>&>(archive).contexts, context, &kNoContext);
}

/// The regex of a fact pattern is needed only where it has no program.
template <typename Archive>
void fallback_regex(Archive& archive, std::string& regex, std::uint32_t program) {
  if constexpr (!Archive::kReads) {
    const auto& programs = static_cast<SetArchive<Archive>&>(archive).facts->programs;
    if (program != FactPrograms::kNone && programs[program].entry != FactPrograms::kNone) return archive(std::string());
  }
  archive(regex);
}

}  // namespace

template <typename Archive>
void fields(Archive& archive, Place& value) {
  auto& [file, line] = value;
  archive(file, line);
}

template <typename Archive>
void fields(Archive& archive, Slot& value) {
  auto& [name, table, type, many] = value;
  archive(name, type, many);
  table_reference(archive, table);
}

template <typename Archive>
void fields(Archive& archive, TableEntry& value) {
  auto& [regex, listed, meaning, further] = value;
  archive(regex, listed, meaning, further);
}

template <typename Archive>
void fields(Archive& archive, Table& value) {
  auto& [name, place, entries, regex, exact, folded, open] = value;
  archive(name, place, entries, regex, exact, folded, open);
}

template <typename Archive>
void fields(Archive& archive, Program& value) {
  auto& [steps] = value;
  archive(steps);
}

template <typename Archive>
void fields(Archive& archive, ProgramPool& value) {
  auto& [classes, ranges, nodes, bytes, bytes_of, forks, text] = value;
  archive(classes, ranges, nodes, bytes, bytes_of, forks, text);
}

template <typename Archive>
void fields(Archive& archive, FactPrograms& value) {
  auto& [pool, firsts, steps, groups, parts, programs, modality] = value;
  archive(pool, firsts, steps, groups, parts, programs, modality);
}

template <typename Archive>
void fields(Archive& archive, Context& value) {
  auto& [regex, program, first, slots] = value;
  archive(regex, program, first, slots);
}

template <typename Archive>
void fields(Archive& archive, Attachment& value) {
  auto& [regex, slots, program, types, required, sentence] = value;
  fallback_regex(archive, regex, program);
  archive(slots, program, types, required, sentence);
}

template <typename Archive>
void fields(Archive& archive, Atom& value) {
  auto& [kind, text] = value;
  archive(kind, text);
}

template <typename Archive>
void fields(Archive& archive, Trigger& value) {
  auto& [atoms, cost, lead_bytes, lead_words, lead, anchor] = value;
  archive(atoms, cost, lead_bytes, lead_words);
}

template <typename Archive>
void fields(Archive& archive, Template::Hole& value) {
  auto& [slot, field, filters] = value;
  archive(slot, field, filters);
}

template <typename Archive>
void fields(Archive& archive, Template::Piece& value) {
  auto& [literal, hole, group] = value;
  archive(literal, hole, group);
}

template <typename Archive>
void fields(Archive& archive, Template& value) {
  auto& [pieces, holes] = value;
  archive(pieces, holes);
}

template <typename Archive>
void fields(Archive& archive, AmountBounds& value) {
  auto& [role, least, most] = value;
  archive(role, least, most);
}

template <typename Archive>
void fields(Archive& archive, FactParts& value) {
  auto& [stated_by, program, trigger_program, words, types, required, attachments, where, asserted] = value;
  archive(stated_by, program, trigger_program, words, types, required, attachments, where, asserted);
}

template <typename Archive>
void fields(Archive& archive, Pattern& value) {
  auto& [name, place, type, order, regex, plain, program, slots, marks, before, after, not_before, not_after, reject,
         found_by, first, starts, has_value, value_template, keys, priority, weight, trap, cue, spread, repeat,
         uncommon, extends, scopes, reading, readings, fact, examples, date, lang, own] = value;
  fallback_regex(archive, regex, fact.program);
  archive(name, place, order, plain, program, slots, marks);
  for (auto* context : {&before, &after, &not_before, &not_after, &reject}) context_reference(archive, *context);
  archive(first, has_value, value_template, keys, priority, weight, trap, cue, spread, repeat, uncommon, extends,
          scopes, reading, readings, fact, lang, own);
}

template <typename Archive>
void fields(Archive& archive, Name& value) {
  auto& [canonical, kind, id] = value;
  archive(canonical, kind, id);
}

template <typename Archive>
void fields(Archive& archive, Gazetteer& value) {
  auto& [names, genitive, weight, ambiguous_weight, gathered, buckets, spellings, pool, inflected] = value;
  archive(names, genitive, weight, ambiguous_weight, buckets, spellings, pool, inflected);
}

template <typename Archive>
void fields(Archive& archive, SpreadRules& value) {
  auto& [without, not_alone, common, weight, part, first, last] = value;
  context_reference(archive, without);
  context_reference(archive, not_alone);
  archive(common, weight, part, first, last);
}

template <typename Archive>
void fields(Archive& archive, WordFilter& value) {
  auto& [pairs, heads, symbols, any_symbol] = value;
  archive(pairs[0], pairs[1], heads, symbols, any_symbol);
}

template <typename Archive>
void fields(Archive& archive, Group& value) {
  auto& [patterns, everywhere, cues, words, parts, lead_bytes, lead_words, starts, lead, anchor, regex_size, trigger] =
      value;
  archive(patterns, everywhere, cues, words, parts, lead_bytes, lead_words, starts, lead, anchor, regex_size);
}

template <typename Archive>
void fields(Archive& archive, Type& value) {
  auto& [name, is_fact, own, weighs_evidence, threshold, helper, blocked_by, anchors, needs, least, once, rivals,
         spread, patterns, groups, extensions, names, names_pattern] = value;
  archive(name, is_fact, own, weighs_evidence, threshold, helper, blocked_by, anchors, needs, least, once, rivals,
          spread, patterns, groups, names, names_pattern);
  if constexpr (Archive::kReads) {
    for (auto& pattern : patterns) {
      pattern->type = &value;
      if (!pattern->extends.empty()) extensions.push_back(pattern.get());
    }
    if (names_pattern) names_pattern->type = &value;
  }
}

template <typename Archive>
void fields(Archive& archive, Language& value) {
  auto& [name, lists, tables, number_words] = value;
  archive(name, lists);
  std::vector<std::string> table_names;
  for (const auto& [table_name, table] : tables) table_names.push_back(table_name);
  archive(table_names);
  for (const auto& table_name : table_names) table_reference(archive, tables[table_name]);
  table_reference(archive, number_words);
}

template <typename Archive>
void fields(Archive& archive, PatternSet& value) {
  auto& [language, tables, contexts, types, pool, fact_programs] = value;
  archive(pool, fact_programs, tables, contexts, language, types);  // first what others name
}

std::string PatternSet::freeze() const {
  SetArchive<ImageWriter> archive;
  auto& set = const_cast<PatternSet&>(*this);  // fields() serves both ways
  archive.tables = &set.tables_;
  archive.contexts = &set.contexts_;
  archive.facts = &set.fact_programs_;
  fields<ImageWriter>(archive, set);
  return archive.take();
}

std::unique_ptr<PatternSet> PatternSet::thaw(std::string_view image) {
  auto set = std::make_unique<PatternSet>();
  SetArchive<ImageReader> archive(image);
  archive.tables = &set->tables_;
  archive.contexts = &set->contexts_;
  fields<ImageReader>(archive, *set);
  return set;
}

}  // namespace fakt
