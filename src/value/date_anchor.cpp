#include "value/date_anchor.h"

#include <algorithm>
#include <array>

#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::uint32_t kNear = 3;           ///< sentences back in which "tags darauf" finds its day
constexpr std::uint32_t kClause = 60;        ///< bytes that a comma or "that" counts for between a date and a verb
constexpr std::uint32_t kPassive = 2;        ///< words back that make a participle of a past tense: "be", "is"
constexpr std::size_t kLongestCommand = 12;  ///< words
constexpr std::size_t kFarthest = 50;        ///< dates back in which "im selben Jahr" finds its year
constexpr std::size_t kAround = 1000;        ///< words on either side that tell whether a text counts in days

/// How fine a grain is: a period of a finer one lies in exactly one of a coarser one, so nearly for weeks.
int rank(Grain grain) { return static_cast<int>(grain); }

/// "resigned": a word that is in no list, but ends as the past tense of most verbs does.
bool ends_as_past(const Language& language, const StringIndex& endings, std::string_view word) {
  return endings.has_ending_of(word) && !language.has("no_past", word);
}

}  // namespace

DateAnchor::DateAnchor(const ValueContext& context, const Mention& mention) : context_(context), mention_(mention) {
  document_ = parse_period(std::string_view(context.document.date).substr(0, 10));
}

std::optional<Day> DateAnchor::document(Grain grain) const {
  if (!document_ || rank(document_->grain) > rank(grain)) return std::nullopt;
  return document_->first;
}

std::optional<Day> DateAnchor::context(Grain grain) const {
  std::size_t seen = 0;
  for (auto mention = context_.earlier.rbegin(); mention != context_.earlier.rend() && seen < kFarthest; ++mention) {
    ++seen;
    if (grain == Grain::day && mention_.sentence > mention->sentence + kNear) break;
    auto period = parse_period(mention->value);
    if (period && rank(period->grain) <= rank(grain)) return period->first;
  }
  return std::nullopt;
}

std::optional<Period> DateAnchor::context_period(std::initializer_list<Grain> grains, bool stated) const {
  for (auto mention = context_.earlier.rbegin(); mention != context_.earlier.rend(); ++mention) {
    if (mention_.sentence > mention->sentence + kNear) break;
    auto period = parse_period(mention->value);
    if (!period || std::find(grains.begin(), grains.end(), period->grain) == grains.end()) continue;
    auto leans = [&](const auto& key) {  // "im Vorjahr" is no date to count "ein Jahr zuvor" from
      return key.name == "anchor" && (key.value == "context" || period->grain == Grain::year);
    };
    if (!stated || std::none_of(mention->keys.begin(), mention->keys.end(), leans)) return period;
  }
  return std::nullopt;
}

std::string DateAnchor::lower_word(const Token& token) const {
  return to_lower(std::string_view(context_.document.text).substr(token.begin, token.end - token.begin));
}

Direction DateAnchor::direction_of(std::uint32_t at, std::uint32_t first, const Tenses& tenses) const {
  const auto& tokens = context_.index.tokens;
  std::string word = lower_word(tokens[at]);
  if (tenses.future.contains(word)) return Direction::future;
  if (!tenses.past.contains(word) && !ends_as_past(context_.language, tenses.endings, word)) return Direction::unknown;
  for (std::uint32_t back = 1; back <= kPassive && at >= first + back; ++back)
    if (context_.language.has("before_participle", lower_word(tokens[at - back]))) return Direction::unknown;
  if (at > first && context_.language.has("before_infinitive", lower_word(tokens[at - 1]))) return Direction::unknown;
  return Direction::past;
}

/// Where words of the sentence stand that begin a clause: "that".
std::vector<std::uint32_t> DateAnchor::clause_starts() const {
  const Sentence& sentence = context_.index.sentences[mention_.sentence];
  const StringIndex& words = context_.language.list("clause_starts");
  std::vector<std::uint32_t> out;
  if (words.empty()) return out;
  for (std::uint32_t i = sentence.first_token; i < sentence.last_token; ++i)
    if (const Token& token = context_.index.tokens[i]; words.contains(lower_word(token))) out.push_back(token.begin);
  return out;
}

Direction DateAnchor::direction() const {
  const Sentence& sentence = context_.index.sentences[mention_.sentence];
  std::string_view text = context_.document.text;
  const Language& language = context_.language;
  Tenses tenses{language.list("past"), language.list("future"), language.list("past_endings")};
  std::vector<std::uint32_t> clauses = clause_starts();
  Direction nearest = Direction::unknown;
  std::uint32_t least = UINT32_MAX;
  for (std::uint32_t i = sentence.first_token; i < sentence.last_token; ++i) {
    const Token& token = context_.index.tokens[i];
    if (token.begin >= mention_.span.begin && token.end <= mention_.span.end) continue;  // "Morgen des Freitags"
    Direction said = direction_of(i, sentence.first_token, tenses);
    if (said == Direction::unknown) continue;
    std::uint32_t from = std::min(token.end, mention_.span.end), to = std::max(token.begin, mention_.span.begin);
    std::string_view between = text.substr(std::min(from, to), to > from ? to - from : 0);
    auto bounds =
        std::count(between.begin(), between.end(), ',') +
        std::count_if(clauses.begin(), clauses.end(), [&](std::uint32_t at) { return from <= at && at < to; });
    auto distance = static_cast<std::uint32_t>(between.size()) + static_cast<std::uint32_t>(bounds) * kClause;
    if (distance < least) least = distance, nearest = said;
  }
  return nearest;
}

bool DateAnchor::speaks_of_days() const {
  const auto& tokens = context_.index.tokens;
  std::size_t first = context_.index.sentences[mention_.sentence].first_token;
  std::size_t end = std::min(first + kAround, tokens.size());
  for (std::size_t i = first - std::min(first, kAround); i < end; ++i)
    if (context_.language.has("day_words", lower_word(tokens[i]))) return true;
  return false;
}

bool DateAnchor::is_command() const {
  if (context_.document.offset_base != 0 || context_.index.sentences.size() != 1 ||
      context_.index.tokens.size() > kLongestCommand)
    return false;
  Span all = context_.index.sentences[0].span;
  bool stop = context_.document.text[all.end - 1] == '.' && mention_.span.end < all.end;  // not that of "15.2."
  return !stop && direction() != Direction::past;
}

}  // namespace fakt
