#pragma once

#include <string_view>
#include <vector>

#include "document.h"
#include "extract/asides.h"
#include "extract/clitics.h"
#include "extract/coreference.h"
#include "extract/fact_matcher.h"
#include "extract/modality.h"
#include "pattern/pattern_set.h"
#include "text/text_index.h"

namespace fakt {

/// The second level of the cascade: mentions -> facts. One for each thread and language.
///
/// A word states one fact of a predicate: of several hits on the same trigger the one that fills most roles stays. A
/// fact whose roles are all in another of its sentence and predicate is left out.
class FactFinder {
 public:
  /// REQUIRES: `set` outlives the finder.
  explicit FactFinder(const PatternSet& set);

  /// The types of mentions that it works on.
  std::vector<const Type*> types() const;

  /// Appends the facts of a document in the order of the text. `words` numbers the words of the index; `mentions` are
  /// those of types(), in the order of the text.
  void find(const Document& document, const TextIndex& index, const Vocabulary& words,
            const std::vector<Mention>& mentions, std::vector<Fact>& out);

 private:
  void find_in_window(const Document& document, const TextIndex& index, std::uint32_t sentence, Span window,
                      std::vector<Fact>& out);
  void make_facts(const Document& document, std::uint32_t sentence, Span window, const FactHit& hit,
                  std::vector<Fact>& out);
  void add_keys(const Document& document, Span window, const FactHit& hit, Fact& fact);

  const PatternSet& set_;
  TypeBits bits_;
  FactMatcher matcher_;
  ModalityCues modality_;
  Asides asides_;
  Clitics clitics_;
  std::vector<std::string_view> helpers_;
  std::vector<Filler> fillers_;
  std::vector<const Filler*> here_, aside_;
  std::vector<FactHit> hits_;
};

}  // namespace fakt
