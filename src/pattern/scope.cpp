#include "pattern/scope.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "pattern/fact_syntax.h"
#include "pattern/regex.h"

namespace fakt {
namespace {

Named as_macro(const std::string& text) { return {Named::Kind::macro, text, nullptr, {}}; }
Named as_table(const Table& table) { return {Named::Kind::table, table.regex.str(), &table, {}}; }

/// What a language shares goes before what all languages share.
template <typename Map, typename What>
void put(Map& map, const std::string& name, What what, const std::string& lang) {
  if (!map.contains(name) || lang != "common") map[name] = {what, lang};
}

}  // namespace

void report(const Place& place, const Written& written, const std::string& what, const std::string& fragment,
            std::string_view name, Diagnostics& diagnostics) {
  diagnostics.add({place.file, written.line},
                  fmt::format("{}: {}{}", name, what, fragment.empty() ? "" : ": " + fragment), written.text, fragment);
}

Scope::Scope(Language& language, Diagnostics& diagnostics) : language_(language), diagnostics_(diagnostics) {
  for (const auto& [name, text] : language.macros) macros_[name.str()] = {text.str(), ""};
  for (const auto& [name, text] : language.fact_macros) fact_macros_[name.str()] = {text.str(), ""};
}

bool Scope::alters(const SourceFile& file) const {
  if (file.text.kind == PatternFile::Kind::language) return true;
  if (file.text.kind != PatternFile::Kind::library) return false;
  auto known = [&](const std::string& name) {
    return macros_.contains(name) || fact_macros_.contains(name) || language_.table(name);
  };
  const auto& macros = file.text.macros;
  const auto& tables = file.text.tables;
  return std::any_of(macros.begin(), macros.end(), [&](const auto& macro) { return known(macro.first); }) ||
         std::any_of(tables.begin(), tables.end(), [&](const auto& table) { return known(table.name); });
}

void Scope::add(SourceFile& file) {
  // A library that lies with the facts is shared by them alone: the sentence that they see is another text.
  auto& shared = file.is_library() && file.with_facts ? fact_macros_ : macros_;
  const std::string& lang = file.text.lang;
  auto taken = [&](const auto& map, const std::string& name) {
    auto found = map.find(name);
    return found != map.end() && found->second.second == lang;
  };
  auto refuse_taken = [&](const Place& place, const std::string& name) {  // one would hide the other
    if (taken(shared, name) || taken(tables_, name))
      diagnostics_.add(place, fmt::format("{} is already shared by another file", name));
  };
  for (const auto& [name, written] : file.text.macros) {
    file.macros[name] = &written;
    if (!file.is_library()) continue;
    refuse_taken({file.text.path, written.line}, name);
    put(shared, name, written.text, lang);
  }
  for (auto& text : file.text.tables) {
    auto table = std::make_unique<Table>();
    table->name = text.name;
    table->place = {file.text.path, text.line};
    if (file.macros.contains(text.name))
      diagnostics_.add(table->place, fmt::format("{} is a macro and a table", text.name));
    if (file.is_library()) {
      refuse_taken(table->place, text.name);
      put(tables_, text.name, SharedTable{&file, table.get()}, lang);
    }
    file.tables[text.name] = std::move(table);
  }
}

void Scope::share() {
  auto share_macros = [](Language::ByName<Text>& into, const Shared<std::string>& macros) {
    into.clear();
    for (const auto& [name, macro] : macros) into.emplace_back(name, macro.first);
  };
  share_macros(language_.macros, macros_);
  share_macros(language_.fact_macros, fact_macros_);
  auto& tables = language_.tables;
  for (const auto& [name, shared] : tables_) tables.emplace_back(name, shared.first.table);
  std::sort(tables.begin(), tables.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  language_.number_words = language_.table("number_word");
}

Named Scope::look_up(SourceFile& file, std::string_view key, bool fact) {
  std::string name(key);
  if (auto macro = file.macros.find(name); macro != file.macros.end()) return as_macro(macro->second->text);
  if (auto table = file.tables.find(name); table != file.tables.end()) return use_table(file, *table->second);
  if (fact)
    if (Named named = look_up_in_facts(name); named.kind != Named::Kind::none) return named;
  if (auto macro = macros_.find(name); macro != macros_.end()) return as_macro(macro->second.first);
  if (auto shared = tables_.find(name); shared != tables_.end())
    return use_table(*shared->second.first.file, *shared->second.first.table);
  if (const Table* table = language_.table(name)) return as_table(*table);
  return {};
}

Named Scope::look_up_in_facts(const std::string& name) {
  if (auto macro = fact_macros_.find(name); macro != fact_macros_.end()) return as_macro(macro->second.first);
  if (name == kTriggerToken) return as_macro(token_regex(kTriggerToken, ""));
  std::size_t dot = name.find('.');
  std::string type = name.substr(0, dot), kind = dot == std::string::npos ? "" : name.substr(dot + 1);
  if (!types_.contains(type)) return {};
  return {Named::Kind::type, token_regex(type, kind), nullptr, type};
}

/// Tables are expanded on first use, so that their keys may use macros of any file.
Named Scope::use_table(SourceFile& file, Table& table) {
  if (expanded_.insert(&table).second) expand(file, table);
  return as_table(table);
}

void Scope::expand_tables(SourceFile& file) {
  for (auto& [name, table] : file.tables) use_table(file, *table);
}

void Scope::expand(SourceFile& file, Table& table) {
  auto text = std::find_if(file.text.tables.begin(), file.text.tables.end(),
                           [&](const TableText& t) { return table.name == t.name; });
  auto in_key = [&](std::string_view name) { return look_up(file, name, false); };
  std::vector<std::string> keys;
  for (const auto& row : text->rows) {
    try {
      Expanded key = expand_regex(row.key.text, Spaces::gap, in_key);
      if (!key.slots.empty() || key.marks) throw Error("a key of a table has no slots and no marks");
      if (file.own)
        if (auto fault = check_regex(key.regex)) {
          report(table.place, row.key, fault->reason, fault->fragment, "table " + table.name, diagnostics_);
          continue;
        }
      // A gap of any kind counts as a space when a text is looked up, so that spellings with gaps can be listed, too.
      Expanded listed = expand_regex(row.key.text, Spaces::gap, [&](std::string_view name) {
        return name == "_" ? as_macro("[ ]") : in_key(name);
      });
      table.entries.push_back({key.regex, listed.regex, row.meaning, row.fields});
      keys.push_back("(?:" + key.regex + ")");
    } catch (const std::runtime_error& e) {
      report(table.place, row.key, e.what(), "", "table " + table.name, diagnostics_);
    }
  }
  table.regex = fmt::format("{}", fmt::join(keys, "|"));
  table.index();
}

}  // namespace fakt
