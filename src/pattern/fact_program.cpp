#include "pattern/fact_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "text/unicode.h"

namespace fakt {
namespace {

using Kind = Node::Kind;
using Op = FactStep::Op;

struct TooHard {};

constexpr std::size_t kWorthCalling = 12;  ///< steps; what is smaller is quicker repeated than called

bool can_be_empty(const Node& node) {
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      return true;
    case Kind::literal:
    case Kind::char_class:
      return false;
    case Kind::concat:
      return std::all_of(node.children.begin(), node.children.end(), can_be_empty);
    case Kind::alternate:
      return std::any_of(node.children.begin(), node.children.end(), can_be_empty);
    case Kind::repeat:
      return node.min == 0 || can_be_empty(node.children[0]);
    case Kind::capture:
      return can_be_empty(node.children[0]);
  }
  return true;
}

/// What is found in a text wherever the node is: without what may be left out at its ends.
Node without_ends(const Node& node) {
  Node out = node;
  if (node.kind == Kind::alternate)
    for (Node& child : out.children) child = without_ends(child);
  if (node.kind == Kind::repeat && node.min > 0) {
    out.max = node.min;
    if (node.min == 1) return without_ends(node.children[0]);
  }
  if (node.kind != Kind::concat) return out;
  auto may_go = [](const Node& child) { return child.kind == Kind::repeat && child.min == 0; };
  while (out.children.size() > 1 && may_go(out.children.front())) out.children.erase(out.children.begin());
  while (out.children.size() > 1 && may_go(out.children.back())) out.children.pop_back();
  if (out.children.size() == 1) return without_ends(out.children[0]);
  return out;
}

constexpr char32_t kOpen = U'‹';
constexpr std::string_view kOpenBytes = "‹";

/// The leads of all tokens.
ByteSet all_tokens() {
  ByteSet bytes;
  for (std::size_t b = 0x80; b < 0xC0; ++b) bytes.set(b);
  return bytes;
}

/// Bytes that a text begins with, as FactSubject::leads has them.
ByteSet lead_of_text(std::string_view text) {
  ByteSet bytes;
  if (!text.starts_with(kOpenBytes))
    bytes.set(static_cast<unsigned char>(text[0]));
  else if (text.size() >= kOpenBytes.size() + 2)
    bytes.set(token_lead(text[kOpenBytes.size()], text[kOpenBytes.size() + 1]));
  else
    bytes = all_tokens();
  return bytes;
}

/// Bytes that what may follow a match begins with: no characters of words, or the end.
ByteSet bytes_beside_words() {
  ByteSet bytes;
  bytes.set();
  for (int b = 0; b < 0xC9; ++b)  // all characters of 0xC3 to 0xC8 are of words, of 0xC9 some
    if (b >= 0xC3 || (b < 0x80 && is_fact_word(static_cast<char32_t>(b)))) bytes.reset(static_cast<std::size_t>(b));
  return bytes;
}

}  // namespace

bool is_fact_word(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0x24F);
}

unsigned char token_lead(char first, char second) {
  return static_cast<unsigned char>(0x80 | ((first * 7 + second) & 0x3F));
}

/// Turns one tree into steps.
class FactEmitter {
 public:
  FactEmitter(FactCompiler& compiler, FactPrograms& out) : compiler_(compiler), out_(out) {}

  FactPrograms::Program part(const Node& node) {
    emit_whole(node);
    add({Op::check});
    return finish();
  }

  FactPrograms::Program regex(const Node& node, FactCompiler::Use use) {
    emit(node);
    if (use == FactCompiler::Use::between_words) condition(FactStep::Condition::no_word_next);
    return finish();
  }

 private:
  /// Bytes that a match begins with from a step on, and whether it can end without one.
  struct Lead {
    ByteSet bytes;
    bool empty = false;
  };
  /// Of an alternation: a list of words, or something else.
  struct Branch {
    std::vector<std::string> words;
    const Node* other = nullptr;
  };
  /// X* and what lies where.
  struct Loop {
    std::uint32_t head, body, end;
  };

  void emit(const Node& node);
  void emit_whole(const Node& node);
  void emit_words(const std::vector<std::string>& words);
  void emit_alternate(const Node& node);
  void emit_branches(std::span<const Branch> branches, std::vector<std::uint32_t>& ends);
  void emit_repeat(const Node& node);
  void emit_assertion(const std::string& source);
  void emit_capture(const Node& node);
  FactPrograms::Program finish();
  const Lead& lead(std::uint32_t pc);
  Lead lead_of(std::uint32_t pc);
  std::uint16_t first_from(std::uint32_t pc);
  void add_leads(std::uint32_t node, const std::string& so_far, ByteSet& bytes) const;
  ByteSet bytes_of_loop(const Loop& loop);

  std::uint32_t next() const { return static_cast<std::uint32_t>(code_.size()); }
  std::uint32_t add(FactStep step) {
    if (step.op == Op::check) step.a = static_cast<std::uint16_t>(checks_++);
    code_.push_back(step);
    return next() - 1;
  }
  void condition(FactStep::Condition what) { add({Op::assert, false, static_cast<std::uint16_t>(what)}); }
  std::uint32_t add_split() { return add({Op::split, false, 0, next() + 1}); }
  /// The way on from a split that leads into a loop or an optional part, and the one past it.
  void settle(std::uint32_t split, bool lazy) {
    code_[split].b = lazy ? next() : split + 1;
    code_[split].c = lazy ? split + 1 : next();
  }

  FactCompiler& compiler_;
  FactPrograms& out_;
  std::vector<FactStep> code_;
  std::vector<std::string> groups_;
  std::vector<Loop> loops_;
  std::vector<std::optional<Lead>> leads_;
  std::uint32_t checks_ = 0;
};

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
  std::uint32_t root = compiler_.tree_of(words);
  if (root == WordTrees::kNone) throw TooHard();
  add({Op::words, false, 0, root});
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
      bool joins = !branches.empty() && !branches.back().other &&
                   branches.back().words.size() + words.size() <= WordTrees::kMostWords;
      if (!joins) branches.emplace_back();
      auto& list = branches.back().words;
      for (auto& word : words)
        if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(std::move(word));
    }
  };
  gather(gather, node);
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
  if (node.max < 0 && can_be_empty(child)) throw TooHard();
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

const FactEmitter::Lead& FactEmitter::lead(std::uint32_t pc) {
  if (!leads_[pc]) leads_[pc] = lead_of(pc);
  return *leads_[pc];
}

FactEmitter::Lead FactEmitter::lead_of(std::uint32_t pc) {
  const FactStep& step = code_[pc];
  Lead out;
  bool goes_on = true;  // what follows can come first
  switch (step.op) {
    case Op::text:
      out.bytes = lead_of_text(std::string_view(out_.pool.text).substr(step.b, step.c));
      return out;
    case Op::one:
    case Op::run:
      out.bytes = compiler_.class_leads_.at(step.b);
      goes_on = step.op == Op::run && step.a == 0;
      break;
    case Op::words:
      add_leads(step.b, {}, out.bytes);
      goes_on = out_.pool.nodes[step.b].word_ends > 0;
      break;
    case Op::call:
      out.bytes = out_.firsts[out_.parts[step.b].first];
      goes_on = out_.parts[step.b].can_be_empty;
      break;
    case Op::split: {
      Lead a = lead(step.b), b = lead(step.c);
      return {a.bytes | b.bytes, a.empty || b.empty};
    }
    case Op::jump:
      return lead(step.b);
    case Op::match:
      out.empty = true;
      return out;
    case Op::assert:
      out = lead(pc + 1);
      if (step.a != static_cast<std::uint16_t>(FactStep::Condition::no_word_next)) return out;
      if (out.empty) out.bytes.set();
      return {out.bytes & bytes_beside_words(), false};
    case Op::save:
    case Op::check:
    case Op::skip:
      break;
  }
  if (!goes_on) return out;
  const Lead& more = lead(pc + 1);
  return {out.bytes | more.bytes, more.empty};
}

/// The leads of the words below a node, `so_far` the bytes that lead to it.
void FactEmitter::add_leads(std::uint32_t node, const std::string& so_far, ByteSet& bytes) const {
  const auto& at = out_.pool.nodes[node];
  bool short_token = at.word_ends > 0 && kOpenBytes.starts_with(so_far.substr(0, kOpenBytes.size()));
  if (!so_far.empty() && (short_token || !kOpenBytes.starts_with(so_far.substr(0, kOpenBytes.size())) ||
                          so_far.size() >= kOpenBytes.size() + 2)) {
    bytes |= lead_of_text(so_far);
    return;
  }
  for (std::uint32_t i = 0; i < at.branches; ++i) {
    std::uint32_t child = at.first + i;
    add_leads(child, so_far + out_.pool.bytes[child], bytes);
  }
}

/// Bytes that in a loop lead to its next round, and nowhere else.
ByteSet FactEmitter::bytes_of_loop(const Loop& loop) {
  ByteSet bytes;
  for (std::size_t b = 1; b < 0x80; ++b) {
    if (out_.firsts[first_from(loop.end)][b]) continue;
    bool taken = false;
    std::uint32_t pc = loop.body;
    while (pc != loop.head) {
      const FactStep& step = code_[pc];
      bool one_way = step.op == Op::split && out_.firsts[step.first][b];
      bool other_way = step.op == Op::split && out_.firsts[step.other][b];
      if (step.op == Op::one && !taken && out_.pool.classes[step.b].ascii[b >> 6] >> (b & 63) & 1)
        taken = true, ++pc;
      else if (step.op == Op::check)
        ++pc;
      else if (step.op == Op::jump)
        pc = step.b;
      else if (!taken && one_way != other_way)
        pc = one_way ? step.b : step.c;
      else
        break;
    }
    if (taken && pc == loop.head) bytes.set(b);
  }
  return bytes;
}

std::uint16_t FactEmitter::first_from(std::uint32_t pc) {
  const Lead& all = lead(pc);
  ByteSet bytes = all.bytes;
  if (all.empty) bytes.set();
  return compiler_.first_of(bytes);
}

FactPrograms::Program FactEmitter::finish() {
  add({Op::match});
  leads_.resize(code_.size());
  for (std::uint32_t pc = 0; pc < code_.size(); ++pc) {
    FactStep& step = code_[pc];
    if (step.op == Op::split)
      step.first = first_from(step.b), step.other = first_from(step.c);
    else if (step.op == Op::run || step.op == Op::words || step.op == Op::call)
      step.first = first_from(pc + 1);
  }
  for (const Loop& loop : loops_) code_[loop.head].first = compiler_.first_of(bytes_of_loop(loop));
  const Lead& all = lead(0);
  FactPrograms::Program program;
  program.entry = static_cast<std::uint32_t>(out_.steps.size());
  program.checks = checks_;
  program.can_be_empty = all.empty;
  program.first = compiler_.first_of(all.bytes);
  program.groups_at = static_cast<std::uint32_t>(out_.groups.size());
  program.groups = static_cast<std::uint32_t>(groups_.size());
  for (const auto& name : groups_)
    out_.groups.push_back({name[0], static_cast<std::uint16_t>(std::stoul(name.substr(1)))});
  out_.steps.insert(out_.steps.end(), code_.begin(), code_.end());
  return program;
}

std::uint32_t FactCompiler::add(const std::string& regex, Use use) {
  auto [at, fresh] = known_.try_emplace({regex, use}, static_cast<std::uint32_t>(regexes_.size()));
  if (!fresh) return at->second;
  Node tree = parse_regex(regex);
  regexes_.push_back({use == Use::anywhere ? without_ends(tree) : std::move(tree), use});
  return at->second;
}

void FactCompiler::compile() {
  for (const auto& regex : regexes_) intern(regex.tree);
  for (const auto& regex : regexes_) count_uses(regex.tree, 1);
  for (const auto& regex : regexes_) {
    try {
      out_.programs.push_back(FactEmitter(*this, out_).regex(regex.tree, regex.use));
    } catch (const TooHard&) {
      out_.programs.emplace_back();
    }
  }
}

/// Gives nodes with the same content the same number.
std::size_t FactCompiler::intern(const Node& node) {
  Content content;
  std::string key = fmt::format("{} {} {} {} {}\n{}\n", static_cast<int>(node.kind), node.min, node.max, node.lazy,
                                node.name, node.source);
  for (char32_t c : node.literal) key += fmt::format("{} ", static_cast<std::uint32_t>(c));
  for (auto [low, high] : node.ranges)
    key += fmt::format("{}-{} ", static_cast<std::uint32_t>(low), static_cast<std::uint32_t>(high));
  for (const Node& child : node.children) {
    std::size_t id = intern(child);
    key += fmt::format("|{}", id);
    content.size += contents_[id].size + (node.kind == Kind::alternate ? 2 : 0);
    content.captures |= contents_[id].captures;
  }
  auto [at, fresh] = ids_.try_emplace(key, contents_.size());
  of_node_[&node] = at->second;
  if (!fresh) return at->second;
  content.captures |= node.kind == Kind::capture;
  std::vector<std::string> words;
  if (node.children.empty() || ordered_strings(node, words))
    content.size = 1;
  else if (node.kind == Kind::repeat)
    content.size = node.children[0].kind == Kind::char_class
                       ? 1
                       : content.size * static_cast<std::size_t>(std::max(1, node.max)) + 2;
  contents_.push_back(content);
  return at->second;
}

/// A part within a part is counted once, however often that stands.
void FactCompiler::count_uses(const Node& node, std::size_t times) {
  Content& content = content_of(node);
  content.uses += times;
  bool known = content.uses > times;
  if (known && !content.captures && content.size >= kWorthCalling) return;
  std::size_t rounds = node.kind == Kind::repeat && (node.min > 1 || node.max > 1) ? 2 : 1;
  for (const Node& child : node.children) count_uses(child, rounds);
}

bool FactCompiler::is_part(const Node& node) {
  const Content& content = content_of(node);
  return content.uses > 1 && !content.captures && content.size >= kWorthCalling;
}

std::uint32_t FactCompiler::part_of(const Node& node) {
  std::size_t id = of_node_.at(&node);
  if (contents_[id].part == FactPrograms::kNone) {
    FactPrograms::Program part = FactEmitter(*this, out_).part(node);
    contents_[id].part = static_cast<std::uint32_t>(out_.parts.size());
    out_.parts.push_back(part);
  }
  return contents_[id].part;
}

std::uint32_t FactCompiler::class_of(const Node& node) {
  auto number = pool_.class_of(node);
  if (!number) throw TooHard();
  ByteSet& leads = class_leads_[*number];
  add_first_bytes(node, leads);
  for (auto [low, high] : node.ranges)
    if (low <= kOpen && kOpen <= high) leads |= all_tokens();
  return *number;
}

std::uint16_t FactCompiler::first_of(const ByteSet& bytes) {
  auto [at, fresh] = firsts_.try_emplace(bytes.to_string(), static_cast<std::uint16_t>(out_.firsts.size()));
  if (fresh) out_.firsts.push_back(bytes);
  return at->second;
}

}  // namespace fakt
