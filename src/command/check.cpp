#include "command/check.h"

#include <fmt/format.h>

#include "command/load.h"
#include "output/descriptor.h"
#include "pattern/diagnostics.h"
#include "text/unicode.h"

namespace fakt {
namespace {

/// What was found in a text, what it scored, and what did not make it.
std::string explain_text(const Options& options, const PatternSets& sets) {
  ExtractOptions extract = extract_options(options, sets);
  extract.trace = true;
  Extractor extractor(sets, extract);
  Document document;
  document.text = options.text;
  repair_utf8(document.text);
  Extraction found;
  extractor.run(document, found);
  auto text = [&](Span span) { return printable(document.text.substr(span.begin, span.size())); };
  std::string out = fmt::format("language {}\n", document.lang);
  for (const Mention& m : found.mentions) {
    out += fmt::format("{} [{}] = {}", m.type, text(m.span), m.value);
    for (const auto& key : m.keys) out += fmt::format(", {} {}", key.name, key.value);
    out += "\n";
  }
  for (const Fact& fact : found.facts) {
    out += fmt::format("fact {}", fact.predicate);
    for (const auto& arg : fact.args) out += fmt::format(" {}={}", arg.role, arg.value);
    out += fmt::format("  ({} {}:{})\n", fact.pattern->name, fact.pattern->place.file, fact.pattern->place.line);
  }
  out += "candidates:\n";
  for (const auto& traced : found.trace) {
    const Pattern& pattern = *traced.candidate.pattern;
    out += fmt::format("  {} {} [{}] score {:.6g}  {} {}:{}", traced.accepted ? "+" : "-", pattern.type->name,
                       text(traced.candidate.span), traced.candidate.score, pattern.name, pattern.place.file,
                       pattern.place.line);
    if (!traced.accepted) out += fmt::format("  beaten by: {}", traced.beaten_by);
    out += "\n";
  }
  return out;
}

}  // namespace

int run_check(const Options& options, Streams streams) {
  Options load = options;
  load.patterns.insert(load.patterns.end(), options.paths.begin(), options.paths.end());
  bool own = !load.patterns.empty();
  PatternSets sets = own || options.has_text ? load_patterns(load) : load_pattern_files(load);
  if (options.has_text) {
    write_all(streams.out, explain_text(options, sets));
    return kOk;
  }
  ExampleReport report = run_examples(sets, own);
  for (const auto& failure : report.failures) try_write(streams.err, fmt::format("fakt: {}\n", printable(failure)));
  write_all(streams.out, fmt::format("{} examples, {} failed, {} known gaps\n", report.examples, report.failures.size(),
                                     report.gaps));
  return report.failures.empty() ? kOk : kFailed;
}

}  // namespace fakt
