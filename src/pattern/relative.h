#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What pattern sets are made of. All of it says where a thing lies by the distance from itself, so that a set that was
// copied into a file byte by byte, with all that it holds, is of use wherever the file lies in memory: nothing is read
// in, built or freed, and only the pages that an article needs are touched. See ImageWriter, which makes such files.
//
// Bytes that are zero are a null Ref, a null Owned, an empty Array, an empty Text. An image in memory that may be
// written is used, added to and destroyed as any other; its own memory stays as it is.

namespace fakt {

class ImageWriter;

/// Points to something that others own.
template <typename T>
class Ref {
 public:
  Ref() = default;
  Ref(T* target) { set(target); }
  Ref(const Ref& other) { set(other.get()); }
  Ref& operator=(const Ref& other) { return set(other.get()), *this; }

  T* get() const { return away_ ? target() : nullptr; }
  operator T*() const { return get(); }
  T& operator*() const { return *target(); }
  T* operator->() const { return target(); }

 private:
  T* target() const { return reinterpret_cast<T*>(reinterpret_cast<std::intptr_t>(this) + away_); }
  void set(T* target) {
    away_ = target ? reinterpret_cast<std::intptr_t>(target) - reinterpret_cast<std::intptr_t>(this) : 0;
  }
  std::intptr_t away_ = 0;  ///< bytes from here; 0: null
};

/// Owns one thing, as std::unique_ptr does. Of a thing in an image it owns what that holds, and not its place.
template <typename T>
class Owned {
 public:
  Owned() = default;
  Owned(std::unique_ptr<T> thing) { set(thing.release(), 0); }
  Owned(Owned&& other) noexcept { take(other); }
  Owned& operator=(Owned&& other) noexcept {
    if (this != &other) reset(), take(other);
    return *this;
  }
  ~Owned() { reset(); }

  T* get() const { return away_ ? target() : nullptr; }
  explicit operator bool() const { return away_ != 0; }
  T& operator*() const { return *target(); }
  T* operator->() const { return target(); }
  void reset() {
    if (!away_) return;
    if (away_ & kInImage)
      std::destroy_at(target());
    else
      delete target();
    away_ = 0;
  }

 private:
  friend class ImageWriter;
  static constexpr std::intptr_t kInImage = 1;  ///< a bit that no distance has: all lies at even places

  T* target() const { return reinterpret_cast<T*>(reinterpret_cast<std::intptr_t>(this) + (away_ & ~kInImage)); }
  void set(T* target, std::intptr_t in_image) {
    static_assert(alignof(T) % 2 == 0);
    away_ = target ? (reinterpret_cast<std::intptr_t>(target) - reinterpret_cast<std::intptr_t>(this)) | in_image : 0;
  }
  void take(Owned& other) {
    set(other.get(), other.away_ & kInImage);
    other.away_ = 0;
  }
  std::intptr_t away_ = 0;  ///< bytes from here, and kInImage; 0: null
};

template <typename T, typename... Args>
Owned<T> make_owned(Args&&... args) {
  return std::make_unique<T>(std::forward<Args>(args)...);
}

/// Owns a list, as std::vector does: what an image holds of it is its elements side by side.
template <typename T>
class Array {
 public:
  using value_type = T;
  using iterator = T*;
  using const_iterator = const T*;

  Array() = default;
  Array(std::initializer_list<T> items) : Array(items.begin(), items.end()) {}
  template <typename U>
  Array(const std::vector<U>& items) : Array(items.begin(), items.end()) {}
  template <typename Iterator>
  Array(Iterator begin, Iterator end) {
    reserve(static_cast<std::size_t>(std::distance(begin, end)));
    for (; begin != end; ++begin) emplace_back(*begin);
  }
  Array(const Array& other) : Array(other.begin(), other.end()) {}
  Array(Array&& other) noexcept { swap(other); }
  Array& operator=(Array other) noexcept { return swap(other), *this; }
  ~Array() { release(); }

  T* data() { return reinterpret_cast<T*>(reinterpret_cast<std::intptr_t>(this) + head_.away); }
  const T* data() const { return reinterpret_cast<const T*>(reinterpret_cast<std::intptr_t>(this) + head_.away); }
  std::size_t size() const { return head_.size; }
  bool empty() const { return head_.size == 0; }
  T* begin() { return data(); }
  T* end() { return data() + head_.size; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + head_.size; }
  T& operator[](std::size_t i) { return data()[i]; }
  const T& operator[](std::size_t i) const { return data()[i]; }
  T& front() { return *data(); }
  const T& front() const { return *data(); }
  T& back() { return end()[-1]; }
  const T& back() const { return end()[-1]; }

  void reserve(std::size_t room) {
    if (room <= std::max(head_.room, head_.size)) return;
    T* fresh = std::allocator<T>().allocate(room);
    std::uninitialized_move(begin(), end(), fresh);
    std::uint32_t count = head_.size;
    release();
    take(fresh, count, static_cast<std::uint32_t>(room));
  }
  template <typename... Args>
  T& emplace_back(Args&&... args) {
    T item(std::forward<Args>(args)...);  // before the move: it may be made of one of the list
    if (head_.size >= head_.room) reserve(head_.size < 4 ? 4 : std::size_t{head_.size} * 2);
    ++head_.size;
    return *std::construct_at(&back(), std::move(item));
  }
  void push_back(T item) { emplace_back(std::move(item)); }
  void resize(std::size_t count) {
    reserve(count);
    while (head_.size > count) std::destroy_at(&back()), --head_.size;
    while (head_.size < count) ++head_.size, std::construct_at(&back());
  }
  template <typename Items>
  void append(const Items& items) {
    for (const auto& item : items) emplace_back(item);
  }
  void clear() { resize(0); }

 private:
  friend class ImageWriter;
  struct Head {
    std::intptr_t away = 0;            ///< bytes from here to the elements
    std::uint32_t size = 0, room = 0;  ///< room: 0 in an image
  };
  void take(T* items, std::uint32_t size, std::uint32_t room) {
    head_ = {items ? reinterpret_cast<std::intptr_t>(items) - reinterpret_cast<std::intptr_t>(this) : 0, size, room};
  }
  void release() {
    std::destroy(begin(), end());
    if (head_.room) std::allocator<T>().deallocate(data(), head_.room);
    head_ = {};
  }
  void swap(Array& other) noexcept {
    T* items = head_.away ? data() : nullptr;
    T* others = other.head_.away ? other.data() : nullptr;
    std::uint32_t size = head_.size, room = head_.room;
    take(others, other.head_.size, other.head_.room);
    other.take(items, size, room);
  }

  Head head_;
};

/// Owns a text, as std::string does.
class Text {
 public:
  Text() = default;
  Text(std::string_view text) { *this += text; }
  Text(const std::string& text) : Text(std::string_view(text)) {}
  Text(const char* text) : Text(std::string_view(text)) {}

  std::string_view view() const { return {bytes_.data(), bytes_.size()}; }
  operator std::string_view() const { return view(); }
  std::string str() const { return std::string(view()); }
  const char* data() const { return bytes_.data(); }
  std::size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }
  char operator[](std::size_t i) const { return bytes_[i]; }
  const char* begin() const { return bytes_.begin(); }
  const char* end() const { return bytes_.end(); }

  Text& operator+=(std::string_view more) { return bytes_.append(more), *this; }
  void push_back(char c) { bytes_.push_back(c); }

  template <std::convertible_to<std::string_view> Other>
  friend bool operator==(const Text& a, const Other& b) {
    return a.view() == std::string_view(b);
  }
  friend auto operator<=>(const Text& a, const Text& b) { return a.view() <=> b.view(); }
  friend std::string operator+(std::string a, const Text& b) { return a += b.view(); }

 private:
  friend class ImageWriter;
  Array<char> bytes_;
};

}  // namespace fakt

template <>
struct fmt::formatter<fakt::Text> : fmt::formatter<std::string_view> {
  template <typename Context>
  auto format(const fakt::Text& text, Context& context) const {
    return fmt::formatter<std::string_view>::format(text.view(), context);
  }
};
