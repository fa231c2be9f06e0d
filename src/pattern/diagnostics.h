#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "error.h"
#include "pattern/macro.h"

namespace fakt {

/// Collects the mistakes of all pattern files, so that a user sees them at once and not one a run.
class Diagnostics {
 public:
  /// "FILE:LINE: message", and below it the source line with a caret under `fragment`, where that is found in it.
  void add(const Place& place, std::string_view message, std::string_view source = {}, std::string_view fragment = {});
  /// "FILE:LINE:COLUMN: message".
  void add_at(const Place& place, std::size_t column, std::string_view message);
  /// What the other one holds; what both hold is kept once.
  void add_all(const Diagnostics& other);
  bool empty() const { return messages_.empty(); }
  std::size_t size() const { return messages_.size(); }
  /// Throws an Error of all messages, in the order of files and lines, if there is one.
  void raise() const;

 private:
  void keep(const Place& place, std::string text);
  struct Message {
    Place place;
    std::string text;
  };
  std::vector<Message> messages_;
};

/// The candidate most like `word`, as ", did you mean X?", or "" when none is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

/// Control characters and bytes that are no UTF-8 as \xNN, bidirectional ones as \uNNNN, so that messages with foreign
/// text cannot steer a terminal. Line breaks and tabs stay, unless it must be `one_line`.
std::string printable(std::string_view text, bool one_line = false);

}  // namespace fakt
