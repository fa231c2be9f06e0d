#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "pattern/fact_program.h"
#include "pattern/regex.h"

namespace fakt {

/// A text that programs are run over.
struct FactSubject {
  const std::string* text = nullptr;
  const std::string* leads = nullptr;  ///< the same with token_lead in the place of the first byte of a token
  std::uint64_t id = 0;                ///< its number: what parts match in it is kept under this
};

/// Runs the programs of facts. It tries one way after the other, and none twice: that a way leads from a step and a
/// place to no match is kept for the search, so the time grows at most with the steps of the program times the text
/// (times the text again for a stretch of characters), never beyond. One for each thread.
class FactSearch {
 public:
  /// REQUIRES: the programs outlive this, and stay as they are.
  explicit FactSearch(const FactPrograms& programs)
      : programs_(programs),
        firsts_(programs.firsts.data()),
        classes_(programs.pool.classes.data()),
        nodes_(programs.pool.nodes.data()),
        branches_(programs.pool.bytes.data()),
        words_(programs.pool.text.data()) {}

  /// Forgets what was kept of the texts so far: their numbers are not asked for any more.
  void forget();

  /// A number for a text.
  std::uint64_t next_id() { return ++last_id_; }

  /// The first match that begins at one of `starts` from the `from`-th on: places before which there is no character of
  /// a word, ascending. `groups`: as Regex::captures, in the order of the program's groups; group 0 is the match.
  /// `until`: of each way of the program the byte before which its matches begin; 0: the text holds none.
  /// REQUIRES: the program has ways.
  bool search(const FactPrograms::Program& program, FactSubject subject, const std::vector<std::uint32_t>& starts,
              std::size_t from, std::span<const std::uint32_t> until, Regex::Groups& groups);
  static constexpr auto kAnywhere = [] {
    std::array<std::uint32_t, FactCompiler::kMostWays> out{};
    out.fill(UINT32_MAX);
    return out;
  }();

  /// Whether a match may begin with what stands at `begin`.
  bool can_begin(const FactPrograms::Program& program, FactSubject subject, std::uint32_t begin) const {
    return program.can_be_empty || firsts_[program.first][static_cast<unsigned char>((*subject.leads)[begin])];
  }

  /// The end of the longest match that begins at `begin`; kNone if there is none.
  std::uint32_t longest(const FactPrograms::Program& program, FactSubject subject, std::uint32_t begin);
  static constexpr std::uint32_t kNone = UINT32_MAX;

 private:
  using Step = FactStep;
  enum class Until { match, all };  ///< the first match, or the ends of all

  /// What is left to try.
  struct Frame {
    enum class Kind : std::uint32_t {
      go,       ///< go on at step `pc` and place `at`
      shrink,   ///< give back characters of a run: it ends before `at`, not before `more`
      grow,     ///< take characters into a run: it ends behind `at`, `more` are taken
      ends,     ///< go on at the ends [at, more) of a part
      restore,  ///< register pc was `at`
    } kind;
    std::uint32_t pc, at, more;
  };
  /// What a part matches at a place: ends [first, last) of ends_.
  struct Known {
    std::uint64_t id = 0;
    std::uint32_t part = 0, at = 0, first = 0, last = 0;
  };

  void enter(FactSubject subject);
  void begin_search(const FactPrograms::Program& program, std::uint32_t begin);
  bool run_ways(const FactPrograms::Program& program, std::uint32_t begin, std::uint32_t base);
  template <Until kUntil>
  bool run(const FactPrograms::Program& program, std::uint32_t pc, std::uint32_t begin, std::size_t bits,
           std::uint32_t base);
  bool unwind(const Step* steps, std::size_t floor, std::uint32_t& pc, std::uint32_t& at);
  bool run_class(const Step& step, std::uint32_t pc, std::uint32_t& at);
  bool shrink(const ByteSet& first, std::uint32_t& at, std::uint32_t low) const;
  bool grow(const Step& step, std::uint32_t& at, std::uint32_t& count) const;
  bool words(const Step& step, std::uint32_t pc, std::uint32_t& at);
  bool call(const Step& step, std::uint32_t pc, std::uint32_t& at);
  bool next_end(const ByteSet& first, std::uint32_t& i, std::uint32_t last) const;
  const Known& known(std::uint32_t part, std::uint32_t at);
  Known& slot_of(std::uint32_t part, std::uint32_t at);
  void enlarge();
  bool holds(Step::Condition condition, std::uint32_t at) const;
  std::uint32_t one(const ProgramPool::Class& all, std::uint32_t at) const;
  bool may(const ByteSet& bytes, std::uint32_t at) const { return bytes[static_cast<unsigned char>(leads_[at])]; }
  bool is_new(std::size_t bit);

  const FactPrograms& programs_;
  const ByteSet* firsts_;  ///< these five are of the programs: to ask an Array for its data takes a step more
  const ProgramPool::Class* classes_;
  const ProgramPool::Node* nodes_;
  const char* branches_;  ///< ProgramPool::bytes
  const char* words_;     ///< ProgramPool::text
  const char* data_ = nullptr;
  const char* leads_ = nullptr;  ///< a byte 0 is behind them
  std::uint32_t size_ = 0;
  std::uint64_t id_ = 0, last_id_ = 0, oldest_id_ = 1;
  struct OpenWay {
    std::uint32_t entry, until;
    const ByteSet* first;
  };
  std::vector<OpenWay> open_;  ///< of the search at hand
  std::vector<Frame> stack_;
  std::vector<std::uint32_t> registers_;
  std::vector<std::uint64_t> seen_;   ///< bits: steps `check` and places that were tried
  std::size_t seen_used_ = 0;         ///< words of seen_ that are in use
  std::vector<std::uint32_t> found_;  ///< ends of the parts that are being run
  std::vector<std::uint32_t> ends_;   ///< of the parts that were run
  std::vector<Known> known_;          ///< by hash; those of texts before oldest_id_ are free
  std::size_t known_used_ = 0;
};

}  // namespace fakt
