#pragma once

#include <chrono>
#include <cstdint>

namespace fakt {

/// A line on a terminal that tells how far a run is, renewed a few times a second.
class Progress {
 public:
  Progress(int fd, bool on) : fd_(fd), on_(on), start_(std::chrono::steady_clock::now()), shown_(start_) {}
  void update(std::uint64_t documents, std::uint64_t bytes);
  /// Takes the line away, before something else is written to the terminal.
  void clear();
  double seconds() const;

 private:
  int fd_;
  bool on_;
  bool visible_ = false;
  std::chrono::steady_clock::time_point start_, shown_;
};

}  // namespace fakt
