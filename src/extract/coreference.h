#pragma once

#include <string_view>
#include <vector>

#include "document.h"
#include "extract/fact_matcher.h"
#include "pattern/language.h"
#include "text/text_index.h"

namespace fakt {

/// The helper type of words that stand for something named elsewhere: "der Konzern", "es". Keys of its mentions:
///   of        the type that they stand for, "org"
///   kind      "authority", "club": names of another known kind do not fit; patterns see it, or `nominal` without one
///   article   "der": only with it they stand for something; "ein Konzern" and "Konzerne" are nobody in particular
///   noun      "autobauer": the name that the document calls so ("der Autobauer BMW"), or that says so itself, comes
///             first
///   relation  "other": a rival or a subsidiary is somebody else than the name before; it stands for nothing
///   pronoun   they are nothing by themselves, and stand for the subject of the sentence before
///   alone     "yes": they are nothing by themselves, nor in a sentence with a name of the type or another word for
///             one: "Die" in "Die Aktie stieg" stands for whose share it is
///   unless    "person": a pronoun stands for nothing where the sentence before holds one of that type
inline constexpr std::string_view kNominal = "nominal";

/// Adds what may fill the roles of facts: mentions, and the nominals among them as what they stand for. A nominal
/// stands for the most salient fitting name of its sentence, beyond a clause break, and of the three sentences before.
/// What counts is how often and how lately it was named, and whether as a subject: not behind a word of the language's
/// list `oblique`, or behind one and one of `determiners`, nor before one of `oblique_after`, nor at the begin of a
/// bracket. If no name is salient it is the one that the text is about, by the number of its namings. Its argument is
/// that name, marked with the words that stand for it (`via`); it lies where the name is if that is in the same
/// sentence, else where the nominal is. Without such a name it is literal words. One directly before a name ("der
/// Konzern Velmo"), or between commas behind it, stands for nothing.
/// `mentions` are in the order of the text; they outlive the fillers.
void make_fillers(std::string_view text, const TextIndex& index, const std::vector<Mention>& mentions,
                  const TypeBits& types, const Language& language, const std::vector<std::string_view>& helpers,
                  std::vector<Filler>& out);

}  // namespace fakt
