#include "extract/asides.h"

#include <algorithm>

#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::uint32_t kLongest = 240;  ///< bytes of an aside
constexpr std::size_t kMost = 4;         ///< a part of a sentence with more of them is a list

bool is_comma(std::string_view text, std::uint32_t at) { return text.substr(at).starts_with(", "); }

bool names_somebody(Span aside, const std::vector<const Filler*>& fillers) {
  return std::any_of(fillers.begin(), fillers.end(), [&](const Filler* filler) {
    return aside.contains(filler->span) && filler->argument.type != "text" && filler->argument.via.empty();
  });
}

}  // namespace

Asides::Asides(const Language& language)
    : openers_(language.list("asides")),
      prepositions_(language.list("aside_prepositions")),
      conjunctions_(language.list("conjunctions")),
      more_(language.list("aside_goes_on")) {}

std::vector<Span> Asides::find(std::string_view text, Span where, const std::vector<const Filler*>& fillers) const {
  std::vector<Span> out;
  text = text.substr(0, where.end);
  std::uint32_t from = where.begin;
  for (const Filler* filler : fillers) {
    std::uint32_t at = filler->span.end;
    if (at < from || !opens(text, at)) continue;
    Span aside{at, end_of(text, at)};
    if (aside.size() == 0 || !names_somebody(aside, fillers)) continue;
    if (out.size() == kMost) return {};
    out.push_back(aside);
    from = aside.end;
  }
  return out;
}

bool Asides::opens(std::string_view text, std::uint32_t at) const {
  if (!is_comma(text, at)) return false;
  std::string_view word = word_after(text, at + 1);
  if (openers_.contains(word)) return true;
  auto end = static_cast<std::uint32_t>(word.data() + word.size() - text.data());
  return prepositions_.contains(word) && openers_.contains(word_after(text, end));
}

/// Behind the comma that ends the aside from `begin`; `begin` if none does.
std::uint32_t Asides::end_of(std::string_view text, std::uint32_t begin) const {
  std::uint32_t last = std::min(begin + kLongest, static_cast<std::uint32_t>(text.size()));
  for (std::uint32_t at = begin + 1; at < last; ++at) {
    char c = text[at];
    if (c == ';' || c == ':' || c == '(' || c == ')') return begin;
    if (c == ',' && is_comma(text, at) && goes_on(word_after(text, at + 1))) return at + 1;
  }
  return begin;
}

/// Whether the sentence can go on with the word behind an aside.
bool Asides::goes_on(std::string_view word) const {
  if (word.empty() || is_upper(decode(word, 0).value) || ('0' <= word[0] && word[0] <= '9')) return false;
  return !openers_.contains(word) && !conjunctions_.contains(word) && !more_.contains(word);
}

}  // namespace fakt
