#include "pattern/fact_emitter.h"

#include <algorithm>

namespace fakt {

namespace {

using Kind = Node::Kind;
using Op = FactStep::Op;

constexpr std::uint32_t kLongest = 1 << 15;  ///< steps: their checks can be numbered

}  // namespace

FactPrograms::Program FactEmitter::part(const Node& node) {
  emit_whole(node);
  add({Op::check});
  return finish();
}

FactPrograms::Program FactEmitter::regex(const Node& node, FactCompiler::Use use) {
  if (use == FactCompiler::Use::between_words) {
    emit_ways(FactCompiler::ways_of(node));
    condition(FactStep::Condition::no_word_next);
  } else {
    emit(node);
  }
  return finish();
}

std::uint32_t FactEmitter::add(FactStep step) {
  if (next() == kLongest) throw TooHard();
  if (step.op == Op::check) step.a = static_cast<std::uint16_t>(checks_++);
  code_.push_back(step);
  return next() - 1;
}

void FactEmitter::condition(FactStep::Condition what) { add({Op::assert, false, static_cast<std::uint16_t>(what)}); }

/// The way on from a split that leads into a loop or an optional part, and the one past it.
void FactEmitter::settle(std::uint32_t split, bool lazy) {
  code_[split].b = lazy ? next() : split + 1;
  code_[split].c = lazy ? split + 1 : next();
}

void FactEmitter::emit(const Node& node) {
  if (compiler_.is_part(node))
    add({Op::call, false, 0, compiler_.part_of(node)}), add({Op::check});
  else
    emit_whole(node);
}

void FactEmitter::emit_whole(const Node& node) {
  std::vector<std::string> words;
  if (node.kind != Kind::char_class && ordered_strings(node, words)) return emit_words(words);
  switch (node.kind) {
    case Kind::empty:
    case Kind::literal:  // these are words
      return;
    case Kind::char_class:
      add({Op::one, false, 0, compiler_.class_of(node)});
      return;
    case Kind::assertion:
      return emit_assertion(node.source);
    case Kind::concat:
      for (const Node& child : node.children) emit(child);
      return;
    case Kind::alternate:
      return emit_alternate(node);
    case Kind::repeat:
      return emit_repeat(node);
    case Kind::capture:
      return emit_capture(node);
  }
}

void FactEmitter::emit_words(const std::vector<std::string>& words) {
  if (words.size() == 1) {
    if (!words[0].empty())
      add({Op::text, false, 0, compiler_.text_at(words[0]), static_cast<std::uint32_t>(words[0].size())});
    return;
  }
  auto all = ranked(words);
  if (!all) throw TooHard();
  add({Op::words, false, 0, compiler_.tree_of(*all)});
}

void FactEmitter::emit_assertion(const std::string& source) {
  using Condition = FactStep::Condition;
  condition(source == "^" || source == "\\A"   ? Condition::text_begin
            : source == "$" || source == "\\z" ? Condition::text_end
            : source == "\\b"                  ? Condition::word_edge
                                               : Condition::no_word_edge);
}

void FactEmitter::emit_capture(const Node& node) {
  auto known = std::find(groups_.begin(), groups_.end(), node.name);
  auto number = static_cast<std::uint16_t>(2 * (known - groups_.begin()));
  if (known == groups_.end()) groups_.push_back(node.name);
  add({Op::save, false, number});
  emit(node.children[0]);
  add({Op::save, false, static_cast<std::uint16_t>(number + 1)});
}

/// Branches side by side that are lists of words become one list.
void FactEmitter::emit_alternate(const Node& node) {
  std::vector<Branch> branches;
  auto gather = [&](auto&& self, const Node& alternate) -> void {
    for (const Node& child : alternate.children) {
      const Node* inner = &child;
      while (inner->kind == Kind::concat && inner->children.size() == 1) inner = &inner->children[0];
      if (inner->kind == Kind::alternate && !compiler_.is_part(child) && !compiler_.is_part(*inner)) {
        self(self, *inner);
        continue;
      }
      std::vector<std::string> words;
      if (!ordered_strings(child, words)) {
        branches.push_back({{}, &child});
        continue;
      }
      bool joins =
          !branches.empty() && !branches.back().other && branches.back().words.size() + words.size() <= kMostWords;
      if (!joins) branches.emplace_back();
      auto& list = branches.back().words;
      for (auto& word : words)
        if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(std::move(word));
    }
  };
  gather(gather, node);
  emit_branches(branches);
}

void FactEmitter::emit_ways(const std::vector<const Node*>& ways) {
  std::vector<std::uint32_t> ends;
  for (const Node* node : ways) {
    if (!ways_.empty()) ends.push_back(add({Op::jump}));
    ways_.push_back(next());
    emit(*node);
  }
  for (std::uint32_t end : ends) code_[end].b = next();
  if (!ends.empty()) add({Op::check});
}

void FactEmitter::emit_branches(const std::vector<Branch>& branches) {
  std::vector<std::uint32_t> ends;
  emit_branches(branches, ends);
  for (std::uint32_t end : ends) code_[end].b = next();
  if (!ends.empty()) add({Op::check});
}

/// One half or the other, and so on: so the halves that cannot begin with a byte are passed over. All but the last
/// leave a jump in `ends`.
void FactEmitter::emit_branches(std::span<const Branch> branches, std::vector<std::uint32_t>& ends) {
  if (branches.size() > 1) {
    std::uint32_t split = add_split();
    auto half = branches.size() / 2;
    emit_branches(branches.first(half), ends);
    ends.push_back(add({Op::jump}));
    code_[split].c = next();
    return emit_branches(branches.subspan(half), ends);
  }
  if (branches[0].other)
    emit(*branches[0].other);
  else
    emit_words(branches[0].words);
}

void FactEmitter::emit_repeat(const Node& node) {
  const Node& child = node.children[0];
  if (child.kind == Kind::char_class) {
    std::uint32_t max = node.max < 0 ? ProgramPool::kNoEnd : static_cast<std::uint32_t>(node.max);
    add({Op::run, node.lazy, static_cast<std::uint16_t>(node.min), compiler_.class_of(child), max});
    if (node.max != node.min) add({Op::check});
    return;
  }
  if (node.max < 0 && nullable(child)) throw TooHard();
  for (int i = 0; i < node.min; ++i) emit(child);
  if (node.max < 0) {
    std::uint32_t head = add({Op::skip});
    add({Op::check});
    std::uint32_t split = add_split();
    emit(child);
    add({Op::jump, false, 0, head});
    settle(split, node.lazy);
    loops_.push_back({head, split + 1, next()});
    return;
  }
  std::vector<std::uint32_t> splits;  // X?X?X? as (X(X(X)?)?)?
  for (int i = node.min; i < node.max; ++i) {
    splits.push_back(add_split());
    emit(child);
  }
  for (std::uint32_t split : splits) settle(split, node.lazy);
  if (!splits.empty()) add({Op::check});
}

FactPrograms::Program FactEmitter::finish() {
  add({Op::match});
  FactLeads leads(code_, out_, compiler_.class_leads_);
  auto first_from = [&](std::uint32_t pc) { return compiler_.first_of(leads.first(pc)); };
  for (std::uint32_t pc = next(); pc-- > 0;) {  // from the end, so that what follows is known and nothing goes deep
    FactStep& step = code_[pc];
    if (step.op == Op::split)
      step.first = first_from(step.b), step.other = first_from(step.c);
    else if (step.op == Op::run || step.op == Op::words || step.op == Op::call)
      step.first = first_from(pc + 1);
  }
  for (const FactLeads::Loop& loop : loops_) code_[loop.head].first = compiler_.first_of(leads.of_loop(loop));
  const FactLeads::Lead& all = leads.lead(0);
  FactPrograms::Program program;
  program.entry = static_cast<std::uint32_t>(out_.steps.size());
  program.checks = checks_;
  program.can_be_empty = all.empty;
  program.first = compiler_.first_of(all.bytes);
  program.ways_at = static_cast<std::uint32_t>(out_.ways.size());
  program.ways = static_cast<std::uint32_t>(ways_.size());
  for (std::uint32_t way : ways_) out_.ways.push_back({way, first_from(way)});
  program.groups_at = static_cast<std::uint32_t>(out_.groups.size());
  program.groups = static_cast<std::uint32_t>(groups_.size());
  for (const auto& name : groups_)
    out_.groups.push_back({name[0], static_cast<std::uint16_t>(std::stoul(name.substr(1)))});
  out_.steps.append(code_);
  return program;
}

}  // namespace fakt
