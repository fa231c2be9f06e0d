#pragma once

#include <cstring>
#include <functional>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pattern/relative.h"

namespace fakt {

/// Copies a thing, with all that it holds, into one stretch of bytes that can be used as they are: see relative.h. What
/// is not trivially copied takes part by a function `fields(writer, value)`, which calls writer(member, ...) for all
/// members that are to be kept; the others are zero bytes in the image.
///
///   std::string image = ImageWriter().write(set);   // written to a file, built into a program, 16 bytes aligned
///   auto& same = *reinterpret_cast<const PatternSet*>(bytes_of_the_image);
///
/// Only a program of the same build may use the image: nothing in it tells how things are laid out. A copy of it that
/// is written to owns what was added, and must be destroyed (std::destroy_at) before its bytes go.
class ImageWriter {
 public:
  template <typename T>
  std::string write(const T& root) {
    place(&root, 1, allocate(sizeof(T)));
    for (std::size_t i = 0; i < references_.size(); ++i) {
      Reference reference = references_[i];  // placing what it refers to may add others
      if (!places_.contains(reference.target)) reference.place();
      put_distance(reference.at, places_.at(reference.target));
    }
    return std::move(image_);
  }

  template <typename... T>
  void operator()(const T&... members) {
    (put(members), ...);
  }

 private:
  static constexpr std::size_t kAlignment = 8;

  /// A Ref, to be filled in when all is in its place.
  struct Reference {
    std::size_t at;
    const void* target;
    std::function<void()> place;  ///< puts into the image what nothing in it owns
  };

  template <typename T>
  void put(const T& value) {
    static_assert(!std::is_pointer_v<T>, "a pointer means nothing in an image: use Ref");
    if constexpr (std::is_trivially_copyable_v<T>)
      std::memcpy(&image_[place_of(&value)], &value, sizeof value);
    else
      fields(*this, value);
  }
  template <typename A, typename B>
  void put(const std::pair<A, B>& pair) {
    put(pair.first), put(pair.second);
  }
  void put(const Text& text) { put(text.bytes_); }
  template <typename T>
  void put(const Array<T>& list) {
    if (list.empty()) return;
    std::size_t at = place_of(&list), items = allocate(list.size() * sizeof(T));
    typename Array<T>::Head head{0, static_cast<std::uint32_t>(list.size()), 0};
    std::memcpy(&image_[at], &head, sizeof head);
    put_distance(at, items);
    place(list.data(), list.size(), items);
  }
  template <typename T>
  void put(const Owned<T>& owned) {
    if (!owned) return;
    std::size_t at = place_of(&owned), thing = allocate(sizeof(T));
    put_distance(at, thing | static_cast<std::size_t>(Owned<T>::kInImage));
    place(owned.get(), 1, thing);
  }
  template <typename T>
  void put(const Ref<T>& ref) {
    if (!ref) return;
    auto add = [this, target = ref.get()] { place(target, 1, allocate(sizeof(T))); };
    references_.push_back({place_of(&ref), ref.get(), add});
  }

  /// Copies things that lie side by side to a place in the image.
  template <typename T>
  void place(const T* things, std::size_t count, std::size_t at) {
    static_assert(alignof(T) <= kAlignment);
    if constexpr (std::is_trivially_copyable_v<T>) {
      places_[things] = at;
      std::memcpy(&image_[at], things, count * sizeof(T));
      return;
    }
    auto outside = std::pair(from_, to_);
    for (std::size_t i = 0; i < count; ++i) {
      from_ = reinterpret_cast<const char*>(things + i), to_ = at + i * sizeof(T);
      places_[from_] = to_;
      put(things[i]);
    }
    std::tie(from_, to_) = outside;
  }
  std::size_t allocate(std::size_t size) {
    std::size_t at = image_.size();
    image_.resize(at + (size + kAlignment - 1) / kAlignment * kAlignment);
    return at;
  }
  std::size_t place_of(const void* member) const {
    return to_ + static_cast<std::size_t>(static_cast<const char*>(member) - from_);
  }
  void put_distance(std::size_t from, std::size_t to) {
    auto away = static_cast<std::intptr_t>(to) - static_cast<std::intptr_t>(from);
    std::memcpy(&image_[from], &away, sizeof away);
  }

  std::string image_;
  const char* from_ = nullptr;  ///< the thing that is being copied
  std::size_t to_ = 0;          ///< and its place in the image
  std::vector<Reference> references_;
  std::unordered_map<const void*, std::size_t> places_;
};

}  // namespace fakt
