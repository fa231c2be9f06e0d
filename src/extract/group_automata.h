#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "pattern/automaton.h"
#include "pattern/regex.h"

namespace fakt {

class Plan;

/// What finds the patterns of each group of a plan, made on first use, since most groups are never called for in an
/// article. All threads share it, so that what one has found out serves the others: who uses a group locks it.
class GroupAutomata {
 public:
  /// Of one group: automata, or for the plain engine the union of the patterns and, for more than a few, what tells
  /// which of them matched.
  struct Entry {
    std::mutex mutex;                      ///< for all but itself
    std::unique_ptr<Automaton> automaton;  ///< of the patterns
    std::unique_ptr<Automaton> approach;   ///< of what stands before their triggers, read backwards
    std::vector<std::uint32_t> others;     ///< patterns that no automaton can do, by their number in the group
    std::unique_ptr<Regex> any;
    std::unique_ptr<RegexSet> which;
  };

  /// REQUIRES: `plan` outlives this.
  explicit GroupAutomata(const Plan& plan);

  Entry& of(std::uint32_t group) { return entries_[group]; }

  // These make what is missing. REQUIRES: the group is locked.
  void prepare(std::uint32_t group);
  void prepare_approach(std::uint32_t group);

  /// Must be told when an automaton has grown. When all have spent their memory, those that no other thread uses forget
  /// their states. REQUIRES: `held` is locked, and at rest.
  void grew(std::size_t bytes) { spent_.fetch_add(bytes, std::memory_order_relaxed); }
  void forget_if_spent(Entry& held) {
    if (spent_.load(std::memory_order_relaxed) > kMost) forget(held);
  }

 private:
  static constexpr std::size_t kMost = 12 << 20;  ///< bytes of the states of all automata

  void forget(Entry& held);
  void clear(Entry& entry);

  const Plan& plan_;
  std::vector<Entry> entries_;
  std::atomic<std::size_t> spent_ = 0;
};

}  // namespace fakt
