#include "extract/fact_text.h"

#include <algorithm>
#include <array>
#include <utility>

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

/// Bytes that are copied as they are: all but what may belong to a space, a quotation mark or #.
constexpr std::array<bool, 256> plain_bytes() {
  std::array<bool, 256> plain{};
  for (std::size_t b = 0x21; b < 256; ++b)
    plain[b] = b != '"' && b != '\'' && b != '#' && b != 0x7F && b != 0xC2 && b != 0xE2 && b != 0xE3;
  return plain;
}
constexpr std::array<bool, 256> kPlain = plain_bytes();

constexpr std::array<bool, 128> kWord = [] {
  std::array<bool, 128> word{};
  for (char32_t c = 0; c < 128; ++c) word[c] = is_fact_word(c);
  return word;
}();

bool is_dash(char32_t c) { return c == U'–' || c == U'—' || c == U'-'; }

}  // namespace

void FactText::build(std::string_view document, const Stretch& stretch, const std::vector<const Filler*>& fillers,
                     std::uint64_t types, const std::vector<Span>& triggers, std::uint64_t id) {
  text_.clear(), pieces_.clear(), tokens_.clear(), starts_.clear();
  id_ = id;
  auto& chosen = chosen_;
  chosen.clear();
  for (const Span& trigger : triggers) chosen.push_back({trigger.begin, trigger.end, nullptr});
  for (const Filler* filler : fillers) {
    if (!(filler->type & types) || !stretch.contains(filler->span)) continue;
    Token token{filler->span.begin, filler->span.end, filler};
    auto clash = std::find_if(chosen.begin(), chosen.end(),
                              [&](const Token& other) { return token.begin < other.end && other.begin < token.end; });
    if (clash == chosen.end())
      chosen.push_back(token);
    else if (clash->filler && clash->end - clash->begin < token.end - token.begin)
      *clash = token;
  }
  std::sort(chosen.begin(), chosen.end(), [](const Token& a, const Token& b) { return a.begin < b.begin; });
  std::uint32_t at = stretch.where.begin;
  for (const Token& token : chosen) {
    if (token.begin < at) continue;
    copy(document, stretch, at, token.begin);
    const Filler* filler = token.filler;
    put(filler ? filler->name : kTriggerToken, filler ? filler->kind : "", {token.begin, token.end}, filler);
    at = token.end;
  }
  copy(document, stretch, at, stretch.where.end);
  leads_ = text_;
  for (const Token& token : tokens_) {
    const char* type = text_.data() + token.begin + kTokenOpen.size();
    leads_[token.begin] = static_cast<char>(token_lead(type[0], type[1]));
  }
}

void FactText::put(std::string_view name, std::string_view kind, Span span, const Filler* filler) {
  auto begin = static_cast<std::uint32_t>(text_.size());
  text_.append(kTokenOpen).append(name);
  if (!kind.empty()) text_.append(".").append(kind);
  text_ += kTokenClose;
  pieces_.push_back({begin, span.begin, span.end});
  tokens_.push_back({begin, static_cast<std::uint32_t>(text_.size()), filler});
}

void FactText::append(std::string_view bytes, std::uint32_t origin) {
  auto at = static_cast<std::uint32_t>(text_.size());
  bool goes_on =
      !pieces_.empty() && !pieces_.back().token_end && pieces_.back().origin + (at - pieces_.back().begin) == origin;
  if (!goes_on) pieces_.push_back({at, origin, 0});
  text_ += bytes;
}

void FactText::copy(std::string_view document, const Stretch& stretch, std::uint32_t begin, std::uint32_t end) {
  for (const Span& hole : stretch.without) {
    if (hole.begin < begin || hole.end > end) continue;
    copy_all(document, begin, hole.begin);
    begin = hole.end;
  }
  copy_all(document, begin, end);
}

void FactText::copy_all(std::string_view document, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t i = begin; i < end;) {
    std::uint32_t plain = i;
    bool space = text_.empty() || text_.back() == ' ';  // the last byte, so that another one is left out
    for (; plain < end; ++plain) {
      char c = document[plain];
      if (c != ' ' ? !kPlain[static_cast<unsigned char>(c)] : space) break;
      space = c == ' ';
    }
    if (plain > i) append(document.substr(i, plain - i), i);
    i = plain;
    if (i >= end) continue;
    auto [c, size] = decode(document, i);
    copy_special(document, {begin, end}, i, c, size);
    i += size;
  }
}

/// A character that may be a space, a quotation mark or #.
void FactText::copy_special(std::string_view document, Span where, std::uint32_t at, char32_t c, unsigned size) {
  if (is_space(c)) {
    if (!text_.empty() && text_.back() != ' ') append(" ", at);
  } else if (is_quote(c)) {
    bool inside = (c == U'’' || c == U'\'') && at > where.begin && at + size < where.end &&
                  is_word(decode_before(document, at).value) && is_word(decode(document, at + size).value);
    if (inside) append("'", at);
  } else if (c != U'#') {
    append(document.substr(at, size), at);
  }
}

const std::vector<std::uint32_t>& FactText::starts() {
  if (!starts_.empty()) return starts_;
  starts_.push_back(0);
  for (std::uint32_t i = 0; i < text_.size();) {
    auto byte = static_cast<unsigned char>(text_[i]);
    if (byte < 0x80) {
      ++i;
      if (!kWord[byte]) starts_.push_back(i);
      continue;
    }
    auto [c, size] = decode(text_, i);
    i += size;
    if (!is_fact_word(c)) starts_.push_back(i);
  }
  return starts_;
}

std::size_t FactText::first_start(std::size_t from) {
  if (from == 0) return 0;
  starts();
  auto first = std::upper_bound(starts_.begin(), starts_.end(), from);
  while (first != starts_.end() && *first - decode_before(text_, *first).size < from) ++first;
  return static_cast<std::size_t>(first - starts_.begin());
}

std::vector<const Filler*> FactText::fillers_in(std::size_t begin, std::size_t end) const {
  std::vector<const Filler*> out;
  for (const Token& token : tokens_)
    if (token.filler && token.begin >= begin && token.end <= end) out.push_back(token.filler);
  return out;
}

std::uint32_t FactText::place_of(std::uint32_t origin) const {
  auto next = std::upper_bound(pieces_.begin(), pieces_.end(), origin,
                               [](std::uint32_t at, const Piece& piece) { return at < piece.origin; });
  std::uint32_t end = next == pieces_.end() ? static_cast<std::uint32_t>(text_.size()) : next->begin;
  if (next == pieces_.begin()) return end;
  const Piece& piece = *std::prev(next);
  return piece.token_end ? end : std::min(end, piece.begin + (origin - piece.origin));
}

Span FactText::original(std::size_t begin, std::size_t end) const {
  while (begin < end && text_[begin] == ' ') ++begin;
  while (begin < end && text_[end - 1] == ' ') --end;
  if (begin >= end) return {};
  return {origin(begin), origin(end - 1) + 1};
}

/// Where a byte of the text stands in the document; of a token, the last byte stands at the end of the mention, the
/// others at its begin.
std::uint32_t FactText::origin(std::size_t at) const {
  auto piece =
      std::upper_bound(pieces_.begin(), pieces_.end(), at, [](std::size_t a, const Piece& p) { return a < p.begin; });
  std::size_t end = piece == pieces_.end() ? text_.size() : piece->begin;
  --piece;
  if (piece->token_end) return at + 1 == end ? piece->token_end - 1 : piece->origin;
  return piece->origin + static_cast<std::uint32_t>(at - piece->begin);
}

long distance(Span a, Span b) {
  if (a.overlaps(b)) return 0;
  return a.end <= b.begin ? b.begin - a.end : a.begin - b.end;
}

std::vector<ClauseBreak> clause_breaks(std::string_view document, const Stretch& stretch) {
  std::vector<ClauseBreak> breaks;
  auto may_break = [](char c) {
    return c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == '-' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  Span where = stretch.where;
  for (std::uint32_t i = where.begin; i < where.end;) {
    if (!may_break(document[i])) {
      ++i;
      continue;
    }
    auto [c, size] = decode(document, i);
    std::uint32_t next = i + size;
    bool space = next >= where.end || is_space(decode(document, next).value);
    bool dash = is_dash(c) && space && i > where.begin && is_space(decode_before(document, i).value);
    bool bracket = c == U'(' || c == U')';
    if ((bracket || ((c == U',' || c == U';' || c == U':') && space) || dash) && !stretch.leaves_out({i, next}))
      breaks.push_back({i, bracket ? static_cast<char>(c) : ' '});
    i = next;
  }
  return breaks;
}

int breaks_between(const std::vector<ClauseBreak>& breaks, std::uint32_t a, std::uint32_t b) {
  if (a > b) std::swap(a, b);
  auto at =
      std::lower_bound(breaks.begin(), breaks.end(), a, [](const ClauseBreak& x, std::uint32_t y) { return x.at < y; });
  int count = 0;
  int outside = -1;  // how many before the bracket that is open
  for (; at != breaks.end() && at->at < b; ++at) {
    if (at->bracket == ')' && outside >= 0) {
      count = std::exchange(outside, -1);
      continue;
    }
    if (at->bracket == '(') outside = count;
    ++count;
  }
  return count;
}

std::string_view word_after(std::string_view text, std::uint32_t at) {
  if (at >= text.size() || text[at] != ' ') return {};
  std::size_t end = at + 1;
  while (end < text.size() && is_word(decode(text, end).value)) end += decode(text, end).size;
  return text.substr(at + 1, end - at - 1);
}

std::string_view word_before(std::string_view text, std::uint32_t at) {
  if (at < 2 || text[at - 1] != ' ') return {};
  std::uint32_t end = at - 1, begin = end;
  while (begin > 0 && text[begin - 1] != ' ' && text[begin - 1] != '\n') --begin;
  return text.substr(begin, end - begin);
}

}  // namespace fakt
