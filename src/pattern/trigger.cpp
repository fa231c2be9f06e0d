#include "pattern/trigger.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "pattern/approach.h"
#include "pattern/node_text.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace fakt {
namespace {

using Kind = Node::Kind;

using Frequent = std::set<std::string>;

/// A stretch of a sequence: strings, or a node that has too many.
struct Item {
  const Node* node = nullptr;
  std::vector<const Node*> nodes;  ///< all that were joined in it
  Strings strings;
  bool listed = false;
  bool capitals = false;  ///< at least two capital letters in a row
  Extent extent;
  bool nullable = false, begins_word = false, ends_word = false;
};

/// A trigger, and the parts of the pattern in which the words with its atoms begin.
struct Found : Trigger {
  std::vector<const Node*> holding;
  std::size_t offset = 0;  ///< of the atom in a string, in characters
};

class Deriver {
 public:
  /// `named`: words, one of which each atom has to hold at its begin or end; null: any will do.
  explicit Deriver(const Frequent& frequent, const std::vector<Atom>* named = nullptr)
      : frequent_(frequent), named_(named) {}

  std::optional<Found> best(const Node& node, bool open_left, bool open_right) {
    std::vector<Item> items;
    flatten(node, items);
    join(items);
    std::optional<Found> found;
    Extent lead;
    std::vector<const Node*> before;
    for (std::size_t i = 0; i < items.size(); ++i) {
      bool left = open(items, i, -1, open_left), right = open(items, i, 1, open_right);
      std::optional<Found> trigger = items[i].listed     ? from_strings(items[i].strings, left, right)
                                     : items[i].capitals ? from_capitals()
                                                         : from_node(*items[i].node, left, right);
      if (trigger) {
        Extent all = lead + Extent{trigger->lead_bytes, trigger->lead_words};
        trigger->lead_bytes = all.bytes, trigger->lead_words = all.words;
        if (items[i].listed || items[i].capitals) trigger->holding = items[i].nodes;
        if (left) trigger->holding.insert(trigger->holding.end(), before.begin(), before.end());
        if (!found || trigger->cost < found->cost) {
          trigger->approach = approach(items, i, left, std::move(trigger->approach));
          found = std::move(trigger);
        }
      }
      before.insert(before.end(), items[i].nodes.begin(), items[i].nodes.end());
      lead = lead + items[i].extent;
    }
    return found;
  }

 private:
  static void flatten(const Node& node, std::vector<Item>& items) {
    if (node.kind == Kind::concat || node.kind == Kind::capture) {
      for (const Node& child : node.children) flatten(child, items);
      return;
    }
    Item item;
    item.listed = list_strings(node, item.strings);
    if (!item.listed && node.kind == Kind::repeat && node.min > 0 && node.min <= 8 && node.max != node.min &&
        node.children[0].kind == Kind::char_class) {
      flatten_run(node, items);
    } else {
      item.node = &node;
      item.nodes = {&node};
      item.capitals = !item.listed && repeats_capitals(node);
      item.extent = extent_of(node);
      item.nullable = nullable(node);
      item.begins_word = touches_word(node, true);
      item.ends_word = touches_word(node, false);
      items.push_back(std::move(item));
    }
  }

  /// What stands before an atom in item i; `inside`: in the item itself.
  static Node approach(const std::vector<Item>& items, std::size_t i, bool left, Node inside) {
    bool begins_before = items[i].capitals && left;  // an atom of capitals is the word that holds them
    bool goes_on = i > 0 && items[i].nodes.front() == items[i - 1].nodes.back();
    if (begins_before || goes_on) return any_text();
    std::vector<Node> nodes;
    const Node* last = nullptr;
    for (std::size_t k = 0; k < i; ++k)
      for (const Node* node : items[k].nodes)
        if (std::exchange(last, node) != node) nodes.push_back(*node);
    if (inside.kind != Kind::empty) nodes.push_back(std::move(inside));
    return in_a_row(std::move(nodes));
  }

  /// [0-9]{2,}: its first two are required, and strings; the rest is not.
  static void flatten_run(const Node& node, std::vector<Item>& items) {
    Item rest;
    rest.node = &node;
    rest.nodes = {&node};
    rest.extent = extent_of(node);
    rest.begins_word = rest.ends_word = touches_word(node, true);
    Strings child;
    if (!list_class(node.children[0], child)) {
      rest.capitals = repeats_capitals(node);
      items.push_back(std::move(rest));
      return;
    }
    Item head = rest;
    head.listed = true;
    head.strings = {U""};
    for (int i = 0; i < node.min; ++i) {
      Strings next;
      if (!product(head.strings, child, next)) return items.push_back(std::move(rest));
      head.strings = std::move(next);
    }
    head.extent.words = rest.begins_word ? 1 : 0;
    rest.nullable = true;
    rest.extent.words = 0;
    items.push_back(std::move(head));
    items.push_back(std::move(rest));
  }

  static bool repeats_capitals(const Node& node) {
    if (node.kind != Kind::repeat || node.min < 2 || node.children[0].kind != Kind::char_class) return false;
    const auto& ranges = node.children[0].ranges;
    return !ranges.empty() && std::all_of(ranges.begin(), ranges.end(), [](auto range) {
      if (range.second - range.first > 64) return false;
      for (char32_t c = range.first; c <= range.second; ++c)
        if (!is_upper(c)) return false;
      return true;
    });
  }

  /// Neighbours that are both listed become one, as long as there are not too many strings: "27." and "Januar".
  static void join(std::vector<Item>& items) {
    std::vector<Item> joined;
    for (Item& item : items) {
      Strings both;
      if (!joined.empty() && joined.back().listed && item.listed &&
          product(joined.back().strings, item.strings, both)) {
        Item& last = joined.back();
        last.begins_word |= last.nullable && item.begins_word;
        last.ends_word = item.ends_word || (item.nullable && last.ends_word);
        last.nullable &= item.nullable;
        last.extent = last.extent + item.extent;
        last.strings = std::move(both);
        last.nodes.insert(last.nodes.end(), item.nodes.begin(), item.nodes.end());
      } else {
        joined.push_back(std::move(item));
      }
    }
    items = std::move(joined);
  }

  /// Whether a letter or digit may stand directly beside item i, so that its outer word may go on.
  static bool open(const std::vector<Item>& items, std::size_t i, int step, bool outside) {
    for (auto at = static_cast<std::ptrdiff_t>(i) + step; at >= 0 && at < static_cast<std::ptrdiff_t>(items.size());
         at += step) {
      const Item& item = items[static_cast<std::size_t>(at)];
      if (step > 0 ? item.begins_word : item.ends_word) return true;
      if (!item.nullable) return false;
    }
    return outside;
  }

  std::optional<Found> from_node(const Node& node, bool left, bool right) {
    if (node.kind == Kind::alternate) {
      Found all;
      std::vector<Node> approaches;
      for (const Node& child : node.children) {
        auto part = best(child, left, right);
        if (!part) return std::nullopt;
        merge(all, *part);
        approaches.push_back(std::move(part->approach));
      }
      all.approach = one_of(std::move(approaches));
      return priced(std::move(all));
    }
    if (node.kind == Kind::repeat && node.min > 0)
      return best(node.children[0], left, right || (node.max != 1 && touches_word(node.children[0], true)));
    return std::nullopt;
  }

  static void merge(Found& into, const Found& from) {
    into.atoms.insert(into.atoms.end(), from.atoms.begin(), from.atoms.end());
    into.holding.insert(into.holding.end(), from.holding.begin(), from.holding.end());
    into.lead_bytes = std::max(into.lead_bytes, from.lead_bytes);
    into.lead_words = std::max(into.lead_words, from.lead_words);
  }

  std::optional<Found> priced(Found trigger) {
    std::sort(trigger.atoms.begin(), trigger.atoms.end());
    trigger.atoms.erase(std::unique(trigger.atoms.begin(), trigger.atoms.end()), trigger.atoms.end());
    trigger.cost = frequency(trigger.atoms, frequent_);
    return trigger;
  }

  std::optional<Found> from_strings(const Strings& strings, bool left, bool right) {
    Found all;
    Strings heads;  // what stands in the strings before their atoms
    for (const auto& text : strings) {
      auto one = from_string(text, left, right);
      if (!one) return std::nullopt;
      merge(all, *one);
      heads.insert(text.substr(0, one->offset));
    }
    std::vector<Node> approaches;
    for (const auto& head : heads) approaches.push_back(unfolded(head));
    all.approach = one_of(std::move(approaches));
    return strings.empty() ? std::nullopt : priced(std::move(all));
  }

  std::optional<Found> from_capitals() {
    Atom atom{Atom::Kind::capitals, {}};
    if (!is_named(atom)) return std::nullopt;
    Found found;
    found.atoms = {std::move(atom)};
    return priced(std::move(found));
  }

  /// The rarest word of one string.
  std::optional<Found> from_string(const std::u32string& text, bool left, bool right) {
    std::optional<Found> found;
    std::uint32_t bytes = 0, words = 0;
    for (std::size_t i = 0; i < text.size();) {
      std::size_t end = i;
      bool word = is_word(text[i]);
      std::uint32_t size = 0;
      while (end < text.size() && is_word(text[end]) == word && (word || end == i)) size += utf8_size(text[end++]);
      bool open_left = left && i == 0, open_right = right && end == text.size();
      bool usable = word ? !(open_left && open_right) : !is_space(text[i]);
      if (usable) {
        std::string own;
        for (std::size_t k = i; k < end; ++k) append_utf8(own, text[k]);
        Atom atom{!word        ? Atom::Kind::symbol
                  : open_left  ? Atom::Kind::suffix
                  : open_right ? Atom::Kind::prefix
                               : Atom::Kind::word,
                  word ? fold_word(own) : own};
        double cost = frequency(atom, frequent_);
        if (is_named(atom) && (!found || cost < found->cost))
          found = Found{{{atom}, cost, bytes, words, {}, false, {}}, {}, i};
      }
      bytes += size;
      words += word;
      i = end;
    }
    return found;
  }

  bool is_named(const Atom& atom) const {
    return !named_ || std::any_of(named_->begin(), named_->end(), [&](const Atom& named) {
      if (atom.kind == Atom::Kind::capitals || named.kind == Atom::Kind::capitals) return atom.kind == named.kind;
      return (named.kind == Atom::Kind::symbol) == (atom.kind == Atom::Kind::symbol) &&
             (atom.text.view().starts_with(named.text) || atom.text.view().ends_with(named.text));
    });
  }

  const Frequent& frequent_;
  const std::vector<Atom>* named_;
};

std::optional<Trigger> derive(Deriver deriver, const Node& pattern) {
  auto found = deriver.best(pattern, false, false);
  if (!found) return std::nullopt;
  found->anchor = words_inside(found->holding);
  found->at_begin = nullable(found->approach);
  return std::move(*found);
}

}  // namespace

std::optional<Trigger> derive_trigger(const Node& pattern, const std::set<std::string>& frequent) {
  return derive(Deriver(frequent), pattern);
}

std::optional<Trigger> derive_trigger(const Node& pattern, const Node& named, const std::set<std::string>& frequent) {
  auto words = derive_trigger(named, frequent);
  return words ? derive(Deriver(frequent, &words->atoms), pattern) : std::nullopt;
}

double frequency(const Atom& atom, const Frequent& frequent) {
  std::string_view text = atom.text;
  if (atom.kind == Atom::Kind::capitals) return 24;
  if (atom.kind == Atom::Kind::symbol)
    return std::string_view(".,-:;()/\"'„“”’–…!?»«").find(text) != std::string_view::npos ? 40 : 1;
  if (atom.kind == Atom::Kind::word && frequent.contains(atom.text.str())) return 25;
  std::size_t size = count_code_points(text);
  bool digits = text.find_first_not_of('0') == std::string::npos;
  bool mixed = !digits && text.find('0') != std::string::npos;
  static constexpr double kWord[] = {40, 3, 6, 4, 1, 0.3, 0.1}, kPart[] = {200, 60, 20, 7, 3, 1, 0.4},
                          kDigits[] = {0, 10, 17, 5, 15, 1, 0.5};
  std::size_t i = std::min<std::size_t>(size, 6);
  if (atom.kind == Atom::Kind::word) return digits ? kDigits[i] : mixed ? 0.1 : kWord[i];
  if (digits) return 60.0 / static_cast<double>(std::max<std::size_t>(size, 1));
  return mixed && atom.kind == Atom::Kind::prefix ? 0.3 : kPart[i];
}

double frequency(const std::vector<Atom>& atoms, const Frequent& frequent) {
  constexpr std::size_t kCommon = 20;
  std::vector<double> all;
  for (const Atom& atom : atoms) all.push_back(frequency(atom, frequent));
  std::sort(all.begin(), all.end(), std::greater<>());
  double sum = 0;
  for (std::size_t i = 0; i < all.size(); ++i) sum += i < kCommon ? all[i] : all[i] / 10;
  return sum;
}

std::string fold_word(std::string_view word) {
  std::string out;
  for (char c : word) out += fold_byte(c);
  return out;
}

}  // namespace fakt
