#include "pattern/fact_program.h"

#include <fmt/format.h>

#include <algorithm>

#include "pattern/fact_emitter.h"

namespace fakt {
namespace {

using Kind = Node::Kind;

constexpr std::size_t kWorthCalling = 12;  ///< steps; what is smaller is quicker repeated than called
constexpr char32_t kOpen = U'‹';           ///< begins the token of a mention

void collect_ways(const Node& node, std::vector<const Node*>& out) {
  if (node.kind == Kind::concat && node.children.size() == 1) return collect_ways(node.children[0], out);
  if (node.kind != Kind::alternate) return out.push_back(&node);
  for (const Node& child : node.children) collect_ways(child, out);
}

}  // namespace

unsigned char token_lead(char first, char second) {
  return static_cast<unsigned char>(0x80 | ((first * 7 + second) & 0x3F));
}

std::vector<const Node*> FactCompiler::ways_of(const Node& regex) {
  std::vector<const Node*> ways;
  collect_ways(regex, ways);
  return ways.size() <= kMostWays ? ways : std::vector{&regex};
}

std::uint32_t FactCompiler::add(const std::string& regex, Use use) {
  auto [at, fresh] = known_.try_emplace({regex, use}, first_ + static_cast<std::uint32_t>(regexes_.size()));
  if (!fresh) return at->second;
  regexes_.push_back({parse_regex(regex), use});
  return at->second;
}

void FactCompiler::compile() {
  for (const auto& regex : regexes_) intern(regex.tree);
  for (const auto& regex : regexes_) count_uses(regex.tree, 1);
  for (const auto& regex : regexes_) {
    try {
      out_.programs.push_back(FactEmitter(*this, out_).regex(regex.tree, regex.use));
    } catch (const FactEmitter::TooHard&) {
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
  if (!number) throw FactEmitter::TooHard();
  ByteSet& leads = class_leads_[*number];
  add_first_bytes(node, leads);
  for (auto [low, high] : node.ranges)
    if (low <= kOpen && kOpen <= high) leads |= FactLeads::all_tokens();
  return *number;
}

std::uint16_t FactCompiler::first_of(const ByteSet& bytes) {
  auto known = firsts_.find(bytes.to_string());
  if (known != firsts_.end()) return known->second;
  if (out_.firsts.size() > UINT16_MAX) throw FactEmitter::TooHard();
  auto number = static_cast<std::uint16_t>(out_.firsts.size());
  out_.firsts.push_back(bytes);
  return firsts_[bytes.to_string()] = number;
}

}  // namespace fakt
