#pragma once

#include <array>
#include <string>
#include <vector>

#include "pattern/pattern_set.h"
#include "pattern/trigger.h"

namespace fakt {

/// Patterns of one type that are searched for together: they share words of their triggers. Strong patterns, weak ones
/// and cues never share a group, so that a long weak match hides no short strong one.
struct Group {
  const Type* type = nullptr;
  std::vector<const Pattern*> patterns;
  std::string regex;              ///< union of the patterns
  std::array<bool, 256> first{};  ///< bytes that a match can begin with
  bool symbol_first = false;      ///< one of them begins a character that is neither letter nor digit
  bool all = false;               ///< evidence is weighed: also the shorter matches from a place
  bool everywhere = false;        ///< no trigger: tried wherever a match may begin
  bool cues = false;              ///< its patterns are cues: of use only where there are candidates
  Trigger trigger;
};

/// How patterns are found: by their triggers, or at every word, which is slow and the measure of what is right.
enum class Engine { fast, plain };

std::vector<Group> group_patterns(const Type& type, Engine engine);

}  // namespace fakt
