#pragma once

#include "extract/candidate.h"
#include "extract/matcher.h"
#include "value/normalizer.h"

namespace fakt {

/// Turns a candidate into a mention: captures its slots, and takes the value from the pattern's template, else from
/// the type's normaliser, else from the meaning of the one slot that spans the mention, else from the text.
/// False when the captures make no sense; then there is no mention.
bool make_mention(const Candidate& candidate, Matcher& matcher, const TextIndex& index, const ValueContext& context,
                  Mention& mention);

}  // namespace fakt
