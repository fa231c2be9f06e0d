#include "pattern/pattern_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>
#include <utility>

#include "pattern/approach.h"
#include "pattern/fact_syntax.h"
#include "pattern/regex.h"
#include "pattern/syntax.h"

namespace fakt {
namespace {

std::string folder_of(std::string_view path) {
  std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? "common" : std::string(path.substr(0, slash));
}

/// "names/org.tsv" and "names/org/banks.tsv" are lists of the type org.
std::string names_type(std::string_view path) {
  std::string_view rest = path.substr(std::string_view("names/").size());
  return std::string(rest.substr(0, rest.find_first_of("./")));
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = std::min(text.find(at, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// The regexes of marks and slots are those of RE2's syntax; the caret shows the part that RE2 names.
void report(const Place& place, const Written& written, const std::string& what, const std::string& fragment,
            std::string_view name, Diagnostics& diagnostics) {
  diagnostics.add({place.file, written.line},
                  fmt::format("{}: {}{}", name, what, fragment.empty() ? "" : ": " + fragment), written.text, fragment);
}

}  // namespace

/// Adds files to the set of one language: libraries, then tables, then patterns.
class SetBuilder {
 public:
  SetBuilder(PatternSet& set, Diagnostics& diagnostics) : set_(set), diagnostics_(diagnostics) {
    for (const auto& [name, text] : set.macros_) shared_macros_[name.str()] = {text.str(), ""};
    for (const auto& [name, text] : set.fact_macros_) fact_macros_[name.str()] = {text.str(), ""};
    for (const auto& type : set.types_) {
      if (!type->is_fact) known_types_.insert(type->name.str());
      patterns_before_.push_back(static_cast<std::uint32_t>(type->patterns.size()));
    }
  }

  /// False, and nothing is added, if what the set holds would be another with these files: see PatternSet::extend.
  bool add(const std::vector<PatternSource>& sources) {
    const Text& lang = set_.language_.name;
    for (const auto& source : sources) {
      std::string folder = folder_of(source.path);
      if (folder != "common" && folder != lang) continue;
      if (source.path.ends_with(".toml"))
        files_.push_back({parse_pattern_file(source.display, folder, source.text, diagnostics_),
                          source.path.find("/facts/") != std::string::npos,
                          source.own,
                          {},
                          {}});
    }
    if (!set_.types_.empty() && std::any_of(files_.begin(), files_.end(), [&](const File& f) { return alters(f); }))
      return false;
    for (auto& file : files_) collect_names(file);
    for (auto& file : files_) language(file);
    for (auto& [name, words] : words_) set_.language_.lists.emplace_back(name, StringIndex(words));
    for (const char* list : {"frequent", "starters"})
      set_.language_.list(list).each([&](std::string_view word, std::uint32_t) { frequent_.insert(fold_word(word)); });
    share();
    for (auto& file : files_) types(file);
    for (auto& file : files_) patterns(file);
    if (const Table* cues = set_.language_.table("modality");
        cues && set_.fact_programs_.modality == FactPrograms::kNone)
      set_.fact_programs_.modality = fact_programs_.add("(?i:" + cues->regex.str() + ")", FactCompiler::Use::whole);
    fact_programs_.compile();
    for (const auto& source : sources)
      if (source.path.starts_with("names/")) names(source);
    for (std::size_t i = 0; i < set_.types_.size(); ++i) {
      Type& type = *set_.types_[i];
      type.names.finish();
      std::uint32_t before = i < patterns_before_.size() ? patterns_before_[i] : 0;
      if (!type.is_fact && type.patterns.size() > before)
        for (Group& group : group_patterns(type, Engine::fast, frequent_, before))
          type.groups.push_back(std::move(group));
    }
    for (auto& file : files_) {
      check_references(file);
      for (auto& [name, table] : file.tables) set_.tables_.push_back(std::move(table));
    }
    return true;
  }

 private:
  struct File {
    PatternFile text;
    bool with_facts;  ///< lies in the folder facts/
    bool own;
    std::map<std::string, const Written*> macros;
    std::map<std::string, std::unique_ptr<Table>> tables;
  };

  static bool is_library(const PatternFile& file) {
    return file.kind == PatternFile::Kind::library || file.kind == PatternFile::Kind::language;
  }

  /// A library that lies with the facts is shared by them alone: the sentence that they see is another text.
  static bool is_fact_library(const File& file) { return is_library(file.text) && file.with_facts; }

  void tell(const Place& place, const std::string& message) { diagnostics_.add(place, message); }

  /// Whether the file says what the set may have used already, in another way.
  bool alters(const File& file) const {
    if (file.text.kind == PatternFile::Kind::language) return true;
    if (file.text.kind != PatternFile::Kind::library) return false;
    auto known = [&](const auto& part) {
      const std::string& name = name_of(part);
      return shared_macros_.contains(name) || fact_macros_.contains(name) || set_.language_.table(name);
    };
    return std::any_of(file.text.macros.begin(), file.text.macros.end(), known) ||
           std::any_of(file.text.tables.begin(), file.text.tables.end(), known);
  }
  static const std::string& name_of(const std::pair<std::string, Written>& macro) { return macro.first; }
  static const std::string& name_of(const TableText& table) { return table.name; }

  /// What the libraries share goes into the set, for all files and for those that are added later.
  void share() {
    auto put = [](Array<std::pair<Text, Text>>& into, const auto& macros) {
      into.clear();
      for (const auto& [name, macro] : macros) into.emplace_back(name, macro.first);
    };
    put(set_.macros_, shared_macros_);
    put(set_.fact_macros_, fact_macros_);
    auto& tables = set_.language_.tables;
    for (const auto& [name, shared] : shared_tables_) tables.emplace_back(name, shared.first.second);
    std::sort(tables.begin(), tables.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    set_.language_.number_words = set_.language_.table("number_word");
  }

  /// Macro and table names of a file; those of libraries are shared by all files of the language.
  void collect_names(File& file) {
    auto& macros = is_fact_library(file) ? fact_macros_ : shared_macros_;
    for (const auto& [name, written] : file.text.macros) {
      if (is_library(file.text) && macros.contains(name) && macros[name].second == file.text.lang)
        tell({file.text.path, written.line}, fmt::format("macro {} is already shared by another file", name));
      file.macros[name] = &written;
      if (is_library(file.text)) share(macros, name, written.text, file.text.lang);
    }
    for (auto& text : file.text.tables) {
      auto table = std::make_unique<Table>();
      table->name = text.name;
      table->place = {file.text.path, text.line};
      if (file.macros.contains(text.name)) tell(table->place, fmt::format("{} is a macro and a table", text.name));
      if (is_library(file.text)) share(shared_tables_, text.name, std::make_pair(&file, table.get()), file.text.lang);
      file.tables[text.name] = std::move(table);
    }
  }

  /// What a language shares goes before what all languages share.
  template <typename Map, typename What>
  void share(Map& map, const std::string& name, What what, const std::string& lang) {
    if (!map.contains(name) || lang != "common") map[name] = {what, lang};
  }

  /// From near to far: the file's own macros and tables, in facts those of their libraries and the types of mentions,
  /// then what libraries share.
  Named look_up(File& file, std::string_view key, bool fact) {
    std::string name(key);
    if (auto macro = file.macros.find(name); macro != file.macros.end()) return as_macro(macro->second->text);
    if (auto table = file.tables.find(name); table != file.tables.end()) return use_table(file, *table->second);
    if (fact)
      if (Named named = look_up_in_facts(name); named.kind != Named::Kind::none) return named;
    if (auto macro = shared_macros_.find(name); macro != shared_macros_.end()) return as_macro(macro->second.first);
    if (auto table = shared_tables_.find(name); table != shared_tables_.end())
      return use_table(*table->second.first.first, *table->second.first.second);
    if (const Table* table = set_.language_.table(name)) return {Named::Kind::table, table->regex.str(), table, {}};
    return {};
  }

  static Named as_macro(const std::string& text) { return {Named::Kind::macro, text, nullptr, {}}; }

  Named look_up_in_facts(const std::string& name) {
    if (auto macro = fact_macros_.find(name); macro != fact_macros_.end()) return as_macro(macro->second.first);
    if (name == kTriggerToken) return {Named::Kind::macro, token_regex(kTriggerToken, ""), nullptr, {}};
    std::size_t dot = name.find('.');
    std::string type = name.substr(0, dot), kind = dot == std::string::npos ? "" : name.substr(dot + 1);
    if (!known_types_.contains(type)) return {};
    return {Named::Kind::type, token_regex(type, kind), nullptr, type};
  }

  /// Tables are expanded on first use, so that their keys may use macros of any file.
  Named use_table(File& file, Table& table) {
    if (!expanded_.insert(&table).second) return {Named::Kind::table, table.regex.str(), &table, {}};
    const TableText* text = nullptr;
    for (const auto& t : file.text.tables)
      if (t.name == table.name) text = &t;
    std::vector<std::string> keys;
    for (const auto& row : text->rows) {
      try {
        Expanded key =
            expand_regex(row.key.text, Spaces::gap, [&](std::string_view name) { return look_up(file, name, false); });
        if (!key.slots.empty() || key.marks) throw Error("a key of a table has no slots and no marks");
        if (file.own)
          if (auto fault = check_regex(key.regex)) {
            report(table.place, row.key, fault->reason, fault->fragment, "table " + table.name, diagnostics_);
            continue;
          }
        // A gap of any kind counts as a space when a text is looked up, so that spellings with gaps can be listed, too.
        Expanded listed = expand_regex(row.key.text, Spaces::gap, [&](std::string_view name) {
          return name == "_" ? Named{Named::Kind::macro, "[ ]", nullptr, {}} : look_up(file, name, false);
        });
        table.entries.push_back({key.regex, listed.regex, row.meaning, row.fields});
        keys.push_back("(?:" + key.regex + ")");
      } catch (const std::runtime_error& e) {
        report(table.place, row.key, e.what(), "", "table " + table.name, diagnostics_);
      }
    }
    table.regex = fmt::format("{}", fmt::join(keys, "|"));
    table.index();
    return {Named::Kind::table, table.regex.str(), &table, {}};
  }

  void language(File& file) {
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

  void types(File& file) {
    if (is_library(file.text)) return;
    known_types_.insert(file.text.kind == PatternFile::Kind::mention ? file.text.name : "");
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

  void patterns(File& file) {
    if (is_library(file.text)) {
      for (auto& [name, table] : file.tables) use_table(file, *table);
      return;
    }
    Type& type = type_of(file.text);
    if (file.text.spread) spread(file, *file.text.spread, type);
    for (const auto& text : file.text.patterns) {
      for (const auto& other : type.patterns)
        if (other->name == text.name)
          tell({file.text.path, text.line}, fmt::format("pattern {} of {} stands already in {}:{}", text.name,
                                                        type.name, other->place.file, other->place.line));
      type.patterns.push_back(pattern(file, text, type));
      type.patterns.back()->order = static_cast<std::uint32_t>(type.patterns.size());
      if (!text.extends.empty()) type.extensions.push_back(type.patterns.back().get());
    }
    for (auto& [name, table] : file.tables) use_table(file, *table);
  }

  struct Case {
    std::string name;
  };
  struct Compiled {
    std::string with_captures, plain;
    std::vector<Slot> slots;
    int marks = 0;
    std::vector<std::string> types;
    Node tree;
  };

  void spread(File& file, const SpreadText& text, Type& type) {
    Case letter_case{file.text.letter_case};
    type.spread.without = context(file, text.without, letter_case, "spread", false);
    type.spread.not_alone = context(file, text.not_alone, letter_case, "spread", false);
    type.spread.common = text.common;
    type.spread.weight = text.weight, type.spread.part = text.part;
    type.spread.first = text.first, type.spread.last = text.last;
  }

  std::unique_ptr<Pattern> pattern(File& file, const PatternText& text, const Type& type) {
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
    Case letter_case{text.letter_case.empty() ? file.text.letter_case : text.letter_case};
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

  const Context* context(File& file, const Written& written, const Case& letter_case, std::string_view name,
                         bool backwards) {
    if (written.text.empty()) return &kNoContext;
    Compiled compiled = compile(file, written, letter_case, name);
    Node tree = backwards ? reversed(compiled.tree) : std::move(compiled.tree);
    std::string regex = emit_regex(tree, Emit::captures), key = regex;
    for (const Slot& slot : compiled.slots) key += fmt::format("\n{} {}", slot.name, fmt::ptr(slot.table.get()));
    auto [at, fresh] = contexts_.try_emplace(std::move(key));
    if (fresh) {
      set_.contexts_.push_back(
          std::make_unique<Context>(Context{std::move(regex), programs_.compile(tree), {}, std::move(compiled.slots)}));
      at->second = set_.contexts_.back().get();
      add_first_bytes(tree, set_.contexts_.back()->first);
    }
    return at->second;
  }

  Program approach(Trigger& trigger) {
    Program program = programs_.compile(reversed(loosened(std::exchange(trigger.approach, {}))));
    return program.empty() ? programs_.compile(any_text()) : program;
  }

  /// By what words the pattern is found: those that its file names, else those that it requires.
  void find_trigger(File& file, const PatternText& text, const Node& tree, const Case& letter_case, Pattern& p) {
    add_first_bytes(tree, p.first);
    p.starts = make_owned<WordFilter>(starts_of(tree));
    if (!p.extends.empty()) return;  // found by the name before it
    if (text.trigger.text.empty()) {
      if (auto trigger = derive_trigger(tree, frequent_)) p.found_by = make_owned<Trigger>(std::move(*trigger));
      return;
    }
    Node named = compile(file, text.trigger, letter_case, p.name).tree;
    if (auto trigger = derive_trigger(tree, named, frequent_))
      p.found_by = make_owned<Trigger>(std::move(*trigger));
    else
      tell({file.text.path, text.trigger.line},
           fmt::format("{}: {}", p.name,
                       derive_trigger(named, frequent_) ? "a match need not hold a word of this trigger"
                                                        : "no word or sign is required by this trigger"));
  }

  /// The parts of a fact pattern. Its regex is guarded by word edges, which the extractor checks for mentions itself.
  void fact(File& file, const PatternText& text, const Case& letter_case, Pattern& p) {
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
    p.fact.required = required_types(match.tree);
    p.fact.words = required_words(match.tree, frequent_);
    p.fact.stated_by = text.trigger.text.empty() ? trigger_regex(match.tree)
                                                 : compile(file, text.trigger, letter_case, p.name, &text).plain;
    if (!p.fact.stated_by.empty())
      p.fact.trigger_program = fact_programs_.add(p.fact.stated_by.str(), FactCompiler::Use::anywhere);
    if (p.marks == 0) tell(p.place, fmt::format("{}: put «…» around the word that states the fact", p.name));
    for (bool sentence : {false, true})
      for (const Written& part : sentence ? text.sentence : text.clause) {
        Compiled c = compile(file, part, letter_case, p.name, &text);
        if (!c.with_captures.empty() && c.slots.empty())
          diagnostics_.add({file.text.path, part.line}, fmt::format("{}: a further role needs a slot", p.name));
        p.fact.attachments.push_back({between_words(c.with_captures), std::move(c.slots),
                                      fact_programs_.add(c.with_captures, FactCompiler::Use::between_words),
                                      std::move(c.types), required_types(c.tree), sentence});
      }
    p.fact.asserted = text.asserted;
    for (const auto& [role, bounds] : text.where) bound(role, bounds, p);
    templates(text, p);
  }

  /// "1000..", "..1000" or "10..1000".
  void bound(const std::string& role, const std::string& bounds, Pattern& p) {
    AmountBounds out{role, 0, std::numeric_limits<double>::infinity()};
    std::size_t dots = bounds.find("..");
    auto read = [](std::string_view text, double& value) {
      return text.empty() ||
             std::from_chars(text.data(), text.data() + text.size(), value).ptr == text.data() + text.size();
    };
    bool fine = dots != std::string::npos && read(std::string_view(bounds).substr(0, dots), out.least) &&
                read(std::string_view(bounds).substr(dots + 2), out.most);
    if (!fine) tell(p.place, fmt::format("{}: where takes bounds as \"1000..\" or \"..1000\", not {}", p.name, bounds));
    p.fact.where.push_back(out);
  }

  /// `fact`: the fact pattern that the regex belongs to.
  Compiled compile(File& file, const Written& written, const Case& letter_case, std::string_view name,
                   const PatternText* fact = nullptr) {
    if (written.text.empty()) return {};
    Place place{file.text.path, written.line};
    try {
      Expanded expanded = expand_regex(written.text, Spaces::nothing, [&](std::string_view n) {
        if (fact)  // the last of a name is the pattern's, those before it are of [default]
          for (auto own = fact->macros.rbegin(); own != fact->macros.rend(); ++own)
            if (own->first == n) return as_macro(own->second.text);
        return look_up(file, n, fact != nullptr);
      });
      if (file.own) {
        if (auto fault = check_regex(expanded.regex)) {
          report(place, written, fault->reason, fault->fragment, name, diagnostics_);
          return {};
        }
      }
      Node node = parse_regex(expanded.regex);
      if (letter_case.name == "first") free_initial_capital(node);
      if (letter_case.name == "any") fold_case(node);
      return {emit_regex(node, Emit::captures), emit_regex(node, Emit::plain),
              std::move(expanded.slots),        expanded.marks,
              std::move(expanded.types),        std::move(node)};
    } catch (const std::runtime_error& e) {
      report(place, written, e.what(), "", name, diagnostics_);
      return {};
    }
  }

  void templates(const PatternText& text, Pattern& p) {
    try {
      if (text.value) p.value = Template(*text.value), p.has_value = true;
      for (const auto& [key, value] : text.keys) p.keys.emplace_back(key, Template(value));
    } catch (const Error& e) {
      return tell(p.place, fmt::format("{}: {}", p.name, e.what()));
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
  void check_hole(const Pattern& p, const Template::Hole& hole, std::vector<std::string> names) {
    for (const auto* slots : {&p.slots, &p.before->slots, &p.after->slots})
      for (const auto& slot : *slots) names.push_back(slot.name.str());
    for (const auto& attachment : p.fact.attachments)
      for (const auto& slot : attachment.slots) names.push_back(slot.name.str());
    if (std::find(names.begin(), names.end(), hole.slot) == names.end())
      tell(p.place, fmt::format("{}: the template names {{{}}}, which is no slot of the pattern{}", p.name, hole.slot,
                                did_you_mean(hole.slot, names)));
  }

  void names(const PatternSource& source) {
    std::string name = names_type(source.path);
    if (!known_types_.contains(name))
      return tell({source.display, 1}, fmt::format("a list of names of the type {}, which no pattern file has", name));
    PatternFile head;
    head.kind = PatternFile::Kind::mention, head.name = name;
    Type& type = type_of(head);
    type.names.add(source.text, source.display, diagnostics_);
    if (type.names_pattern) return;
    type.names_pattern = std::make_unique<Pattern>();
    type.names_pattern->name = "names";
    type.names_pattern->place = {source.display, 1};
    type.names_pattern->type = &type;
    type.names_pattern->spread = type.weighs_evidence;
  }

  void check_references(File& file) {
    for (const auto& other : file.text.blocked_by)
      if (!known_types_.contains(other))
        tell({file.text.path, 1}, fmt::format("blocked_by names the unknown type {}", other));
    for (const auto& other : file.text.anchors)
      if (!known_types_.contains(other))
        tell({file.text.path, 1}, fmt::format("anchors names the unknown type {}", other));
    for (const auto& other : file.text.rivals)
      if (!known_types_.contains(other))
        tell({file.text.path, 1}, fmt::format("rivals names the unknown type {}", other));
  }

  PatternSet& set_;
  ProgramCompiler programs_{set_.program_pool_};
  FactCompiler fact_programs_{set_.fact_programs_};
  Diagnostics& diagnostics_;
  std::vector<File> files_;
  std::vector<std::uint32_t> patterns_before_;  ///< of each type that the set had
  std::map<std::string, std::pair<std::string, std::string>> shared_macros_, fact_macros_;  ///< text and language
  std::map<std::string, std::pair<std::pair<File*, Table*>, std::string>> shared_tables_;
  std::map<std::string, const Context*> contexts_;                                   ///< by regex and slots
  std::map<std::string, std::vector<std::pair<std::string, std::uint32_t>>> words_;  ///< lists of the language
  std::set<std::string> frequent_;                                                   ///< folded
  std::set<const Table*> expanded_;
  std::set<std::string> known_types_;
};

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
    std::string folder = folder_of(source.path);
    if (source.path.ends_with(".toml") && folder != "common" && folder != "names") found.insert(folder);
  }
  return {found.begin(), found.end()};
}

}  // namespace fakt
