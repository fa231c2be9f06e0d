#include "pattern/regex.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <atomic>

namespace fakt {
namespace {

/// A ceiling, not a reservation: with RE2's default of 8 MB a large union falls back to the NFA without a word.
constexpr int kMaxMem = 64 << 20;

RE2::Options options(Regex::Prefer prefer) {
  RE2::Options o;
  o.set_longest_match(prefer == Regex::Prefer::longest);
  o.set_log_errors(false);
  o.set_max_mem(kMaxMem);
  return o;
}

std::atomic<std::uint64_t> budget_overruns = 0;

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

RE2::Anchor re2_anchor(Regex::Anchor anchor) {
  return anchor == Regex::Anchor::start  ? RE2::ANCHOR_START
         : anchor == Regex::Anchor::both ? RE2::ANCHOR_BOTH
                                         : RE2::UNANCHORED;
}

}  // namespace

std::optional<RegexFault> check_regex(const std::string& regex) {
  RE2 re(regex, options(Regex::Prefer::first));
  if (re.ok()) return std::nullopt;
  std::string reason = re.error(), part = ": " + re.error_arg();  // RE2 says "missing ): (" and names the part again
  if (!re.error_arg().empty() && reason.ends_with(part)) reason.resize(reason.size() - part.size());
  return RegexFault{reason, re.error_arg()};
}

struct Regex::Impl {
  Impl(const std::string& regex, Prefer prefer) : re(piece(regex), options(prefer)) {
    names.resize(static_cast<std::size_t>(re.NumberOfCapturingGroups()) + 1);
    for (const auto& [index, name] : re.CapturingGroupNames()) names[static_cast<std::size_t>(index)] = name;
    pieces.resize(names.size());
  }
  RE2 re;
  std::vector<std::string> names;
  mutable std::vector<re2::StringPiece> pieces;
};

Regex::Regex(const std::string& regex, Prefer prefer) : impl_(std::make_unique<Impl>(regex, prefer)) {}
Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;

std::optional<std::size_t> Regex::match_at(std::string_view text, std::size_t begin, std::size_t limit) const {
  re2::StringPiece hit;
  if (!impl_->re.Match(piece(text), begin, limit, RE2::ANCHOR_START, &hit, 1)) return std::nullopt;
  return begin + hit.size();
}

bool Regex::matches(std::string_view text) const {
  return impl_->re.Match(piece(text), 0, text.size(), RE2::ANCHOR_BOTH, nullptr, 0);
}

bool Regex::found_in(std::string_view text) const {
  return impl_->re.Match(piece(text), 0, text.size(), RE2::UNANCHORED, nullptr, 0);
}

bool Regex::captures(std::string_view text, std::size_t begin, Anchor anchor, Groups& groups) const {
  RE2::Anchor how = re2_anchor(anchor);
  auto& pieces = impl_->pieces;
  if (!impl_->re.Match(piece(text), begin, text.size(), how, pieces.data(), static_cast<int>(pieces.size())))
    return false;
  groups.clear();
  for (const auto& p : pieces) {
    if (p.data() == nullptr) {
      groups.emplace_back(std::string::npos, std::string::npos);
      continue;
    }
    auto at = static_cast<std::size_t>(p.data() - text.data());
    groups.emplace_back(at, at + p.size());
  }
  return true;
}

const std::vector<std::string>& Regex::group_names() const { return impl_->names; }

struct RegexSet::Impl {
  explicit Impl(RE2::Anchor anchor) : set(options(Regex::Prefer::longest), anchor) {}
  RE2::Set set;
};

RegexSet::RegexSet(const std::vector<std::string>& regexes, Regex::Anchor anchor)
    : impl_(std::make_unique<Impl>(re2_anchor(anchor))) {
  for (const auto& regex : regexes) impl_->set.Add(piece(regex), nullptr);
  impl_->set.Compile();
}
RegexSet::~RegexSet() = default;
RegexSet::RegexSet(RegexSet&&) noexcept = default;
RegexSet& RegexSet::operator=(RegexSet&&) noexcept = default;

void RegexSet::matches(std::string_view text, std::vector<int>& out) const {
  out.clear();
  RE2::Set::ErrorInfo error;
  if (!impl_->set.Match(piece(text), &out, &error) && error.kind == RE2::Set::kOutOfMemory) ++budget_overruns;
  std::sort(out.begin(), out.end());
}

std::uint64_t regex_budget_overruns() { return budget_overruns; }

}  // namespace fakt
