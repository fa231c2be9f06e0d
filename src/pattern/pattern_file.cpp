#include "pattern/pattern_file.h"

#include <fmt/format.h>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <algorithm>
#include <set>

namespace fakt {
namespace {

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }
int line_of(const toml::key& key) { return static_cast<int>(key.source().begin.line); }

class Reader {
 public:
  Reader(PatternFile& file, Diagnostics& diagnostics) : file_(file), diagnostics_(diagnostics) {}

  void read(const toml::table& root) {
    const toml::table* defaults = nullptr;
    for (auto&& [key, node] : root) {
      std::string_view name = key.str();
      if (name == "default") {
        if (!node.is_table()) wrong(key, "[default] must be a table");
        defaults = node.as_table();
      } else if (name != "pattern") {
        head(key, node);
      }
    }
    if (defaults) pattern(*defaults, default_, true);
    if (auto* patterns = root["pattern"].as_array())
      for (auto& node : *patterns)
        if (auto* table = node.as_table()) {
          file_.patterns.push_back(default_);
          pattern(*table, file_.patterns.back(), false);
        } else {
          add(line_of(node), "a pattern must be a table: write [[pattern]]");
        }
    else if (root.contains("pattern"))
      add(line_of(*root.get("pattern")), "patterns are a list of tables: write [[pattern]]");
    complete(root);
  }

 private:
  void add(int line, const std::string& message) { diagnostics_.add({file_.path, line}, message); }
  void wrong(const toml::key& key, const std::string& message) { add(line_of(key), message); }

  static inline const std::vector<std::string> kHeadKeys = {
      "mention", "fact",  "language", "case",    "blocked_by", "anchors", "threshold", "date", "macro",  "table",
      "names",   "words", "default",  "pattern", "helper",     "needs",   "least",     "once", "rivals", "spread"};
  static inline const std::vector<std::string> kPatternKeys = {
      "name",   "match",    "before",    "after",  "not_before", "not_after", "reject",   "value",
      "keys",   "priority", "trigger",   "weight", "cue",        "scope",     "spread",   "yes",
      "no",     "todo",     "any_order", "gap",    "repeat",     "case",      "reading",  "for",
      "clause", "sentence", "macro",     "trap",   "extends",    "where",     "asserted", "uncommon"};

  void head(const toml::key& key, const toml::node& node) {
    std::string_view name = key.str();
    if (name == "mention" || name == "fact" || name == "language") {
      kind(key, node);
    } else if (name == "case") {
      file_.letter_case = letter_case(key, node);
    } else if (name == "date") {
      file_.date = text(key, node);
    } else if (name == "blocked_by") {
      for (auto& word : texts(key, node)) file_.blocked_by.push_back(word.text);
    } else if (name == "anchors") {
      for (auto& word : texts(key, node)) file_.anchors.push_back(word.text);
    } else if (name == "rivals") {
      for (auto& word : texts(key, node)) file_.rivals.push_back(word.text);
    } else if (name == "threshold") {
      file_.threshold = number(key, node);
    } else if (name == "helper") {
      file_.helper = truth(key, node);
    } else if (name == "needs") {
      for (auto& role : texts(key, node)) file_.needs.push_back(role.text);
    } else if (name == "once") {
      for (auto& role : texts(key, node)) file_.once.push_back(role.text);
    } else if (name == "least") {
      file_.least = static_cast<int>(number(key, node));
    } else if (name == "macro") {
      macros(key, node, file_.macros);
    } else if (name == "table") {
      tables(key, node);
    } else if (name == "names") {
      names(key, node);
    } else if (name == "spread") {
      spread(key, node);
    } else if (name == "words") {
      words(key, node);
    } else {
      wrong(key, fmt::format("unknown key {}{}", name, did_you_mean(name, kHeadKeys)));
    }
  }

  void kind(const toml::key& key, const toml::node& node) {
    if (file_.kind != PatternFile::Kind::library) wrong(key, "a file has one of mention, fact and language");
    file_.kind = key == "mention" ? PatternFile::Kind::mention
                 : key == "fact"  ? PatternFile::Kind::fact
                                  : PatternFile::Kind::language;
    file_.name = text(key, node);
    auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (file_.name.empty() || !std::all_of(file_.name.begin(), file_.name.end(), fits))
      wrong(key, fmt::format("{} must be a word of small letters, digits and _", key.str()));
    if (file_.kind == PatternFile::Kind::mention && file_.name == "fact")
      wrong(key, "mentions cannot have the type fact");
  }

  std::string text(const toml::key& key, const toml::node& node) {
    if (auto* value = node.as_string()) return value->get();
    wrong(key, fmt::format("{} must be a text, in quotation marks", key.str()));
    return {};
  }

  /// A line break directly behind ''' is no part of the text, which then begins a line below.
  Written written(const toml::key& key, const toml::node& node) {
    Written out{text(key, node), line_of(node)};
    auto breaks = std::count(out.text.begin(), out.text.end(), '\n');
    if (static_cast<int>(node.source().end.line) - out.line > breaks) ++out.line;
    return out;
  }

  /// A text, or a list of texts.
  std::vector<Written> texts(const toml::key& key, const toml::node& node) {
    std::vector<Written> out;
    if (auto* list = node.as_array()) {
      for (auto& item : *list) out.push_back(written(key, item));
    } else {
      out.push_back(written(key, node));
    }
    return out;
  }

  /// A regex, or a list of alternatives. Each alternative keeps to its own line, so that places stay right.
  Written regex(const toml::key& key, const toml::node& node) {
    auto parts = texts(key, node);
    if (parts.size() == 1) return parts[0];
    std::string all = "(?:";
    int line = parts.empty() ? line_of(node) : parts[0].line;
    int at = line;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      for (; at < parts[i].line; ++at) all += '\n';
      if (i) all += "|";
      all += "(?:" + parts[i].text + "\n)";  // the line break ends a comment
      at += 1 + static_cast<int>(std::count(parts[i].text.begin(), parts[i].text.end(), '\n'));
    }
    return {all + ")", line};
  }

  std::string letter_case(const toml::key& key, const toml::node& node) {
    std::string value = text(key, node);
    if (value != "exact" && value != "first" && value != "any")
      wrong(key, fmt::format("case is exact, first or any, not {}", value));
    return value;
  }

  double number(const toml::key& key, const toml::node& node) {
    if (auto value = node.value<double>(); value && node.is_number()) return *value;
    wrong(key, fmt::format("{} must be a number", key.str()));
    return 0;
  }

  bool truth(const toml::key& key, const toml::node& node) {
    if (auto value = node.as_boolean()) return value->get();
    wrong(key, fmt::format("{} must be true or false", key.str()));
    return false;
  }

  /// Runs `each(key, node)` over a table in the order of the file, or says that it should be one.
  template <typename Each>
  void entries(const toml::key& key, const toml::node& node, Each each) {
    if (auto* table = node.as_table()) {
      std::vector<std::pair<const toml::key*, const toml::node*>> written;
      for (auto&& [name, value] : *table) written.emplace_back(&name, &value);
      auto place = [](const auto& entry) {
        auto begin = entry.first->source().begin;
        return std::pair(begin.line, begin.column);
      };
      std::stable_sort(written.begin(), written.end(),
                       [&](const auto& a, const auto& b) { return place(a) < place(b); });
      for (auto [name, value] : written) each(*name, *value);
    } else {
      wrong(key, fmt::format("{} must be a table", key.str()));
    }
  }

  void macros(const toml::key& key, const toml::node& node, std::vector<std::pair<std::string, Written>>& out) {
    entries(key, node, [&](const toml::key& name, const toml::node& value) {
      out.emplace_back(std::string(name.str()), regex(name, value));
    });
  }

  void tables(const toml::key& key, const toml::node& node) {
    entries(key, node, [&](const toml::key& name, const toml::node& rows) {
      TableText table{std::string(name.str()), line_of(name), {}};
      entries(name, rows, [&](const toml::key& spelling, const toml::node& meaning) { row(table, spelling, meaning); });
      file_.tables.push_back(std::move(table));
    });
  }

  void row(TableText& table, const toml::key& spelling, const toml::node& meaning) {
    TableRow row{{std::string(spelling.str()), line_of(spelling)}, {}, {}};
    if (auto* fields = meaning.as_table()) {
      for (auto&& [name, value] : *fields) {
        if (name == "value")
          row.meaning = scalar(name, value);
        else
          row.fields.emplace_back(std::string(name.str()), scalar(name, value));
      }
    } else {
      row.meaning = scalar(spelling, meaning);
    }
    table.rows.push_back(std::move(row));
  }

  /// A text, a number or a truth value, as text.
  std::string scalar(const toml::key& key, const toml::node& node) {
    if (auto* value = node.as_string()) return value->get();
    if (auto* value = node.as_integer()) return std::to_string(value->get());
    if (auto* value = node.as_floating_point()) return fmt::format("{}", value->get());
    if (auto* value = node.as_boolean()) return value->get() ? "true" : "false";
    wrong(key, fmt::format("the value of {} must be a text or a number", key.str()));
    return {};
  }

  void names(const toml::key& key, const toml::node& node) {
    NamesText names;
    names.line = line_of(key);
    entries(key, node, [&](const toml::key& name, const toml::node& value) {
      if (name == "genitive") {
        for (auto& ending : texts(name, value)) names.genitive.push_back(ending.text);
      } else if (name == "clitics") {
        for (auto& ending : texts(name, value)) names.clitics.push_back(ending.text);
      } else if (name == "articles") {
        for (auto& article : texts(name, value)) names.articles.push_back(article.text);
      } else if (name == "weight") {
        names.weight = number(name, value);
      } else if (name == "ambiguous_weight") {
        names.ambiguous_weight = number(name, value);
      } else if (name == "inflection") {
        entries(name, value, [&](const toml::key& ending, const toml::node& others) {
          names.inflection.emplace_back(std::string(ending.str()), text(ending, others));
        });
      } else {
        wrong(name, fmt::format("unknown key {} in [names]{}", name.str(),
                                did_you_mean(name.str(), {"genitive", "clitics", "articles", "weight",
                                                          "ambiguous_weight", "inflection"})));
      }
    });
    file_.names = std::move(names);
  }

  void spread(const toml::key& key, const toml::node& node) {
    SpreadText spread;
    spread.line = line_of(key);
    entries(key, node, [&](const toml::key& name, const toml::node& value) {
      if (name == "without" || name == "not_alone")
        (name == "without" ? spread.without : spread.not_alone) = regex(name, value);
      else if (name == "common")
        spread.common = this->text(name, value);
      else if (name == "weight" || name == "part" || name == "alone")
        (name == "weight" ? spread.weight : name == "part" ? spread.part : spread.alone) = number(name, value);
      else if (name == "first" || name == "last")
        (name == "first" ? spread.first : spread.last) = truth(name, value);
      else
        wrong(name, fmt::format("unknown key {} in [spread]{}", name.str(),
                                did_you_mean(name.str(), {"without", "not_alone", "common", "weight", "part", "alone",
                                                          "first", "last"})));
    });
    file_.spread = std::move(spread);
  }

  void words(const toml::key& key, const toml::node& node) {
    entries(key, node, [&](const toml::key& name, const toml::node& list) {
      std::vector<std::string> all;
      for (auto& word : texts(name, list)) all.push_back(word.text);
      file_.lists.emplace_back(std::string(name.str()), std::move(all));
    });
  }

  void pattern(const toml::table& table, PatternText& out, bool is_default) {
    out.line = line_of(table);
    for (auto&& [key, node] : table) {
      if (is_default && (key == "name" || key == "match" || key == "yes" || key == "no" || key == "todo"))
        wrong(key, fmt::format("{} has no place in [default]", key.str()));
      else
        pattern_key(key, node, out);
    }
    if (is_default) return;
    if (out.name.empty()) add(out.line, "a pattern without a name");
    if (out.match.text.empty() && out.any_order.empty())
      add(out.line, fmt::format("pattern {} without a match", out.name));
    if (!out.scopes.empty() && !out.cue) add(out.line, fmt::format("pattern {}: scope is for cues", out.name));
    if (!out.readings.empty() && !out.cue) add(out.line, fmt::format("pattern {}: for is for cues", out.name));
    if (out.cue && out.scopes.empty()) add(out.line, fmt::format("pattern {}: a cue needs a scope", out.name));
    auto needed = out.trap ? Example::Kind::no : Example::Kind::yes;
    bool shown =
        std::any_of(out.examples.begin(), out.examples.end(), [&](const Example& e) { return e.kind == needed; });
    if (!shown) add(out.line, fmt::format("pattern {} without a {} example", out.name, out.trap ? "no" : "yes"));
  }

  Written* regex_key(std::string_view name, PatternText& out) {
    if (name == "match") return &out.match;
    if (name == "before") return &out.before;
    if (name == "after") return &out.after;
    if (name == "not_before") return &out.not_before;
    if (name == "not_after") return &out.not_after;
    if (name == "reject") return &out.reject;
    if (name == "trigger") return &out.trigger;
    if (name == "gap") return &out.gap;
    return nullptr;
  }

  void pattern_key(const toml::key& key, const toml::node& node, PatternText& out) {
    std::string_view name = key.str();
    if (Written* target = regex_key(name, out)) {
      *target = regex(key, node);
    } else if (name == "name") {
      out.name = text(key, node);
    } else if (name == "any_order") {
      out.any_order = texts(key, node);
    } else if (name == "clause") {
      out.clause = texts(key, node);
    } else if (name == "sentence") {
      out.sentence = texts(key, node);
    } else if (name == "macro") {
      macros(key, node, out.macros);
    } else if (name == "where") {
      entries(key, node, [&](const toml::key& k, const toml::node& v) {
        out.where.emplace_back(std::string(k.str()), scalar(k, v));
      });
    } else if (name == "asserted") {
      out.asserted = truth(key, node);
    } else if (name == "value") {
      out.value = text(key, node);
    } else if (name == "case") {
      out.letter_case = letter_case(key, node);
    } else if (name == "keys") {
      entries(key, node,
              [&](const toml::key& k, const toml::node& v) { set_key(out, std::string(k.str()), scalar(k, v)); });
    } else if (name == "priority") {
      out.priority = static_cast<int>(number(key, node));
    } else if (name == "weight") {
      out.weight = number(key, node);
    } else if (name == "extends") {
      out.extends = text(key, node);
    } else if (name == "reading") {
      out.reading = text(key, node);
    } else if (name == "for") {
      for (auto& word : texts(key, node)) out.readings.push_back(word.text);
    } else if (name == "cue" || name == "spread" || name == "repeat" || name == "trap" || name == "uncommon") {
      (name == "cue"      ? out.cue
       : name == "spread" ? out.spread
       : name == "repeat" ? out.repeat
       : name == "trap"   ? out.trap
                          : out.uncommon) = truth(key, node);
    } else if (name == "scope") {
      scopes(key, node, out);
    } else if (name == "yes" || name == "no" || name == "todo") {
      examples(key, node, out);
    } else {
      wrong(key, fmt::format("unknown key {}{}", name, did_you_mean(name, kPatternKeys)));
    }
  }

  /// A pattern's own key replaces the one of [default].
  static void set_key(PatternText& out, std::string name, std::string value) {
    for (auto& [n, v] : out.keys)
      if (n == name) return void(v = std::move(value));
    out.keys.emplace_back(std::move(name), std::move(value));
  }

  /// A scope, or several and what the cue weighs there: { sentence = 0.5, paragraph = 0.2 }.
  void scopes(const toml::key& key, const toml::node& node, PatternText& out) {
    if (node.is_table())
      entries(key, node, [&](const toml::key& name, const toml::node& weight) {
        out.scopes.emplace_back(scope(name, name.str()), number(name, weight));
      });
    else
      out.scopes.emplace_back(scope(key, text(key, node)), std::nullopt);
  }

  CueScope scope(const toml::key& key, std::string_view value) {
    if (value == "exact") return CueScope::exact;
    if (value == "attached") return CueScope::attached;
    if (value == "sentence") return CueScope::sentence;
    if (value == "paragraph") return CueScope::paragraph;
    if (value == "document") return CueScope::document;
    wrong(key, fmt::format("scope is exact, attached, sentence, paragraph or document, not {}", value));
    return CueScope::document;
  }

  void examples(const toml::key& key, const toml::node& node, PatternText& out) {
    auto kind = key == "yes" ? Example::Kind::yes : key == "no" ? Example::Kind::no : Example::Kind::todo;
    entries(key, node, [&](const toml::key& sentence, const toml::node& value) {
      Example example{kind, {std::string(sentence.str()), line_of(sentence)}, {}};
      if (kind == Example::Kind::no)
        (void)text(sentence, value);
      else if (auto* list = value.as_array())
        for (auto& item : *list) example.expected.push_back(expectation(sentence, item));
      else
        example.expected.push_back(expectation(sentence, value));
      out.examples.push_back(std::move(example));
    });
  }

  std::vector<std::pair<std::string, std::string>> expectation(const toml::key& key, const toml::node& node) {
    std::vector<std::pair<std::string, std::string>> out;
    if (auto* table = node.as_table()) {
      for (auto&& [name, value] : *table) {
        if (auto* list = value.as_array())  // a role that repeats
          for (auto& item : *list) out.emplace_back(std::string(name.str()), scalar(name, item));
        else
          out.emplace_back(std::string(name.str()), scalar(name, value));
      }
    } else
      out.emplace_back("value", scalar(key, node));
    return out;
  }

  void complete(const toml::table& root) {
    using Kind = PatternFile::Kind;
    if (!file_.patterns.empty() && file_.kind != Kind::mention && file_.kind != Kind::fact) {
      diagnostics_.add({file_.path, line_of(*root.get("pattern"))},
                       "a file with patterns needs mention = \"TYPE\" or fact = \"PREDICATE\"");
    }
    std::set<std::string> names;
    for (const auto& pattern : file_.patterns)
      if (!pattern.name.empty() && !names.insert(pattern.name).second)
        add(pattern.line, fmt::format("pattern {} stands here twice", pattern.name));
  }

  PatternFile& file_;
  Diagnostics& diagnostics_;
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
