#include "cli.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "completions.h"
#include "error.h"
#include "output/sink.h"
#include "pattern/diagnostics.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr const char* kVersion = "fakt 0.1.0";

const std::vector<std::string> kCommands = {"check", "eval", "patterns"};
const std::vector<std::string> kWhen = {"auto", "always", "never"};

/// Only the first word can be a command: `fakt a.txt check` reads two files.
Options::Command command_of(const std::vector<std::string>& args) {
  if (args.empty()) return Options::Command::extract;
  if (args[0] == "check") return Options::Command::check;
  if (args[0] == "eval") return Options::Command::eval;
  if (args[0] == "patterns") return Options::Command::patterns;
  return Options::Command::extract;
}

/// What --help says around the list of options.
struct HelpText {
  std::string about;  ///< first line
  std::string usage;  ///< from "Usage: " on, with what stands in for the arguments
  std::string end;
};

const HelpText kExtractHelp = {
    "grep for facts: money, dates, chips, organisations and what ties them together, with normalised value and place.",
    R"(Usage: fakt [OPTIONS] [PATH...]    files, folders, or - for standard input, which is the default
       fakt check [PACK...]        run the examples of pattern files, or explain what is found in a sentence
       fakt eval GOLD [PATH...]    precision, recall and F1 against gold records
       fakt patterns               what is loaded
check, eval and patterns have their own --help.)",
    R"(Exit status: 0 all was read and all was written, also when nothing was found; 2 any error; 1 with -e only.

Examples:
  fakt article.txt news/                       a table on a terminal, JSON Lines into a pipe
  fakt -t money -f csv news/ > money.csv
  cat article.txt | fakt | jq -r .value
  fakt check --text 'Sie zahlt 5 Mio. Euro.'   what is found in a sentence, and why)"};

const HelpText kCheckHelp = {
    "Compiles pattern files and runs the examples in them, or shows what is found in a text and why.",
    R"(Usage: fakt check [OPTIONS] [PACK...]       pattern files or folders; default: the built-in patterns
       fakt check [OPTIONS] --text TEXT)",
    "Exit status: 0 all examples hold; 2 one does not, or a file has a mistake."};

const HelpText kEvalHelp = {
    "Precision, recall and F1 of what is found in the documents, against gold records, by type.",
    R"(Usage: fakt eval [OPTIONS] GOLD [PATH...]   gold: JSON Lines; documents: files, folders, default standard input)",
    ""};

const HelpText kPatternsHelp = {"What is loaded: types, patterns and names.", "Usage: fakt patterns [OPTIONS]", ""};

/// Options as "-t,--type T,...": CLI11 would add the check and how many words may follow.
class Help : public CLI::Formatter {
 public:
  explicit Help(const HelpText& text) : text_(text) {}
  std::string make_help(const CLI::App* app, std::string, CLI::AppFormatMode mode) const override {
    std::string out = text_.about + "\n\n" + text_.usage + "\n" + make_groups(app, mode);
    for (std::size_t at; (at = out.find("\n\n\n")) != std::string::npos;) out.erase(at, 1);
    return text_.end.empty() ? out : out + "\n" + text_.end + "\n";
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    return option->get_type_size() == 0 ? "" : " " + option->get_type_name();
  }

 private:
  const HelpText& text_;
};

CLI::Validator in_range(unsigned low, unsigned high) {
  return CLI::Validator(
      [low, high](std::string& given) {
        unsigned n = 0;
        bool right = CLI::detail::lexical_cast(given, n) && n >= low && n <= high;
        return right ? "" : fmt::format("{} is no number from {} to {}", printable(given), low, high);
      },
      "");
}

/// The options of one command.
class CommandLine {
 public:
  CommandLine(Options& options, const std::string& name, const HelpText& text) : o(options) {
    app.name(name);
    app.allow_extras();
    app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    auto help = std::make_shared<Help>(text);
    help->column_width(32);
    app.formatter(help);
  }

  void extract() {
    app.add_option("path", o.paths)->type_name("PATH");
    types("types to print");
    reading();
    group("Output");
    one_of("-f,--format", o.format, "F", sink_names(),
           "jsonl, table, csv, tsv, grep, html; default: table on a terminal, else jsonl");
    list("--keep", o.keep, "K,...", "keys of JSON documents that are copied to the output");
    flag("--sentence", o.sentence, "add the sentence to every record");
    flag("--explain", o.explain, "add the pattern, its file and line, and the score");
    flag("-c,--count", o.count, "print the number of records of each document");
    flag("-l,--files-with-facts", o.files_with_facts, "print the ids of documents with a record");
    flag("--per-document", o.per_document, "one line for each document: {\"doc\":...,\"facts\":[...]}");
    path("-o,--output", o.output, "FILE", "write there; an old file stays until the new one is complete");
    flag("--line-buffered", o.line_buffered, "print what is found before more is read");
    one_of("--color", o.color, "WHEN", kWhen, "colours in the table: auto, always, never");
    patterns();
    group("Other");
    flag("-e,--exit-status", o.exit_status, "end with 1 when nothing was printed");
    threads();
    flag("--stats", o.stats, "print what was done to standard error");
    one_of("--progress", o.progress, "WHEN", kWhen, "how far the run is, on standard error: auto, always, never");
    one_of("--completions", completions, "SHELL", {"bash", "zsh", "fish"},
           "print a script that completes these options: bash, zsh, fish");
  }

  void check() {
    app.add_option("pack", o.paths)->type_name("PACK");
    group("Options");
    value("--text", o.text, "TEXT", "show what is found in this text, what it scored and what beat it");
    list("-t,--type", o.types, "T,...", "types to show");
    word("--lang", o.lang, "L", "language of the text", "language");
    word("--date", o.date, "D", "date of the text", "date");
    patterns();
  }

  void eval() {
    app.add_option("gold", o.gold)->type_name("GOLD")->required();
    app.add_option("path", o.paths)->type_name("PATH");
    types("types to score");
    reading();
    group("Output");
    flag("--closed", o.closed, "facts of predicates that the gold does not hold are wrong");
    app.add_option("--errors", o.errors, "show up to N errors of each kind")
        ->type_name("N")
        ->check(in_range(0, 1000000));
    flag("--json", o.json, "print JSON");
    patterns();
    group("Other");
    threads();
  }

  void list_patterns() {
    group("Options");
    flag("--explain-plan", o.explain_plan, "show by what words each group of patterns is found");
    flag("--json", o.json, "print JSON Lines, one for each type");
    patterns();
  }

  void parse(std::vector<std::string> words) {
    group("Other");
    app.set_version_flag("-V,--version", kVersion, "print the version");
    app.set_help_flag("-h,--help", "print this help");
    std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
    try {
      app.parse(words);
    } catch (const CLI::CallForHelp&) {
      return answer(app.help());
    } catch (const CLI::CallForVersion&) {
      return answer(std::string(kVersion) + "\n");
    } catch (const CLI::ArgumentMismatch& e) {
      std::string what = e.what(), option = what.substr(0, what.find(':'));
      bool missing = what.ends_with("missing");
      throw Error(fmt::format("{} {}\nTry {} --help", option, missing ? "needs a value" : "is given more than once",
                              app.get_name()));
    } catch (const CLI::ParseError& e) {
      throw Error(fmt::format("{}\nTry {} --help", printable(e.what()), app.get_name()));
    }
    for (const auto& word : app.remaining())
      if (word.starts_with('-') && word != "-" && word != "--") refuse(word);
    if (!app.remaining().empty())
      throw Error(fmt::format("unexpected {}\nTry {} --help", printable(app.remaining().front()), app.get_name()));
    if (!completions.empty()) answer(completion_script(completions, "fakt", kCommands, completed()));
  }

  bool given(const std::string& option) const { return app.count(option) > 0; }

 private:
  void answer(std::string text) {
    o.done = true;
    o.message = std::move(text);
  }

  CLI::Option* flag(const char* names, bool& target, const char* help) { return app.add_flag(names, target, help); }

  template <typename Target>
  CLI::Option* value(const char* names, Target& target, const char* what, const char* help) {
    return app.add_option(names, target, help)->type_name(what);
  }

  CLI::Option* path(const char* names, std::string& target, const char* what, const char* help) {
    auto* option = word(names, target, what, help, "path");
    paths_.push_back(option);
    return option;
  }

  /// A value that must not be empty, as that of a variable which is not set.
  CLI::Option* word(const char* names, std::string& target, const char* what, const char* help, const char* noun) {
    std::string message = fmt::format("an empty word is no {}", noun);
    auto* option = value(names, target, what, help);
    option->check(
        CLI::Validator([message](std::string& given) { return given.empty() ? message : std::string(); }, ""));
    return option;
  }

  void list(const char* names, std::vector<std::string>& target, const char* what, const char* help) {
    value(names, target, what, help)->delimiter(',')->allow_extra_args(false);
  }

  CLI::Option* one_of(const char* names, std::string& target, const char* what, std::vector<std::string> values,
                      const char* help) {
    auto* option = value(names, target, what, help);
    values_[option] = values;
    option->check(CLI::Validator(
        [values](std::string& given) {
          if (std::find(values.begin(), values.end(), given) != values.end()) return std::string();
          return fmt::format("{} is none of {}{}", given, fmt::join(values, ", "), did_you_mean(given, values));
        },
        ""));
    return option;
  }

  /// The heading in --help of the options that follow.
  void group(const char* name) { app.option_defaults()->group(name); }

  void types(const std::string& what) {
    group("Input and types");
    list("-t,--type", o.types, "T,...", (what + ": money, date, chip, org, fact, ...").c_str());
  }

  void threads() {
    value("-j,--threads", o.threads, "N", "threads; the output is the same for every number")->check(in_range(1, 1024));
  }

  void patterns() {
    group("Patterns");
    auto* option = value("--patterns", o.patterns, "PATH", "own pattern files, a file or a folder (repeatable)");
    option->allow_extra_args(false);
    paths_.push_back(option);
    flag("--no-default-patterns", o.no_default_patterns, "leave the built-in patterns out");
  }

  void reading() {
    word("--lang", o.lang, "L", "language of the documents: de, en, auto", "language");
    word("--date", o.date, "D", "date of all documents, YYYY, YYYY-MM or YYYY-MM-DD", "date");
    one_of("--dates", o.dates, "HOW", {"day", "reference"},
           "read relative dates as days, or as linguists annotate: day, reference");
    one_of("--input", o.input, "I", {"text", "jsonl", "auto"}, "what the documents are: text, jsonl, auto");
    one_of("--engine", o.engine, "E", {"fast", "plain"}, "")->group("");
    word("--encoding", o.encoding, "E", "encoding of all files, as iconv names it; default: what the bytes show",
         "encoding");
    path("--files-from", o.files_from, "F", "read the files, too, that F lists, one a line; - is standard input");
    flag("-0,--null", o.nul_separated, "the entries of --files-from end with NUL");
  }

  std::vector<CompletedOption> completed() const {
    std::vector<CompletedOption> out;
    for (const auto* option : app.get_options()) {
      if (option->get_positional() || option->get_group().empty()) continue;  // hidden ones, too
      CompletedOption& one = out.emplace_back();
      for (const auto& name : option->get_snames()) one.names.push_back("-" + name);
      for (const auto& name : option->get_lnames()) one.names.push_back("--" + name);
      one.help = option->get_description();
      one.has_value = option->get_expected_min() > 0;
      one.value_is_path = std::find(paths_.begin(), paths_.end(), option) != paths_.end();
      if (auto found = values_.find(option); found != values_.end()) one.values = found->second;
    }
    return out;
  }

  /// An option that CLI11 could not place, with the nearest one.
  [[noreturn]] void refuse(const std::string& word) const {
    std::vector<std::string> names;
    for (const auto* option : app.get_options())
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    throw Error(fmt::format("unknown option {}{}\nTry {} --help", printable(word),
                            did_you_mean(word.substr(0, word.find('=')), names), app.get_name()));
  }

  Options& o;
  CLI::App app;
  std::string completions;
  std::map<const CLI::Option*, std::vector<std::string>> values_;
  std::vector<const CLI::Option*> paths_;
};

bool exists(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

/// What CLI11 cannot tell: words that contradict each other.
void require_valid(const Options& o, const std::string& first) {
  auto empty = [](const std::string& word) { return word.empty(); };
  if (std::any_of(o.paths.begin(), o.paths.end(), empty)) throw Error("an empty word is no path");
  auto inputs = std::count(o.paths.begin(), o.paths.end(), "-") + (o.files_from == "-");
  if (inputs > 1) throw Error("standard input can be read only once");
  if (o.nul_separated && o.files_from.empty()) throw Error("-0 says how --files-from is read, which is not there");
  if (o.count + o.files_with_facts + o.per_document > 1)
    throw Error("--count, --files-with-facts and --per-document exclude each other");
  if (o.per_document && !o.format.empty() && o.format != "jsonl")
    throw Error(fmt::format("--per-document prints JSON Lines, not {}", o.format));
  if (o.command == Options::Command::extract && o.paths.size() == 1 && o.paths[0] == first && !exists(first))
    if (auto near = did_you_mean(first, kCommands); !near.empty())
      throw Error(fmt::format("{}: no such file{}", printable(first), near));
}

}  // namespace

Options parse_command_line(const std::vector<std::string>& args) {
  Options o;
  o.command = command_of(args);
  std::vector<std::string> words(args.begin() + (o.command != Options::Command::extract), args.end());
  switch (o.command) {
    case Options::Command::extract: {
      CommandLine line(o, "fakt", kExtractHelp);
      line.extract();
      line.parse(std::move(words));
      break;
    }
    case Options::Command::check: {
      CommandLine line(o, "fakt check", kCheckHelp);
      line.check();
      line.parse(std::move(words));
      o.has_text = line.given("--text");
      break;
    }
    case Options::Command::eval: {
      CommandLine line(o, "fakt eval", kEvalHelp);
      line.eval();
      line.parse(std::move(words));
      break;
    }
    case Options::Command::patterns: {
      CommandLine line(o, "fakt patterns", kPatternsHelp);
      line.list_patterns();
      line.parse(std::move(words));
      break;
    }
  }
  if (!o.done) require_valid(o, args.empty() ? "" : args[0]);
  return o;
}

}  // namespace fakt
