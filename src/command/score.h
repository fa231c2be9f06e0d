#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "input/json.h"

namespace fakt {

/// Something that was found, as far as it is scored. Offsets are bytes in the document.
struct FoundMention {
  std::uint64_t start = 0, end = 0;
  std::string text, value;
};
struct FoundArgument {
  std::string role, text;
  std::uint64_t start = 0, end = 0;
};
struct FoundFact {
  std::vector<FoundArgument> args;
};

/// Counts and the figures that follow from them; 0 where nothing can be divided.
struct Score {
  std::int64_t right = 0, found = 0, gold = 0;
  double precision() const { return found ? static_cast<double>(right) / static_cast<double>(found) : 0; }
  double recall() const { return gold ? static_cast<double>(right) / static_cast<double>(gold) : 0; }
  double f1() const {
    double p = precision(), r = recall();
    return p + r > 0 ? 2 * p * r / (p + r) : 0;
  }
  void add(const Score& other) { right += other.right, found += other.found, gold += other.gold; }
};

/// One row of the report after another: a type or predicate, a mode, its score.
struct ScoreRow {
  std::string name, mode;
  Score score;
};

/// Errors of one kind, as lines to be read.
struct ScoreErrors {
  std::string kind;
  std::vector<std::string> lines;
};

/// Mentions of one type in one document, gold and found.
struct MentionPair {
  std::string doc;
  std::vector<GoldRecord> gold;
  std::vector<FoundMention> found;
};

/// Scores the mentions of a type; modes:
///   strict   the same start and end
///   relaxed  the spans overlap; pairs are one to one, the exact ones first, then those of equal value, then by overlap
///   value    relaxed, and the value is one of the right ones; gold without a value takes no part
/// An optional gold mention is neither missed nor wrong when found.
class MentionScorer {
 public:
  void add(std::string_view type, const MentionPair& pair);
  std::vector<ScoreRow> rows(std::string_view type) const;
  const std::vector<ScoreErrors>& errors() const { return errors_; }  ///< missed, spurious, span, value

 private:
  Score strict_, relaxed_, value_;
  std::vector<ScoreErrors> errors_ = {{"missed", {}}, {"spurious", {}}, {"span", {}}, {"value", {}}};
};

/// Facts of one predicate in one document.
struct FactPair {
  std::string doc;
  std::vector<GoldRecord> gold;
  std::vector<FoundFact> found;
};

/// Scores facts; a gold and a found one pair up when an argument of the same role overlaps, those that share most
/// arguments first. Modes:
///   event  facts that have a partner
///   core   facts whose arguments agree, but for those of the side roles (date, location, price, ...)
///   arg    arguments of all facts
class FactScorer {
 public:
  void add(std::string_view predicate, const FactPair& pair);
  std::vector<ScoreRow> rows(std::string_view predicate) const;
  void add(const FactScorer& other);
  const std::vector<ScoreErrors>& errors() const { return errors_; }  ///< missed, spurious

 private:
  Score event_, core_, arg_;
  std::vector<ScoreErrors> errors_ = {{"missed", {}}, {"spurious", {}}};
};

}  // namespace fakt
