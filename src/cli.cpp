#include "cli.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

#include "error.h"
#include "output/sink.h"
#include "pattern/diagnostics.h"

namespace fakt {
namespace {

constexpr const char* kVersion = "fakt 0.1.0";

/// Only the first word can be a command: `fakt a.txt check` reads two files.
Options::Command command_of(const std::vector<std::string>& args) {
  if (args.empty()) return Options::Command::extract;
  if (args[0] == "check") return Options::Command::check;
  if (args[0] == "eval") return Options::Command::eval;
  if (args[0] == "patterns") return Options::Command::patterns;
  return Options::Command::extract;
}

CLI::Validator one_of(std::vector<std::string> values) {
  return CLI::Validator(
      [values](std::string& given) {
        if (std::find(values.begin(), values.end(), given) != values.end()) return std::string();
        return fmt::format("{} is none of {}{}", given, fmt::join(values, ", "), did_you_mean(given, values));
      },
      "");
}

void add_pattern_options(CLI::App& app, Options& o) {
  app.add_option("--patterns", o.patterns, "own pattern files, a file or a folder (repeatable)")
      ->type_name("PATH")
      ->allow_extra_args(false);
  app.add_flag("--no-default-patterns", o.no_default_patterns, "leave the built-in patterns out");
}

void add_reading_options(CLI::App& app, Options& o) {
  app.add_option("-t,--type", o.types, "types to print: money, date, chip, org, fact, ...")
      ->type_name("T,...")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--lang", o.lang, "language of the documents: de, en, auto")->type_name("L");
  app.add_option("--date", o.date, "date of all documents, YYYY, YYYY-MM or YYYY-MM-DD")->type_name("D");
  app.add_option("--dates", o.dates, "read relative dates as days, or as linguists annotate: day, reference")
      ->type_name("HOW")
      ->check(one_of({"day", "reference"}));
  app.add_option("--input", o.input, "text, jsonl, auto")->type_name("I")->check(one_of({"text", "jsonl", "auto"}));
  app.add_option("--engine", o.engine)->check(one_of({"fast", "plain"}))->group("");
  app.add_option("-j,--threads", o.threads, "threads; the output is the same for every number")
      ->type_name("N")
      ->check(CLI::Range(1u, 1024u));
}

void add_extract(CLI::App& app, Options& o) {
  app.add_option("path", o.paths, "files, folders, or - for standard input")->type_name("PATH");
  add_reading_options(app, o);
  app.add_option("-f,--format", o.format, "jsonl, table, csv, tsv, grep; default: table on a terminal, else jsonl")
      ->type_name("F")
      ->check(one_of(sink_names()));
  app.add_option("--keep", o.keep, "keys of JSON documents that are copied to the output")
      ->type_name("K,...")
      ->delimiter(',')
      ->allow_extra_args(false);
  add_pattern_options(app, o);
  app.add_flag("--sentence", o.sentence, "add the sentence to every record");
  app.add_flag("--explain", o.explain, "add the pattern, its file and line, and the score");
  app.add_flag("-c,--count", o.count, "print the number of records of each document");
  app.add_flag("-l,--files-with-facts", o.files_with_facts, "print the ids of documents with a record");
  app.add_flag("--stats", o.stats, "print what was done to standard error");
  app.add_flag("-e,--exit-status", o.exit_status, "end with 1 when nothing was printed");
  app.add_flag("--per-document", o.per_document, "one line for each document, flushed");
  app.add_flag("--line-buffered", o.line_buffered, "flush after every document");
  app.add_option("--color", o.color, "when to colour the table: auto, always, never")
      ->type_name("WHEN")
      ->check(one_of({"auto", "always", "never"}));
}

void add_check(CLI::App& app, Options& o) {
  app.add_option("pack", o.paths, "pattern files or folders; default: the built-in patterns")->type_name("PACK");
  app.add_option("--text", o.text, "show what is found in this text, what it scored and what beat it")
      ->type_name("TEXT");
  app.add_option("-t,--type", o.types, "types to show")->type_name("T,...")->delimiter(',')->allow_extra_args(false);
  app.add_option("--lang", o.lang, "language of the text")->type_name("L");
  app.add_option("--date", o.date, "date of the text")->type_name("D");
  add_pattern_options(app, o);
}

void add_eval(CLI::App& app, Options& o) {
  app.add_option("gold", o.gold, "gold records, JSON Lines")->type_name("GOLD")->required();
  app.add_option("path", o.paths, "the documents; default: standard input")->type_name("PATH");
  add_reading_options(app, o);
  app.add_option("--errors", o.errors, "show up to N errors of each kind")
      ->type_name("N")
      ->check(CLI::Range(0, 1000000));
  app.add_flag("--json", o.json, "print JSON");
  add_pattern_options(app, o);
}

void add_patterns(CLI::App& app, Options& o) {
  app.add_flag("--explain-plan", o.explain_plan, "show by what words each group of patterns is found");
  app.add_flag("--json", o.json, "print JSON");
  add_pattern_options(app, o);
}

/// An option that CLI11 could not place, with the nearest one.
[[noreturn]] void refuse(const CLI::App& app, const std::string& word) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options())
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  throw Error(fmt::format("unknown option {}{}", printable(word), did_you_mean(word.substr(0, word.find('=')), names)));
}

void require_valid(const Options& o) {
  auto utf8_free = [](const std::string& word) { return word.empty(); };
  if (std::any_of(o.paths.begin(), o.paths.end(), utf8_free)) throw Error("an empty word is no path");
}

}  // namespace

Options parse_command_line(const std::vector<std::string>& args) {
  Options o;
  o.command = command_of(args);
  CLI::App app(
      "grep for facts: money, dates, chips and organisations in article text, normalised and with their place.\n"
      "Commands: fakt [PATH...]; fakt check [PACK...]; fakt eval GOLD [PATH...]; fakt patterns");
  app.name("fakt");
  app.set_version_flag("-V,--version", kVersion);
  app.allow_extras();
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  switch (o.command) {
    case Options::Command::extract:
      add_extract(app, o);
      break;
    case Options::Command::check:
      add_check(app, o);
      break;
    case Options::Command::eval:
      add_eval(app, o);
      break;
    case Options::Command::patterns:
      add_patterns(app, o);
      break;
  }
  std::vector<std::string> words(args.rbegin(), args.rend());  // CLI11 takes them from the back
  if (o.command != Options::Command::extract) words.pop_back();
  try {
    app.parse(words);
  } catch (const CLI::CallForHelp&) {
    o.done = true;
    o.message = app.help();
  } catch (const CLI::CallForVersion&) {
    o.done = true;
    o.message = std::string(kVersion) + "\n";
  } catch (const CLI::ParseError& e) {
    throw Error(fmt::format("{}\nTry fakt --help", e.what()));
  }
  for (const auto& word : app.remaining())
    if (word.starts_with('-') && word != "-" && word != "--") refuse(app, word);
  if (!o.done && !app.remaining().empty())
    throw Error(fmt::format("unexpected {}\nTry fakt --help", printable(app.remaining().front())));
  o.has_text = o.command == Options::Command::check && app.count("--text") > 0;
  require_valid(o);
  return o;
}

}  // namespace fakt
