#include "command/extract.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "command/load.h"
#include "error.h"
#include "input/source.h"
#include "output/descriptor.h"
#include "output/sink.h"
#include "pattern/diagnostics.h"
#include "pattern/regex.h"

namespace fakt {
namespace {

/// What became of a batch: text for standard output, messages, and figures.
struct Done {
  std::string out;
  std::vector<std::string> messages;
  bool failed = false;
  std::uint64_t documents = 0, parts = 0, bytes = 0;
  std::map<std::string, std::uint64_t> records;  ///< by type
  struct Count {
    std::string id;
    std::uint64_t records;
    bool continued;  ///< a part that is not the first of its document
  };
  std::vector<Count> counts;  ///< for --count and --files-with-facts
};

class Run {
 public:
  Run(const Options& options, Streams streams, const PatternSets& sets)
      : options_(options),
        streams_(streams),
        sets_(sets),
        extract_(extract_options(options, sets)),
        input_(input(options, streams)),
        source_(input_) {
    OutputOptions output;
    bool terminal = ::isatty(streams.out);
    output.format = !options.format.empty() ? options.format : terminal ? "table" : "jsonl";
    output.sentence = options.sentence, output.explain = options.explain;
    output.per_document = options.per_document;
    output.keep = options.keep;
    const char* no_color = std::getenv("NO_COLOR");
    output.color = options.color == "always" || (options.color == "auto" && terminal && !(no_color && *no_color));
    if (options.per_document && output.format != "jsonl") throw Error("--per-document prints jsonl");
    sink_ = make_sink(output);
  }

  int run() {
    auto start = std::chrono::steady_clock::now();
    bool listing = options_.count || options_.files_with_facts;
    if (!listing) {
      std::string head;
      sink_->begin(head);
      write_all(streams_.out, head);
    }
    unsigned threads = options_.threads ? options_.threads : std::max(1u, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < 2; ++i)  // a second thread is worth its start only if there is work for it
      if (Batch batch; source_.next(batch)) waiting_.push_back(std::move(batch));
    std::vector<std::thread> helpers;
    if (waiting_.size() > 1)
      for (unsigned i = 1; i < threads; ++i) helpers.emplace_back([this] { work(); });
    work();
    for (auto& helper : helpers) helper.join();
    if (trouble_) std::rethrow_exception(trouble_);
    if (listing) flush_count();
    if (options_.stats) print_stats(start);
    if (failed_) return kFailed;
    return options_.exit_status && total_ == 0 ? kNothing : kOk;
  }

 private:
  static InputOptions input(const Options& options, Streams streams) {
    InputOptions in;
    in.paths = options.paths;
    in.format = options.input;
    in.keep = options.keep;
    in.stdin_fd = streams.in;
    in.line_buffered = options.line_buffered || options.per_document;
    return in;
  }

  bool take(Batch& batch) {
    std::lock_guard lock(input_mutex_);
    if (stop_) return false;
    if (!waiting_.empty()) {
      batch = std::move(waiting_.front());
      waiting_.pop_front();
      return true;
    }
    return source_.next(batch);
  }

  void work() {
    try {
      Extractor extractor(sets_, extract_);
      for (Batch batch; take(batch);) {
        std::uint64_t number = batch.number;
        deposit(number, process(std::move(batch), extractor));
      }
    } catch (...) {
      std::lock_guard lock(output_mutex_);
      if (!trouble_) trouble_ = std::current_exception();
      stop_ = true;
      turn_.notify_all();
    }
  }

  Done process(Batch&& batch, Extractor& extractor) {
    Done done;
    Extraction extraction;
    auto message = [&](const std::string& text) {
      done.messages.push_back(fmt::format("fakt: {}\n", printable(text)));
    };
    for (const auto& error : batch.errors) message(error), done.failed = true;
    PieceReader reader;
    reader.error = [&](std::string text) { message(text), done.failed = true; };
    reader.note = [&](std::string text) { message(text); };
    reader.document = [&](Document&& document) {
      extractor.run(document, extraction);
      auto records = make_records(document, extraction);
      done.bytes += document.text.size();
      ++(document.offset_base ? done.parts : done.documents);
      for (const auto& record : records.records) ++done.records[std::string(record.type)];
      if (options_.count || options_.files_with_facts)
        done.counts.push_back({document.id, records.records.size(), document.offset_base > 0});
      else
        sink_->write(records, done.out);
    };
    for (auto& piece : batch.pieces) read_piece(std::move(piece), input_, reader);
    return done;
  }

  /// Waits for its turn, so that the output keeps the order of the input, and at most so many batches wait as there
  /// are threads.
  void deposit(std::uint64_t number, Done done) {
    std::unique_lock lock(output_mutex_);
    turn_.wait(lock, [&] { return stop_ || number == next_; });
    if (stop_) return;
    for (const auto& message : done.messages) try_write(streams_.err, message);
    failed_ |= done.failed;
    write_all(streams_.out, done.out);
    for (auto& count : done.counts) add_count(std::move(count));
    documents_ += done.documents, parts_ += done.parts, bytes_ += done.bytes;
    for (const auto& [type, n] : done.records) records_[type] += n, total_ += n;
    ++next_;
    turn_.notify_all();
  }

  void add_count(Done::Count&& count) {
    if (count.continued && last_count_) {
      last_count_->records += count.records;
      return;
    }
    flush_count();
    last_count_ = std::move(count);
  }

  void flush_count() {
    if (!last_count_) return;
    bool named = options_.paths.size() > 1 || (!options_.paths.empty() && last_count_->id != options_.paths[0]) ||
                 last_count_->id != "-";
    std::string line;
    if (options_.files_with_facts)
      line = last_count_->records ? last_count_->id + "\n" : "";
    else
      line = named ? fmt::format("{}:{}\n", last_count_->id, last_count_->records)
                   : fmt::format("{}\n", last_count_->records);
    write_all(streams_.out, line);
    last_count_.reset();
  }

  void print_stats(std::chrono::steady_clock::time_point start) {
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::string text = fmt::format("{} documents, {} bytes, {:.3f} s, {:.1f} MB/s\n", documents_, bytes_, seconds,
                                   static_cast<double>(bytes_) / 1e6 / seconds);
    if (parts_) text += fmt::format("{} further parts of documents larger than {} MiB\n", parts_, kPartSize >> 20);
    for (const auto& [type, n] : records_) text += fmt::format("{:>10} {}\n", n, type);
    if (auto overruns = regex_budget_overruns())
      text += fmt::format("{} times a matcher's memory budget was spent: slower from there on\n", overruns);
    try_write(streams_.err, text);
  }

  const Options& options_;
  Streams streams_;
  const PatternSets& sets_;
  ExtractOptions extract_;
  InputOptions input_;
  Source source_;
  std::unique_ptr<Sink> sink_;

  std::mutex input_mutex_;
  std::deque<Batch> waiting_;

  std::mutex output_mutex_;
  std::condition_variable turn_;
  std::uint64_t next_ = 0;
  std::atomic<bool> stop_ = false;
  std::exception_ptr trouble_;
  bool failed_ = false;
  std::uint64_t documents_ = 0, parts_ = 0, bytes_ = 0, total_ = 0;
  std::map<std::string, std::uint64_t> records_;
  std::optional<Done::Count> last_count_;
};

}  // namespace

int run_extract(const Options& options, Streams streams) {
  PatternSets sets = load_patterns(options);
  return Run(options, streams, sets).run();
}

}  // namespace fakt
