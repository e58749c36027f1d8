#pragma once
#include <cstddef>
#include <utility>
#include <vector>

#include "core/base/function_ref.h"

namespace pome {

/// The indices 0 .. count-1 in the order `before(i, j)` asks for; equal ones keep their order. The merge sort itself
/// exists once, whatever is sorted.
std::vector<std::size_t> sorted_order(std::size_t count, FunctionRef<bool(std::size_t, std::size_t)> before);

/// Sorts by `before(a, b)`; equal elements keep their order. For lists of handles and other rows that move cheaply.
template <class T, class Before>
void sort_stably(std::vector<T>& rows, const Before& before) {
  const auto order =
      sorted_order(rows.size(), [&](std::size_t i, std::size_t j) -> bool { return before(rows[i], rows[j]); });
  std::vector<T> sorted;
  sorted.reserve(rows.size());
  for (const std::size_t index : order) sorted.push_back(std::move(rows[index]));
  rows = std::move(sorted);
}

/// By `operator<`.
template <class T>
void sort_stably(std::vector<T>& rows) {
  sort_stably(rows, [](const T& a, const T& b) { return a < b; });
}

}  // namespace pome
