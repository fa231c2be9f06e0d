#include "extract/fact_search.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::size_t kFewKnown = 1024;  ///< slots; a power of two
constexpr std::size_t kManyKnown = 1 << 16;

bool ascii_word(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_'; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

void FactSearch::forget() {
  oldest_id_ = last_id_ + 1;
  ends_.clear();
  known_used_ = 0;
  if (known_.size() > kManyKnown) known_.clear();
}

void FactSearch::enter(FactSubject subject) {
  data_ = subject.text->data();
  leads_ = subject.leads->data();
  size_ = static_cast<std::uint32_t>(subject.text->size());
  id_ = subject.id;
}

/// Makes room for the bits of a program that searches from `begin` on.
void FactSearch::begin_search(const FactPrograms::Program& program, std::uint32_t begin) {
  stack_.clear();
  found_.clear();
  std::size_t words = (static_cast<std::size_t>(size_ - begin + 1) * program.checks + 63) / 64;
  if (seen_.size() < words) seen_.resize(words);
  std::fill_n(seen_.begin(), words, 0);
  seen_used_ = words;
}

bool FactSearch::search(const FactPrograms::Program& program, FactSubject subject,
                        const std::vector<std::uint32_t>& starts, std::size_t from,
                        std::span<const std::uint32_t> until, Regex::Groups& groups) {
  enter(subject);
  std::uint32_t last = 0;
  ByteSet first;
  open_.clear();
  for (std::size_t i = 0; i < program.ways; ++i) {
    if (until[i] == 0) continue;
    const auto& way = programs_.ways[program.ways_at + i];
    open_.push_back({way.entry, until[i], &firsts_[way.first]});
    last = std::max(last, until[i]);
    first |= firsts_[way.first];
  }
  std::optional<std::uint32_t> base;  // where the first of them begins that is tried
  for (std::size_t i = from; i < starts.size() && starts[i] < last; ++i) {
    if (!may(first, starts[i])) continue;
    if (!base) begin_search(program, base.emplace(starts[i]));
    if (!run_ways(program, starts[i], *base)) continue;
    std::uint32_t end = found_.back();
    if (end < size_) end += decode(*subject.text, end).size;  // the character that is none of a word
    groups.clear();
    groups.emplace_back(starts[i], end);
    for (std::size_t r = 0; r < registers_.size(); r += 2) {
      bool unset = registers_[r] == kNone || registers_[r + 1] == kNone;
      groups.emplace_back(unset ? std::string::npos : registers_[r], unset ? std::string::npos : registers_[r + 1]);
    }
    return true;
  }
  return false;
}

/// The first way that matches at a place.
bool FactSearch::run_ways(const FactPrograms::Program& program, std::uint32_t begin, std::uint32_t base) {
  registers_.assign(2 * program.groups, kNone);
  found_.clear();
  return std::any_of(open_.begin(), open_.end(), [&](const OpenWay& way) {
    return begin < way.until && may(*way.first, begin) && run<Until::match>(program, way.entry, begin, 0, base);
  });
}

std::uint32_t FactSearch::longest(const FactPrograms::Program& program, FactSubject subject, std::uint32_t begin) {
  enter(subject);
  begin_search(program, begin);
  registers_.assign(2 * program.groups, kNone);
  run<Until::all>(program, 0, begin, 0, begin);
  return found_.empty() ? kNone : *std::max_element(found_.begin(), found_.end());
}

/// Size of the character of a class at `at`; 0 if there is none.
inline std::uint32_t FactSearch::one(const ProgramPool::Class& all, std::uint32_t at) const {
  if (at >= size_) return 0;
  auto c = static_cast<unsigned char>(data_[at]);
  if (c < 0x80) return all.ascii[c >> 6] >> (c & 63) & 1;
  if (all.ranges == 0) return 0;
  auto [value, size] = decode({data_, size_}, at);
  return all.has(value, programs_.pool) ? size : 0;
}

bool FactSearch::holds(Step::Condition condition, std::uint32_t at) const {
  auto word = [&](std::size_t i) { return i < size_ && ascii_word(data_[i]); };
  switch (condition) {
    case Step::Condition::text_begin:
      return at == 0;
    case Step::Condition::text_end:
      return at == size_;
    case Step::Condition::word_edge:
      return (at > 0 && word(at - 1)) != word(at);
    case Step::Condition::no_word_edge:
      return (at > 0 && word(at - 1)) == word(at);
    case Step::Condition::no_word_next:
      return at == size_ || !is_fact_word(decode({data_, size_}, at).value);
  }
  return false;
}

inline bool FactSearch::is_new(std::size_t bit) {
  std::uint64_t& word = seen_[bit >> 6];
  std::uint64_t mask = std::uint64_t{1} << (bit & 63);
  if (word & mask) return false;
  word |= mask;
  return true;
}

/// Moves `at` back to the last place from `low` on where what follows can begin.
inline bool FactSearch::shrink(const ByteSet& first, std::uint32_t& at, std::uint32_t low) const {
  for (;; --at) {
    if (may(first, at) && !(at < size_ && is_continuation(data_[at]))) return true;
    if (at == low) return false;
  }
}

/// Takes characters until what follows can begin.
inline bool FactSearch::grow(const Step& step, std::uint32_t& at, std::uint32_t& count) const {
  const auto& all = classes_[step.b];
  const ByteSet& first = firsts_[step.first];
  while (!may(first, at)) {
    std::uint32_t size = count < step.c ? one(all, at) : 0;
    if (size == 0) return false;
    at += size, ++count;
  }
  return true;
}

bool FactSearch::run_class(const Step& step, std::uint32_t pc, std::uint32_t& at) {
  const auto& all = classes_[step.b];
  auto [place, low, count] = take_run(step, at, [&](std::uint32_t from) { return one(all, from); });
  if (count < step.a) return false;
  if (step.lazy) {
    if (!grow(step, place, count)) return false;
    if (count < step.c) stack_.push_back({Frame::Kind::grow, pc, place, count});
  } else {
    if (!shrink(firsts_[step.first], place, low)) return false;
    if (place > low) stack_.push_back({Frame::Kind::shrink, pc, place, low});
  }
  at = place;
  return true;
}

/// Moves behind the word of the lowest rank; the others are left to try later.
bool FactSearch::words(const Step& step, std::uint32_t pc, std::uint32_t& at) {
  const ByteSet& first = firsts_[step.first];
  struct End {
    std::uint32_t rank, place;
  };
  std::array<End, kMostEnds> ends;  // only those that are found are written
  std::size_t count = 0;
  std::uint32_t place = at;
  for (const ProgramPool::Node* node = &nodes_[step.b];;) {
    if (node->word_ends && may(first, place)) ends[count++] = {node->word_ends, place};
    if (place >= size_ || node->branches == 0) break;
    const char* bytes = branches_ + node->first;
    std::uint32_t branch = 0;
    if (node->branches > 1) {
      const void* found = std::memchr(bytes, data_[place], node->branches);
      if (!found) break;
      branch = static_cast<std::uint32_t>(static_cast<const char*>(found) - bytes);
    } else if (*bytes != data_[place]) {
      break;
    }
    node = &nodes_[node->first + branch];
    ++place;
  }
  if (count == 0) return false;
  if (count > 1) {
    std::sort(ends.begin(), ends.begin() + static_cast<std::ptrdiff_t>(count),
              [](const End& a, const End& b) { return a.rank < b.rank; });
    for (std::size_t i = count; i-- > 1;) stack_.push_back({Frame::Kind::go, pc + 1, ends[i].place, 0});
  }
  at = ends[0].place;
  return true;
}

/// Moves `i` to the next end where what follows can begin.
inline bool FactSearch::next_end(const ByteSet& first, std::uint32_t& i, std::uint32_t last) const {
  while (i < last && !may(first, ends_[i])) ++i;
  return i < last;
}

bool FactSearch::call(const Step& step, std::uint32_t pc, std::uint32_t& at) {
  const auto& part = programs_.parts[step.b];
  if (!part.can_be_empty && !may(firsts_[part.first], at)) return false;
  const Known& all = known(step.b, at);
  std::uint32_t i = all.first, last = all.last;
  const ByteSet& first = firsts_[step.first];
  if (!next_end(first, i, last)) return false;
  at = ends_[i++];
  if (next_end(first, i, last)) stack_.push_back({Frame::Kind::ends, pc, i, last});
  return true;
}

FactSearch::Known& FactSearch::slot_of(std::uint32_t part, std::uint32_t at) {
  std::uint64_t hash = (id_ * 0x9E3779B97F4A7C15u) ^ ((std::uint64_t{part} << 32 | at) * 0xC2B2AE3D27D4EB4Fu);
  std::size_t mask = known_.size() - 1;
  for (std::size_t i = hash >> 40 & mask;; i = (i + 1) & mask) {
    Known& slot = known_[i];
    if (slot.id < oldest_id_ || (slot.id == id_ && slot.part == part && slot.at == at)) return slot;
  }
}

void FactSearch::enlarge() {
  std::vector<Known> old = std::move(known_);
  known_.assign(std::max(kFewKnown, old.size() * 2), {});
  std::uint64_t id = id_;
  for (const Known& one_known : old) {
    if (one_known.id < oldest_id_) continue;
    id_ = one_known.id;
    slot_of(one_known.part, one_known.at) = one_known;
  }
  id_ = id;
}

const FactSearch::Known& FactSearch::known(std::uint32_t part, std::uint32_t at) {
  if (2 * known_used_ >= known_.size()) enlarge();
  Known* slot = &slot_of(part, at);
  if (slot->id >= oldest_id_) return *slot;
  const auto& program = programs_.parts[part];
  std::size_t bits = seen_used_, found = found_.size();
  std::size_t size = (static_cast<std::size_t>(size_ - at + 1) * program.checks + 63) / 64;
  seen_used_ += size;
  if (seen_.size() < seen_used_) seen_.resize(seen_used_);
  std::fill_n(seen_.begin() + static_cast<std::ptrdiff_t>(bits), size, 0);
  run<Until::all>(program, 0, at, bits * 64, at);
  seen_used_ = bits;
  Known result{id_, part, at, static_cast<std::uint32_t>(ends_.size()), 0};
  ends_.insert(ends_.end(), found_.begin() + static_cast<std::ptrdiff_t>(found), found_.end());
  found_.resize(found);
  result.last = static_cast<std::uint32_t>(ends_.size());
  if (2 * known_used_ >= known_.size()) enlarge();
  slot = &slot_of(part, at);  // parts of it may have moved it
  ++known_used_;
  return *slot = result;
}

/// Takes up what was left to try; false when nothing is.
bool FactSearch::unwind(const Step* steps, std::size_t floor, std::uint32_t& pc, std::uint32_t& at) {
  while (stack_.size() > floor) {
    Frame& frame = stack_.back();
    switch (frame.kind) {
      case Frame::Kind::restore:
        registers_[frame.pc] = frame.at;
        stack_.pop_back();
        continue;
      case Frame::Kind::go:
        pc = frame.pc, at = frame.at;
        stack_.pop_back();
        return true;
      case Frame::Kind::shrink: {
        std::uint32_t place = frame.at - 1;
        if (!shrink(firsts_[steps[frame.pc].first], place, frame.more)) {
          stack_.pop_back();
          continue;
        }
        pc = frame.pc + 1, at = frame.at = place;
        if (place == frame.more) stack_.pop_back();
        return true;
      }
      case Frame::Kind::grow: {
        const Step& step = steps[frame.pc];
        std::uint32_t size = frame.more < step.c ? one(classes_[step.b], frame.at) : 0;
        frame.at += size, ++frame.more;
        if (size == 0 || !grow(step, frame.at, frame.more)) {
          stack_.pop_back();
          continue;
        }
        pc = frame.pc + 1, at = frame.at;
        return true;
      }
      case Frame::Kind::ends: {
        pc = frame.pc + 1, at = ends_[frame.at++];
        if (!next_end(firsts_[steps[frame.pc].first], frame.at, frame.more)) stack_.pop_back();
        return true;
      }
    }
  }
  return false;
}

/// Runs a program from its step `pc` and a place. Ends of matches are added to found_. `bits`: where its bits of seen_
/// begin, those of the place `base`.
template <FactSearch::Until kUntil>
bool FactSearch::run(const FactPrograms::Program& program, std::uint32_t pc, std::uint32_t begin, std::size_t bits,
                     std::uint32_t base) {
  const Step* steps = programs_.steps.data() + program.entry;
  const std::size_t floor = stack_.size();
  std::uint32_t at = begin;
  for (;;) {
    const Step& step = steps[pc];
    bool on = true;
    switch (step.op) {
      case Step::Op::text:
        on = step.c <= size_ - at && std::memcmp(data_ + at, words_ + step.b, step.c) == 0;
        at += step.c, ++pc;
        break;
      case Step::Op::one: {
        std::uint32_t size = one(classes_[step.b], at);
        on = size > 0;
        at += size, ++pc;
        break;
      }
      case Step::Op::run:
        on = run_class(step, pc, at), ++pc;
        break;
      case Step::Op::words:
        on = words(step, pc, at), ++pc;
        break;
      case Step::Op::call:
        on = call(step, pc, at), ++pc;
        break;
      case Step::Op::split: {
        bool one_way = may(firsts_[step.first], at), other_way = may(firsts_[step.other], at);
        if (one_way && other_way) stack_.push_back({Frame::Kind::go, step.c, at, 0});
        on = one_way || other_way;
        pc = one_way ? step.b : step.c;
        break;
      }
      case Step::Op::jump:
        pc = step.b;
        break;
      case Step::Op::save:
        stack_.push_back({Frame::Kind::restore, step.a, registers_[step.a], 0});
        registers_[step.a] = at;
        ++pc;
        break;
      case Step::Op::assert:
        on = holds(static_cast<Step::Condition>(step.a), at), ++pc;
        break;
      case Step::Op::check:
        on = is_new(bits + static_cast<std::size_t>(at - base) * program.checks + step.a), ++pc;
        break;
      case Step::Op::skip:
        while (may(firsts_[step.first], at)) ++at;
        ++pc;
        break;
      case Step::Op::match:
        found_.push_back(at);
        if constexpr (kUntil == Until::match) {
          stack_.resize(floor);
          return true;
        }
        on = false;
        break;
    }
    if (!on && !unwind(steps, floor, pc, at)) return false;
  }
}

}  // namespace fakt
