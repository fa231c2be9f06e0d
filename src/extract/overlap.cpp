#include "extract/overlap.h"

#include <algorithm>

namespace fakt {
namespace {

bool wins(const Candidate& a, const Candidate& b) {
  if (a.span.size() != b.span.size()) return a.span.size() > b.span.size();
  if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
  if (a.score != b.score) return a.score > b.score;
  if (a.pattern->priority != b.pattern->priority) return a.pattern->priority > b.pattern->priority;
  return a.pattern->order < b.pattern->order;
}

/// Settles candidates that hang together by overlaps.
class Cluster {
 public:
  /// Moves those of candidates[first, last) that are kept to candidates[to] and on; returns the place behind them.
  std::size_t settle(std::vector<Candidate>& candidates, std::size_t first, std::size_t last, std::size_t to) {
    std::uint32_t begin = candidates[first].span.begin, end = begin;
    order_.clear();
    for (std::size_t i = first; i < last; ++i) order_.push_back(i), end = std::max(end, candidates[i].span.end);
    std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      if (wins(candidates[a], candidates[b])) return true;
      return a < b && !wins(candidates[b], candidates[a]);
    });
    taken_.assign(end - begin, false);
    kept_.assign(last - first, false);
    for (std::size_t i : order_) {
      Span span =
          candidates[i].span;  // what was taken before is no shorter, so it holds an end of whatever it overlaps
      if (taken_[span.begin - begin] || taken_[span.end - 1 - begin]) continue;
      std::fill(taken_.begin() + (span.begin - begin), taken_.begin() + (span.end - begin), true);
      kept_[i - first] = true;
    }
    for (std::size_t i = first; i < last; ++i)
      if (kept_[i - first]) candidates[to++] = candidates[i];
    return to;
  }

 private:
  std::vector<std::size_t> order_;
  std::vector<char> taken_, kept_;  ///< of the bytes from the first candidate's on; of the candidates
};

}  // namespace

void settle_overlaps(std::vector<Candidate>& candidates) {
  Cluster cluster;
  std::size_t to = 0;
  for (std::size_t first = 0; first < candidates.size();) {
    std::size_t last = first + 1;
    for (std::uint32_t end = candidates[first].span.end; last < candidates.size() && candidates[last].span.begin < end;
         ++last)
      end = std::max(end, candidates[last].span.end);
    if (last - first == 1)
      candidates[to++] = candidates[first];
    else if (last - first == 2)
      candidates[to++] = candidates[wins(candidates[first + 1], candidates[first]) ? first + 1 : first];
    else
      to = cluster.settle(candidates, first, last, to);
    first = last;
  }
  candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(to), candidates.end());
}

void drop_blocked(std::vector<Candidate>& candidates, const std::vector<Span>& blockers) {
  auto blocker = blockers.begin();
  std::erase_if(candidates, [&](const Candidate& c) {
    while (blocker != blockers.end() && blocker->end <= c.span.begin) ++blocker;
    return blocker != blockers.end() && blocker->contains(c.span);
  });
}

}  // namespace fakt
