#include "command/pipeline.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
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
    ahead_ = threads;
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

  /// A result that is early waits while its thread goes on, unless it is too far ahead: one hard batch then keeps no
  /// thread idle, nor do results pile up.
  void finish(std::uint64_t number, Step step) {
    std::unique_lock lock(output_mutex_);
    turn_.wait(lock, [&] { return trouble_ || number <= next_ + ahead_; });
    early_.emplace(number, std::move(step));
    while (!trouble_ && !stepping_ && !early_.empty() && early_.begin()->first == next_) {
      Step due = std::move(early_.extract(early_.begin()).mapped());
      stepping_ = true;
      lock.unlock();
      due();
      due = nullptr;
      lock.lock();
      stepping_ = false;
      ++next_;
      turn_.notify_all();
    }
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
  std::uint64_t next_ = 0, ahead_ = 0;
  std::map<std::uint64_t, Step> early_;  ///< of batches that are done, by their number
  bool stepping_ = false;                ///< a thread runs a step, without the mutex
  std::exception_ptr trouble_;
};

}  // namespace

void run_in_order(Source& source, unsigned threads, bool prompt, const std::function<Worker()>& make_worker) {
  Pipeline(source, make_worker).run(threads ? threads : std::max(1u, std::thread::hardware_concurrency()), prompt);
}

}  // namespace fakt
