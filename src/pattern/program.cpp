#include "pattern/program.h"

#include <algorithm>

#include "text/unicode.h"

namespace fakt {
namespace {

using Kind = Node::Kind;

constexpr std::size_t kListed = 400;     ///< a part with at most so many strings becomes a tree of words
constexpr std::size_t kJoined = 10'000;  ///< branches of an alternation are joined in one tree of at most so many

bool plain_text(const Node& node) {
  if (node.kind == Kind::assertion || node.kind == Kind::capture) return false;
  return std::all_of(node.children.begin(), node.children.end(), plain_text);
}

std::string utf8(const std::u32string& text) {
  std::string out;
  for (char32_t c : text) append_utf8(out, c);
  return out;
}

/// Registers of a capture: s0 -> 0, m0 -> 2, s1 -> 4, ...
std::uint16_t register_of(const std::string& name) {
  return static_cast<std::uint16_t>(4 * std::stoul(name.substr(1)) + (name[0] == 'm' ? 2 : 0));
}

bool is_own_capture(const std::string& name) {
  bool digits = name.size() > 1 && name.size() < 4 && name.find_first_not_of("0123456789", 1) == std::string::npos;
  return digits && (name[0] == 's' || name[0] == 'm');
}

}  // namespace

bool ProgramPool::Class::has(char32_t c, const ProgramPool& pool) const {
  if (c < 128) return ascii[c >> 6] >> (c & 63) & 1;
  for (std::uint32_t i = first_range; i < first_range + ranges; ++i)
    if (c <= pool.ranges[i].high) return c >= pool.ranges[i].low;
  return false;
}

Program ProgramCompiler::compile(const Node& tree) {
  steps_.clear();
  try {
    emit(tree);
    add({Instruction::Op::match});
  } catch (const TooHard&) {
    return {};
  }
  for (Instruction& step : steps_)
    for (std::uint32_t* to : {&step.b, &step.c})
      if (step.op == Instruction::Op::split || (step.op == Instruction::Op::jump && to == &step.b))
        while (steps_[*to].op == Instruction::Op::jump) *to = steps_[*to].b;
  lookahead_.add_to(steps_);
  return {std::move(steps_)};
}

std::uint32_t ProgramCompiler::add(Instruction step) {
  if (steps_.size() >= kLongest) throw TooHard();
  steps_.push_back(step);
  return next() - 1;
}

std::uint32_t PoolWriter::text_at(const std::string& text) {
  auto [at, fresh] = texts_.try_emplace(text, static_cast<std::uint32_t>(pool_.text.size()));
  if (fresh) pool_.text += text;
  return at->second;
}

std::uint32_t ProgramCompiler::class_of(const Node& node) {
  auto number = writer_.class_of(node);
  if (!number) throw TooHard();
  return *number;
}

std::optional<std::uint32_t> PoolWriter::class_of(const Node& node) {
  bool everything = node.ranges.size() == 1 && node.ranges[0] == std::pair<char32_t, char32_t>{0, 0x10FFFF};
  if (everything && node.source != "(?s:.)") return std::nullopt;
  std::string key;
  for (auto [low, high] : node.ranges) key += std::to_string(low) + "-" + std::to_string(high) + ",";
  auto [at, fresh] = classes_.try_emplace(key, static_cast<std::uint32_t>(pool_.classes.size()));
  if (!fresh) return at->second;
  ProgramPool::Class all;
  all.first_range = static_cast<std::uint32_t>(pool_.ranges.size());
  for (auto [low, high] : node.ranges) {
    for (char32_t c = low; c <= std::min<char32_t>(high, 127); ++c) all.ascii[c >> 6] |= std::uint64_t{1} << (c & 63);
    if (high >= 128) pool_.ranges.push_back({std::max<char32_t>(low, 128), high});
  }
  all.ranges = static_cast<std::uint32_t>(pool_.ranges.size()) - all.first_range;
  pool_.classes.push_back(all);
  return at->second;
}

/// One list for all nodes that have few strings; false if one has too many.
bool ProgramCompiler::emit_words(const std::vector<const Node*>& nodes) {
  std::vector<std::string> strings;
  for (const Node* node : nodes) {
    std::vector<std::string> own;
    if (!plain_text(*node) || !enumerate_strings(*node, kListed, own)) return false;
    strings.insert(strings.end(), own.begin(), own.end());
  }
  std::sort(strings.begin(), strings.end());
  strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
  std::string key;
  for (const auto& s : strings) key += s + '\n';
  auto [at, fresh] = lists_.try_emplace(std::move(key));
  if (fresh) {
    WordTrees::Words words;
    ProgramPool::WordBytes of;
    for (const auto& s : strings) {
      words.emplace_back(s, 1);
      for (char c : s) of.all.set(static_cast<unsigned char>(c));
      if (auto c = static_cast<unsigned char>(s.empty() ? '\xFF' : s[0]); c < 128)
        of.begins[c >> 6] |= std::uint64_t{1} << (c & 63);
    }
    auto bytes = static_cast<std::uint32_t>(pool_.bytes_of.size());
    pool_.bytes_of.push_back(of);
    at->second = {Instruction::Op::words, false, 0, trees_.add(words), bytes};
  }
  add(at->second);
  return true;
}

void ProgramCompiler::emit(const Node& node) {
  switch (node.kind) {
    case Kind::empty:
      return;
    case Kind::literal: {
      std::string text = utf8(node.literal);
      add({Instruction::Op::text, false, 0, writer_.text_at(text), static_cast<std::uint32_t>(text.size())});
      return;
    }
    case Kind::char_class:
      add({Instruction::Op::one, false, 0, class_of(node)});
      return;
    case Kind::assertion: {
      using Condition = Instruction::Condition;
      const std::string& s = node.source;
      auto what = s == "^" || s == "\\A"   ? Condition::text_begin
                  : s == "$" || s == "\\z" ? Condition::text_end
                  : s == "\\b"             ? Condition::word_edge
                                           : Condition::no_word_edge;
      add({Instruction::Op::assert, false, static_cast<std::uint16_t>(what)});
      return;
    }
    case Kind::concat:
      if (emit_words({&node})) return;
      for (const Node& child : node.children) emit(child);
      return;
    case Kind::alternate:
      emit_alternate(node);
      return;
    case Kind::repeat:
      emit_repeat(node);
      return;
    case Kind::capture: {
      if (!is_own_capture(node.name)) throw TooHard();
      std::uint16_t r = register_of(node.name);
      add({Instruction::Op::save, false, r});
      emit(node.children[0]);
      add({Instruction::Op::save, false, static_cast<std::uint16_t>(r + 1)});
      return;
    }
  }
}

/// Branches that are lists of strings become one list, tried first; the others follow in their order.
void ProgramCompiler::emit_alternate(const Node& node) {
  std::vector<const Node*> listed, others;
  std::size_t count = 0;
  for (const Node& child : node.children) {
    std::vector<std::string> strings;
    bool fits = plain_text(child) && enumerate_strings(child, kListed, strings) && count + strings.size() <= kJoined;
    if (fits) count += strings.size();
    (fits ? listed : others).push_back(&child);
  }
  std::vector<std::uint32_t> ends;
  std::size_t branches = others.size() + (listed.empty() ? 0 : 1);
  for (std::size_t i = 0; i < branches; ++i) {
    bool last = i + 1 == branches;
    std::uint32_t split = last ? 0 : add({Instruction::Op::split, false, 0, next() + 1});
    bool list = i == 0 && !listed.empty();
    if (list)
      emit_words(listed);
    else
      emit(*others[i - (listed.empty() ? 0 : 1)]);
    if (last) break;
    ends.push_back(add({Instruction::Op::jump}));
    steps_[split].c = next();
  }
  for (std::uint32_t end : ends) steps_[end].b = next();
}

void ProgramCompiler::emit_optional(const Node& node, bool lazy) {
  std::uint32_t split = add({Instruction::Op::split});
  emit(node);
  steps_[split].b = lazy ? next() : split + 1;
  steps_[split].c = lazy ? split + 1 : next();
}

void ProgramCompiler::emit_repeat(const Node& node) {
  const Node& child = node.children[0];
  if (child.kind == Kind::char_class && node.min <= 1000) {
    std::uint32_t max = node.max < 0 ? ProgramPool::kNoEnd : static_cast<std::uint32_t>(node.max);
    add({Instruction::Op::run, node.lazy, static_cast<std::uint16_t>(node.min), class_of(child), max});
    return;
  }
  if (!node.lazy && emit_words({&node})) return;
  if (node.max < 0 && nullable(child)) throw TooHard();
  for (int i = 0; i < node.min; ++i) emit(child);
  if (node.max < 0) {
    std::uint32_t split = add({Instruction::Op::split});
    emit(child);
    add({Instruction::Op::jump, false, 0, split});
    steps_[split].b = node.lazy ? next() : split + 1;
    steps_[split].c = node.lazy ? split + 1 : next();
    return;
  }
  std::vector<std::uint32_t> splits;  // X?X?X? as (X(X(X)?)?)?
  for (int i = node.min; i < node.max; ++i) {
    splits.push_back(add({Instruction::Op::split}));
    emit(child);
  }
  for (std::uint32_t split : splits) {
    steps_[split].b = node.lazy ? next() : split + 1;
    steps_[split].c = node.lazy ? split + 1 : next();
  }
}

}  // namespace fakt
