// What splits know of their ways.

#include <limits>

#include "pattern/program.h"

namespace fakt {

using Op = Instruction::Op;

void Lookahead::add_to(std::vector<Instruction>& steps) {
  if (pool_.forks.empty()) {  // the first one knows nothing
    Next anything{ByteSet().set(), true};
    number_of(anything, anything);
  }
  steps_ = &steps;
  known_.assign(steps.size(), std::nullopt);
  for (auto pc = static_cast<std::uint32_t>(steps.size()); pc-- > 0;) next(pc);  // backwards, so that few wait for more
  for (Instruction& step : steps)
    if (step.op == Op::split) step.a = number_of(next(step.b), next(step.c));
}

const Lookahead::Next& Lookahead::next(std::uint32_t pc) {
  if (!known_[pc]) known_[pc] = next_of(pc);
  return *known_[pc];
}

Lookahead::Next Lookahead::next_of(std::uint32_t pc) {
  const Instruction& step = (*steps_)[pc];
  Next out;
  bool goes_on = true;  // what follows can come first
  switch (step.op) {
    case Op::text:
      out.bytes.set(static_cast<unsigned char>(pool_.text[step.b]));
      return out;
    case Op::one:
    case Op::run:
      out.bytes = bytes_of_class(pool_.classes[step.b]);
      goes_on = step.op == Op::run && step.a == 0;
      break;
    case Op::words: {
      const auto& root = pool_.nodes[step.b];
      for (std::uint32_t i = 0; i < root.branches; ++i)
        out.bytes.set(static_cast<unsigned char>(pool_.bytes[root.first + i]));
      goes_on = root.word_ends > 0;
      break;
    }
    case Op::split: {
      Next first = next(step.b);
      const Next& second = next(step.c);
      return {first.bytes | second.bytes, first.end || second.end};
    }
    case Op::jump:
      return next(step.b);
    case Op::match:
      out.end = true;
      return out;
    case Op::save:
    case Op::assert:
      break;
  }
  if (!goes_on) return out;
  const Next& more = next(pc + 1);
  return {out.bytes | more.bytes, more.end};
}

/// Of characters beyond ASCII, any first byte will do.
ByteSet Lookahead::bytes_of_class(const ProgramPool::Class& all) const {
  ByteSet out;
  for (std::size_t b = 0; b < 256; ++b) out[b] = b < 0x80 ? all.ascii[b >> 6] >> (b & 63) & 1 : all.ranges > 0;
  return out;
}

std::uint16_t Lookahead::number_of(const Next& first, const Next& second) {
  std::string key =
      first.bytes.to_string() + second.bytes.to_string() + (first.end ? 'e' : ' ') + (second.end ? 'e' : ' ');
  if (auto known = numbers_.find(key); known != numbers_.end()) return known->second;
  if (pool_.forks.size() > std::numeric_limits<std::uint16_t>::max()) return 0;
  auto number = static_cast<std::uint16_t>(pool_.forks.size());
  pool_.forks.push_back({{first.bytes, second.bytes}, {first.end, second.end}});
  numbers_.emplace(std::move(key), number);
  return number;
}

}  // namespace fakt
