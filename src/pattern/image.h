#pragma once

#include <bitset>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fakt {

/// Writes plain data into a string of bytes, to be read back by an ImageReader of the same build. A struct takes part
/// by a function `fields(archive, value)` that names its members; it serves both ways, so that none is forgotten in
/// one.
class ImageWriter {
 public:
  template <typename... T>
  void operator()(const T&... values) {
    (put(values), ...);
  }
  std::string take() { return std::move(out_); }
  static constexpr bool kReads = false;

 private:
  template <typename T>
  void put(const T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
      raw(&value, sizeof value);
    else
      fields(*this, const_cast<T&>(value));
  }
  void put(const std::string& text) {
    size(text.size());
    raw(text.data(), text.size());
  }
  template <typename T>
  void put(const std::vector<T>& list) {
    size(list.size());
    if constexpr (std::is_trivially_copyable_v<T>)
      raw(list.data(), list.size() * sizeof(T));
    else
      for (const T& item : list) put(item);
  }
  template <typename A, typename B>
  void put(const std::pair<A, B>& pair) {
    put(pair.first), put(pair.second);
  }
  template <std::size_t N>
  void put(const std::bitset<N>& bits) {
    raw(&bits, sizeof bits);
  }
  template <typename T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <typename T>
  void put(const std::unique_ptr<T>& value) {
    put(value != nullptr);
    if (value) put(*value);
  }
  template <typename K, typename V, typename C>
  void put(const std::map<K, V, C>& map) {
    size(map.size());
    for (const auto& [key, value] : map) put(key), put(value);
  }
  void size(std::size_t n) { put(static_cast<std::uint32_t>(n)); }
  void raw(const void* data, std::size_t n) { out_.append(static_cast<const char*>(data), n); }

  std::string out_;
};

/// Reads what an ImageWriter wrote. REQUIRES: the same build; nothing is checked.
class ImageReader {
 public:
  explicit ImageReader(std::string_view image) : in_(image) {}
  template <typename... T>
  void operator()(T&... values) {
    (get(values), ...);
  }
  static constexpr bool kReads = true;

 private:
  template <typename T>
  void get(T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
      raw(&value, sizeof value);
    else
      fields(*this, value);
  }
  void get(std::string& text) {
    std::uint32_t n = size();
    text.assign(in_.data(), n);
    in_.remove_prefix(n);
  }
  template <typename T>
  void get(std::vector<T>& list) {
    list.resize(size());
    if constexpr (std::is_trivially_copyable_v<T>)
      raw(list.data(), list.size() * sizeof(T));
    else
      for (T& item : list) get(item);
  }
  template <typename A, typename B>
  void get(std::pair<A, B>& pair) {
    get(pair.first), get(pair.second);
  }
  template <std::size_t N>
  void get(std::bitset<N>& bits) {
    raw(&bits, sizeof bits);
  }
  template <typename T>
  void get(std::optional<T>& value) {
    bool there = false;
    get(there);
    if (there) get(value.emplace());
  }
  template <typename T>
  void get(std::unique_ptr<T>& value) {
    bool there = false;
    get(there);
    if (there) get(*(value = std::make_unique<T>()));
  }
  template <typename K, typename V, typename C>
  void get(std::map<K, V, C>& map) {
    for (std::uint32_t n = size(); n > 0; --n) {
      K key;
      get(key);
      get(map[key]);
    }
  }
  std::uint32_t size() {
    std::uint32_t n = 0;
    raw(&n, sizeof n);
    return n;
  }
  void raw(void* data, std::size_t n) {
    if (n) std::memcpy(data, in_.data(), n);
    in_.remove_prefix(n);
  }

  std::string_view in_;
};

}  // namespace fakt
