#include "pattern/image.h"
#include "pattern/pattern_set.h"

// What of a pattern set is frozen, struct by struct. Examples, and where slots are written, are needed by `fakt check`
// alone, which reads the pattern files themselves.

namespace fakt {
namespace {

/// A pattern set's archive: slots and languages name tables by their number.
template <typename Base>
struct SetArchive : Base {
  using Base::Base;
  std::vector<std::unique_ptr<Table>>* tables = nullptr;
};

template <typename Archive>
void table_reference(Archive& archive, const Table*& table) {
  constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t number = kNone;
  auto& tables = *static_cast<SetArchive<Archive>&>(archive).tables;
  if constexpr (!Archive::kReads)
    for (std::uint32_t i = 0; i < tables.size(); ++i)
      if (tables[i].get() == table) number = i;
  archive(number);
  if constexpr (Archive::kReads) table = number == kNone ? nullptr : tables[number].get();
}

}  // namespace

template <typename Archive>
void fields(Archive& archive, Place& place) {
  archive(place.file, place.line);
}

template <typename Archive>
void fields(Archive& archive, Slot& slot) {
  archive(slot.name, slot.type, slot.many);
  table_reference(archive, slot.table);
}

template <typename Archive>
void fields(Archive& archive, TableEntry& entry) {
  archive(entry.regex, entry.meaning, entry.fields);
}

template <typename Archive>
void fields(Archive& archive, Table& table) {
  archive(table.name, table.place, table.entries, table.exact_, table.folded_, table.open_);
}

template <typename Archive>
void fields(Archive& archive, Context& context) {
  archive(context.regex, context.slots);
}

template <typename Archive>
void fields(Archive& archive, Attachment& attachment) {
  archive(attachment.regex, attachment.slots, attachment.types, attachment.sentence);
}

template <typename Archive>
void fields(Archive& archive, Atom& atom) {
  archive(atom.kind, atom.text);
}

template <typename Archive>
void fields(Archive& archive, Trigger& trigger) {
  archive(trigger.atoms, trigger.cost, trigger.lead_bytes, trigger.lead_words);
}

template <typename Archive>
void fields(Archive& archive, Template::Hole& hole) {
  archive(hole.slot, hole.field, hole.filters);
}

template <typename Archive>
void fields(Archive& archive, Template::Piece& piece) {
  archive(piece.literal, piece.hole, piece.group);
}

template <typename Archive>
void fields(Archive& archive, Template& value) {
  archive(value.pieces_, value.holes_);
}

template <typename Archive>
void fields(Archive& archive, Pattern& p) {
  archive(p.name, p.place, p.order, p.regex, p.plain, p.slots, p.marks, p.before, p.after, p.not_before, p.not_after,
          p.reject, p.found_by, p.first, p.has_value, p.value, p.keys, p.priority, p.weight, p.trap, p.cue, p.spread,
          p.repeat, p.scopes, p.reading, p.readings, p.stated_by, p.types, p.required, p.attachments, p.lang);
}

template <typename Archive>
void fields(Archive& archive, Name& name) {
  archive(name.canonical, name.kind, name.id, name.ambiguous);
}

template <typename Archive>
void fields(Archive& archive, Gazetteer& g) {
  archive(g.names_, g.genitive_, g.weight_, g.ambiguous_weight_, g.buckets_, g.spellings_, g.pool_,
          g.inflected_first_words_);
}

template <typename Archive>
void fields(Archive& archive, Type& t) {
  archive(t.name, t.is_fact, t.weighs_evidence, t.threshold, t.helper, t.blocked_by, t.anchors, t.needs, t.least,
          t.patterns, t.names, t.names_pattern);
  if constexpr (Archive::kReads) {
    for (auto& pattern : t.patterns) pattern->type = &t;
    if (t.names_pattern) t.names_pattern->type = &t;
  }
}

template <typename Archive>
void fields(Archive& archive, PatternSet& set) {
  auto& tables = *static_cast<SetArchive<Archive>&>(archive).tables;
  archive(tables, set.language_.name, set.language_.lists);
  std::vector<std::string> names;
  for (const auto& [name, table] : set.language_.tables) names.push_back(name);
  archive(names);
  for (const auto& name : names) table_reference(archive, set.language_.tables[name]);
  table_reference(archive, set.language_.number_words);
  archive(set.types_);
}

std::string PatternSet::freeze() const {
  SetArchive<ImageWriter> archive;
  auto& set = const_cast<PatternSet&>(*this);  // fields() serves both ways
  archive.tables = &set.tables_;
  fields<ImageWriter>(archive, set);
  return archive.take();
}

std::unique_ptr<PatternSet> PatternSet::thaw(std::string_view image) {
  auto set = std::make_unique<PatternSet>();
  SetArchive<ImageReader> archive(image);
  archive.tables = &set->tables_;
  fields<ImageReader>(archive, *set);
  return set;
}

}  // namespace fakt
