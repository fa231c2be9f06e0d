#include "pattern/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "text/unicode.h"

namespace fakt {
namespace {

/// Changes from one word to the other, in bytes: one inserted, left out, replaced, or two neighbours exchanged.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j - 1] + (a[i - 1] != b[j - 1]), d[i - 1][j] + 1, d[i][j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

/// The line of `source` that holds `fragment`, and a line with a caret under it.
std::string with_caret(std::string_view source, std::string_view fragment) {
  std::size_t at = source.find(fragment);
  if (fragment.empty() || at == std::string_view::npos) return {};
  std::size_t begin = source.rfind('\n', at) + 1;  // npos + 1 is 0
  std::size_t end = std::min(source.find('\n', at), source.size());
  std::string line = printable(source.substr(begin, std::min<std::size_t>(end - begin, 200)));
  std::size_t column = count_code_points(source.substr(begin, at - begin));
  return fmt::format("\n    {}\n    {:>{}}", line, "^", column + 1);
}

}  // namespace

void Diagnostics::add(const Place& place, std::string_view message, std::string_view source,
                      std::string_view fragment) {
  int line = place.line;
  std::size_t at = fragment.empty() ? std::string_view::npos : source.find(fragment);
  if (at != std::string_view::npos)
    line += static_cast<int>(std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  std::string where = line > 0 ? fmt::format("{}:{}", printable(place.file), line) : printable(place.file);
  keep({place.file, line}, fmt::format("{}: {}{}", where, printable(message), with_caret(source, fragment)));
}

void Diagnostics::add_at(const Place& place, std::size_t column, std::string_view message) {
  keep(place, fmt::format("{}:{}:{}: {}", printable(place.file), place.line, column, printable(message)));
}

void Diagnostics::add_all(const Diagnostics& other) {
  for (const auto& message : other.messages_) keep(message.place, message.text);
}

/// A file that counts for all languages is read for each of them: what is said of it is kept once.
void Diagnostics::keep(const Place& place, std::string text) {
  auto same = [&](const Message& m) { return m.text == text; };
  if (std::any_of(messages_.begin(), messages_.end(), same)) return;
  Message& message = messages_.emplace_back();
  message.place = place;
  message.text = std::move(text);
}

void Diagnostics::raise() const {
  if (messages_.empty()) return;
  auto sorted = messages_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Message& a, const Message& b) {
    return std::tie(a.place.file, a.place.line) < std::tie(b.place.file, b.place.line);
  });
  std::string all;
  for (const auto& message : sorted) all += (all.empty() ? "" : "\nfakt: ") + message.text;
  throw Error(all);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() > 100) return {};
  const std::string* best = nullptr;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    if (std::size_t d = distance(word, candidate); d < least) {
      least = d;
      best = &candidate;
    }
  }
  return best ? fmt::format(", did you mean {}?", *best) : "";
}

std::string printable(std::string_view text, bool one_line) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto byte = static_cast<unsigned char>(text[i]);
    unsigned size = valid_size(text, i);
    char32_t c = size ? decode(text, i).value : 0;
    if (size == 0 || c < 0x20 || c == 0x7F)
      out += (c == '\n' || c == '\t') && size && !one_line ? std::string(1, text[i]) : fmt::format("\\x{:02x}", byte);
    else if (steers_terminal(c))
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out.append(text, i, size);
    i += std::max(size, 1u);
  }
  return out;
}

}  // namespace fakt
