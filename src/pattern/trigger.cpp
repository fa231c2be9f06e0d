#include "pattern/trigger.h"

#include <algorithm>
#include <functional>
#include <set>

#include "text/fold.h"
#include "text/unicode.h"

namespace fakt {
namespace {

using Kind = Node::Kind;

constexpr std::size_t kListed = 4000;  ///< strings of a part that are looked at one by one
constexpr std::uint32_t kUnbounded = Trigger::kAnywhere;

std::uint32_t add(std::uint32_t a, std::uint32_t b) { return std::min(a + b, kUnbounded); }

/// The longest stretch of text that a node matches.
struct Extent {
  std::uint32_t bytes = 0;
  std::uint32_t words = 0;  ///< words that can begin in it
};

bool in_order(const Node::Ranges& ranges, bool word) {
  for (auto [low, high] : ranges) {
    if (high - low > 2000) return false;
    for (char32_t c = low; c <= high; ++c)
      if (is_word(c) != word) return false;
  }
  return true;
}

bool has_word(const Node& node) { return !in_order(node.ranges, false); }

std::uint32_t utf8_size(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

Extent extent_of(const Node& node) {
  Extent out;
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      return out;
    case Kind::literal: {
      bool in_word = false;
      for (char32_t c : node.literal) {
        out.bytes += utf8_size(c);
        out.words += is_word(c) && !in_word;
        in_word = is_word(c);
      }
      return out;
    }
    case Kind::char_class:
      return {utf8_size(node.ranges.back().second), has_word(node) ? 1u : 0u};
    case Kind::concat:
      for (const Node& child : node.children) {
        Extent e = extent_of(child);
        out = {add(out.bytes, e.bytes), add(out.words, e.words)};
      }
      return out;
    case Kind::alternate:
      for (const Node& child : node.children) {
        Extent e = extent_of(child);
        out = {std::max(out.bytes, e.bytes), std::max(out.words, e.words)};
      }
      return out;
    case Kind::capture:
      return extent_of(node.children[0]);
    case Kind::repeat: {
      Extent e = extent_of(node.children[0]);
      auto times = [&](std::uint32_t n) {
        return node.max < 0 ? (n ? kUnbounded : 0)
                            : std::min<std::uint32_t>(kUnbounded, n * static_cast<std::uint32_t>(node.max));
      };
      bool one_word = node.children[0].kind == Kind::char_class && in_order(node.children[0].ranges, true);
      return {times(e.bytes), one_word ? 1 : times(e.words)};
    }
  }
  return out;
}

bool nullable(const Node& node) {
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      return true;
    case Kind::literal:
    case Kind::char_class:
      return false;
    case Kind::concat:
      return std::all_of(node.children.begin(), node.children.end(), nullable);
    case Kind::alternate:
      return std::any_of(node.children.begin(), node.children.end(), nullable);
    case Kind::repeat:
      return node.min == 0 || nullable(node.children[0]);
    case Kind::capture:
      return nullable(node.children[0]);
  }
  return true;
}

/// Whether a match of the node can begin (end) with a letter or digit.
bool touches_word(const Node& node, bool at_begin) {
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      return false;
    case Kind::literal:
      return is_word(at_begin ? node.literal.front() : node.literal.back());
    case Kind::char_class:
      return has_word(node);
    case Kind::alternate:
      return std::any_of(node.children.begin(), node.children.end(),
                         [&](const Node& n) { return touches_word(n, at_begin); });
    case Kind::capture:
    case Kind::repeat:
      return touches_word(node.children[0], at_begin);
    case Kind::concat:
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        const Node& child = node.children[at_begin ? i : node.children.size() - 1 - i];
        if (touches_word(child, at_begin)) return true;
        if (!nullable(child)) return false;
      }
      return false;
  }
  return true;
}

/// The strings of a node as the scan will see them: letters of Latin-1 small, digits as 0. False when there are too
/// many or no end of them.
using Strings = std::set<std::u32string>;
bool list_strings(const Node& node, Strings& out);

bool product(const Strings& heads, const Strings& tails, Strings& out) {
  if (heads.size() * tails.size() > kListed) return false;
  for (const auto& head : heads)
    for (const auto& tail : tails) out.insert(head + tail);
  return true;
}

bool list_class(const Node& node, Strings& out) {
  for (auto [low, high] : node.ranges) {
    if (high - low > 40) return false;
    for (char32_t c = low; c <= high; ++c) out.insert(std::u32string(1, fold_char(c)));
  }
  return out.size() <= 14;
}

bool list_repeat(const Node& node, Strings& out) {
  if (node.max < 0 || node.max > 8) return false;
  Strings child, now = {U""};
  if (!list_strings(node.children[0], child)) return false;
  for (int i = 0; i <= node.max; ++i) {
    if (i >= node.min) out.insert(now.begin(), now.end());
    if (out.size() > kListed) return false;
    Strings next;
    if (i < node.max && !product(now, child, next)) return false;
    now = std::move(next);
  }
  return true;
}

bool list_strings(const Node& node, Strings& out) {
  switch (node.kind) {
    case Kind::empty:
    case Kind::assertion:
      out.insert(U"");
      return true;
    case Kind::literal: {
      std::u32string text;
      for (char32_t c : node.literal) text += fold_char(c);
      out.insert(text);
      return true;
    }
    case Kind::char_class:
      return list_class(node, out);
    case Kind::capture:
      return list_strings(node.children[0], out);
    case Kind::repeat:
      return list_repeat(node, out);
    case Kind::alternate:
      for (const Node& child : node.children)
        if (!list_strings(child, out) || out.size() > kListed) return false;
      return true;
    case Kind::concat: {
      Strings all = {U""};
      for (const Node& child : node.children) {
        Strings part, next;
        if (!list_strings(child, part) || !product(all, part, next)) return false;
        all = std::move(next);
      }
      out.insert(all.begin(), all.end());
      return true;
    }
  }
  return false;
}

using Frequent = std::set<std::string>;

/// A stretch of a sequence: strings, or a node that has too many.
struct Item {
  const Node* node = nullptr;
  std::vector<const Node*> nodes;  ///< all that were joined in it
  Strings strings;
  bool listed = false;
  Extent extent;
  bool nullable = false, begins_word = false, ends_word = false;
};

/// A trigger, the parts of the pattern that can stand before its atoms, and those in which the words with the atoms
/// begin.
struct Found : Trigger {
  std::vector<const Node*> before, holding;
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
      std::optional<Found> trigger =
          items[i].listed ? from_strings(items[i].strings, left, right) : from_node(*items[i].node, left, right);
      if (trigger) {
        trigger->lead_bytes = add(trigger->lead_bytes, lead.bytes);
        trigger->lead_words = add(trigger->lead_words, lead.words);
        trigger->before.insert(trigger->before.end(), before.begin(), before.end());
        if (items[i].listed) {
          trigger->before.insert(trigger->before.end(), items[i].nodes.begin(), items[i].nodes.end());
          trigger->holding = items[i].nodes;
        }
        if (left) trigger->holding.insert(trigger->holding.end(), before.begin(), before.end());
        if (!found || trigger->cost < found->cost) found = std::move(trigger);
      }
      before.insert(before.end(), items[i].nodes.begin(), items[i].nodes.end());
      lead = {add(lead.bytes, items[i].extent.bytes), add(lead.words, items[i].extent.words)};
    }
    return found;
  }

 private:
  static void flatten(const Node& node, std::vector<Item>& items) {
    if (node.kind == Kind::concat) {
      for (const Node& child : node.children) flatten(child, items);
    } else if (node.kind == Kind::capture) {
      flatten(node.children[0], items);
    } else if (node.kind == Kind::repeat && node.min > 0 && node.min <= 8 && node.max != node.min &&
               node.children[0].kind == Kind::char_class) {
      flatten_run(node, items);
    } else {
      Item item;
      item.node = &node;
      item.nodes = {&node};
      item.listed = list_strings(node, item.strings);
      item.extent = extent_of(node);
      item.nullable = nullable(node);
      item.begins_word = touches_word(node, true);
      item.ends_word = touches_word(node, false);
      items.push_back(std::move(item));
    }
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
        last.extent = {add(last.extent.bytes, item.extent.bytes), add(last.extent.words, item.extent.words)};
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
      for (const Node& child : node.children) {
        auto part = best(child, left, right);
        if (!part) return std::nullopt;
        merge(all, *part);
      }
      return priced(std::move(all));
    }
    if (node.kind == Kind::repeat && node.min > 0)
      return best(node.children[0], left, right || (node.max != 1 && touches_word(node.children[0], true)));
    return std::nullopt;
  }

  static void merge(Found& into, const Found& from) {
    into.atoms.insert(into.atoms.end(), from.atoms.begin(), from.atoms.end());
    into.before.insert(into.before.end(), from.before.begin(), from.before.end());
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
    for (const auto& text : strings) {
      auto one = from_string(text, left, right);
      if (!one) return std::nullopt;
      merge(all, *one);
    }
    return strings.empty() ? std::nullopt : priced(std::move(all));
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
        Atom atom{!word        ? Atom::Kind::symbol
                  : open_left  ? Atom::Kind::suffix
                  : open_right ? Atom::Kind::prefix
                               : Atom::Kind::word,
                  {}};
        for (std::size_t k = i; k < end; ++k) append_utf8(atom.text, text[k]);
        if (word) atom.text = fold_word(atom.text);
        double cost = frequency(atom, frequent_);
        if (is_named(atom) && (!found || cost < found->cost)) found = Found{{{atom}, cost, bytes, words, {}, {}}, {}, {}};
      }
      bytes += size;
      words += word;
      i = end;
    }
    return found;
  }

  bool is_named(const Atom& atom) const {
    return !named_ || std::any_of(named_->begin(), named_->end(), [&](const Atom& named) {
      return (named.kind == Atom::Kind::symbol) == (atom.kind == Atom::Kind::symbol) &&
             (atom.text.starts_with(named.text) || atom.text.ends_with(named.text));
    });
  }

  const Frequent& frequent_;
  const std::vector<Atom>* named_;
};

std::optional<Trigger> derive(Deriver deriver, const Node& pattern) {
  auto found = deriver.best(pattern, false, false);
  if (!found) return std::nullopt;
  found->lead = words_inside(found->before);
  found->anchor = words_inside(found->holding);
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
  if (atom.kind == Atom::Kind::symbol)
    return std::string_view(".,-:;()/\"'„“”’–…!?»«").find(atom.text) != std::string_view::npos ? 40 : 1;
  if (atom.kind == Atom::Kind::word && frequent.contains(atom.text)) return 25;
  std::size_t size = count_code_points(atom.text);
  bool digits = atom.text.find_first_not_of('0') == std::string::npos;
  bool mixed = !digits && atom.text.find('0') != std::string::npos;
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
