#include "extract/fact_text.h"

#include <algorithm>

#include "pattern/fact_syntax.h"
#include "text/unicode.h"

namespace fakt {
namespace {

/// Quotation marks of all styles, ‹ and › among them, which so cannot be taken for tokens. An apostrophe within a word
/// stays.
bool is_quote(char32_t c) {
  return c == U'"' || c == U'„' || c == U'“' || c == U'”' || c == U'«' || c == U'»' || c == U'‹' || c == U'›' ||
         c == U'‚' || c == U'‘' || c == U'’' || c == U'\'';
}

bool is_dash(char32_t c) { return c == U'–' || c == U'—' || c == U'-'; }

}  // namespace

void FactText::build(std::string_view document, Span where, const std::vector<const Filler*>& fillers,
                     std::uint64_t types, const std::vector<Span>& triggers) {
  text_.clear(), origin_.clear(), tokens_.clear();
  std::vector<Token> chosen;  // begin and end in the document for now
  for (const Span& trigger : triggers) chosen.push_back({trigger.begin, trigger.end, nullptr});
  for (const Filler* filler : fillers) {
    if (!(filler->type & types) || !where.contains(filler->span)) continue;
    Token token{filler->span.begin, filler->span.end, filler};
    auto clash = std::find_if(chosen.begin(), chosen.end(),
                              [&](const Token& other) { return token.begin < other.end && other.begin < token.end; });
    if (clash == chosen.end())
      chosen.push_back(token);
    else if (clash->filler && clash->end - clash->begin < token.end - token.begin)
      *clash = token;
  }
  std::sort(chosen.begin(), chosen.end(), [](const Token& a, const Token& b) { return a.begin < b.begin; });
  static const std::string trigger = std::string(kTokenOpen) + kTriggerToken + std::string(kTokenClose);
  std::uint32_t at = where.begin;
  for (const Token& token : chosen) {
    if (token.begin < at) continue;
    copy(document, at, token.begin);
    put(token.filler ? std::string_view(token.filler->token) : trigger, {token.begin, token.end}, token.filler);
    at = token.end;
  }
  copy(document, at, where.end);
}

void FactText::put(std::string_view token, Span span, const Filler* filler) {
  auto begin = static_cast<std::uint32_t>(text_.size());
  text_ += token;
  origin_.resize(text_.size(), span.begin);
  origin_.back() = span.end - 1;
  tokens_.push_back({begin, static_cast<std::uint32_t>(text_.size()), filler});
}

void FactText::copy(std::string_view document, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t i = begin; i < end;) {
    auto [c, size] = decode(document, i);
    if (is_space(c)) {
      if (!text_.empty() && text_.back() != ' ') text_ += ' ', origin_.push_back(i);
    } else if (is_quote(c)) {
      bool inside = (c == U'’' || c == U'\'') && i > begin && i + size < end &&
                    is_word(decode_before(document, i).value) && is_word(decode(document, i + size).value);
      if (inside) text_ += '\'', origin_.push_back(i);
    } else if (c != U'#') {
      text_.append(document, i, size);
      for (unsigned k = 0; k < size; ++k) origin_.push_back(i + k);
    }
    i += size;
  }
}

std::vector<const Filler*> FactText::fillers_in(std::size_t begin, std::size_t end) const {
  std::vector<const Filler*> out;
  for (const Token& token : tokens_)
    if (token.filler && token.begin >= begin && token.end <= end) out.push_back(token.filler);
  return out;
}

Span FactText::original(std::size_t begin, std::size_t end) const {
  while (begin < end && text_[begin] == ' ') ++begin;
  while (begin < end && text_[end - 1] == ' ') --end;
  if (begin >= end) return {};
  return {origin_[begin], origin_[end - 1] + 1};
}

long distance(Span a, Span b) {
  if (a.overlaps(b)) return 0;
  return a.end <= b.begin ? b.begin - a.end : a.begin - b.end;
}

std::vector<std::uint32_t> clause_breaks(std::string_view document, Span where) {
  std::vector<std::uint32_t> breaks;
  for (std::uint32_t i = where.begin; i < where.end;) {
    auto [c, size] = decode(document, i);
    std::uint32_t next = i + size;
    bool space = next >= where.end || is_space(decode(document, next).value);
    bool dash = is_dash(c) && space && i > where.begin && is_space(decode_before(document, i).value);
    if (c == U'(' || c == U')' || ((c == U',' || c == U';' || c == U':') && space) || dash) breaks.push_back(i);
    i = next;
  }
  return breaks;
}

int breaks_between(const std::vector<std::uint32_t>& breaks, std::uint32_t a, std::uint32_t b) {
  if (a > b) std::swap(a, b);
  return static_cast<int>(std::lower_bound(breaks.begin(), breaks.end(), b) -
                          std::lower_bound(breaks.begin(), breaks.end(), a));
}

}  // namespace fakt
