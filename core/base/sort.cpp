#include "core/base/sort.h"

#include <algorithm>

namespace pome {

namespace {

using Order = std::vector<std::size_t>;
using Before = FunctionRef<bool(std::size_t, std::size_t)>;

/// Merges order[first, middle) and order[middle, last), both sorted, by way of `spare`.
void merge_runs(Order& order, Order& spare, std::size_t first, std::size_t middle, std::size_t last, Before before) {
  std::size_t left = first;
  std::size_t right = middle;
  for (std::size_t out = first; out < last; ++out) {
    const bool take_right = left == middle || (right < last && before(order[right], order[left]));
    spare[out] = take_right ? order[right++] : order[left++];
  }
}

}  // namespace

std::vector<std::size_t> sorted_order(std::size_t count, FunctionRef<bool(std::size_t, std::size_t)> before) {
  Order order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  Order spare(count);
  for (std::size_t width = 1; width < count; width *= 2) {
    for (std::size_t first = 0; first < count; first += 2 * width) {
      merge_runs(order, spare, first, std::min(first + width, count), std::min(first + 2 * width, count), before);
    }
    order.swap(spare);
  }
  return order;
}

}  // namespace pome
