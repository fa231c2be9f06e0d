#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/pattern_file.h"
#include "pattern/syntax.h"
#include "pattern/trigger.h"

namespace fakt {

/// How a mention stands in the sentence that fact patterns see: ‹org›, or ‹org.company› where its kind is known.
inline constexpr std::string_view kTokenOpen = "‹", kTokenClose = "›";

/// What stands for the trigger of a hit where further roles are looked for.
inline constexpr const char* kTriggerToken = "trigger";

/// The regex of a mention of a type, of any kind if `kinds` is empty, else of one of them: "union", "company|club|-",
/// where - is no kind.
std::string token_regex(std::string_view type, std::string_view kinds);

/// The regex, with the edge of a word on both sides. For mentions the extractor checks word edges itself.
std::string between_words(const std::string& regex);

/// `any_order` as it would be written by hand: every order of the parts, with `gap` between them. Each part closes its
/// own comments.
std::string any_order_regex(const std::vector<Written>& parts, std::string_view gap);

/// Words of which one stands outside of mentions in every sentence that a fact pattern matches; none where the pattern
/// requires none. `frequent`: see derive_trigger.
std::vector<Atom> required_words(const Node& match, const std::set<std::string>& frequent);

/// What stands in the marks of a fact pattern, joined by |: one of them is in every sentence that it matches. Empty if
/// a mark holds a mention, so that the text itself says nothing.
std::string trigger_regex(const Node& match);

/// The types of which every match holds a mention.
std::vector<std::string> required_types(const Node& match);

}  // namespace fakt
