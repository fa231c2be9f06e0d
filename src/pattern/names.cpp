#include "pattern/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "text/fold.h"
#include "text/text_index.h"
#include "text/unicode.h"

namespace fakt {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word(decode(text, at).value)) at += decode(text, at).size;
  return at;
}

/// The byte behind `spelling` if the text goes on with it at `begin`; a space stands for any run of white space
/// without a blank line, or, all of them, for a hyphen within a compound: "Deutsche-Bank-Chef". 0 if it does not.
std::size_t match(std::string_view text, std::size_t begin, std::string_view spelling) {
  std::size_t at = begin;
  int spaces = 0, hyphens = 0;
  for (std::size_t i = 0; i < spelling.size(); ++i) {
    if (at >= text.size()) return 0;
    if (spelling[i] != ' ') {
      if (text[at++] != spelling[i]) return 0;
      continue;
    }
    if (text[at] == '-') {
      ++hyphens, ++at;
      continue;
    }
    std::size_t from = at;
    int breaks = 0;
    while (at < text.size() && is_space(decode(text, at).value))
      breaks += text[at] == '\n', at += decode(text, at).size;
    if (at == from || breaks > 1) return 0;
    ++spaces;
  }
  bool compound = at < text.size() && text[at] == '-' && spaces == 0;
  return hyphens == 0 || compound ? at : 0;
}

constexpr std::size_t kShortestShouted = 5;  ///< bytes; shorter ones are other names' acronyms

/// The same for a spelling in capitals: "REUTERS", "DEUTSCHE BANK".
std::size_t match_shouted(std::string_view text, std::size_t begin, std::string_view spelling) {
  std::string_view here = text.substr(begin, spelling.size());
  if (here.size() < spelling.size()) return 0;
  for (std::size_t i = 0; i < here.size();) {
    auto [c, size] = decode(here, i);
    auto [wanted, wanted_size] = decode(spelling, i);
    if (size != wanted_size || to_upper(c) != c || to_lower(c) != to_lower(wanted)) return 0;
    i += size;
  }
  return begin + here.size();
}

/// Whether a word does not begin like one in small letters: "REUTERS", "A".
bool is_shouted(std::string_view word) {
  auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return !lower(word[0]) && (word.size() == 1 || !lower(word[1]));
}

constexpr std::array<std::string_view, 6> kColumns = {"name", "kind", "spellings", "acronym", "ambiguous", "id"};

}  // namespace

void Gazetteer::set_rules(const NamesText& rules) {
  has_rules_ = true;
  inflection_ = rules.inflection;
  articles_ = rules.articles;
  clitics_ = rules.clitics;
  genitive_ = rules.genitive, weight_ = rules.weight, ambiguous_weight_ = rules.ambiguous_weight;
  genitive_leads_.reset();
  for (std::string_view ending : genitive_) genitive_leads_.set(static_cast<unsigned char>(ending[0]));
}

void Gazetteer::add(std::string_view tsv, const std::string& display, Diagnostics& diagnostics) {
  if (!gathered_) gather_again();
  std::vector<int> columns;  // of each cell: index into kColumns
  int line = 0;
  for (std::string_view row : split(tsv, '\n')) {
    ++line;
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (row.empty() || row.starts_with('#')) continue;
    auto cells = split(row, '\t');
    Place place{display, line};
    if (columns.empty()) {
      for (auto cell : cells) {
        auto column = std::find(kColumns.begin(), kColumns.end(), cell);
        if (column == kColumns.end())
          diagnostics.add(place,
                          fmt::format("unknown column {}; a list of names has {}", cell, fmt::join(kColumns, ", ")));
        columns.push_back(static_cast<int>(column - kColumns.begin()));
      }
      if (columns.empty() || columns[0] != 0) diagnostics.add(place, "the first column of a list of names is name");
      continue;
    }
    std::array<std::string_view, 7> of{};
    if (cells.size() > columns.size())
      diagnostics.add(place, fmt::format("{} cells, but {} columns", cells.size(), columns.size()));
    for (std::size_t i = 0; i < cells.size() && i < columns.size(); ++i)
      of[static_cast<std::size_t>(columns[i])] = cells[i];
    if (of[0].empty()) {
      diagnostics.add(place, "a line without a name");
      continue;
    }
    auto index = static_cast<std::uint32_t>(names_.size());
    names_.push_back({std::string(of[0]), std::string(of[1]), std::string(of[5])});
    auto marked = split(of[4], '|');
    auto ambiguous = [&](std::string_view spelling) {
      return of[4] == "1" || std::find(marked.begin(), marked.end(), spelling) != marked.end();
    };
    for (auto list : {of[0], of[2], of[3]})
      for (auto spelling : split(list, list == of[0] ? '\t' : '|'))
        if (!spelling.empty()) add_spelling({std::string(spelling), index, ambiguous(spelling)});
  }
}

void Gazetteer::add_spelling(GatheredSpelling spelling) {
  const std::string& text = spelling.text;
  if (text.find(' ') != std::string::npos) {
    for (const auto& [ending, others] : inflection_) {
      for (auto other : split(others, '|')) {
        std::string inflected;
        for (auto word : split(text, ' ')) {
          bool last = word.data() + word.size() == text.data() + text.size();
          bool fits =
              !last && word.size() > ending.size() + 2 && word.ends_with(ending) && is_upper(decode(word, 0).value);
          if (!inflected.empty()) inflected += ' ';
          inflected +=
              fits ? std::string(word.substr(0, word.size() - ending.size())) + std::string(other) : std::string(word);
        }
        if (inflected != text) put({std::move(inflected), spelling.name, spelling.ambiguous});
      }
    }
  }
  put(std::move(spelling));
}

void Gazetteer::put(GatheredSpelling spelling) {
  const std::string& text = spelling.text;
  std::uint32_t hash = hash_word(std::string_view(text).substr(0, word_end(text, 0)));
  for (const auto& ending : genitive_)
    if (is_word(decode(ending, 0).value) && text.find(' ') == std::string::npos)
      inflected_first_words_.push_back(hash_word(text.substr(0, word_end(text, 0)) + ending));
  auto& list = (*gathered_)[hash];
  for (const auto& known : list)
    if (known.text == text) return;
  list.push_back(std::move(spelling));
}

/// What finish() had done is undone, so that names can be added.
void Gazetteer::gather_again() {
  gathered_ = make_owned<Gathered>();
  for (const Bucket& bucket : buckets_)
    for (std::uint32_t i = bucket.first; i < bucket.first + bucket.count; ++i)
      (*gathered_)[bucket.hash].push_back(
          {std::string(text_of(spellings_[i])), spellings_[i].name, spellings_[i].ambiguous != 0});
  buckets_.clear();
  spellings_.clear();
  pool_ = {};
}

bool Gazetteer::finish() {
  if (!gathered_) return false;
  std::size_t mask = std::bit_ceil(gathered_->size() * 2 + 1) - 1;
  buckets_.resize(mask + 1);
  for (auto& [hash, list] : *gathered_) {
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.text.size() > b.text.size(); });
    std::size_t i = hash & mask;
    while (buckets_[i].count) i = (i + 1) & mask;
    buckets_[i] = {hash, static_cast<std::uint32_t>(spellings_.size()), static_cast<std::uint32_t>(list.size())};
    for (const auto& [text, name, ambiguous] : list) {
      spellings_.push_back({static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(text.size()), name,
                            ambiguous ? 1u : 0u});
      pool_ += text;
    }
  }
  gathered_.reset();
  return true;
}

void Gazetteer::starts_of(std::string_view word, std::vector<Start>& out) const {
  add_starts(word, out);
  for (const auto& ending : genitive_)
    if (word.size() > ending.size() + 1 && word.ends_with(ending) && is_word(decode(ending, 0).value))
      add_starts(word.substr(0, word.size() - ending.size()), out);
}

void Gazetteer::add_starts(std::string_view first_word, std::vector<Start>& out) const {
  std::uint32_t hash = hash_word(first_word);
  std::size_t mask = buckets_.size() - 1, i = hash & mask, size = first_word.size();
  while (buckets_[i].count && buckets_[i].hash != hash) i = (i + 1) & mask;
  bool shouted = is_shouted(first_word);
  for (std::uint32_t k = 0; k < buckets_[i].count; ++k) {
    std::uint32_t number = buckets_[i].first + k;
    std::string_view written = text_of(spellings_[number]);
    bool fits = written.starts_with(first_word) || (shouted && written.size() >= kShortestShouted &&
                                                    match_shouted(first_word, 0, written.substr(0, size)));
    if (!fits) continue;
    char separator = written.size() > size ? written[size] : '\0';
    char next = separator == ' ' && written.size() > size + 1 ? written[size + 1] : '\0';
    out.push_back({number, static_cast<std::uint16_t>(size), separator, next});
  }
}

namespace {

/// A quick look at what stands behind the first word: whether a spelling may go on there.
bool may_go_on(std::string_view text, std::size_t at, char separator, char next) {
  auto plain = [](char c) { return c > ' ' && c < 0x7F; };
  if (separator == '\0') return true;
  if (at >= text.size()) return false;
  if (separator != ' ') return !plain(separator) || text[at] == separator;
  if (at + 1 >= text.size()) return false;
  if (plain(text[at]) && text[at] != '-') return false;
  bool known = (text[at] == ' ' || text[at] == '-') && plain(text[at + 1]) && plain(next);
  return !known || (text[at + 1] | 0x20) == (next | 0x20);
}

}  // namespace

void Gazetteer::find(std::string_view text, std::uint32_t begin, std::uint32_t limit, std::span<const Start> starts,
                     std::vector<Hit>& out) const {
  out.clear();
  text = text.substr(0, limit);
  for (const Start& start : starts)
    if (may_go_on(text, begin + start.size, start.separator, start.next)) try_spelling(text, begin, start, out);
  if (out.size() > 1)
    std::stable_sort(out.begin(), out.end(), [](const Hit& a, const Hit& b) { return a.end > b.end; });
}

void Gazetteer::try_spelling(std::string_view text, std::uint32_t begin, const Start& start,
                             std::vector<Hit>& out) const {
  const Spelling& spelling = spellings_[start.spelling];
  std::size_t end = begin + start.size;
  if (start.separator != '\0') {
    std::string_view written = text_of(spelling);
    end = match(text, begin, written);
    if (end == 0 && written.size() >= kShortestShouted) end = match_shouted(text, begin, written);
    if (end == 0) return;
  }
  std::size_t longest = is_word_edge(text, end) ? end : 0;
  if (end < text.size() && genitive_leads_[static_cast<unsigned char>(text[end])])
    for (const auto& ending : genitive_)
      if (text.substr(end).starts_with(ending) && is_word_edge(text, end + ending.size()))
        longest = std::max(longest, end + ending.size());
  if (!longest) return;
  Hit found{&names_[spelling.name], behind_article(text, begin, start), static_cast<std::uint32_t>(longest),
            spelling.ambiguous != 0};
  auto known = [&](const Hit& hit) {
    return hit.begin == found.begin && hit.end == found.end && hit.name == found.name;
  };
  if (std::none_of(out.begin(), out.end(), known)) out.push_back(found);
}

/// Where the name begins without the article that is its first word: "Times" in "The Times".
std::uint32_t Gazetteer::behind_article(std::string_view text, std::uint32_t begin, const Start& start) const {
  if (articles_.empty() || start.separator != ' ') return begin;
  std::string_view word = text_of(spellings_[start.spelling]).substr(0, start.size);
  if (std::find(articles_.begin(), articles_.end(), word) == articles_.end()) return begin;
  std::size_t at = begin + start.size;
  while (is_space(decode(text, at).value)) at += decode(text, at).size;
  return static_cast<std::uint32_t>(at);
}

}  // namespace fakt
