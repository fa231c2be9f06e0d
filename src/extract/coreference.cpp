#include "extract/coreference.h"

#include <algorithm>
#include <charconv>

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

std::string token_of(std::string_view type, std::string_view kind) {
  std::string token(kTokenOpen);
  token += type;
  if (!kind.empty()) token.append(".").append(kind);
  return token.append(kTokenClose);
}

class Resolver {
 public:
  Resolver(std::string_view text, const TextIndex& index, const TypeBits& types, std::vector<Filler>& out)
      : text_(text), index_(index), types_(types), out_(out) {}

  void add_name(const Mention& m, bool helper) {
    std::uint64_t bit = types_.bit(m.type);
    if (!bit) return;
    Filler filler{m.span, bit, token_of(m.type, m.key("kind")), m.sentence, {}, 0};
    std::string_view amount = m.key("amount");
    std::from_chars(amount.data(), amount.data() + amount.size(), filler.amount);
    filler.argument = {{}, helper ? std::string_view("text") : m.type, m.span, m.value, {}};
    out_.push_back(std::move(filler));
    kinds_.resize(out_.size());
    kinds_.back() = m.key("kind");
  }

  void add_nominal(const Mention& m, const Mention* next) {
    std::string_view of = m.key("of");
    std::uint64_t bit = types_.bit(of);
    if (!bit) return;
    bool before_name = next && next->type == of && adjacent(text_, m.span.end, next->span.begin);
    bool within_name = !out_.empty() && out_.back().type == bit && out_.back().span.overlaps(m.span);
    if (before_name || within_name || (next && next->type == of && next->span.overlaps(m.span))) return;
    bool pronoun = !m.key("pronoun").empty();
    if (!pronoun && m.key("article").empty()) return;
    std::string words(text_.substr(m.span.begin, m.span.size()));
    std::string_view kind = m.key("kind");
    Filler filler{m.span, bit, token_of(of, kind.empty() ? kNominal : kind), m.sentence, {}, 0};
    filler.argument = {{}, "text", m.span, words, {}};
    const Filler* name = antecedent(m, bit, pronoun);
    if (name) {
      filler.argument.type = name->argument.type;
      filler.argument.value = name->argument.value;
      filler.argument.via = pronoun ? words : std::string(m.key("article")) + " " + words;
      if (name->sentence == m.sentence) filler.argument.span = name->argument.span;
    } else if (pronoun) {
      return;
    }
    out_.push_back(std::move(filler));
    kinds_.resize(out_.size());
    kinds_.back() = m.key("kind");
  }

 private:
  bool fits(std::size_t i, std::uint64_t bit, std::string_view kind) const {
    const Filler& name = out_[i];
    if (name.type != bit || name.argument.type == "text") return false;
    return kind.empty() || kinds_[i].empty() || kinds_[i] == kind;
  }

  const Filler* antecedent(const Mention& m, std::uint64_t bit, bool pronoun) const {
    auto breaks = clause_breaks(text_, index_.sentences[m.sentence].span);
    const Filler* subject = nullptr;
    for (std::size_t i = out_.size(); i-- > 0;) {
      const Filler& name = out_[i];
      if (name.sentence + 1 < m.sentence) break;
      if (!fits(i, bit, m.key("kind"))) continue;
      if (pronoun) {
        if (name.sentence != m.sentence) subject = &name;  // the first of its sentence remains
        continue;
      }
      if (name.sentence == m.sentence && breaks_between(breaks, name.span.begin, m.span.begin) == 0) continue;
      return &name;
    }
    return subject;
  }

  std::string_view text_;
  const TextIndex& index_;
  const TypeBits& types_;
  std::vector<Filler>& out_;
  std::vector<std::string_view> kinds_;  ///< of each of out_
};

}  // namespace

void make_fillers(std::string_view text, const TextIndex& index, const std::vector<Mention>& mentions,
                  const TypeBits& types, const std::vector<std::string_view>& helpers, std::vector<Filler>& out) {
  out.clear();
  out.reserve(mentions.size());
  Resolver resolver(text, index, types, out);
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const Mention& m = mentions[i];
    if (m.type != kNominal) {
      resolver.add_name(m, std::find(helpers.begin(), helpers.end(), m.type) != helpers.end());
      continue;
    }
    const Mention* next = nullptr;
    for (std::size_t k = i + 1; k < mentions.size() && !next && mentions[k].sentence == m.sentence; ++k)
      if (mentions[k].type == m.key("of")) next = &mentions[k];
    resolver.add_nominal(m, next);
  }
}

}  // namespace fakt
