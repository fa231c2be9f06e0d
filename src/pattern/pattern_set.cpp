#include "pattern/pattern_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "pattern/pattern_compiler.h"
#include "pattern/scope.h"

namespace fakt {
namespace {

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = std::min(text.find(at, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

/// Adds files to the set of one language: libraries, then tables, then patterns.
class SetBuilder {
 public:
  SetBuilder(PatternSet& set, Diagnostics& diagnostics) : set_(set), diagnostics_(diagnostics) {
    for (const auto& type : set.types_) {
      if (!type->is_fact) scope_.add_type(type->name.str());
      patterns_before_.push_back(static_cast<std::uint32_t>(type->patterns.size()));
    }
  }

  /// False, and nothing is added, if what the set holds would be another with these files: see PatternSet::extend.
  bool add(const std::vector<PatternSource>& sources) {
    const Text& lang = set_.language_.name;
    for (const auto& source : sources) {
      std::string folder = source.folder();
      if (folder != "common" && folder != lang) continue;
      if (source.path.ends_with(".toml"))
        files_.push_back({parse_pattern_file(source.display, folder, source.text, diagnostics_),
                          source.path.find("/facts/") != std::string::npos,
                          source.own,
                          {},
                          {}});
    }
    if (!set_.types_.empty() &&
        std::any_of(files_.begin(), files_.end(), [&](const SourceFile& f) { return scope_.alters(f); }))
      return false;
    for (auto& file : files_) scope_.add(file);
    for (auto& file : files_) language(file);
    for (auto& [name, words] : words_) set_.language_.lists.emplace_back(name, StringIndex(words));
    for (const char* list : {"frequent", "starters"})
      set_.language_.list(list).each([&](std::string_view word, std::uint32_t) { frequent_.insert(fold_word(word)); });
    scope_.share();
    for (auto& file : files_) types(file);
    for (auto& file : files_) patterns(file);
    if (const Table* cues = set_.language_.table("modality");
        cues && set_.fact_programs_.modality == FactPrograms::kNone)
      set_.fact_programs_.modality =
          compiler_.fact_programs().add("(?i:" + cues->regex.str() + ")", FactCompiler::Use::whole);
    compiler_.fact_programs().compile();
    for (const auto& source : sources)
      if (source.folder() == "names") names(source);
    for (std::uint32_t i = 0; i < set_.types_.size(); ++i)
      set_.types_[i]->is_fact ? find_fact_triggers(i) : find_triggers(i);
    for (auto& file : files_) {
      check_references(file);
      for (auto& [name, table] : file.tables) set_.tables_.push_back(std::move(table));
    }
    return true;
  }

 private:
  void tell(const Place& place, const std::string& message) { diagnostics_.add(place, message); }

  void language(SourceFile& file) {
    if (file.text.kind != PatternFile::Kind::language) {
      if (!file.text.lists.empty()) tell({file.text.path, 1}, "lists of [words] belong into the file of a language");
      return;
    }
    set_.language_.name = file.text.name;
    if (file.text.name != file.text.lang)
      tell({file.text.path, 1}, fmt::format("language {} stands in the folder {}", file.text.name, file.text.lang));
    for (const auto& [name, words] : file.text.lists)
      for (const auto& word : words) words_[name].emplace_back(word, 1);
  }

  void types(SourceFile& file) {
    if (file.is_library()) return;
    scope_.add_type(file.text.kind == PatternFile::Kind::mention ? file.text.name : "");
    std::size_t before = set_.types_.size();
    Type& type = type_of(file.text);
    type.own = file.own && (type.own || set_.types_.size() > before);
    if (file.text.threshold) type.weighs_evidence = true, type.threshold = *file.text.threshold;
    for (const auto& other : file.text.blocked_by) type.blocked_by.push_back(other);
    for (const auto& other : file.text.anchors) type.anchors.push_back(other);
    type.helper |= file.text.helper;
    type.least = std::max(type.least, file.text.least);
    type.once.append(file.text.once);
    for (const auto& roles : file.text.needs) type.needs.push_back(split(roles, '|'));
    for (const auto& other : file.text.rivals) type.rivals.push_back(other);
    if (file.text.threshold) type.spread.weight = *file.text.threshold;
    if (file.text.names) {
      if (type.names.has_rules())
        tell({file.text.path, file.text.names->line}, fmt::format("[names] of {} stands in two files", type.name));
      type.names.set_rules(*file.text.names);
    }
  }

  Type& type_of(const PatternFile& file) {
    bool fact = file.kind == PatternFile::Kind::fact;
    for (auto& type : set_.types_)
      if (type->name == file.name && type->is_fact == fact) return *type;
    auto& type = set_.types_.emplace_back(std::make_unique<Type>());
    type->name = file.name;
    type->is_fact = fact;
    return *type;
  }

  void patterns(SourceFile& file) {
    scope_.expand_tables(file);
    if (file.is_library()) return;
    Type& type = type_of(file.text);
    if (file.text.spread) compiler_.spread(file, *file.text.spread, type);
    for (const auto& text : file.text.patterns) {
      for (const auto& other : type.patterns)
        if (other->name == text.name)
          tell({file.text.path, text.line}, fmt::format("pattern {} of {} stands already in {}:{}", text.name,
                                                        type.name, other->place.file, other->place.line));
      type.patterns.push_back(compiler_.pattern(file, text, type));
      type.patterns.back()->order = static_cast<std::uint32_t>(type.patterns.size());
      if (!text.extends.empty()) type.extensions.push_back(type.patterns.back().get());
    }
  }

  void names(const PatternSource& source) {
    PatternFile head;
    head.kind = PatternFile::Kind::mention, head.name = source.names_type();
    if (!scope_.has_type(head.name)) return;  // another language may have it
    Type& type = type_of(head);
    type.names.add(source.text, source.display, diagnostics_);
    if (type.names_pattern) return;
    type.names_pattern = std::make_unique<Pattern>();
    type.names_pattern->name = "names";
    type.names_pattern->place = {source.display, 1};
    type.names_pattern->type = &type;
    type.names_pattern->spread = type.weighs_evidence;
  }

  /// By what words the new patterns and names of a type are found.
  void find_triggers(std::uint32_t number) {
    Type& type = *set_.types_[number];
    std::uint32_t before = number < patterns_before_.size() ? patterns_before_[number] : 0;
    if (type.patterns.size() > before)
      for (Group& group : group_patterns(type, Engine::fast, frequent_, before)) {
        PatternSet::Call call{number, static_cast<std::uint32_t>(type.groups.size())};
        for (const Atom& atom : group.trigger->atoms)
          if (atom.kind != Atom::Kind::symbol) set_.triggers_.add(atom, call.id());
        type.groups.push_back(std::move(group));
      }
    if (!type.names.finish()) return;
    PatternSet::Call call{number, PatternSet::Call::kNames};
    type.names.each_first_word([&](std::uint32_t hash) { set_.triggers_.add_word(hash, call.id()); });
  }

  void find_fact_triggers(std::uint32_t number) {
    Type& type = *set_.types_[number];
    std::uint32_t before = number < patterns_before_.size() ? patterns_before_[number] : 0;
    for (std::size_t i = before; i < type.patterns.size(); ++i)
      for (FactWay& way : type.patterns[i]->fact.ways) {
        way.number = set_.fact_ways_++;
        for (const Atom& atom : way.words) set_.fact_triggers_.add(atom, way.number);
      }
  }

  void check_references(SourceFile& file) {
    for (const auto& other : file.text.blocked_by)
      if (!scope_.has_type(other))
        tell({file.text.path, 1}, fmt::format("blocked_by names the unknown type {}", other));
    for (const auto& other : file.text.anchors)
      if (!scope_.has_type(other)) tell({file.text.path, 1}, fmt::format("anchors names the unknown type {}", other));
    for (const auto& other : file.text.rivals)
      if (!scope_.has_type(other)) tell({file.text.path, 1}, fmt::format("rivals names the unknown type {}", other));
  }

  PatternSet& set_;
  Diagnostics& diagnostics_;
  std::vector<SourceFile> files_;
  std::vector<std::uint32_t> patterns_before_;                                       ///< of each type that the set had
  std::map<std::string, std::vector<std::pair<std::string, std::uint32_t>>> words_;  ///< lists of the language
  std::set<std::string> frequent_;                                                   ///< folded
  Scope scope_{set_.language_, diagnostics_};
  PatternCompiler compiler_{{set_.program_pool_, set_.fact_programs_, set_.contexts_}, scope_, frequent_, diagnostics_};
};

std::string PatternSource::folder() const {
  std::size_t slash = path.find('/');
  return slash == std::string::npos ? "common" : path.substr(0, slash);
}

std::string PatternSource::names_type() const {
  std::string rest = path.substr(std::string_view("names/").size());
  return rest.substr(0, rest.find_first_of("./"));
}

std::unique_ptr<PatternSet> PatternSet::build(std::string_view lang, const std::vector<PatternSource>& sources,
                                              Diagnostics& diagnostics) {
  auto set = std::make_unique<PatternSet>();
  set->language_.name = lang;
  SetBuilder(*set, diagnostics).add(sources);
  return set;
}

bool PatternSet::extend(const std::vector<PatternSource>& sources, Diagnostics& diagnostics) {
  return SetBuilder(*this, diagnostics).add(sources);
}

const Type* PatternSet::find_type(std::string_view name) const {
  for (const auto& type : types_)
    if (type->name == name && !type->is_fact) return type.get();
  return nullptr;
}

std::vector<std::string> languages_of(const std::vector<PatternSource>& sources) {
  std::set<std::string> found;
  for (const auto& source : sources) {
    std::string folder = source.folder();
    if (source.path.ends_with(".toml") && folder != "common" && folder != "names") found.insert(folder);
  }
  return {found.begin(), found.end()};
}

}  // namespace fakt
