#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>

namespace fakt {

struct Table;

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using WordSet = std::unordered_set<std::string, StringHash, std::equal_to<>>;

/// What a language's own file says: lists of words, by name. No word of a language stands in the code.
struct Language {
  std::string name;
  std::map<std::string, WordSet, std::less<>> lists;
  const Table* number_words = nullptr;                      ///< [table.number_word] of the libraries: "zwei" = "2"
  std::map<std::string, const Table*, std::less<>> tables;  ///< all tables of the libraries, by name

  /// A table of the libraries; null if there is none of that name.
  const Table* table(std::string_view table_name) const {
    auto found = tables.find(table_name);
    return found != tables.end() ? found->second : nullptr;
  }

  bool has(std::string_view list, std::string_view word) const {
    auto found = lists.find(list);
    return found != lists.end() && found->second.contains(word);
  }
};

}  // namespace fakt
