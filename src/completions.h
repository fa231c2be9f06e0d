#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fakt {

/// An option as a shell completes it.
struct CompletedOption {
  std::vector<std::string> names;  ///< "-t", "--type"
  std::string help;                ///< one line
  bool has_value = false;
  bool value_is_path = false;
  std::vector<std::string> values;  ///< the words that it takes, where they can be listed
};

/// A script for bash, zsh or fish that completes `program`.
std::string completion_script(std::string_view shell, std::string_view program,
                              const std::vector<std::string>& commands, const std::vector<CompletedOption>& options);

}  // namespace fakt
