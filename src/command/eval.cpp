#include "command/eval.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "command/extract.h"
#include "command/load.h"
#include "command/pipeline.h"
#include "command/score.h"
#include "error.h"
#include "input/descriptor.h"
#include "output/descriptor.h"
#include "output/json_text.h"
#include "output/record.h"
#include "pattern/diagnostics.h"

namespace fakt {
namespace {

using Key = std::pair<std::string, std::string>;  ///< type or predicate, document

/// The gold records, sorted by what they are compared with.
struct Gold {
  std::set<std::string> docs, types, predicates;
  std::map<Key, std::vector<GoldRecord>> mentions, facts;
};

std::string read_all(const std::string& path, int stdin_fd) {
  Descriptor fd = path == "-" ? Descriptor(stdin_fd) : open_to_read(path);
  std::string text;
  ssize_t got = fd.get() < 0 ? -1 : 1;
  while (got > 0) got = read_some(fd.get(), text, kReadBlock);
  if (got < 0) throw Error(failure(path, errno));
  return text;
}

Gold read_gold(const std::string& path, int stdin_fd) {
  std::string text = read_all(path, stdin_fd);
  std::size_t size = text.size();
  text.append(kJsonPadding, '\0');
  Gold gold;
  std::size_t number = 0;
  for (std::size_t begin = 0, end = 0; begin < size; begin = end + 1) {
    end = std::min(text.find('\n', begin), size);
    ++number;
    std::string_view line(text.data() + begin, end - begin);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    GoldRecord record;
    std::string error;
    if (!parse_gold_record(line, record, error)) throw Error(fmt::format("{}:{}: {}", path, number, error));
    gold.docs.insert(record.doc);
    if (record.type == "fact") {
      gold.predicates.insert(record.predicate);
      gold.facts[{record.predicate, record.doc}].push_back(std::move(record));
    } else if (!record.type.empty()) {
      gold.types.insert(record.type);
      gold.mentions[{record.type, record.doc}].push_back(std::move(record));
    }
  }
  return gold;
}

class Evaluation {
 public:
  Evaluation(const Options& options, Streams streams, const PatternSets& sets)
      : options_(options), streams_(streams), sets_(sets), gold_(read_gold(options.gold, streams.in)) {
    std::set<std::string> asked(options.types.begin(), options.types.end());
    with_facts_ = asked.empty() ? !gold_.predicates.empty() : asked.erase("fact") > 0;
    types_ = asked.empty() && options.types.empty() ? gold_.types : asked;
    if (types_.empty() && !with_facts_) throw Error(options.gold + ": no gold record has a type");
    extract_ = extract_options(known_types_only(), sets);
  }

  int run() {
    Source source(input_options(options_, streams_.in));
    InputOptions input = input_options(options_, streams_.in);
    run_in_order(source, options_.threads, false, [this, &input] { return worker(input); });
    score();
    write_all(streams_.out, options_.json ? as_json() : as_table());
    auto missing =
        std::count_if(gold_.docs.begin(), gold_.docs.end(), [&](const auto& d) { return !seen_.contains(d); });
    if (missing) {
      try_write(streams_.err, fmt::format("fakt: {}: {} of its {} documents were not among those read\n", options_.gold,
                                          missing, gold_.docs.size()));
      failed_ = true;
    }
    return failed_ ? kFailed : kOk;
  }

 private:
  /// Types of the gold that no pattern knows are not found, which is a result; a type that was asked for and stands
  /// nowhere is a slip.
  Options known_types_only() const {
    Options known = options_;
    known.types.clear();
    for (const auto& type : types_) {
      const auto& languages = sets_.languages();
      auto knows = [&](const LanguageHead& l) {
        return std::find(l.types.begin(), l.types.end(), type) != l.types.end();
      };
      if (!gold_.types.contains(type) || std::any_of(languages.begin(), languages.end(), knows))
        known.types.push_back(type);
    }
    if (with_facts_ || known.types.empty()) known.types.push_back("fact");
    return known;
  }

  /// What was found in a batch, in the documents of the gold.
  struct Found {
    std::vector<std::string> docs, messages;
    std::vector<std::pair<Key, FoundMention>> mentions;
    std::vector<std::pair<Key, FoundFact>> facts;
    bool failed = false;
  };

  Worker worker(const InputOptions& input) {
    auto extractor = std::make_shared<Extractor>(sets_, extract_);
    return [this, extractor, &input](Batch&& batch) -> Step {
      auto found = std::make_shared<Found>();
      Extraction extraction;
      PieceReader reader;
      reader.note = [&](const std::string&, const std::string& text) { found->messages.push_back(text); };
      reader.error = [&](const std::string&, const std::string& text) {
        found->messages.push_back(text);
        found->failed = true;
      };
      reader.document = [&](Document&& document) {
        if (!document.error.empty()) reader.error({}, document.error);
        found->docs.push_back(document.id);
        if (!gold_.docs.contains(document.id)) return;
        extractor->run(document, extraction);
        collect(document, extraction, *found);
      };
      for (auto& piece : batch.pieces) read_piece(std::move(piece), input, reader);
      return [this, found] { add(*found); };
    };
  }

  static void collect(const Document& document, const Extraction& extraction, Found& found) {
    auto text = [&](Span span) { return document.text.substr(span.begin, span.size()); };
    auto base = document.offset_base;
    for (const Mention& m : extraction.mentions)
      found.mentions.push_back(
          {{std::string(m.type), document.id}, {base + m.span.begin, base + m.span.end, text(m.span), m.value}});
    for (const Fact& fact : extraction.facts) {
      FoundFact& out = found.facts.emplace_back(Key{std::string(fact.predicate), document.id}, FoundFact{}).second;
      for (const auto& arg : fact.args)
        out.args.push_back({std::string(arg.role), text(arg.span), base + arg.span.begin, base + arg.span.end});
    }
  }

  void add(Found& found) {
    for (const auto& message : found.messages) try_write(streams_.err, fmt::format("fakt: {}\n", printable(message)));
    failed_ |= found.failed;
    seen_.insert(found.docs.begin(), found.docs.end());
    for (auto& [key, mention] : found.mentions) mentions_[key].push_back(std::move(mention));
    for (auto& [key, fact] : found.facts) facts_[key].push_back(std::move(fact));
  }

  void score() {
    for (const auto& type : types_) {
      MentionScorer scorer;
      for (const auto& doc : gold_.docs) scorer.add(type, {doc, gold_.mentions[{type, doc}], mentions_[{type, doc}]});
      auto rows = scorer.rows(type);
      mention_rows_.insert(mention_rows_.end(), rows.begin(), rows.end());
      for (std::size_t i = 0; i < scorer.errors().size(); ++i) append(mention_errors_, scorer.errors()[i]);
    }
    if (with_facts_) score_facts();
  }

  void score_facts() {
    auto predicates = gold_.predicates;
    if (options_.closed)
      for (const auto& [key, facts] : facts_) predicates.insert(key.first);
    FactScorer all;
    for (const auto& predicate : predicates) {
      FactScorer scorer;
      for (const auto& doc : gold_.docs)
        scorer.add(predicate, {doc, gold_.facts[{predicate, doc}], facts_[{predicate, doc}]});
      auto rows = scorer.rows(predicate);
      fact_rows_.insert(fact_rows_.end(), rows.begin(), rows.end());
      all.add(scorer);
    }
    auto rows = all.rows("all");
    fact_rows_.insert(fact_rows_.end(), rows.begin(), rows.end());
    fact_errors_ = all.errors();
  }

  static void append(std::vector<ScoreErrors>& to, const ScoreErrors& more) {
    auto same = std::find_if(to.begin(), to.end(), [&](const auto& e) { return e.kind == more.kind; });
    if (same == to.end())
      to.push_back(more);
    else
      same->lines.insert(same->lines.end(), more.lines.begin(), more.lines.end());
  }

  std::string as_table() const {
    std::string out;
    if (!types_.empty())
      out += fmt::format("{:10} {:8} {:>7} {:>7} {:>7} {:>6} {:>6} {:>6}\n", "type", "mode", "P", "R", "F1", "tp",
                         "found", "gold");
    for (const auto& [name, mode, s] : mention_rows_)
      out += fmt::format("{:10} {:8} {:7.4f} {:7.4f} {:7.4f} {:6} {:6} {:6}\n", name, mode, s.precision(), s.recall(),
                         s.f1(), s.right, s.found, s.gold);
    out += show(mention_errors_);
    if (with_facts_)
      out += fmt::format("{:24} {:6} {:>7} {:>7} {:>7} {:>5} {:>6} {:>5}\n", "predicate", "mode", "P", "R", "F1", "tp",
                         "found", "gold");
    for (const auto& [name, mode, s] : fact_rows_)
      out += fmt::format("{:24} {:6} {:7.4f} {:7.4f} {:7.4f} {:5} {:6} {:5}\n", name, mode, s.precision(), s.recall(),
                         s.f1(), s.right, s.found, s.gold);
    return out + show(fact_errors_);
  }

  std::string show(const std::vector<ScoreErrors>& errors) const {
    std::string out;
    if (!options_.errors) return out;
    for (const auto& [kind, lines] : errors) {
      out += fmt::format("-- {}: {}\n", kind, lines.size());
      for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), static_cast<std::size_t>(options_.errors)); ++i)
        out += lines[i] + "\n";
    }
    return out;
  }

  /// {"money":{"strict":{"p":...},...},...,"fact":{"acquisition":{"event":...},...,"all":...}}
  std::string as_json() const {
    std::string out = "{";
    append_rows(mention_rows_, out);
    if (with_facts_) {
      append_key(out, "fact");
      out += '{';
      append_rows(fact_rows_, out);
      out += '}';
    }
    return out + "}\n";
  }

  static void append_rows(const std::vector<ScoreRow>& rows, std::string& out) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& [name, mode, s] = rows[i];
      if (i == 0 || rows[i - 1].name != name) {
        out += out.ends_with('{') ? "" : ",";
        append_json(out, name);
        out += ":{";
      }
      append_key(out, mode);
      out += fmt::format(R"({{"p":{},"r":{},"f1":{},"tp":{},"found":{},"gold":{}}})", s.precision(), s.recall(), s.f1(),
                         s.right, s.found, s.gold);
      if (i + 1 == rows.size() || rows[i + 1].name != name) out += '}';
    }
  }

  const Options& options_;
  Streams streams_;
  const PatternSets& sets_;
  Gold gold_;
  ExtractOptions extract_;
  std::set<std::string> types_, seen_;
  bool with_facts_ = false, failed_ = false;
  std::map<Key, std::vector<FoundMention>> mentions_;
  std::map<Key, std::vector<FoundFact>> facts_;
  std::vector<ScoreRow> mention_rows_, fact_rows_;
  std::vector<ScoreErrors> mention_errors_, fact_errors_;
};

}  // namespace

int run_eval(const Options& options, Streams streams) {
  PatternSets sets = load_patterns(options);
  return Evaluation(options, streams, sets).run();
}

}  // namespace fakt
