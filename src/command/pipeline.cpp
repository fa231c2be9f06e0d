#include "command/pipeline.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace fakt {
namespace {

class Pipeline {
 public:
  Pipeline(Source& source, const std::function<Worker()>& make_worker) : source_(source), make_worker_(make_worker) {}

  void run(unsigned threads, bool prompt) {
    std::vector<std::thread> helpers;
    for (int i = 0; i < 2 && !prompt; ++i)  // a second thread is worth its start only if there is work for it
      if (Batch batch; source_.next(batch)) waiting_.push_back(std::move(batch));
    if (waiting_.size() > 1) start(helpers, threads - 1);
    work();
    for (auto& helper : helpers) helper.join();
    if (trouble_) std::rethrow_exception(trouble_);
  }

 private:
  /// With fewer threads than asked for, when the system gives no more, the work is done all the same.
  void start(std::vector<std::thread>& helpers, unsigned count) {
    try {
      for (unsigned i = 0; i < count; ++i) helpers.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
      return;
    }
  }

  bool take(Batch& batch) {
    std::lock_guard lock(input_mutex_);
    if (stopped()) return false;
    if (waiting_.empty()) return source_.next(batch);
    batch = std::move(waiting_.front());
    waiting_.pop_front();
    return true;
  }

  void work() {
    try {
      Worker worker = make_worker_();
      for (Batch batch; take(batch);) {
        std::uint64_t number = batch.number;
        finish(number, worker(std::move(batch)));
      }
    } catch (...) {
      std::lock_guard lock(output_mutex_);
      if (!trouble_) trouble_ = std::current_exception();
      turn_.notify_all();
    }
  }

  void finish(std::uint64_t number, const Step& step) {
    std::unique_lock lock(output_mutex_);
    turn_.wait(lock, [&] { return trouble_ || number == next_; });
    if (trouble_) return;
    step();
    ++next_;
    turn_.notify_all();
  }

  bool stopped() {
    std::lock_guard lock(output_mutex_);
    return trouble_ != nullptr;
  }

  Source& source_;
  const std::function<Worker()>& make_worker_;
  std::mutex input_mutex_;
  std::deque<Batch> waiting_;

  std::mutex output_mutex_;
  std::condition_variable turn_;
  std::uint64_t next_ = 0;
  std::exception_ptr trouble_;
};

}  // namespace

void run_in_order(Source& source, unsigned threads, bool prompt, const std::function<Worker()>& make_worker) {
  Pipeline(source, make_worker).run(threads ? threads : std::max(1u, std::thread::hardware_concurrency()), prompt);
}

}  // namespace fakt
