#include "pattern/automaton.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

#include "text/fold.h"

namespace fakt {
namespace {

using Op = Instruction::Op;
using Condition = Instruction::Condition;

std::atomic<std::uint64_t> restarts = 0;

std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = bytes.size(), eight;
  auto add = [&](std::uint64_t word) { hash = (hash ^ word) * 0x9E3779B97F4A7C15u, hash ^= hash >> 29; };
  for (; bytes.size() >= sizeof eight; bytes.remove_prefix(sizeof eight)) {
    std::memcpy(&eight, bytes.data(), sizeof eight);
    add(eight);
  }
  add(load_tail(bytes.data(), bytes.size()));
  return hash;
}

// Numbers in a list of places: seven bits a byte, the lowest first; the highest bit says that more follow.
constexpr std::size_t kLongestNumber = 5;

char* put_number(char* out, std::uint32_t number) {
  for (; number >= 0x80; number >>= 7) *out++ = static_cast<char>(number | 0x80);
  *out++ = static_cast<char>(number);
  return out;
}

std::uint32_t take_number(std::string_view& list) {
  std::uint32_t number = 0;
  for (unsigned shift = 0;; shift += 7) {
    auto byte = static_cast<unsigned char>(list[0]);
    list.remove_prefix(1);
    number |= (byte & 0x7Fu) << shift;
    if (byte < 0x80) return number;
  }
}

using Ascii = Automaton::Ascii;
constexpr Ascii kAllAscii{~std::uint64_t{0}, ~std::uint64_t{0}};

constexpr bool has(const Ascii& all, char32_t c) { return c < 128 && (all[c >> 6] >> (c & 63) & 1); }

void add(Ascii& all, unsigned char c) {
  if (c < 128) all[c >> 6] |= std::uint64_t{1} << (c & 63);
}

}  // namespace

bool Automaton::supported(const Program& program) {
  return !program.empty() && std::none_of(program.steps.begin(), program.steps.end(), [](const Instruction& step) {
    auto condition = static_cast<Condition>(step.a);
    return step.op == Op::assert && (condition == Condition::word_edge || condition == Condition::no_word_edge);
  });
}

Automaton::Automaton(const ProgramPool& pool, const std::vector<const Program*>& programs, Begin begin)
    : pool_(pool), anywhere_(begin == Begin::anywhere), steps_(join(programs)), columns_(pool, steps_) {
  forget();
}

/// The steps of all programs; where each begins goes to begins_.
std::span<const Instruction> Automaton::join(const std::vector<const Program*>& programs) {
  if (programs.size() == 1) {
    if (!programs[0]->empty()) begins_.push_back(0);
    return {programs[0]->steps.data(), programs[0]->steps.size()};
  }
  std::size_t count = 0;
  for (const Program* program : programs) count += program->steps.size();
  joined_.reserve(count);
  for (std::uint32_t i = 0; i < programs.size(); ++i) {
    auto base = static_cast<std::uint32_t>(joined_.size());
    if (!programs[i]->empty()) begins_.push_back(base);
    for (Instruction step : programs[i]->steps) {
      if (step.op == Op::split || step.op == Op::jump) step.b += base;
      if (step.op == Op::split) step.c += base;
      if (step.op == Op::match) step.b = i;
      joined_.push_back(step);
    }
  }
  return joined_;
}

std::uint64_t automata_restarts() { return restarts; }

void Automaton::forget() {
  restarts += states_.size() > 1;
  states_.assign(1, {});
  places_.clear();
  transitions_.clear(columns_.width());
  transitions_.add_state();
  index_.assign(16, 0);
  sets_.assign(1, {});
  start_ = {};
  bytes_ = 0;
}

void Automaton::put(std::uint32_t step, std::uint32_t far) {
  if (!draft_->text_end) draft_->fresh.push_back(Place{step} << 32 | far);
}

/// Adds the places that are reached from the begin of a step without reading.
void Automaton::enter(std::uint32_t i) {
  for (;; ++i) {
    if (draft_->entered[i] == draft_->stamp) return;
    draft_->entered[i] = draft_->stamp;
    const Instruction& step = steps_[i];
    switch (step.op) {
      case Op::save:
        continue;
      case Op::jump:
        return enter(step.b);
      case Op::split:
        enter(step.b);
        return enter(step.c);
      case Op::match:
        (draft_->text_end ? draft_->at_end : draft_->accept).push_back(static_cast<std::uint16_t>(step.b));
        return;
      case Op::assert: {
        auto condition = static_cast<Condition>(step.a);
        if (condition == Condition::text_begin && draft_->text_begin) continue;
        if (condition == Condition::text_end && draft_->text_end) continue;
        if (condition == Condition::text_end) draft_->at_text_end.push_back(i + 1);
        return;
      }
      case Op::run:
        if (step.c > 0) put(i, 0);
        if (step.a == 0) continue;
        return;
      case Op::words:
        put(i, step.b);
        if (pool_.nodes[step.b].word_ends) continue;
        return;
      case Op::text:
        put(i, 0);
        if (step.c == 0) continue;
        return;
      case Op::one:
        put(i, 0);
        return;
    }
  }
}

/// Of the characters of ASCII those stay in draft_->alike that are in `all`, or not in it, as the character at hand is.
inline void Automaton::tell_apart(const Ascii& all, bool inside) {
  for (std::size_t half : {0, 1}) draft_->alike[half] &= inside ? all[half] : ~all[half];
}

/// The characters of ASCII that a node of a tree of words branches by.
inline Ascii Automaton::branches_of(std::uint32_t node) const {
  Ascii out{};
  for (char byte : std::string_view(pool_.bytes).substr(pool_.nodes[node].first, pool_.nodes[node].branches))
    add(out, static_cast<unsigned char>(byte));
  return out;
}

/// The same as advance() for a place in a tree of words: node `far`.
inline void Automaton::advance_word(std::uint32_t i, std::uint32_t far, char32_t c, std::string_view bytes) {
  const Instruction& step = steps_[i];
  Ascii next = far == step.b ? pool_.bytes_of[step.c].begins : branches_of(far);
  if (has(next, c)) next = {}, add(next, static_cast<unsigned char>(c));
  tell_apart(next, has(next, c));
  if (c < 128 && !has(next, c)) return;
  for (char byte : bytes) {
    const auto& node = pool_.nodes[far];
    std::size_t branch = std::string_view(pool_.bytes).substr(node.first, node.branches).find(byte);
    if (branch == std::string_view::npos) return;
    far = node.first + static_cast<std::uint32_t>(branch);
  }
  if (c >= 128) draft_->alike = {};
  if (pool_.nodes[far].branches) put(i, far);
  if (pool_.nodes[far].word_ends) enter(i + 1);
}

/// Adds the places that are reached from a place by reading a character, whose UTF-8 is `bytes`.
void Automaton::advance(Place place, char32_t c, std::string_view bytes) {
  auto i = static_cast<std::uint32_t>(place >> 32), far = static_cast<std::uint32_t>(place);
  const Instruction& step = steps_[i];
  switch (step.op) {
    case Op::text: {
      std::string_view rest = std::string_view(pool_.text).substr(step.b + far, step.c - far);
      bool goes_on = rest.starts_with(bytes);
      Ascii next{};
      if (!rest.empty()) add(next, static_cast<unsigned char>(rest[0]));
      tell_apart(next, goes_on);
      if (!goes_on) return;
      far += static_cast<std::uint32_t>(bytes.size());
      return far == step.c ? enter(i + 1) : put(i, far);
    }
    case Op::words:
      return advance_word(i, far, c, bytes);
    case Op::one: {
      const auto& all = pool_.classes[step.b];
      bool inside = all.has(c, pool_);
      tell_apart(all.ascii, inside);
      if (inside) enter(i + 1);
      return;
    }
    case Op::run: {
      const auto& all = pool_.classes[step.b];
      bool inside = all.has(c, pool_);
      tell_apart(all.ascii, inside);
      if (!inside) return;
      std::uint32_t count = step.c == ProgramPool::kNoEnd ? std::min<std::uint32_t>(far + 1, step.a) : far + 1;
      if (count < step.c) put(i, count);
      if (count >= step.a) enter(i + 1);
      return;
    }
    default:
      return;
  }
}

std::uint32_t Automaton::intern_set(const std::vector<std::uint16_t>& set) {
  auto known = std::find(sets_.begin(), sets_.end(), set);
  if (known == sets_.end()) known = sets_.insert(known, set);
  return static_cast<std::uint32_t>(known - sets_.begin());
}

/// The places in draft_->fresh as a list, in order, to be used until the next call: of each how much further on its
/// step is than that of the place before, and how far a match has come in it. Of a run that was entered at several
/// characters, and has as many as it must, the latest allows all that the others do.
std::string_view Automaton::pack() {
  if (!std::is_sorted(draft_->fresh.begin(), draft_->fresh.end()))
    std::sort(draft_->fresh.begin(), draft_->fresh.end());
  if (std::size_t room = 2 * kLongestNumber * draft_->fresh.size(); draft_->packed.size() < room)
    draft_->packed.resize(room);
  char* out = draft_->packed.data();
  std::uint32_t before = 0, full_run = UINT32_MAX;
  Place last = UINT64_MAX;
  for (Place place : draft_->fresh) {
    if (std::exchange(last, place) == place) continue;
    auto number = static_cast<std::uint32_t>(place >> 32), far = static_cast<std::uint32_t>(place);
    const Instruction& step = steps_[number];
    if (step.op == Op::run && far >= step.a && std::exchange(full_run, number) == number) continue;
    out = put_number(out, number - std::exchange(before, number));
    out = put_number(out, far);
  }
  return {draft_->packed.data(), static_cast<std::size_t>(out - draft_->packed.data())};
}

/// The state of the places in draft_->fresh, with kAccepts if something matches there.
std::uint32_t Automaton::intern() {
  if (!draft_->at_text_end.empty()) {
    next_stamp();
    draft_->text_end = true;
    for (std::uint32_t i : draft_->at_text_end) enter(i);
    draft_->text_end = false;
    draft_->at_text_end.clear();
  }
  std::sort(draft_->accept.begin(), draft_->accept.end());
  std::sort(draft_->at_end.begin(), draft_->at_end.end());
  std::erase_if(draft_->at_end,
                [&](std::uint16_t p) { return std::binary_search(draft_->accept.begin(), draft_->accept.end(), p); });
  if (draft_->fresh.empty() && draft_->accept.empty() && draft_->at_end.empty()) return kDead;
  if (states_.size() >= kMostStates) forget();
  std::uint32_t accept = intern_set(draft_->accept), at_end = intern_set(draft_->at_end);
  std::uint32_t flag = accept ? kAccepts : 0;
  std::string_view places = pack();
  std::size_t mask = index_.size() - 1;
  std::size_t slot = hash_of(places) + accept * 31 + at_end;
  for (;; ++slot) {
    std::uint32_t known = index_[slot & mask];
    if (known == 0) break;
    const State& s = states_[known];
    if (s.accept == accept && s.at_end == at_end && places_of(s) == places) return known | flag;
  }
  auto number = static_cast<std::uint32_t>(states_.size());
  index_[slot & mask] = static_cast<std::uint16_t>(number);
  make_room(states_, 1);
  states_.push_back(
      {static_cast<std::uint32_t>(places_.size()), static_cast<std::uint32_t>(places.size()), accept, at_end});
  make_room(places_, places.size());
  places_ += places;
  transitions_.add_state();
  count_bytes();
  if (states_.size() * 2 > index_.size()) grow_index();
  return number | flag;
}

void Automaton::count_bytes() {
  bytes_ = states_.size() * sizeof(State) + places_.size() + index_.size() * sizeof(index_[0]) + transitions_.bytes();
}

void Automaton::grow_index() {
  index_.assign(index_.size() * 4, 0);
  std::size_t mask = index_.size() - 1;
  for (std::uint32_t i = 1; i < states_.size(); ++i) {
    const State& s = states_[i];
    std::size_t slot = hash_of(places_of(s)) + s.accept * 31 + s.at_end;
    while (index_[slot & mask]) ++slot;
    index_[slot & mask] = static_cast<std::uint16_t>(i);
  }
}

std::uint32_t Automaton::make_start(bool text_begin) {
  begin_step();
  draft_->text_begin = text_begin;
  for (std::uint32_t begin : begins_) enter(begin);
  draft_->text_begin = false;
  return intern() & ~kAccepts;
}

void Automaton::begin_step() {
  static thread_local Draft draft;
  draft_ = &draft;
  if (draft.entered.size() < steps_.size()) draft.entered.resize(steps_.size());
  draft.fresh.clear();
  draft.accept.clear();
  draft.at_end.clear();
  next_stamp();
}

void Automaton::next_stamp() {
  if (++draft_->stamp == 0) std::fill(draft_->entered.begin(), draft_->entered.end(), 0), draft_->stamp = 1;
}

std::uint32_t Automaton::make_step(std::uint32_t state, std::uint32_t column, char32_t c) {
  begin_step();
  draft_->alike = kAllAscii;
  std::string bytes;
  append_utf8(bytes, c);
  std::uint32_t i = 0;
  for (std::string_view places = places_of(states_[state]); !places.empty();) {
    i += take_number(places);
    advance(Place{i} << 32 | take_number(places), c, bytes);
  }
  if (anywhere_)
    for (std::uint32_t begin : begins_) enter(begin);
  std::size_t before = states_.size();
  std::uint32_t next = intern();
  if (column == Columns::kNone || states_.size() < before) return next;
  auto entry = static_cast<std::uint16_t>(next);
  for (std::uint32_t near = Transitions::near_columns(draft_->alike); near; near &= near - 1)
    transitions_.set(state, static_cast<std::uint32_t>(std::countr_zero(near)), entry);
  if (column >= Transitions::kNear) {  // there is a row for it, then
    transitions_.set(state, column, entry);
    for (unsigned char far : columns_.far_ascii())
      if (has(draft_->alike, far)) transitions_.set(state, columns_.of_ascii(far), entry);
  }
  count_bytes();
  return next;
}

bool Automaton::matches_in(std::string_view text) {
  std::uint32_t state = start(true), at = 0;
  if (states_[state].accept) return true;
  while (at < text.size() && state != kDead) {
    std::uint32_t next = step(state, text, at);
    if (next & kAccepts) return true;
    state = next;
  }
  return at == text.size() && states_[state].at_end != 0;
}

bool Automaton::matches_in_reverse(std::string_view text) {
  std::uint32_t state = start(true);
  if (states_[state].accept) return true;
  auto at = static_cast<std::uint32_t>(text.size());
  while (at > 0 && state != kDead) {
    std::uint32_t next = step_back(state, text, at);
    if (next & kAccepts) return true;
    state = next;
  }
  return at == 0 && states_[state].at_end != 0;
}

std::uint32_t Automaton::step_wide(std::uint32_t state, char32_t c) {
  std::uint32_t column = columns_.of_wide(c);
  if (column != Columns::kNone)
    if (std::uint32_t next = transitions_.far(state, column); next != kUnknown) return next;
  return make_step(state, column, c);
}

}  // namespace fakt
