#pragma once

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pattern/diagnostics.h"
#include "pattern/pattern_file.h"

namespace fakt {

inline int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }
inline int line_of(const toml::key& key) { return static_cast<int>(key.source().begin.line); }

/// Takes the values of keys for what they should be; of each that is something else it says so, with file and line.
class TomlValues {
 public:
  /// REQUIRES: both outlive this.
  TomlValues(const std::string& path, Diagnostics& diagnostics) : path_(path), diagnostics_(diagnostics) {}

  void add(int line, const std::string& message) { diagnostics_.add({path_, line}, message); }
  void wrong(const toml::key& key, const std::string& message) { add(line_of(key), message); }

  std::string text(const toml::key& key, const toml::node& node);
  double number(const toml::key& key, const toml::node& node);
  int whole(const toml::key& key, const toml::node& node);
  bool truth(const toml::key& key, const toml::node& node);
  /// A text, a number or a truth value, as text.
  std::string scalar(const toml::key& key, const toml::node& node);
  /// A text, or a list of texts.
  std::vector<Written> texts(const toml::key& key, const toml::node& node);
  std::vector<std::string> words(const toml::key& key, const toml::node& node);
  /// A regex, or a list of alternatives. Each alternative keeps to its own line, so that places stay right.
  Written regex(const toml::key& key, const toml::node& node);

  using Each = std::function<void(const toml::key&, const toml::node&)>;
  /// Runs `each` over a table in the order of the file.
  void entries(const toml::key& key, const toml::node& node, const Each& each);
  std::vector<std::pair<std::string, std::string>> scalars(const toml::key& key, const toml::node& node);
  std::vector<std::pair<std::string, Written>> regexes(const toml::key& key, const toml::node& node);

  // By the member that takes the value.
  void take(const toml::key& key, const toml::node& node, std::string& out) { out = text(key, node); }
  void take(const toml::key& key, const toml::node& node, std::optional<std::string>& out) { out = text(key, node); }
  void take(const toml::key& key, const toml::node& node, double& out) { out = number(key, node); }
  void take(const toml::key& key, const toml::node& node, std::optional<double>& out) { out = number(key, node); }
  void take(const toml::key& key, const toml::node& node, int& out) { out = whole(key, node); }
  void take(const toml::key& key, const toml::node& node, bool& out) { out = truth(key, node); }
  void take(const toml::key& key, const toml::node& node, Written& out) { out = regex(key, node); }
  void take(const toml::key& key, const toml::node& node, std::vector<Written>& out) { out = texts(key, node); }
  // These add to what [default] says.
  void take(const toml::key& key, const toml::node& node, std::vector<std::string>& out) {
    append(words(key, node), out);
  }
  void take(const toml::key& key, const toml::node& node, std::vector<std::pair<std::string, std::string>>& out) {
    append(scalars(key, node), out);
  }
  void take(const toml::key& key, const toml::node& node, std::vector<std::pair<std::string, Written>>& out) {
    append(regexes(key, node), out);
  }

 private:
  Written written(const toml::key& key, const toml::node& node);
  template <typename Item>
  static void append(std::vector<Item> more, std::vector<Item>& out) {
    std::move(more.begin(), more.end(), std::back_inserter(out));
  }

  const std::string& path_;
  Diagnostics& diagnostics_;
};

/// The keys that a table may have, each with what it does to the struct that the table becomes.
template <typename Struct, typename Reader>
class TomlKeys {
 public:
  using Take = std::function<void(Reader&, const toml::key&, const toml::node&, Struct&)>;
  struct Key {
    Key(std::string n, Take t) : name(std::move(n)), take(std::move(t)) {}
    /// The value goes into a member, which says what it should be.
    template <typename Member>
    Key(std::string n, Member Struct::*member)
        : name(std::move(n)), take([member](Reader& reader, const toml::key& key, const toml::node& node, Struct& out) {
            reader.values().take(key, node, out.*member);
          }) {}
    std::string name;
    Take take;
  };

  /// `where`: " in [names]", or nothing.
  TomlKeys(std::string where, std::vector<Key> keys) : where_(std::move(where)), keys_(std::move(keys)) {}

  void take(Reader& reader, const toml::key& key, const toml::node& node, Struct& out) const {
    std::vector<std::string> names;
    for (const Key& known : keys_) {
      if (key == known.name) return known.take(reader, key, node, out);
      names.push_back(known.name);
    }
    reader.values().wrong(key, "unknown key " + std::string(key.str()) + where_ + did_you_mean(key.str(), names));
  }

 private:
  std::string where_;
  std::vector<Key> keys_;
};

}  // namespace fakt
