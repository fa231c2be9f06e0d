#include "pattern/fact_leads.h"

namespace fakt {
namespace {

using Op = FactStep::Op;

constexpr std::string_view kOpenBytes = "‹";

/// Bytes that a text begins with, as FactSubject::leads has them.
ByteSet lead_of_text(std::string_view text) {
  ByteSet bytes;
  if (!text.starts_with(kOpenBytes))
    bytes.set(static_cast<unsigned char>(text[0]));
  else if (text.size() >= kOpenBytes.size() + 2)
    bytes.set(token_lead(text[kOpenBytes.size()], text[kOpenBytes.size() + 1]));
  else
    bytes = FactLeads::all_tokens();
  return bytes;
}

/// Bytes that what may follow a match begins with: no characters of words, or the end.
ByteSet bytes_beside_words() {
  ByteSet bytes;
  bytes.set();
  for (int b = 0; b < 0xC9; ++b)  // all characters of 0xC3 to 0xC8 are of words, of 0xC9 some
    if (b >= 0xC3 || (b < 0x80 && is_fact_word(static_cast<char32_t>(b)))) bytes.reset(static_cast<std::size_t>(b));
  return bytes;
}

}  // namespace

const FactLeads::Lead& FactLeads::lead(std::uint32_t pc) {
  if (!known_[pc]) known_[pc] = lead_of(pc);
  return *known_[pc];
}

FactLeads::Lead FactLeads::lead_of(std::uint32_t pc) {
  const FactStep& step = code_[pc];
  Lead out;
  bool goes_on = true;  // what follows can come first
  switch (step.op) {
    case Op::text:
      out.bytes = lead_of_text(std::string_view(programs_.pool.text).substr(step.b, step.c));
      return out;
    case Op::one:
    case Op::run:
      out.bytes = classes_.at(step.b);
      goes_on = step.op == Op::run && step.a == 0;
      break;
    case Op::words:
      add_words(step.b, {}, out.bytes);
      goes_on = programs_.pool.nodes[step.b].word_ends > 0;
      break;
    case Op::call:
      out.bytes = programs_.firsts[programs_.parts[step.b].first];
      goes_on = programs_.parts[step.b].can_be_empty;
      break;
    case Op::split: {
      Lead a = lead(step.b), b = lead(step.c);
      return {a.bytes | b.bytes, a.empty || b.empty};
    }
    case Op::jump:
      return lead(step.b);
    case Op::match:
      out.empty = true;
      return out;
    case Op::assert:
      out = lead(pc + 1);
      if (step.a != static_cast<std::uint16_t>(FactStep::Condition::no_word_next)) return out;
      if (out.empty) out.bytes.set();
      return {out.bytes & bytes_beside_words(), false};
    case Op::save:
    case Op::check:
    case Op::skip:
      break;
  }
  if (!goes_on) return out;
  const Lead& more = lead(pc + 1);
  return {out.bytes | more.bytes, more.empty};
}

/// The leads of the words below a node, `so_far` the bytes that lead to it.
void FactLeads::add_words(std::uint32_t node, const std::string& so_far, ByteSet& bytes) const {
  const auto& at = programs_.pool.nodes[node];
  bool short_token = at.word_ends > 0 && kOpenBytes.starts_with(so_far.substr(0, kOpenBytes.size()));
  if (!so_far.empty() && (short_token || !kOpenBytes.starts_with(so_far.substr(0, kOpenBytes.size())) ||
                          so_far.size() >= kOpenBytes.size() + 2)) {
    bytes |= lead_of_text(so_far);
    return;
  }
  for (std::uint32_t i = 0; i < at.branches; ++i) {
    std::uint32_t child = at.first + i;
    add_words(child, so_far + programs_.pool.bytes[child], bytes);
  }
}

ByteSet FactLeads::of_loop(const Loop& loop) {
  ByteSet bytes, after = first(loop.end);
  for (std::size_t b = 1; b < 0x80; ++b) {
    if (after[b]) continue;
    bool taken = false;
    std::uint32_t pc = loop.body;
    while (pc != loop.head) {
      const FactStep& step = code_[pc];
      bool one_way = step.op == Op::split && programs_.firsts[step.first][b];
      bool other_way = step.op == Op::split && programs_.firsts[step.other][b];
      if (step.op == Op::one && !taken && programs_.pool.classes[step.b].ascii[b >> 6] >> (b & 63) & 1)
        taken = true, ++pc;
      else if (step.op == Op::check)
        ++pc;
      else if (step.op == Op::jump)
        pc = step.b;
      else if (!taken && one_way != other_way)
        pc = one_way ? step.b : step.c;
      else
        break;
    }
    if (taken && pc == loop.head) bytes.set(b);
  }
  return bytes;
}

ByteSet FactLeads::first(std::uint32_t pc) {
  ByteSet bytes = lead(pc).bytes;
  if (lead(pc).empty) bytes.set();
  return bytes;
}

ByteSet FactLeads::all_tokens() {
  ByteSet bytes;
  for (std::size_t b = 0x80; b < 0xC0; ++b) bytes.set(b);
  return bytes;
}

}  // namespace fakt
