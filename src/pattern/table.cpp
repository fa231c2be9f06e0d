#include <algorithm>
#include <unordered_map>

#include "pattern/pattern_set.h"
#include "pattern/regex.h"
#include "pattern/syntax.h"
#include "text/unicode.h"

namespace fakt {
namespace {

constexpr std::size_t kListed = 2000;  ///< a row with more spellings is kept as a regex

/// Regexes of rows that cannot be listed, compiled once for each thread.
const Regex& compiled(std::string_view source) {
  thread_local std::unordered_map<std::string, Regex> cache;
  std::string regex(source);
  auto found = cache.find(regex);
  if (found == cache.end()) found = cache.emplace(regex, Regex(regex, Regex::Prefer::first)).first;
  return found->second;
}

/// Newlines and special spaces inside a spelling count as a space.
std::string plain_spaces(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto [c, size] = decode(text, i);
    if (!is_space(c))
      out.append(text, i, size);
    else if (!out.ends_with(' '))
      out += ' ';
    i += size;
  }
  return out;
}

}  // namespace

void Table::index() {
  std::vector<std::pair<std::string, std::uint32_t>> exact, folded;
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    std::vector<std::string> spellings;
    if (!enumerate_strings(parse_regex(entries[i].listed), kListed, spellings)) {
      open_.push_back(i);
      continue;
    }
    for (const auto& spelling : spellings) {
      exact.emplace_back(spelling, i);
      folded.emplace_back(to_lower(spelling), i);
    }
  }
  exact_ = StringIndex(exact);
  folded_ = StringIndex(folded);
}

const TableEntry* Table::find(std::string_view text) const {
  auto at = [&](std::optional<std::uint32_t> i) { return i ? &entries[*i] : nullptr; };
  if (const TableEntry* exact = at(exact_.find(text))) return exact;
  for (std::uint32_t i : open_)
    if (compiled(entries[i].regex).matches(text)) return &entries[i];
  std::string plain = plain_spaces(text);
  if (const TableEntry* exact = at(exact_.find(plain))) return exact;
  return at(folded_.find(to_lower(plain)));
}

}  // namespace fakt
