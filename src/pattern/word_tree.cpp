#include "pattern/word_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "text/unicode.h"

namespace fakt {
namespace {

using Strings = std::vector<std::string>;

constexpr std::size_t kListed = 400;       ///< strings of a node
constexpr std::size_t kListedOfClass = 4;  ///< more are quicker asked one by one
constexpr int kListedRounds = 4;

bool list(const Node& node, Strings& out);

/// Strings of a, each with each of b behind it.
bool join(const Strings& a, const Strings& b, Strings& out) {
  if (a.size() * b.size() > kListed) return false;
  out.clear();
  for (const auto& head : a)
    for (const auto& tail : b) out.push_back(head + tail);
  return true;
}

/// X{2,4} as XX(X(X)?)?: `more` is what may follow one round.
bool list_repeat(const Node& node, Strings& out) {
  Strings once, all = {""}, joined;
  if (node.max < 0 || node.max > kListedRounds || !list(node.children[0], once)) return false;
  for (int i = node.min; i < node.max; ++i) {
    if (!join(once, all, joined)) return false;
    if (node.lazy)
      joined.insert(joined.begin(), "");
    else
      joined.emplace_back();
    all = joined;
  }
  for (int i = 0; i < node.min; ++i) {
    if (!join(once, all, joined)) return false;
    all = joined;
  }
  out = std::move(all);
  return true;
}

bool list_class(const Node& node, Strings& out) {
  std::size_t count = 0;
  for (auto [low, high] : node.ranges) count += high - low + 1;
  if (count > kListedOfClass) return false;
  for (auto [low, high] : node.ranges)
    for (char32_t c = low; c <= high; ++c) append_utf8(out.emplace_back(), c);
  return true;
}

bool list(const Node& node, Strings& out) {
  using Kind = Node::Kind;
  out.clear();
  switch (node.kind) {
    case Kind::empty:
      out = {""};
      return true;
    case Kind::literal:
      out = {""};
      for (char32_t c : node.literal) append_utf8(out[0], c);
      return true;
    case Kind::char_class:
      return list_class(node, out);
    case Kind::alternate:
      for (const Node& child : node.children) {
        Strings own;
        if (!list(child, own) || out.size() + own.size() > kListed) return false;
        out.insert(out.end(), own.begin(), own.end());
      }
      return true;
    case Kind::concat:
      out = {""};
      for (const Node& child : node.children) {
        Strings own, joined;
        if (!list(child, own) || !join(out, own, joined)) return false;
        out = std::move(joined);
      }
      return true;
    case Kind::repeat:
      return list_repeat(node, out);
    case Kind::capture:
    case Kind::assertion:
      return false;
  }
  return false;
}

}  // namespace

bool ordered_strings(const Node& node, std::vector<std::string>& out) {
  Strings all;
  if (!list(node, all)) return false;
  std::set<std::string> seen;
  for (auto& text : all)
    if (seen.insert(text).second) out.push_back(std::move(text));
  return true;
}

std::optional<WordTrees::Words> ranked(const std::vector<std::string>& words) {
  WordTrees::Words out;
  for (const auto& word : words) out.emplace_back(word, static_cast<std::uint16_t>(out.size() + 1));
  std::sort(out.begin(), out.end());
  Strings open;  // words that the one at hand begins with
  for (const auto& [word, rank] : out) {
    while (!open.empty() && !word.starts_with(open.back())) open.pop_back();
    open.push_back(word);
    if (open.size() > kMostEnds) return std::nullopt;
  }
  return out;
}

std::uint32_t WordTrees::add(const Words& words) { return side_by_side(std::string(1, 0), {node_of(words, 0)}); }

/// The node to which the first `depth` bytes of the words lead, which they share.
ProgramPool::Node WordTrees::node_of(std::span<const Words::value_type> words, std::size_t depth) {
  ProgramPool::Node node;
  if (!words.empty() && words[0].first.size() == depth) {
    node.word_ends = words[0].second;
    words = words.subspan(1);
  }
  std::string bytes;
  std::vector<ProgramPool::Node> branches;
  for (std::size_t from = 0, to = 0; from < words.size(); from = to) {
    char byte = words[from].first[depth];
    while (to < words.size() && words[to].first[depth] == byte) ++to;
    bytes += byte;
    branches.push_back(node_of(words.subspan(from, to - from), depth + 1));
  }
  node.branches = static_cast<std::uint16_t>(branches.size());
  if (!branches.empty()) node.first = side_by_side(bytes, branches);
  return node;
}

std::uint32_t WordTrees::side_by_side(const std::string& bytes, const std::vector<ProgramPool::Node>& nodes) {
  std::string key = bytes;
  for (const auto& [first, branches, word_ends] : nodes) key += fmt::format(" {} {} {}", first, branches, word_ends);
  auto [at, fresh] = known_.try_emplace(std::move(key), static_cast<std::uint32_t>(pool_.nodes.size()));
  if (!fresh) return at->second;
  for (const auto& node : nodes) pool_.nodes.push_back(node);
  pool_.bytes += bytes;
  return at->second;
}

}  // namespace fakt
