#include "command/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "pattern/packs.h"

namespace fakt {
namespace {

bool number(std::string_view text, int& out) {
  auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  return code == std::errc() && end == text.data() + text.size();
}

/// YYYY, YYYY-MM or YYYY-MM-DD of a day that there is.
bool is_date(std::string_view text) {
  int year = 0, month = 1, day = 1;
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  if (!number(text.substr(0, 4), year) || year < 1) return false;
  if (text.size() >= 7 && (text[4] != '-' || !number(text.substr(5, 2), month))) return false;
  if (text.size() == 10 && (text[7] != '-' || !number(text.substr(8, 2), day))) return false;
  namespace chr = std::chrono;
  return month > 0 && day > 0 && (chr::year(year) / month / day).ok();
}

std::vector<std::string> type_names(const PatternSets& sets) {
  std::vector<std::string> names = {"fact"};
  for (const auto& language : sets.languages())
    for (const auto& type : language.types)
      if (std::find(names.begin(), names.end(), type) == names.end()) names.push_back(type.str());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

PatternSets load_patterns(const Options& options) {
  if (options.no_default_patterns) return load_pattern_files(options);
  return options.patterns.empty() ? builtin_pattern_sets() : load_on_builtin(options.patterns);
}

PatternSets load_pattern_files(const Options& options) {
  return load_sets(pattern_sources(options.patterns, !options.no_default_patterns));
}

ExtractOptions extract_options(const Options& options, const PatternSets& sets) {
  ExtractOptions out;
  auto known = type_names(sets);
  for (const auto& type : options.types) {
    if (std::find(known.begin(), known.end(), type) == known.end())
      throw Error(fmt::format("unknown type {}{}\nThere are {}", printable(type), did_you_mean(type, known),
                              fmt::join(known, ", ")));
    out.types.insert(type);
  }
  if (options.lang != "auto") {
    std::vector<std::string> languages = {"auto"};
    for (const auto& language : sets.languages()) languages.push_back(language.name.str());
    if (std::find(languages.begin() + 1, languages.end(), options.lang) == languages.end())
      throw Error(
          fmt::format("unknown language {}\nThere are {}", printable(options.lang), fmt::join(languages, ", ")));
    out.lang = options.lang;
  }
  if (!options.date.empty() && !is_date(options.date))
    throw Error(
        fmt::format("--date: {} is no day, month or year; write 2025-02-03, 2025-02 or 2025", printable(options.date)));
  out.date = options.date;
  out.engine = options.engine == "plain" ? Engine::plain : Engine::fast;
  out.dates = options.dates == "reference" ? DatesMode::reference : DatesMode::day;
  return out;
}

}  // namespace fakt
