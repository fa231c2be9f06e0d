#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/fact_program.h"
#include "pattern/program.h"
#include "pattern/scope.h"

namespace fakt {

/// Makes the patterns of a set out of what their files say: expanded, checked, compiled, and with the words that they
/// are found by.
class PatternCompiler {
 public:
  /// What the patterns of a set share.
  struct Shared {
    ProgramPool& pool;
    FactPrograms& fact_programs;
    Array<Owned<Context>>& contexts;
  };
  /// `frequent`: folded words that stand everywhere, and are known before the first pattern is made. REQUIRES: all of
  /// these outlive it.
  PatternCompiler(Shared shared, Scope& scope, const std::set<std::string>& frequent, Diagnostics& diagnostics)
      : programs_(shared.pool),
        fact_programs_(shared.fact_programs),
        contexts_(shared.contexts),
        scope_(scope),
        frequent_(frequent),
        diagnostics_(diagnostics) {}

  std::unique_ptr<Pattern> pattern(SourceFile& file, const PatternText& text, const Type& type);
  void spread(SourceFile& file, const SpreadText& text, Type& type);

  /// Those of the patterns of facts so far. REQUIRED after the last one: compile().
  FactCompiler& fact_programs() { return fact_programs_; }

 private:
  struct Compiled {
    std::string with_captures, plain;
    std::vector<Slot> slots;
    int marks = 0;
    std::vector<std::string> types;
    Node tree;
  };

  Compiled compile(SourceFile& file, const Written& written, const std::string& letter_case, std::string_view name,
                   const PatternText* fact = nullptr);
  const Context* context(SourceFile& file, const Written& written, const std::string& letter_case,
                         std::string_view name, bool backwards);
  Program approach(Trigger& trigger);
  std::optional<Trigger> trigger(SourceFile& file, const PatternText& text, const Node& tree,
                                 const std::string& letter_case);
  void find_trigger(SourceFile& file, const PatternText& text, const Node& tree, const std::string& letter_case,
                    Pattern& p);
  void fact(SourceFile& file, const PatternText& text, const std::string& letter_case, Pattern& p);
  void bound(const std::string& role, const std::string& bounds, Pattern& p);
  void templates(const PatternText& text, Pattern& p);
  void check_hole(const Pattern& p, const Template::Hole& hole, std::vector<std::string> names);

  ProgramCompiler programs_;
  FactCompiler fact_programs_;
  Array<Owned<Context>>& contexts_;
  std::map<std::string, const Context*> known_contexts_;  ///< by regex and slots
  Scope& scope_;
  const std::set<std::string>& frequent_;
  Diagnostics& diagnostics_;
};

}  // namespace fakt
