#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "value/calendar.h"
#include "value/normalizer.h"

namespace fakt {

/// Where a date without a direction of its own lies, by the words around it.
enum class Direction { unknown, past, future };

/// What a relative or incomplete date is resolved against.
class DateAnchor {
 public:
  DateAnchor(const ValueContext& context, const Mention& mention);

  /// The day of writing, where it is known well enough to count in `grain`: a document of "2025-01" has months, no
  /// days.
  std::optional<Day> document(Grain grain) const;
  /// The date that the text spoke of last, where it lies within one `grain`; days only from sentences near by.
  std::optional<Day> context(Grain grain) const;

  /// The date that the text spoke of last in a sentence near by, of those of these grains; `stated`: not of those that
  /// were themselves counted from another one.
  std::optional<Period> context_period(std::initializer_list<Grain> grains, bool stated) const;

  /// Past or future by the nearest verb of the sentence, its own clause first: the lists past and future of the
  /// language.
  Direction direction() const;
  /// The text counts in days: it has "gestern", "morgen", a clock time; the list day_words of the language.
  bool speaks_of_days() const;
  /// The whole document is a few words without a full stop, as people type them into a calendar or a search:
  /// "nächsten Dienstag", "am 15.3. zum Zahnarzt". It looks ahead.
  bool is_command() const;

 private:
  /// Lists of the language, looked up once for a sentence.
  struct Tenses {
    const StringIndex &past, &future, &endings;
  };

  /// What the word of a token says, by the lists past, future, past_endings, no_past, before_participle and
  /// before_infinitive.
  Direction direction_of(std::uint32_t at, std::uint32_t first, const Tenses& tenses) const;
  std::vector<std::uint32_t> clause_starts() const;
  std::string lower_word(const Token& token) const;

  const ValueContext& context_;
  const Mention& mention_;
  std::optional<Period> document_;
};

}  // namespace fakt
