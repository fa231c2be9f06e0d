#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/columns.h"
#include "pattern/program.h"
#include "pattern/transitions.h"
#include "text/unicode.h"

namespace fakt {

/// How often an automaton had spent its memory and began anew, in all threads.
std::uint64_t automata_restarts();

/// The programs of many patterns as one deterministic automaton, made state by state as texts need it: it finds all
/// ends of all their matches from one place in one pass, a table look-up a character. RE2 does the same, but takes
/// a lock and hundreds of instructions for each call, and must be asked again which pattern it was.
///
/// A state is the set of places in the programs where a match can stand after what was read.
class alignas(64) Automaton {
 public:
  using Ascii = std::array<std::uint64_t, 2>;  ///< a bit for each character

  /// Where matches may begin: where run() is told to, or everywhere behind that as well.
  enum class Begin { anchored, anywhere };

  /// REQUIRES: the pool and the programs outlive it; each program is supported().
  Automaton(const ProgramPool& pool, const std::vector<const Program*>& programs, Begin begin = Begin::anchored);

  /// Whether an automaton can do what the program asks: all but \b and \B.
  static bool supported(const Program& program);

  /// Bytes that its states take. Whoever holds automata keeps an eye on the sum, and lets them forget.
  std::size_t bytes() const { return bytes_; }
  void forget();

  /// Whether a program matches nothing at all at the place.
  bool matches_empty(std::string_view text, std::uint32_t at) {
    const State& state = states_[start(at == 0)];
    return state.accept != 0 || (at == text.size() && state.at_end != 0);
  }

  /// Whether a program matches some text[0, end), empty or not; Begin::anywhere: any part of the text.
  bool matches_in(std::string_view text);
  /// The same for the text read backwards, character by character.
  bool matches_in_reverse(std::string_view text);

  /// Calls visit(begin) for each place from text[end] back to text[low], whose text up to `end` a program matches when
  /// it is read backwards. The empty text counts. REQUIRES: low <= end <= text.size(), both on borders of characters.
  template <typename Visit>
  void run_in_reverse(std::string_view text, std::uint32_t end, std::uint32_t low, Visit&& visit) {
    std::uint32_t state = start(false), at = end;
    if (states_[state].accept) visit(at);
    while (at > low) {
      std::uint32_t next = step_back(state, text, at);
      if (next == kDead) return;
      if (next & kAccepts) visit(at);
      state = next & ~kAccepts;
    }
  }

  /// Which ends of matches are of interest: Ends::words leaves out those between two ASCII letters or digits.
  enum class Ends { all, words };

  /// Calls visit(end, patterns) for each end of matches that begin at text[begin] and end at or before text[limit],
  /// from the shortest to the longest; `patterns` are the indices of the programs that match, ascending. Empty matches
  /// are none. REQUIRES: begin < limit <= text.size(), both on borders of characters.
  template <Ends kEnds, typename Visit>
  void run(std::string_view text, std::uint32_t begin, std::uint32_t limit, Visit&& visit) {
    std::uint32_t state = start(begin == 0), at = begin;
    while (at < limit) {
      auto c = static_cast<unsigned char>(text[at]);
      std::uint32_t column = Transitions::near_column(c);
      std::uint32_t next = column < Transitions::kNear ? transitions_.near(state, column) : kUnknown;
      if (next - 1 < kAccepts - 1) {  // neither dead nor unknown, and nothing matches
        state = next, ++at;
        continue;
      }
      if (next == kUnknown)
        next = step(state, text, at);
      else
        ++at;
      if (next == kDead) return;
      state = next & ~kAccepts;
      bool matches = next & kAccepts;
      if constexpr (kEnds == Ends::words)
        matches =
            matches && !(at < text.size() && is_ascii_word(c) && is_ascii_word(static_cast<unsigned char>(text[at])));
      if (matches) visit(at, matching(state));
    }
    if (at == text.size() && states_[state].at_end) visit(at, sets_[states_[state].at_end]);
  }

 private:
  using Place = std::uint64_t;  ///< the number of a step, and how far a match has come in it
  struct State {
    std::uint32_t first, size;     ///< of its places, in places_
    std::uint32_t accept, at_end;  ///< the programs that match here, and those that do where the text ends; in sets_
  };
  /// What is known of a new state on the way to it.
  struct Draft {
    Ascii alike{};  ///< characters that lead there as well
    std::vector<Place> fresh;
    std::string packed;
    std::vector<std::uint16_t> accept, at_end;
    std::vector<std::uint32_t> entered;  ///< stamp of the last time that a step was entered
    std::uint32_t stamp = 0;
    std::vector<std::uint32_t> at_text_end;  ///< steps that follow where the text ends
    bool text_begin = false, text_end = false;
  };
  static constexpr std::uint32_t kDead = 0;
  static constexpr std::uint32_t kAccepts = 0x8000;  ///< in an entry of a row: something matches there
  static constexpr std::uint32_t kMostStates = 0x7FFE;
  static constexpr std::uint16_t kUnknown = Transitions::kUnknown;
  static bool is_ascii_word(unsigned char c) { return (c | 0x20u) - 'a' < 26u || c - std::uint32_t{'0'} < 10u; }

  std::span<const Instruction> join(const std::vector<const Program*>& programs);
  std::uint32_t start(bool text_begin) {
    std::uint32_t& known = start_[text_begin];
    if (known == kDead) known = make_start(text_begin);
    return known;
  }
  const std::vector<std::uint16_t>& matching(std::uint32_t state) const { return sets_[states_[state].accept]; }
  /// The state behind the character at `at`, and `at` behind it.
  std::uint32_t step(std::uint32_t state, std::string_view text, std::uint32_t& at) {
    auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x80) return ++at, step_ascii(state, c);
    auto [wide, size] = decode(text, at);
    at += size;
    return step_wide(state, wide);
  }
  /// The state in front of the character that ends at `at`, and `at` in front of it.
  std::uint32_t step_back(std::uint32_t state, std::string_view text, std::uint32_t& at) {
    auto c = static_cast<unsigned char>(text[at - 1]);
    if (c < 0x80) return --at, step_ascii(state, c);
    auto [wide, size] = decode_before(text, at);
    at -= size;
    return step_wide(state, wide);
  }
  std::uint32_t step_ascii(std::uint32_t state, unsigned char c) {
    std::uint32_t near = Transitions::near_column(c);
    std::uint32_t next =
        near < Transitions::kNear ? transitions_.near(state, near) : transitions_.far(state, columns_.of_ascii(c));
    return next != kUnknown ? next : make_step(state, columns_.of_ascii(c), c);
  }
  std::uint32_t make_start(bool text_begin);
  std::uint32_t make_step(std::uint32_t state, std::uint32_t column, char32_t c);
  std::uint32_t step_wide(std::uint32_t state, char32_t c);
  void advance(Place place, char32_t c, std::string_view bytes);
  void advance_word(std::uint32_t i, std::uint32_t far, char32_t c, std::string_view bytes);
  void enter(std::uint32_t step);
  void tell_apart(const Ascii& all, bool inside);
  Ascii branches_of(std::uint32_t node) const;
  void put(std::uint32_t step, std::uint32_t far);
  std::string_view pack();
  std::uint32_t intern();
  std::string_view places_of(const State& s) const { return std::string_view(places_).substr(s.first, s.size); }
  std::uint32_t intern_set(const std::vector<std::uint16_t>& set);
  void begin_step();
  void next_stamp();
  void count_bytes();
  void grow_index();

  // What each run needs stands in the first line of the cache.
  std::array<std::uint32_t, 2> start_{};  ///< anywhere, and at the begin of the text
  Transitions transitions_;
  std::vector<State> states_;
  std::string places_;  ///< of all states: see pack()

  const ProgramPool& pool_;
  bool anywhere_;
  std::vector<std::uint32_t> begins_;   ///< in steps_, of each program
  std::vector<Instruction> joined_;     ///< empty: there is but one program
  std::span<const Instruction> steps_;  ///< of all programs; b of a match is the program's index
  Columns columns_;

  std::vector<std::uint16_t> index_;  ///< states by hash of their places; 0: free
  std::vector<std::vector<std::uint16_t>> sets_;
  std::size_t bytes_ = 0;

  Draft* draft_ = nullptr;  ///< of the thread at work
};

}  // namespace fakt
