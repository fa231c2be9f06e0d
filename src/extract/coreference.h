#pragma once

#include <string_view>
#include <vector>

#include "document.h"
#include "extract/fact_matcher.h"
#include "text/text_index.h"

namespace fakt {

/// The helper type of words that stand for something named elsewhere: "der Konzern", "es". Keys of its mentions:
///   of        the type that they stand for, "org"
///   kind      "authority", "club": names of another known kind do not fit; patterns see it, or `nominal` without one
///   article   "der": only with it they stand for something; "ein Konzern" and "Konzerne" are nobody in particular
///   pronoun   they are nothing by themselves, and stand for what the sentence before begins with
inline constexpr std::string_view kNominal = "nominal";

/// Adds what may fill the roles of facts: mentions, and the nominals among them as what they stand for. A nominal
/// stands for the nearest name before it in its sentence, beyond a clause break, or in the sentence before, that fits;
/// then its argument is that name, marked with the words that stand for it (`via`). It lies where the name is if that
/// is in the same sentence, else where the nominal is. Without such a name it is literal words. One directly before a
/// name
/// ("der Konzern Velmo") stands for nothing.
/// `mentions` are in the order of the text; they outlive the fillers.
void make_fillers(std::string_view text, const TextIndex& index, const std::vector<Mention>& mentions,
                  const TypeBits& types, const std::vector<std::string_view>& helpers, std::vector<Filler>& out);

}  // namespace fakt
