#include "command/extract.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "command/load.h"
#include "command/pipeline.h"
#include "command/progress.h"
#include "error.h"
#include "input/source.h"
#include "output/descriptor.h"
#include "output/json_text.h"
#include "output/sink.h"
#include "pattern/automaton.h"
#include "pattern/diagnostics.h"
#include "pattern/regex.h"

namespace fakt {
namespace {

/// One document, or a part of one, for outputs that say one thing a document.
struct Summary {
  std::string id, date;
  std::uint64_t records = 0;
  std::string facts;  ///< --per-document: its records as JSON, with commas between
  std::string error;
  bool first = true, last = true;
  bool read = true;  ///< there is a document, whatever became of it
};

/// What became of a batch.
struct Done {
  std::vector<std::string> out;
  struct Message {
    std::string about;  ///< what it must be told of only once; "": it is always told
    std::string text;
  };
  std::vector<Message> messages;
  std::vector<Summary> summaries;
  std::uint64_t documents = 0, parts = 0, bytes = 0;
  std::map<std::string, std::uint64_t> records;  ///< by type
  bool failed = false;
};

class Run {
 public:
  Run(const Options& options, Streams streams, const PatternSets& sets)
      : options_(options),
        streams_(streams),
        extractor_(sets, extract_options(options, sets)),
        input_(input_options(options, streams.in)),
        progress_(streams.err, shows_progress(options, streams)) {
    input_.line_buffered = options.line_buffered || options.per_document;
    listing_ = options.count || options.files_with_facts || options.per_document;
    OutputOptions output;
    bool terminal = options.output.empty() && ::isatty(streams.out);
    output.format = !options.format.empty() ? options.format : terminal && !listing_ ? "table" : "jsonl";
    output.sentence = options.sentence, output.explain = options.explain;
    output.per_document = options.per_document;
    output.keep = options.keep;
    const char* no_color = std::getenv("NO_COLOR");
    output.color = options.color == "always" || (options.color == "auto" && terminal && !(no_color && *no_color));
    sink_ = make_sink(output);
    struct stat status {};
    auto written = [&](bool known) {
      if (known && S_ISREG(status.st_mode)) input_.outputs.push_back(status);
    };
    if (options.output.empty()) {
      written(::fstat(streams.out, &status) == 0);
    } else {
      written(::stat(options.output.c_str(), &status) == 0);  // what takes its place is another file
      file_.emplace(options.output);
      written(::fstat(file_->fd(), &status) == 0);
    }
  }

  int run() {
    Source source(input_);
    std::string text;
    if (!listing_) sink_->begin(text);
    print(text);
    run_in_order(source, options_.threads, input_.line_buffered, [&] { return worker(source); });
    progress_.clear();
    text.clear();
    if (!listing_) sink_->end(text);
    print(text);
    if (last_count_) print_count();
    if (file_) file_->commit();
    if (options_.stats) print_stats();
    if (failed_) return kFailed;
    return options_.exit_status && total_ == 0 ? kNothing : kOk;
  }

 private:
  static bool shows_progress(const Options& options, Streams streams) {
    if (options.progress != "auto") return options.progress == "always";
    return ::isatty(streams.err) && (!options.output.empty() || !::isatty(streams.out));
  }

  Worker worker(Source& source) {
    auto extractor = std::make_shared<Extractor>(extractor_);
    auto extraction = std::make_shared<Extraction>();  // its memory serves all documents
    return [this, &source, extractor, extraction](Batch&& batch) -> Step {
      auto done = std::make_shared<Done>(process(std::move(batch), *extractor, *extraction));
      source.set_batch(is_dense(*done) ? Source::kBatch : kTogether);
      return [this, done] { finish(*done); };
    };
  }

  Done process(Batch&& batch, Extractor& extractor, Extraction& extraction) const {
    Done done;
    std::vector<Document> waiting;
    std::size_t size = 0;
    auto message = [&](std::string about, const std::string& text) {
      done.messages.push_back({std::move(about), fmt::format("fakt: {}\n", printable(text, true))});
    };
    auto extract = [&] {
      extractor.run(waiting, extraction, [&](const Document& document) {
        if (!extraction.patterns)
          message("language " + document.lang,
                  fmt::format("{}: no patterns for its language, {}", document.id, document.lang));
        if (!document.error.empty()) message({}, document.error), done.failed = true;
        add(document, extraction, done);
      });
      waiting.clear();
      size = 0;
    };
    PieceReader reader;
    reader.note = message;
    reader.error = [&](std::string id, const std::string& text) {
      extract();
      message({}, text);
      done.failed = true;
      if (listing_) done.summaries.push_back({std::move(id), {}, 0, {}, text, true, true, false});
    };
    reader.document = [&](Document&& document) {
      size += document.text.size();
      waiting.push_back(std::move(document));
      if (size >= kTogether || waiting.size() == kMostTogether) extract();
    };
    for (auto& piece : batch.pieces) read_piece(std::move(piece), input_, reader);
    extract();
    return done;
  }

  /// Whether there is so much to say of a text that more of it at once would take too much memory.
  static bool is_dense(const Done& done) {
    std::size_t written = 0;
    for (const std::string& text : done.out) written += text.size();
    return written > 2 * done.bytes;
  }

  void add(const Document& document, const Extraction& extraction, Done& done) const {
    auto records = make_records(document, extraction);
    done.bytes += document.text.size();
    ++(document.offset_base ? done.parts : done.documents);
    for (const auto& record : records.records) ++done.records[std::string(record.type)];
    if (!listing_) {
      if (done.out.empty() || done.out.back().size() > kLongOutput) done.out.emplace_back();
      return sink_->write(records, done.out.back());
    }
    Summary& summary = done.summaries.emplace_back();
    summary.id = document.id, summary.date = document.date, summary.error = document.error;
    summary.records = records.records.size();
    summary.first = document.offset_base == 0, summary.last = document.last;
    if (options_.per_document) sink_->write(records, summary.facts);
  }

  /// In the order of the input, never in two threads at once.
  void finish(const Done& done) {
    if (!done.messages.empty()) progress_.clear();
    for (const auto& message : done.messages)
      if (message.about.empty() || told_.insert(message.about).second) try_write(streams_.err, message.text);
    if (told_.size() > kTold) told_.clear();
    for (const std::string& text : done.out) print(text);
    for (const auto& summary : done.summaries)
      if (options_.per_document)
        print_document(summary);
      else if (summary.read)
        add_count(summary);
    failed_ |= done.failed;
    documents_ += done.documents, parts_ += done.parts, bytes_ += done.bytes;
    for (const auto& [type, n] : done.records) records_[type] += n, total_ += n;
    progress_.update(documents_, bytes_);
  }

  void print(const std::string& text) {
    if (file_)
      write_all(file_->fd(), text, file_->path());
    else
      write_all(streams_.out, text);
  }

  /// --per-document, part by part: {"doc":...,"facts":[...]}, or with "error" where it could not be read.
  void print_document(const Summary& summary) {
    std::string line;
    if (summary.first) {
      line = "{\"doc\":";
      append_json(line, summary.id);
      if (!summary.date.empty()) append_key(line, "doc_date"), append_json(line, summary.date);
      if (summary.read) line += ",\"facts\":[";
      open_facts_ = false;
    }
    if (!summary.facts.empty() && open_facts_) line += ',';
    open_facts_ |= !summary.facts.empty();
    line += summary.facts;
    if (summary.last) {
      if (summary.read) line += ']';
      if (!summary.error.empty()) append_key(line, "error"), append_json(line, summary.error);
      line += "}\n";
    }
    print(line);
  }

  void add_count(const Summary& summary) {
    if (!summary.first && last_count_) {
      last_count_->records += summary.records;
      return;
    }
    if (last_count_) print_count();
    last_count_ = summary;
  }

  void print_count() {
    const std::string& id = last_count_->id;
    bool only_one = options_.files_from.empty() && options_.paths.size() <= 1 &&
                    id == (options_.paths.empty() ? "-" : options_.paths[0]);
    if (!options_.files_with_facts)
      print(only_one ? fmt::format("{}\n", last_count_->records) : fmt::format("{}:{}\n", id, last_count_->records));
    else if (last_count_->records)
      print(id + "\n");
    last_count_.reset();
  }

  void print_stats() {
    double seconds = progress_.seconds();
    std::string text = fmt::format("{} documents, {} bytes, {:.3f} s, {:.1f} MB/s\n", documents_, bytes_, seconds,
                                   static_cast<double>(bytes_) / 1e6 / seconds);
    if (parts_) text += fmt::format("{} further parts of documents larger than {} KiB\n", parts_, kPartSize >> 10);
    for (const auto& [type, n] : records_) text += fmt::format("{:>10} {}\n", n, type);
    if (auto overruns = regex_budget_overruns())
      text += fmt::format("{} times a matcher's memory budget was spent: slower from there on\n", overruns);
    if (auto restarts = automata_restarts())
      text += fmt::format("{} times an automaton had spent its memory and began anew\n", restarts);
    try_write(streams_.err, text);
  }

  static constexpr std::size_t kTogether = 256u << 10;    ///< bytes of documents that are searched together
  static constexpr std::size_t kMostTogether = 64;        ///< documents
  static constexpr std::size_t kLongOutput = 256u << 10;  ///< bytes behind which another string begins
  static constexpr std::size_t kTold = 10000;             ///< so that it does not grow with the input

  const Options& options_;
  Streams streams_;
  const Extractor extractor_;  ///< what each thread copies
  InputOptions input_;
  std::unique_ptr<Sink> sink_;
  std::optional<OutputFile> file_;
  bool listing_ = false;  ///< one thing a document is printed instead of its records

  Progress progress_;
  std::set<std::string> told_;
  bool failed_ = false;
  bool open_facts_ = false;
  std::uint64_t documents_ = 0, parts_ = 0, bytes_ = 0, total_ = 0;
  std::map<std::string, std::uint64_t> records_;
  std::optional<Summary> last_count_;
};

}  // namespace

namespace {

/// A record must not have two keys of one name.
void require_free_keys(const Options& options, const PatternSets& sets) {
  if (options.keep.empty()) return;
  std::set<std::string, std::less<>> taken = {
      "doc",    "doc_date",   "type",           "start",        "end",      "line",         "column",
      "text",   "value",      "predicate",      "args",         "encoding", "sentence",     "score",
      "amount", "amount_max", "sentence_start", "sentence_end", "pattern",  "pattern_file", "pattern_line",
      "mod",    "currency",   "sign",           "from",         "to",       "anchor",       "fact_id"};
  sets.each([&](const PatternSet& set) {
    for (const auto& type : set.types())
      for (const auto& pattern : type->patterns)
        for (const auto& [key, value] : pattern->keys) taken.insert(key.str());
  });
  for (const auto& key : options.keep) {
    if (taken.contains(key)) throw Error(fmt::format("--keep {}: records have a key of that name", printable(key)));
    if (std::count(options.keep.begin(), options.keep.end(), key) > 1)
      throw Error(fmt::format("--keep {}: named twice", printable(key)));
  }
}

}  // namespace

InputOptions input_options(const Options& options, int stdin_fd) {
  InputOptions in;
  in.paths = options.paths;
  in.format = options.input;
  in.keep = options.keep;
  in.encoding = options.encoding;
  in.files_from = options.files_from;
  in.nul_separated = options.nul_separated;
  in.stdin_fd = stdin_fd;
  return in;
}

int run_extract(const Options& options, Streams streams) {
  PatternSets sets = load_patterns(options);
  require_free_keys(options, sets);
  return Run(options, streams, sets).run();
}

}  // namespace fakt
