#include "extract/overlap.h"

#include <algorithm>
#include <set>

namespace fakt {
namespace {

bool wins(const Candidate& a, const Candidate& b) {
  if (a.span.size() != b.span.size()) return a.span.size() > b.span.size();
  if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
  if (a.score != b.score) return a.score > b.score;
  if (a.pattern->priority != b.pattern->priority) return a.pattern->priority > b.pattern->priority;
  return a.pattern->order < b.pattern->order;
}

bool by_place(const Candidate& a, const Candidate& b) { return a.span.begin < b.span.begin; }

}  // namespace

std::vector<Candidate> settle_overlaps(std::vector<Candidate> candidates) {
  std::stable_sort(candidates.begin(), candidates.end(), wins);
  std::vector<Candidate> kept;
  std::set<std::pair<std::uint32_t, std::uint32_t>> taken;  // disjoint spans, as end and begin
  for (auto& c : candidates) {
    auto next = taken.upper_bound({c.span.begin, UINT32_MAX});  // the first that ends behind our begin
    if (next != taken.end() && next->second < c.span.end) continue;
    taken.emplace(c.span.end, c.span.begin);
    kept.push_back(std::move(c));
  }
  std::sort(kept.begin(), kept.end(), by_place);
  return kept;
}

void drop_blocked(std::vector<Candidate>& candidates, const std::vector<Span>& blockers) {
  std::erase_if(candidates, [&](const Candidate& c) {
    auto after = std::upper_bound(blockers.begin(), blockers.end(), c.span.begin,
                                  [](std::uint32_t at, Span s) { return at < s.begin; });
    return after != blockers.begin() && (after - 1)->contains(c.span);
  });
}

}  // namespace fakt
