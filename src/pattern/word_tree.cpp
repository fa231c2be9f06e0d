#include "pattern/word_tree.h"

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

std::uint32_t WordTrees::add(const std::vector<std::string>& words) {
  std::string key;
  Words ranked;
  for (const auto& word : words) {
    key += word + '\n';
    ranked.emplace_back(word, static_cast<std::uint16_t>(ranked.size() + 1));
  }
  std::sort(ranked.begin(), ranked.end());
  Strings open;  // words that the one at hand begins with
  for (const auto& [word, rank] : ranked) {
    while (!open.empty() && !word.starts_with(open.back())) open.pop_back();
    open.push_back(word);
    if (open.size() > kMostEnds) return kNone;
  }
  auto [at, fresh] = known_.try_emplace(key, static_cast<std::uint32_t>(pool_.nodes.size()));
  if (!fresh) return at->second;
  pool_.nodes.emplace_back();
  pool_.bytes.push_back(0);
  add_branches(at->second, ranked, 0, ranked.size(), 0);
  return at->second;
}

/// Grows the tree below a node: words [from, to) share their first `depth` bytes, which lead there.
void WordTrees::add_branches(std::uint32_t node, const Words& words, std::size_t from, std::size_t to,
                             std::size_t depth) {
  if (from < to && words[from].first.size() == depth) pool_.nodes[node].word_ends = words[from++].second;
  std::vector<std::size_t> begins;
  for (std::size_t i = from; i < to; ++i)
    if (i == from || words[i].first[depth] != words[i - 1].first[depth]) begins.push_back(i);
  auto first = static_cast<std::uint32_t>(pool_.nodes.size());
  pool_.nodes[node].first = first;
  pool_.nodes[node].branches = static_cast<std::uint16_t>(begins.size());
  pool_.nodes.resize(first + begins.size());
  for (std::size_t i : begins) pool_.bytes.push_back(words[i].first[depth]);
  begins.push_back(to);
  for (std::uint32_t i = 0; i + 1 < begins.size(); ++i)
    add_branches(first + i, words, begins[i], begins[i + 1], depth + 1);
}

}  // namespace fakt
