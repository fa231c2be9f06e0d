#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "value/calendar.h"
#include "value/normalizer.h"

namespace fakt {

/// One word of the closed vocabulary of date tables: `day:-1`, `month:3`, `mod:start`. patterns/README.md lists it.
struct Term {
  std::string_view kind;
  std::string_view value;  ///< "-1"
  int number = 0;          ///< of a value that begins with a whole number
  bool relative = false;   ///< its sign stands there: so many periods after or before
  bool outside = false;    ///< it stands beside the mention, in the words of a partner
};

/// What the slots of a match say, whatever the language. A table's meaning may be several terms ("mod:end unit:year");
/// a slot whose text or meaning is a bare number counts under its own name: {day:digits} is `day`.
/// The terms of a slot named until_... belong to the other end of a range and keep that prefix.
class DateTerms {
 public:
  DateTerms(const Captures& captures, const ValueContext& context, Span mention);
  DateTerms(const DateTerms&) = delete;
  DateTerms& operator=(const DateTerms&) = delete;

  /// False when a number is none, or a word is not of the vocabulary.
  bool ok() const { return ok_; }
  /// The pattern says nothing of the calendar, as one of the user's own may: its text is its value.
  bool empty() const { return ok_ && terms_.empty(); }
  const Term* find(std::string_view kind, bool until = false) const {
    return kinds_ >> bit_of(kind) & 1 ? look_up(kind, until) : nullptr;
  }
  bool has(std::string_view kind) const { return find(kind) != nullptr; }
  std::string_view value(std::string_view kind) const;
  /// The number of an unsigned term (`month:3`), or of a signed one (`month:+1`).
  std::optional<int> absolute(std::string_view kind, bool until = false) const;
  std::optional<int> relative(std::string_view kind) const;
  /// The grain that `unit:week` names.
  std::optional<Grain> unit() const;
  /// Some term was taken from the words of a partner, outside the mention.
  bool from_partner() const;

 private:
  struct Kept {
    Term term;
    bool until;
  };
  /// Kinds share bits; most are told apart.
  static unsigned bit_of(std::string_view kind) {
    return (kind.size() * 5 + static_cast<unsigned char>(kind.front()) + static_cast<unsigned char>(kind.back()) * 3u) %
           64;
  }
  const Term* look_up(std::string_view kind, bool until) const;
  void add(const Capture& capture, bool outside, const Language& language);
  void add_term(const Term& term, bool until);
  void add_number(std::string_view slot, std::string_view meaning, bool outside, const Language& language);

  std::vector<Kept> terms_;
  std::uint64_t kinds_ = 0;         ///< a bit for each kind that was added
  std::list<std::string> numbers_;  ///< values of numbers in words, which stand nowhere else
  bool ok_ = true;
};

}  // namespace fakt
