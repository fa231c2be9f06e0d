#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "pattern/relative.h"
#include "pattern/string_index.h"

namespace fakt {

struct Table;

/// What the files of a language share: lists of words from its own file, macros and tables from libraries. No word of a
/// language stands in the code.
struct Language {
  template <typename T>
  using ByName = Array<std::pair<Text, T>>;  ///< sorted

  Text name;
  ByName<StringIndex> lists;
  ByName<Ref<const Table>> tables;  ///< all tables of the libraries
  ByName<Text> macros;              ///< of the libraries, as they are written
  ByName<Text> fact_macros;         ///< the same for facts alone
  Ref<const Table> number_words;    ///< its [table.number_word]: "zwei" = "2"

  /// A table of the libraries; null if there is none of that name.
  const Table* table(std::string_view table_name) const {
    const auto* found = find(tables, table_name);
    return found ? found->get() : nullptr;
  }

  /// A list of words; empty if there is none of that name.
  const StringIndex& list(std::string_view list_name) const {
    static const StringIndex kNone;
    const StringIndex* found = find(lists, list_name);
    return found ? *found : kNone;
  }
  bool has(std::string_view list_name, std::string_view word) const { return list(list_name).contains(word); }

 private:
  template <typename T>
  static const T* find(const ByName<T>& all, std::string_view wanted) {
    auto before = [](const auto& item, std::string_view other) { return item.first.view() < other; };
    auto at = std::lower_bound(all.begin(), all.end(), wanted, before);
    return at != all.end() && at->first == wanted ? &at->second : nullptr;
  }
};

}  // namespace fakt
