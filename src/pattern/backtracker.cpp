#include "pattern/backtracker.h"

#include <algorithm>
#include <cstring>

#include "text/unicode.h"

namespace fakt {
namespace {

bool ascii_word(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_'; }

}  // namespace

Backtracker::Outcome Backtracker::longest(const Program& program, std::string_view text, std::uint32_t begin,
                                          std::uint32_t limit, std::uint32_t& end) {
  return run<false>(program, text, begin, limit, end);
}

Backtracker::Outcome Backtracker::exactly(const Program& program, std::string_view text, std::uint32_t begin,
                                          std::uint32_t end) {
  std::fill(registers_.begin(), registers_.end(), kUnset);
  return run<true>(program, text, begin, end, end);
}

/// Size of the character of a class at `at`; 0 if there is none before the limit.
inline std::uint32_t Backtracker::one(const ProgramPool::Class& all, std::uint32_t at) const {
  if (at >= limit_) return 0;
  auto c = static_cast<unsigned char>(text_[at]);
  if (c < 0x80) return all.ascii[c >> 6] >> (c & 63) & 1;
  if (all.ranges == 0) return 0;
  auto [value, size] = decode(text_, at);
  return at + size <= limit_ && all.has(value, pool_) ? size : 0;
}

bool Backtracker::holds(Instruction::Condition condition, std::uint32_t at) const {
  auto word = [&](std::size_t i) { return i < text_.size() && ascii_word(text_[i]); };
  bool edge = (at > 0 && word(at - 1)) != word(at);
  switch (condition) {
    case Instruction::Condition::text_begin:
      return at == 0;
    case Instruction::Condition::text_end:
      return at == text_.size();
    case Instruction::Condition::word_edge:
      return edge;
    case Instruction::Condition::no_word_edge:
      return !edge;
  }
  return false;
}

/// Goes the first way of a split that can succeed, by the next byte; the other one is left to try if it can, too.
template <bool kExactly>
inline bool Backtracker::choose(const ProgramPool::Fork& fork, const Instruction& split, std::uint32_t& pc,
                                std::uint32_t at) {
  auto can = [&](std::size_t way) {
    if (at == limit_) return fork.ends[way] != 0;
    return fork.bytes[way][static_cast<unsigned char>(text_[at])] || (!kExactly && fork.ends[way]);
  };
  bool second = can(1);
  if (!can(0)) return pc = split.c, second;
  if (second) stack_.push_back({Frame::Kind::go, split.c, at, 0});
  return pc = split.b, true;
}

/// Moves behind the longest word of the tree; the others are left to try later.
bool Backtracker::step_words(std::uint32_t root, std::uint32_t pc, std::uint32_t& at) {
  std::uint32_t place = at, last = kUnset;
  for (const ProgramPool::Node* node = &pool_.nodes[root];;) {
    if (node->word_ends) {
      if (last != kUnset) stack_.push_back({Frame::Kind::go, pc + 1, last, 0});
      last = place;
    }
    if (place >= limit_ || node->branches == 0) break;
    const char* bytes = pool_.bytes.data() + node->first;
    const char* branch = bytes;
    if (node->branches > 1) branch = static_cast<const char*>(std::memchr(bytes, text_[place], node->branches));
    if (!branch || *branch != text_[place]) break;
    node = &pool_.nodes[node->first + static_cast<std::uint32_t>(branch - bytes)];
    ++place;
  }
  if (last == kUnset) return false;
  at = last;
  return true;
}

bool Backtracker::step_run(const Instruction& step, std::uint32_t pc, std::uint32_t& at) {
  const auto& all = pool_.classes[step.b];
  auto [place, low, count] = take_run(step, at, [&](std::uint32_t from) { return one(all, from); });
  if (count < step.a) return false;
  if (step.lazy) {
    if (count < step.c) stack_.push_back({Frame::Kind::grow, pc, place, count});
  } else if (place > low) {
    stack_.push_back({Frame::Kind::shrink, pc, place, low});
  }
  at = place;
  return true;
}

/// Whether what follows a run can go on with the byte at `at`; no means no.
template <bool kExactly>
inline bool Backtracker::can_follow(const Instruction* step, std::uint32_t at) const {
  auto byte = static_cast<unsigned char>(text_[at]);
  auto in = [&](std::uint32_t number) {
    const auto& all = pool_.classes[number];
    return byte < 0x80 ? all.ascii[byte >> 6] >> (byte & 63) & 1 : all.ranges > 0;
  };
  while (step->op == Instruction::Op::save) ++step;
  switch (step->op) {
    case Instruction::Op::text:
      return byte == static_cast<unsigned char>(pool_.text[step->b]);
    case Instruction::Op::one:
      return in(step->b);
    case Instruction::Op::run:
      return step->a == 0 || in(step->b);
    case Instruction::Op::split: {
      const auto& fork = pool_.forks[step->a];
      return fork.bytes[0][byte] || fork.bytes[1][byte] || (!kExactly && (fork.ends[0] | fork.ends[1]));
    }
    default:
      return true;
  }
}

/// Takes up what was left to try; false when nothing is.
template <bool kExactly>
bool Backtracker::unwind(std::uint32_t& pc, std::uint32_t& at, const Program& program) {
  while (!stack_.empty()) {
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
      case Frame::Kind::shrink:
        do --frame.at;
        while (frame.at > frame.low && ((static_cast<unsigned char>(text_[frame.at]) & 0xC0) == 0x80 ||
                                        !can_follow<kExactly>(&program.steps[frame.pc + 1], frame.at)));
        pc = frame.pc + 1, at = frame.at;
        if (frame.at <= frame.low) stack_.pop_back();
        return true;
      case Frame::Kind::grow: {
        const Instruction& step = program.steps[frame.pc];
        std::uint32_t size = frame.low < step.c ? one(pool_.classes[step.b], frame.at) : 0;
        if (size == 0) {
          stack_.pop_back();
          continue;
        }
        frame.at += size, ++frame.low;
        pc = frame.pc + 1, at = frame.at;
        return true;
      }
    }
  }
  return false;
}

template <bool kExactly>
Backtracker::Outcome Backtracker::run(const Program& program, std::string_view text, std::uint32_t begin,
                                      std::uint32_t limit, std::uint32_t& end) {
  text_ = text, limit_ = limit;
  stack_.clear();
  const Instruction* steps = program.steps.data();
  std::uint32_t pc = 0, at = begin, best = kUnset;
  for (int count = 0; count < kMostSteps; ++count) {
    const Instruction& step = steps[pc];
    bool on = true;
    switch (step.op) {
      case Instruction::Op::text:
        on = step.c <= limit - at && std::memcmp(text.data() + at, pool_.text.data() + step.b, step.c) == 0;
        at += on ? step.c : 0;
        ++pc;
        break;
      case Instruction::Op::one: {
        std::uint32_t size = one(pool_.classes[step.b], at);
        on = size > 0;
        at += size;
        ++pc;
        break;
      }
      case Instruction::Op::run:
        on = step_run(step, pc, at), ++pc;
        break;
      case Instruction::Op::words:
        on = step_words(step.b, pc, at), ++pc;
        break;
      case Instruction::Op::split:
        on = choose<kExactly>(pool_.forks[step.a], step, pc, at);
        break;
      case Instruction::Op::jump:
        pc = step.b;
        break;
      case Instruction::Op::save:
        if constexpr (kExactly) {
          if (registers_.size() <= step.a) registers_.resize(step.a + 1u, kUnset);
          stack_.push_back({Frame::Kind::restore, step.a, registers_[step.a], 0});
          registers_[step.a] = at;
        }
        ++pc;
        break;
      case Instruction::Op::assert:
        on = holds(static_cast<Instruction::Condition>(step.a), at), ++pc;
        break;
      case Instruction::Op::match:
        if (at == limit) return end = at, Outcome::yes;
        if (!kExactly && (best == kUnset || at > best)) best = at;
        on = false;
        break;
    }
    if (on || unwind<kExactly>(pc, at, program)) continue;
    end = best;
    return best == kUnset ? Outcome::no : Outcome::yes;
  }
  return Outcome::gave_up;
}

}  // namespace fakt
