#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "pattern/string_index.h"

namespace fakt {

struct Table;

/// What a language's own file says: lists of words, by name. No word of a language stands in the code.
struct Language {
  std::string name;
  std::map<std::string, StringIndex, std::less<>> lists;
  std::map<std::string, const Table*, std::less<>> tables;  ///< all tables of the libraries, by name
  const Table* number_words = nullptr;                      ///< its [table.number_word]: "zwei" = "2"

  /// A table of the libraries; null if there is none of that name.
  const Table* table(std::string_view table_name) const {
    auto found = tables.find(table_name);
    return found != tables.end() ? found->second : nullptr;
  }

  /// A list of words; empty if there is none of that name.
  const StringIndex& list(std::string_view list_name) const {
    static const StringIndex kNone;
    auto found = lists.find(list_name);
    return found != lists.end() ? found->second : kNone;
  }
  bool has(std::string_view list_name, std::string_view word) const { return list(list_name).contains(word); }
};

}  // namespace fakt
