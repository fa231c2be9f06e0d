#include "extract/clitics.h"

#include <algorithm>
#include <string>

#include "text/unicode.h"

namespace fakt {
namespace {

/// The text with one kind of apostrophe.
std::string plain(std::string_view text) {
  constexpr std::string_view kApostrophe = "’";
  std::string out(text);
  for (std::size_t at = 0; (at = out.find(kApostrophe, at)) != std::string::npos;)
    out.replace(at, kApostrophe.size(), "'");
  return out;
}

}  // namespace

Clitics::Clitics(const PatternSet& set) {
  for (const auto& type : set.types())
    if (!type->names.clitics().empty()) of_types_.emplace_back(type->name, &type->names.clitics());
}

void Clitics::leave_out(std::string_view text, std::vector<Mention>& mentions, std::vector<Fact>& facts) const {
  if (of_types_.empty()) return;
  for (Mention& mention : mentions) shorten(text, mention.type, mention.value, mention.span);
  for (Fact& fact : facts)
    for (Argument& arg : fact.args) shorten(text, arg.type, arg.value, arg.span);
}

const Array<Text>* Clitics::of(std::string_view type) const {
  auto found = std::find_if(of_types_.begin(), of_types_.end(), [&](const auto& one) { return one.first == type; });
  return found == of_types_.end() ? nullptr : found->second;
}

std::uint32_t Clitics::behind(std::string_view text, std::string_view type, std::uint32_t end) const {
  const auto* clitics = of(type);
  if (!clitics) return 0;
  for (std::string_view clitic : *clitics) {
    auto size = static_cast<std::uint32_t>(clitic.size());
    if (text.substr(end).starts_with(clitic) && is_word_edge(text, end + size)) return size;
  }
  return 0;
}

void Clitics::shorten(std::string_view text, std::string_view type, std::string_view value, Span& span) const {
  const auto* clitics = of(type);
  if (!clitics) return;
  std::string_view surface = text.substr(span.begin, span.size());
  for (std::string_view clitic : *clitics) {
    if (surface.size() <= clitic.size() || !surface.ends_with(clitic)) continue;
    if (plain(value).find(plain(surface)) == std::string::npos) span.end -= static_cast<std::uint32_t>(clitic.size());
    return;
  }
}

}  // namespace fakt
