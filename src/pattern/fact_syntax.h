#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/pattern_file.h"
#include "pattern/pattern_set.h"
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

/// The tree with anything in the place of the tokens of mentions: their names are no words of the text. What a token is
/// made of stands side by side.
Node without_mentions(const Node& node);

/// The ways in which a fact pattern matches: alternatives that ask for the same are one. `frequent`: see
/// derive_trigger.
std::vector<FactWay> ways_of(const Node& match, const std::set<std::string>& frequent);

/// The types of the mentions that every match holds, sorted; a type is there as often as there are such mentions.
std::vector<std::string> required_mentions(const Node& match);

}  // namespace fakt
