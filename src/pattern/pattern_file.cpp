#include "pattern/pattern_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "pattern/toml_values.h"

namespace fakt {
namespace {

class Reader {
 public:
  Reader(PatternFile& file, Diagnostics& diagnostics) : file_(file), values_(file.path, diagnostics) {}

  TomlValues& values() { return values_; }

  void read(const toml::table& root) {
    const toml::table* defaults = nullptr;
    for (auto&& [key, node] : root) {
      std::string_view name = key.str();
      if (name == "default") {
        if (!node.is_table()) values_.wrong(key, "[default] must be a table");
        defaults = node.as_table();
      } else if (name != "pattern") {
        file_keys().take(*this, key, node, file_);
      }
    }
    if (defaults) pattern(*defaults, default_, true);
    if (auto* patterns = root["pattern"].as_array())
      for (auto& node : *patterns)
        if (auto* table = node.as_table()) {
          file_.patterns.push_back(default_);
          pattern(*table, file_.patterns.back(), false);
        } else {
          values_.add(line_of(node), "a pattern must be a table: write [[pattern]]");
        }
    else if (root.contains("pattern"))
      values_.add(line_of(*root.get("pattern")), "patterns are a list of tables: write [[pattern]]");
    complete(root);
  }

 private:
  using Key = toml::key;
  using Value = toml::node;

  static const TomlKeys<PatternFile, Reader>& file_keys() {
    using File = PatternFile;
    auto kind = [](Reader& r, const Key& key, const Value& node, File&) { r.kind(key, node); };
    auto ignored = [](Reader&, const Key&, const Value&, File&) {};  // read() sees to them
    static const TomlKeys<File, Reader> kKeys(
        "", {{"mention", kind},
             {"fact", kind},
             {"language", kind},
             {"case",
              [](Reader& r, const Key& key, const Value& node, File& f) { f.letter_case = r.letter_case(key, node); }},
             {"blocked_by", &File::blocked_by},
             {"anchors", &File::anchors},
             {"threshold", &File::threshold},
             {"date", &File::date},
             {"macro", &File::macros},
             {"table", [](Reader& r, const Key& key, const Value& node, File&) { r.tables(key, node); }},
             {"names",
              [](Reader& r, const Key& key, const Value& node, File& f) { r.part(key, node, names_keys(), f.names); }},
             {"words", [](Reader& r, const Key& key, const Value& node, File&) { r.lists(key, node); }},
             {"default", ignored},
             {"pattern", ignored},
             {"helper", &File::helper},
             {"needs", &File::needs},
             {"least", &File::least},
             {"once", &File::once},
             {"rivals", &File::rivals},
             {"spread", [](Reader& r, const Key& key, const Value& node, File& f) {
                r.part(key, node, spread_keys(), f.spread);
              }}});
    return kKeys;
  }

  static const TomlKeys<NamesText, Reader>& names_keys() {
    using Names = NamesText;
    static const TomlKeys<Names, Reader> kKeys(" in [names]", {{"genitive", &Names::genitive},
                                                               {"clitics", &Names::clitics},
                                                               {"articles", &Names::articles},
                                                               {"weight", &Names::weight},
                                                               {"ambiguous_weight", &Names::ambiguous_weight},
                                                               {"inflection", &Names::inflection}});
    return kKeys;
  }

  static const TomlKeys<SpreadText, Reader>& spread_keys() {
    using Spread = SpreadText;
    static const TomlKeys<Spread, Reader> kKeys(" in [spread]", {{"without", &Spread::without},
                                                                 {"not_alone", &Spread::not_alone},
                                                                 {"common", &Spread::common},
                                                                 {"weight", &Spread::weight},
                                                                 {"part", &Spread::part},
                                                                 {"alone", &Spread::alone},
                                                                 {"first", &Spread::first},
                                                                 {"last", &Spread::last}});
    return kKeys;
  }

  static const TomlKeys<PatternText, Reader>& pattern_keys() {
    using Text = PatternText;
    auto example = [](Reader& r, const Key& key, const Value& node, Text& out) { r.examples(key, node, out); };
    static const TomlKeys<Text, Reader> kKeys(
        "", {{"name", &Text::name},
             {"match", &Text::match},
             {"before", &Text::before},
             {"after", &Text::after},
             {"not_before", &Text::not_before},
             {"not_after", &Text::not_after},
             {"reject", &Text::reject},
             {"value", &Text::value},
             {"keys", [](Reader& r, const Key& key, const Value& node, Text& out) { r.keys(key, node, out); }},
             {"priority", &Text::priority},
             {"trigger", &Text::trigger},
             {"weight", &Text::weight},
             {"cue", &Text::cue},
             {"scope", [](Reader& r, const Key& key, const Value& node, Text& out) { r.scopes(key, node, out); }},
             {"spread", &Text::spread},
             {"yes", example},
             {"no", example},
             {"todo", example},
             {"any_order", &Text::any_order},
             {"gap", &Text::gap},
             {"repeat", &Text::repeat},
             {"case", [](Reader& r, const Key& key, const Value& node,
                         Text& out) { out.letter_case = r.letter_case(key, node); }},
             {"reading", &Text::reading},
             {"for", &Text::readings},
             {"clause", &Text::clause},
             {"sentence", &Text::sentence},
             {"macro", &Text::macros},
             {"trap", &Text::trap},
             {"extends", &Text::extends},
             {"where", &Text::where},
             {"asserted", &Text::asserted},
             {"uncommon", &Text::uncommon}});
    return kKeys;
  }

  void kind(const Key& key, const Value& node) {
    if (file_.kind != PatternFile::Kind::library) values_.wrong(key, "a file has one of mention, fact and language");
    file_.kind = key == "mention" ? PatternFile::Kind::mention
                 : key == "fact"  ? PatternFile::Kind::fact
                                  : PatternFile::Kind::language;
    file_.name = values_.text(key, node);
    auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (file_.name.empty() || !std::all_of(file_.name.begin(), file_.name.end(), fits))
      values_.wrong(key, fmt::format("{} must be a word of small letters, digits and _", key.str()));
    if (file_.kind == PatternFile::Kind::mention && file_.name == "fact")
      values_.wrong(key, "mentions cannot have the type fact");
  }

  std::string letter_case(const Key& key, const Value& node) {
    std::string value = values_.text(key, node);
    if (value != "exact" && value != "first" && value != "any")
      values_.wrong(key, fmt::format("case is exact, first or any, not {}", value));
    return value;
  }

  /// [names] or [spread].
  template <typename Part>
  void part(const Key& key, const Value& node, const TomlKeys<Part, Reader>& keys, std::optional<Part>& out) {
    out.emplace().line = line_of(key);
    values_.entries(key, node, [&](const Key& name, const Value& value) { keys.take(*this, name, value, *out); });
  }

  void tables(const Key& key, const Value& node) {
    values_.entries(key, node, [&](const Key& name, const Value& rows) {
      TableText table{std::string(name.str()), line_of(name), {}};
      values_.entries(name, rows, [&](const Key& spelling, const Value& meaning) { row(table, spelling, meaning); });
      file_.tables.push_back(std::move(table));
    });
  }

  void row(TableText& table, const Key& spelling, const Value& meaning) {
    TableRow row{{std::string(spelling.str()), line_of(spelling)}, {}, {}};
    if (auto* fields = meaning.as_table()) {
      for (auto&& [name, value] : *fields) {
        if (name == "value")
          row.meaning = values_.scalar(name, value);
        else
          row.fields.emplace_back(std::string(name.str()), values_.scalar(name, value));
      }
    } else {
      row.meaning = values_.scalar(spelling, meaning);
    }
    table.rows.push_back(std::move(row));
  }

  void lists(const Key& key, const Value& node) {
    values_.entries(key, node, [&](const Key& name, const Value& list) {
      file_.lists.emplace_back(std::string(name.str()), values_.words(name, list));
    });
  }

  void pattern(const toml::table& table, PatternText& out, bool is_default) {
    out.line = line_of(table);
    for (auto&& [key, node] : table) {
      if (is_default && (key == "name" || key == "match" || key == "yes" || key == "no" || key == "todo"))
        values_.wrong(key, fmt::format("{} has no place in [default]", key.str()));
      else
        pattern_keys().take(*this, key, node, out);
    }
    if (!is_default) complete(out);
  }

  void complete(const PatternText& out) {
    auto add = [&](const std::string& message) { values_.add(out.line, message); };
    if (out.name.empty()) add("a pattern without a name");
    if (out.match.text.empty() && out.any_order.empty()) add(fmt::format("pattern {} without a match", out.name));
    if (!out.scopes.empty() && !out.cue) add(fmt::format("pattern {}: scope is for cues", out.name));
    if (!out.readings.empty() && !out.cue) add(fmt::format("pattern {}: for is for cues", out.name));
    if (out.cue && out.scopes.empty()) add(fmt::format("pattern {}: a cue needs a scope", out.name));
    auto needed = out.trap ? Example::Kind::no : Example::Kind::yes;
    bool shown =
        std::any_of(out.examples.begin(), out.examples.end(), [&](const Example& e) { return e.kind == needed; });
    if (!shown) add(fmt::format("pattern {} without a {} example", out.name, out.trap ? "no" : "yes"));
  }

  /// A pattern's own key replaces the one of [default].
  void keys(const Key& key, const Value& node, PatternText& out) {
    for (auto& [name, value] : values_.scalars(key, node)) {
      auto known = std::find_if(out.keys.begin(), out.keys.end(), [&](const auto& k) { return k.first == name; });
      if (known == out.keys.end()) known = out.keys.insert(known, {name, {}});
      known->second = std::move(value);
    }
  }

  /// A scope, or several and what the cue weighs there: { sentence = 0.5, paragraph = 0.2 }.
  void scopes(const Key& key, const Value& node, PatternText& out) {
    if (node.is_table())
      values_.entries(key, node, [&](const Key& name, const Value& weight) {
        out.scopes.emplace_back(scope(name, name.str()), values_.number(name, weight));
      });
    else
      out.scopes.emplace_back(scope(key, values_.text(key, node)), std::nullopt);
  }

  CueScope scope(const Key& key, std::string_view value) {
    if (value == "exact") return CueScope::exact;
    if (value == "attached") return CueScope::attached;
    if (value == "sentence") return CueScope::sentence;
    if (value == "paragraph") return CueScope::paragraph;
    if (value == "document") return CueScope::document;
    values_.wrong(key, fmt::format("scope is exact, attached, sentence, paragraph or document, not {}", value));
    return CueScope::document;
  }

  void examples(const Key& key, const Value& node, PatternText& out) {
    auto kind = key == "yes" ? Example::Kind::yes : key == "no" ? Example::Kind::no : Example::Kind::todo;
    values_.entries(key, node, [&](const Key& sentence, const Value& value) {
      Example example{kind, {std::string(sentence.str()), line_of(sentence)}, {}};
      if (kind == Example::Kind::no)
        (void)values_.text(sentence, value);
      else if (auto* list = value.as_array())
        for (auto& item : *list) example.expected.push_back(expectation(sentence, item));
      else
        example.expected.push_back(expectation(sentence, value));
      out.examples.push_back(std::move(example));
    });
  }

  std::vector<std::pair<std::string, std::string>> expectation(const Key& key, const Value& node) {
    auto* table = node.as_table();
    if (!table) return {{"value", values_.scalar(key, node)}};
    std::vector<std::pair<std::string, std::string>> out;
    for (auto&& [name, value] : *table) {
      if (auto* list = value.as_array())  // a role that repeats
        for (auto& item : *list) out.emplace_back(std::string(name.str()), values_.scalar(name, item));
      else
        out.emplace_back(std::string(name.str()), values_.scalar(name, value));
    }
    return out;
  }

  void complete(const toml::table& root) {
    using Kind = PatternFile::Kind;
    if (!file_.patterns.empty() && file_.kind != Kind::mention && file_.kind != Kind::fact)
      values_.add(line_of(*root.get("pattern")),
                  "a file with patterns needs mention = \"TYPE\" or fact = \"PREDICATE\"");
    std::set<std::string> names;
    for (const auto& pattern : file_.patterns)
      if (!pattern.name.empty() && !names.insert(pattern.name).second)
        values_.add(pattern.line, fmt::format("pattern {} stands here twice", pattern.name));
  }

  PatternFile& file_;
  TomlValues values_;
  PatternText default_;
};

}  // namespace

PatternFile parse_pattern_file(std::string_view path, std::string_view lang, std::string_view text,
                               Diagnostics& diagnostics) {
  PatternFile file;
  file.path = path;
  file.lang = lang;
  try {
    toml::table root = toml::parse(text, path);
    Reader(file, diagnostics).read(root);
  } catch (const toml::parse_error& e) {
    auto where = e.source().begin;
    diagnostics.add_at({file.path, static_cast<int>(where.line)}, where.column, e.description());
  }
  return file;
}

}  // namespace fakt
