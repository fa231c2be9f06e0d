#include "command/patterns.h"

#include <fmt/format.h>

#include "command/load.h"
#include "output/descriptor.h"
#include "output/json_text.h"
#include "pattern/group.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace fakt {
namespace {

std::string as_json(const Text& lang, const Type& type) {
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

std::string as_text(const Text& lang, const Type& type) {
  std::string out = fmt::format("{} {}{}: {} patterns, {} names\n", lang, type.is_fact ? "fact " : "", type.name,
                                type.patterns.size(), type.names.size());
  for (const auto& pattern : type.patterns)
    out += fmt::format("  {:32} {}:{}\n", pattern->name, pattern->place.file, pattern->place.line);
  return out;
}

/// The text of an atom; folding has set bit 5 in the first byte of its Latin-1 letters as well.
std::string readable(std::string text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (valid_size(text, at) == 0 && text[at] == fold_byte('\xC3')) text[at] = '\xC3';
  return text;
}

std::string show(const Atom& atom) {
  std::string text = atom.kind == Atom::Kind::symbol ? atom.text.str() : readable(atom.text.str());
  switch (atom.kind) {
    case Atom::Kind::prefix:
      return text + "-";
    case Atom::Kind::suffix:
      return "-" + text;
    case Atom::Kind::capitals:
      return "(capitals)";
    default:
      return text;
  }
}

template <typename Atoms>
std::string show_words(const Atoms& atoms) {
  constexpr std::size_t kShown = 12;
  std::string out = fmt::format("\n  {} words:", atoms.size());
  for (std::size_t i = 0; i < atoms.size() && i < kShown; ++i) out += " " + show(atoms[i]);
  return atoms.size() > kShown ? out + " ..." : out;
}

/// How a type's patterns are searched for: the words of each group, with digits as 0, and how far before them a match
/// may begin. Groups without such words are tried at every word, which is slow.
std::string plan_of(const Text& lang, const Type& type) {
  std::string out;
  for (const Group& group : type.groups) {
    out += fmt::format("{} {}:", lang, type.name);
    for (std::uint32_t i : group.patterns) out += " " + type.patterns[i]->name;
    if (group.everywhere) {
      out += "\n  no word is required: tried at every word\n";
      continue;
    }
    const Trigger& trigger = *group.trigger;
    out += show_words(trigger.atoms);
    auto bound = [](std::uint32_t n) {
      return n >= Trigger::kAnywhere ? std::string("any number of") : std::to_string(n);
    };
    out += fmt::format("; at most {} bytes and {} words before; regex of {} bytes\n", bound(trigger.lead_bytes),
                       bound(trigger.lead_words), group.regex_size);
  }
  return out;
}

/// In what sentences the alternatives of a fact's patterns are tried: the mentions that must be there, and the words.
std::string plan_of_facts(const Text& lang, const Type& type) {
  std::string out;
  for (const auto& pattern : type.patterns)
    for (const FactWay& way : pattern->fact.ways) {
      out += fmt::format("{} fact {}: {}, alternatives", lang, type.name, pattern->name);
      for (int i = 0; i < 64; ++i)
        if (way.alternatives >> i & 1) out += fmt::format(" {}", i + 1);
      out += way.words.empty() ? "\n  no word is required" : show_words(way.words);
      out += "; mentions:";
      for (const auto& mention : way.mentions) out += " " + mention;
      out += way.mentions.empty() ? " none\n" : "\n";
    }
  return out;
}

}  // namespace

int run_patterns(const Options& options, Streams streams) {
  bool as_written = options.json || options.explain_plan;  // examples and triggers are needed
  PatternSets sets = as_written ? load_pattern_files(options) : load_patterns(options);
  std::string out;
  sets.each([&](const PatternSet& set) {
    const Text& lang = set.language().name;
    for (const auto& type : set.types()) {
      if (options.explain_plan)
        out += type->is_fact ? plan_of_facts(lang, *type) : plan_of(lang, *type);
      else
        out += options.json ? as_json(lang, *type) : as_text(lang, *type);
    }
  });
  write_all(streams.out, out);
  return kOk;
}

}  // namespace fakt
