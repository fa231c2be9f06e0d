#include "extract/coreference.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

#include "extract/fact_text.h"
#include "pattern/fact_syntax.h"
#include "text/unicode.h"

namespace fakt {
namespace {

/// Nothing but spaces and quotation marks between two places.
bool adjacent(std::string_view text, std::uint32_t from, std::uint32_t to) {
  if (to < from || to - from > 12) return false;
  for (std::uint32_t i = from; i < to; i += decode(text, i).size) {
    char32_t c = decode(text, i).value;
    if (is_word(c) || c == U',' || c == U'-' || c == U'(' || c == U'.') return false;
  }
  return true;
}

/// Whether the sentence of a nominal holds a mention of the type that it may stand for, or words that stand for one.
bool named_in_sentence(const std::vector<Mention>& mentions, std::size_t nominal) {
  const Mention& m = mentions[nominal];
  auto is_name = [&](const Mention& other) {
    return other.type == m.key("of") || (other.type == kNominal && other.key("of") == m.key("of") &&
                                         (!other.key("article").empty() || !other.key("pronoun").empty()));
  };
  for (std::size_t i = nominal; i-- > 0 && mentions[i].sentence == m.sentence;)
    if (is_name(mentions[i])) return true;
  for (std::size_t i = nominal + 1; i < mentions.size() && mentions[i].sentence == m.sentence; ++i)
    if (is_name(mentions[i])) return true;
  return false;
}

/// Adds fillers, and finds what nominals stand for by salience, after Lappin and Leass (1994): each naming of a firm
/// speaks for it, most as the subject of its sentence, and half as much with each sentence in between.
class Resolver {
 public:
  Resolver(std::string_view text, const TextIndex& index, const TypeBits& types, const Language& language,
           std::vector<Filler>& out)
      : text_(text), index_(index), types_(types), language_(language), out_(out) {}

  void add_name(const Mention& m, bool helper) {
    std::uint64_t bit = types_.bit(m.type);
    if (!bit) return;
    Filler filler{m.span, bit, m.type, m.key("kind"), m.sentence, {}, 0};
    std::string_view amount = m.key("amount");
    std::from_chars(amount.data(), amount.data() + amount.size(), filler.amount);
    filler.argument = {{}, helper ? std::string_view("text") : m.type, m.span, m.value, {}};
    bool described = class_ && class_->key("of") == m.type && class_->sentence == m.sentence;
    if (described && !class_->key("noun").empty()) described_.push_back({class_->key("noun"), out_.size()});
    add(std::move(filler), {m.key("kind"), described ? class_ : &m});
    class_ = nullptr;
  }

  void add_nominal(const Mention& m, const Mention* next) {
    std::string_view of = m.key("of");
    std::uint64_t bit = types_.bit(of);
    if (!bit) return;
    bool before_name = next && next->type == of && adjacent(text_, m.span.end, next->span.begin);
    if (is_apposition(m, bit)) {
      if (!m.key("noun").empty()) described_.push_back({m.key("noun"), out_.size() - 1});
      return;
    }
    bool within_name = !out_.empty() && out_.back().type == bit && out_.back().span.overlaps(m.span);
    if (before_name) class_ = &m;
    if (before_name || within_name || (next && next->type == of && next->span.overlaps(m.span))) return;
    bool pronoun = !m.key("pronoun").empty(), alone = !m.key("alone").empty();
    if (!pronoun && !alone && m.key("article").empty()) return;
    std::string words(text_.substr(m.span.begin, m.span.size()));
    std::string_view kind = m.key("kind");
    Filler filler{m.span, bit, of, kind.empty() ? kNominal : kind, m.sentence, {}, 0};
    filler.argument = {{}, "text", m.span, words, {}};
    const Filler* name = m.key("relation").empty() ? antecedent(m, bit, pronoun) : nullptr;
    if (name) {
      filler.argument.type = name->argument.type;
      filler.argument.value = name->argument.value;
      std::string_view article = m.key("article");
      filler.argument.via = pronoun || article.empty() ? words : std::string(article) + " " + words;
      if (name->sentence == m.sentence) filler.argument.span = name->argument.span;
    } else if (pronoun || alone) {
      return;
    }
    add(std::move(filler), {kind, &m});
  }

 private:
  /// What a name may be in its sentence: `oblique` behind a preposition and the like; `object` at best as the first
  /// part of a compound, "Velmo-Aktie". The first that may be the subject is taken for it, any further one for an
  /// object.
  enum class Role { subject, object, oblique };
  struct Standing {
    std::string_view kind;
    const Mention* first;  ///< the mention itself, or the nominal directly before it
  };
  struct Described {
    std::string_view noun;  ///< "autobauer", of "der Autobauer BMW"
    std::size_t name;       ///< in out_
  };
  struct Salience {
    const Filler* name;  ///< its first naming in the sentences that count
    double weight;
    bool excluded;  ///< named in the nominal's own clause
  };

  void add(Filler filler, Standing standing) {
    out_.push_back(std::move(filler));
    standing_.push_back(standing);
  }

  /// Whether a nominal says between commas what the name before it is: "Velmo, der Autobauer, wächst".
  bool is_apposition(const Mention& m, std::uint64_t bit) const {
    if (out_.empty() || out_.back().type != bit || out_.back().argument.type == "text") return false;
    std::uint32_t from = out_.back().span.end, end = m.span.end;
    if (from + 2 >= m.span.begin || text_.substr(from, 2) != ", " || end >= text_.size() || text_[end] != ',')
      return false;
    return text_.substr(from + 2, m.span.begin - from - 2).find_first_of(".,;:()") == std::string_view::npos &&
           m.span.begin - from <= 8;
  }

  /// `related`: whether a rival or subsidiary of others may be the subject; for a pronoun behind it, it is.
  Role role_of(std::size_t i, bool related) const {
    const Mention& first = *standing_[i].first;
    std::uint32_t end = out_[i].span.end;
    if ((!related && !first.key("relation").empty()) || behind_oblique(first.span.begin)) return Role::oblique;
    if (language_.has("oblique_after", word_after(text_, end))) return Role::oblique;
    return end < text_.size() && text_[end] == '-' ? Role::object : Role::subject;
  }

  bool behind_oblique(std::uint32_t at) const {
    if (text_.substr(0, at).ends_with('(') || text_.substr(0, at).ends_with("( ")) return true;
    std::string_view word = word_before(text_, at);
    if (!word.empty() && language_.has("determiners", word))
      word = word_before(text_, static_cast<std::uint32_t>(word.data() - text_.data()));
    return !word.empty() && language_.has("oblique", word);
  }

  bool fits(std::size_t i, std::uint64_t bit, std::string_view kind) const {
    const Filler& name = out_[i];
    if (name.type != bit || name.argument.type == "text") return false;
    return kind.empty() || standing_[i].kind.empty() || standing_[i].kind == kind;
  }

  /// Whether the text calls a name so: "der Autobauer BMW", or the name itself says it: "Commerzbank", a bank.
  bool is_called(const Filler& name, std::string_view noun) const {
    if (to_lower(name.argument.value).find(noun) != std::string::npos) return true;
    return std::any_of(described_.begin(), described_.end(), [&](const Described& d) {
      return d.noun == noun && out_[d.name].argument.value == name.argument.value;
    });
  }

  const Filler* antecedent(const Mention& m, std::uint64_t bit, bool pronoun) const {
    std::uint32_t reach = pronoun ? 1 : m.key("alone").empty() ? kReach : kBridge;
    std::size_t first = out_.size();
    while (first > 0 && out_[first - 1].sentence + reach >= m.sentence) --first;
    if (std::uint64_t rival = types_.bit(m.key("unless")))
      for (std::size_t i = first; i < out_.size(); ++i)
        if (out_[i].type == rival && out_[i].sentence < m.sentence) return nullptr;
    std::vector<Salience> all = salience(m, bit, pronoun, first);
    std::string_view noun = m.key("noun");
    const Salience* best = nullptr;
    bool best_called = false;
    for (const Salience& s : all) {
      bool called = !noun.empty() && is_called(*s.name, noun);
      bool heavier = best && (s.name->sentence == m.sentence ? best->weight > s.weight : best->weight >= s.weight);
      if (best && (best_called != called ? best_called : heavier)) continue;
      best = &s;
      best_called = called;
    }
    if (!noun.empty() && !best_called)
      if (const Filler* name = described_before(m, noun)) return name;
    if (!pronoun && (!best || best->weight < kEnough)) return topic(m, bit);
    if (best && !m.key("alone").empty() && named_once(*best->name))
      if (const Filler* name = topic(m, bit)) return name;
    return best && !best->excluded ? best->name : nullptr;
  }

  /// The fillers that still count.
  std::span<const Filler> remembered() const { return std::span(out_).last(std::min(out_.size(), kMemory)); }

  /// Whether the text named it here alone, in passing.
  bool named_once(const Filler& name) const {
    auto same = [&](const Filler& other) {
      return other.type == name.type && other.argument.value == name.argument.value;
    };
    auto all = remembered();
    return std::count_if(all.begin(), all.end(), same) == 1;
  }

  /// What the text so far is about: the fitting name that it named three times, and twice as often as any other; two
  /// times are enough where it names no other.
  const Filler* topic(const Mention& m, std::uint64_t bit) const {
    std::vector<std::pair<const Filler*, int>> counts;
    for (std::size_t i = out_.size() - remembered().size(); i < out_.size(); ++i) {
      const Filler& name = out_[i];
      if (!fits(i, bit, m.key("kind")) || !name.argument.via.empty()) continue;
      auto known = std::find_if(counts.begin(), counts.end(),
                                [&](const auto& c) { return c.first->argument.value == name.argument.value; });
      if (known == counts.end()) known = counts.insert(known, {&name, 0});
      known->second += name.sentence == m.sentence ? -static_cast<int>(kMemory) : 1;
    }
    std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    if (counts.empty() || counts[0].second < 2) return nullptr;
    std::size_t first = 0, head = std::min(out_.size(), kMemory);
    while (first < head && !fits(first, bit, m.key("kind"))) ++first;
    bool clear = counts.size() == 1 || (counts[0].second >= 3 && counts[0].second >= 2 * counts[1].second) ||
                 (first < head && out_[first].argument.value == counts[0].first->argument.value);
    return clear ? counts[0].first : nullptr;
  }

  /// The one name that the document called so, however long ago; none if there are several.
  const Filler* described_before(const Mention& m, std::string_view noun) const {
    const Filler* found = nullptr;
    for (const Described& d : described_) {
      const Filler& name = out_[d.name];
      if (d.noun != noun || name.sentence == m.sentence) continue;
      if (found && found->argument.value != name.argument.value) return nullptr;
      found = &name;
    }
    return found;
  }

  std::vector<Salience> salience(const Mention& m, std::uint64_t bit, bool pronoun, std::size_t first) const {
    std::optional<std::vector<ClauseBreak>> breaks;
    std::vector<Salience> all;
    std::uint32_t sentence = 0;
    bool subject_seen = false;
    for (std::size_t i = first; i < out_.size(); ++i) {
      const Filler& name = out_[i];
      if (name.type != bit || name.argument.type == "text" || (pronoun && name.sentence == m.sentence)) continue;
      if (i == first || name.sentence != sentence) subject_seen = false;
      sentence = name.sentence;
      Role role = role_of(i, pronoun);
      bool subject = role == Role::subject && !subject_seen;
      subject_seen |= subject;
      if (!fits(i, bit, m.key("kind")) || (pronoun && !subject)) continue;
      double weight = subject ? 4 : role == Role::oblique ? 1 : 2;
      for (std::uint32_t s = name.sentence; s < m.sentence; ++s) weight /= 2;
      auto known = std::find_if(all.begin(), all.end(),
                                [&](const Salience& s) { return s.name->argument.value == name.argument.value; });
      if (known == all.end()) known = all.insert(known, {&name, 0, false});
      known->weight += weight;
      if (name.sentence != m.sentence) continue;
      if (!breaks) breaks = clause_breaks(text_, {index_.sentences[m.sentence].span});
      known->excluded |= breaks_between(*breaks, name.span.begin, m.span.begin) == 0;
      known->name = &name;
    }
    return all;
  }

  static constexpr double kEnough = 0.25;      ///< less salience says nothing: a name behind a preposition, long ago
  static constexpr std::size_t kMemory = 80;   ///< fillers among which the topic is looked for
  static constexpr std::uint32_t kReach = 3;   ///< sentences before that of a nominal in which its name is looked for
  static constexpr std::uint32_t kBridge = 2;  ///< the same where the word only hints at somebody: "Die Aktie"

  std::string_view text_;
  const TextIndex& index_;
  const TypeBits& types_;
  const Language& language_;
  std::vector<Filler>& out_;
  std::vector<Standing> standing_;    ///< of each of out_
  std::vector<Described> described_;  ///< in the order of the text
  const Mention* class_ = nullptr;    ///< the nominal directly before the next name: "der Autobauer" BMW
};

}  // namespace

void make_fillers(std::string_view text, const TextIndex& index, const std::vector<Mention>& mentions,
                  const TypeBits& types, const Language& language, const std::vector<std::string_view>& helpers,
                  std::vector<Filler>& out) {
  out.clear();
  out.reserve(mentions.size());
  Resolver resolver(text, index, types, language, out);
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const Mention& m = mentions[i];
    if (m.type != kNominal) {
      resolver.add_name(m, std::find(helpers.begin(), helpers.end(), m.type) != helpers.end());
      continue;
    }
    const Mention* next = nullptr;
    for (std::size_t k = i + 1; k < mentions.size() && !next && mentions[k].sentence == m.sentence; ++k)
      if (mentions[k].type == m.key("of")) next = &mentions[k];
    if (m.key("alone").empty() || !named_in_sentence(mentions, i)) resolver.add_nominal(m, next);
  }
}

}  // namespace fakt
