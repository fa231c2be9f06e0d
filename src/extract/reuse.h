#pragma once

#include <cstddef>
#include <vector>

namespace fakt {

/// Empties a vector. Its memory serves the next document, but goes back if it is more than most documents need: what
/// comes after in the same document may use it then.
template <typename T>
void clear_for_reuse(std::vector<T>& list, std::size_t kept = 32 << 10) {
  if (list.capacity() * sizeof(T) > kept)
    std::vector<T>().swap(list);
  else
    list.clear();
}

}  // namespace fakt
