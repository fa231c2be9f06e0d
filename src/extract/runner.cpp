#include "extract/runner.h"

#include "text/unicode.h"

namespace fakt {
namespace {

using Outcome = Backtracker::Outcome;

/// "s3" is slot 3, "m0" mark 0.
std::optional<Span>* place_of(const std::string& name, SlotSpans& out) {
  if (name.size() < 2) return nullptr;
  auto& list = name[0] == 's' ? out.slots : out.marks;
  auto number = static_cast<std::size_t>(std::stoul(name.substr(1)));
  return number < list.size() ? &list[number] : nullptr;
}

}  // namespace

void reverse(std::string_view text, std::string& out) {
  out.clear();
  while (!text.empty()) {
    unsigned size = decode_before(text, text.size()).size;
    out.append(text, text.size() - size, size);
    text.remove_suffix(size);
  }
}

const Regex& RegexCache::get(std::string_view regex, Regex::Prefer prefer) {
  auto& slot = regexes_[{regex, prefer == Regex::Prefer::longest}];
  if (!slot) slot = std::make_unique<Regex>(std::string(regex), prefer);
  return *slot;
}

/// Null for a program that was not run often yet, or is beyond automata.
Automaton* Runner::automaton_of(const Program& program, Automaton::Begin begin) {
  constexpr std::uint32_t kSteady = 8;
  Use& use = uses_[&program];
  auto& automaton = begin == Automaton::Begin::anchored ? use.anchored : use.anywhere;
  if (automaton) return automaton.get();
  if (++use.runs < kSteady || !Automaton::supported(program)) return nullptr;
  automaton = std::make_unique<Automaton>(pool_, std::vector<const Program*>{&program}, begin);
  return automaton.get();
}

/// What `says` makes of the automaton of a program; nothing if it has none.
template <typename Says>
std::optional<bool> Runner::ask(const Program& program, Automaton::Begin begin, Says says) {
  Automaton* automaton = automaton_of(program, begin);
  if (!automaton) return std::nullopt;
  std::size_t before = automaton->bytes();
  bool found = says(*automaton);
  bytes_ += automaton->bytes() - before;
  return found;
}

void Runner::forget() {
  for (auto& [program, use] : uses_)
    for (auto* automaton : {use.anchored.get(), use.anywhere.get()})
      if (automaton) automaton->forget();
  bytes_ = 0;
}

std::optional<std::uint32_t> Runner::longest(std::string_view regex, const Program& program, std::string_view text,
                                             std::uint32_t begin, std::uint32_t limit) {
  std::uint32_t end = 0;
  if (Automaton* automaton = automaton_of(program, Automaton::Begin::anchored)) {
    std::size_t before = automaton->bytes();
    automaton->run<Automaton::Ends::all>(text, begin, limit, [&](std::uint32_t e, const auto&) { end = e; });
    bytes_ += automaton->bytes() - before;
    if (end > begin) return end;
    return automaton->matches_empty(text, begin) ? std::optional(begin) : std::nullopt;
  }
  Outcome outcome = program.empty() ? Outcome::gave_up : backtracker_.longest(program, text, begin, limit, end);
  if (outcome == Outcome::no) return std::nullopt;
  if (outcome == Outcome::yes) return end;
  auto found = regexes_.get(regex, Regex::Prefer::longest).match_at(text, begin, limit);
  return found ? std::optional(static_cast<std::uint32_t>(*found)) : std::nullopt;
}

bool Runner::exactly(std::string_view regex, const Program& program, std::string_view text, std::uint32_t begin,
                     std::uint32_t end, SlotSpans* out) {
  if (Automaton* automaton = out || begin == end ? nullptr : automaton_of(program, Automaton::Begin::anchored)) {
    std::size_t before = automaton->bytes();
    bool whole = false;
    automaton->run<Automaton::Ends::all>(text, begin, end, [&](std::uint32_t e, const auto&) { whole = e == end; });
    bytes_ += automaton->bytes() - before;
    return whole;
  }
  Outcome outcome = program.empty() ? Outcome::gave_up : backtracker_.exactly(program, text, begin, end);
  if (outcome == Outcome::no) return false;
  if (outcome == Outcome::yes) {
    auto read = [&](auto& list, std::size_t first) {
      for (std::size_t i = 0; i < list.size(); ++i) {
        Span span{backtracker_.reg(4 * i + first), backtracker_.reg(4 * i + first + 1)};
        if (span.begin != Backtracker::kUnset && span.end != Backtracker::kUnset) list[i] = span;
      }
    };
    if (out) read(out->slots, 0), read(out->marks, 2);
    return true;
  }
  const Regex& re = regexes_.get(regex, Regex::Prefer::first);
  if (!re.captures(text.substr(begin, end - begin), 0, Regex::Anchor::both, groups_)) return false;
  for (std::size_t i = 1; out && i < groups_.size(); ++i) {
    auto [from, to] = groups_[i];
    auto* place = from == std::string::npos ? nullptr : place_of(re.group_names()[i], *out);
    if (place) *place = Span{begin + static_cast<std::uint32_t>(from), begin + static_cast<std::uint32_t>(to)};
  }
  return true;
}

bool Runner::begins(const Context& context, std::string_view text) {
  if (!text.empty() && !context.first[static_cast<unsigned char>(text[0])]) return false;
  auto says = [&](Automaton& automaton) { return automaton.matches_in(text); };
  if (auto found = ask(context.program, Automaton::Begin::anchored, says)) return *found;
  return longest(context.regex, context.program, text, 0, static_cast<std::uint32_t>(text.size())).has_value();
}

bool Runner::ends(const Context& context, std::string_view text) {
  auto last = static_cast<unsigned char>(text.empty() ? 0x80 : text.back());
  if (last < 0x80 && !context.first[last]) return false;
  auto says = [&](Automaton& automaton) { return automaton.matches_in_reverse(text); };
  if (auto found = ask(context.program, Automaton::Begin::anchored, says)) return *found;
  reverse(text, backwards_);
  return longest(context.regex, context.program, backwards_, 0, static_cast<std::uint32_t>(text.size())).has_value();
}

bool Runner::found_in(const Context& context, std::string_view text) {
  auto says = [&](Automaton& automaton) { return automaton.matches_in(text); };
  if (auto found = ask(context.program, Automaton::Begin::anywhere, says)) return *found;
  auto size = static_cast<std::uint32_t>(text.size());
  for (std::uint32_t at = 0; at < size; ++at) {
    auto c = static_cast<unsigned char>(text[at]);
    if ((c & 0xC0) == 0x80 || !context.first[c]) continue;
    std::uint32_t end = 0;
    Outcome outcome =
        context.program.empty() ? Outcome::gave_up : backtracker_.longest(context.program, text, at, size, end);
    if (outcome == Outcome::yes) return true;
    if (outcome == Outcome::gave_up) return regexes_.get(context.regex, Regex::Prefer::longest).found_in(text);
  }
  return false;
}

}  // namespace fakt
