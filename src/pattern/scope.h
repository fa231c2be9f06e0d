#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "pattern/diagnostics.h"
#include "pattern/macro.h"
#include "pattern/pattern_file.h"
#include "pattern/pattern_set.h"

namespace fakt {

/// A pattern file on its way into a set.
struct SourceFile {
  PatternFile text;
  bool with_facts;  ///< lies in the folder facts/
  bool own;         ///< the user's
  std::map<std::string, const Written*> macros;
  std::map<std::string, std::unique_ptr<Table>> tables;

  bool is_library() const {
    return text.kind == PatternFile::Kind::library || text.kind == PatternFile::Kind::language;
  }
};

/// A mistake in a regex: that part of it is shown which RE2 names.
void report(const Place& place, const Written& written, const std::string& what, const std::string& fragment,
            std::string_view name, Diagnostics& diagnostics);

/// What names in the regexes of a language stand for: macros, tables and types of mentions.
class Scope {
 public:
  /// Begins with what the language holds already. REQUIRES: both outlive it.
  Scope(Language& language, Diagnostics& diagnostics);

  /// Whether the file says what the language may have used already, in another way.
  bool alters(const SourceFile& file) const;

  /// Makes the macros and tables of a file known; those of libraries to all files of the language. REQUIRES: the file
  /// stays where it is.
  void add(SourceFile& file);
  void add_type(const std::string& name) { types_.insert(name); }
  bool has_type(const std::string& name) const { return types_.contains(name); }

  /// What the libraries share goes into the language, for all files and for those that are added later.
  void share();

  /// From near to far: the file's own macros and tables, in facts those of their libraries and the types of mentions,
  /// then what libraries share.
  Named look_up(SourceFile& file, std::string_view name, bool fact);

  /// Those of its tables that no regex has named are expanded as well.
  void expand_tables(SourceFile& file);

 private:
  template <typename What>
  using Shared = std::map<std::string, std::pair<What, std::string>>;  ///< with the language that shares it
  struct SharedTable {
    SourceFile* file;
    Table* table;
  };

  Named look_up_in_facts(const std::string& name);
  Named use_table(SourceFile& file, Table& table);
  void expand(SourceFile& file, Table& table);

  Language& language_;
  Diagnostics& diagnostics_;
  Shared<std::string> macros_, fact_macros_;
  Shared<SharedTable> tables_;
  std::set<const Table*> expanded_;
  std::set<std::string> types_;
};

}  // namespace fakt
