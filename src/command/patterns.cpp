#include "command/patterns.h"

#include <fmt/format.h>

#include "command/load.h"
#include "output/descriptor.h"
#include "output/json_text.h"

namespace fakt {
namespace {

std::string as_json(const std::string& lang, const Type& type) {
  std::string out = "{";
  auto text = [&](std::string_view key, std::string_view value) {
    append_key(out, key);
    append_json(out, value);
  };
  text("lang", lang);
  text(type.is_fact ? "predicate" : "type", type.name);
  append_key(out, "names");
  out += std::to_string(type.names.size());
  append_key(out, "patterns");
  out += "[";
  for (const auto& pattern : type.patterns) {
    out += out.ends_with('[') ? "{" : ",{";
    text("name", pattern->name);
    text("file", pattern->place.file);
    append_key(out, "line");
    out += std::to_string(pattern->place.line);
    append_key(out, "examples");
    out += std::to_string(pattern->examples.size()) + "}";
  }
  return out + "]}\n";
}

std::string as_text(const std::string& lang, const Type& type) {
  std::string out = fmt::format("{} {}{}: {} patterns, {} names\n", lang, type.is_fact ? "fact " : "", type.name,
                                type.patterns.size(), type.names.size());
  for (const auto& pattern : type.patterns)
    out += fmt::format("  {:32} {}:{}\n", pattern->name, pattern->place.file, pattern->place.line);
  return out;
}

}  // namespace

int run_patterns(const Options& options, Streams streams) {
  PatternSets sets = load_patterns(options);
  std::string out;
  for (const auto& [lang, set] : sets)
    for (const auto& type : set->types()) out += options.json ? as_json(lang, *type) : as_text(lang, *type);
  write_all(streams.out, out);
  return kOk;
}

}  // namespace fakt
