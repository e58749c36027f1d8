#include "core/trials/natural.h"

#include <algorithm>
#include <cstddef>

namespace pome::trials {
namespace {

constexpr unsigned kLimbBits = 32;
constexpr std::uint32_t kMillion = 1'000'000;

}  // namespace

Natural::Natural(std::uint32_t value) : limbs_(1, value) { trim(); }

void Natural::trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
}

Natural& Natural::multiply(std::uint32_t factor) {
  std::uint64_t carry = 0;
  for (std::uint32_t& limb : limbs_) {
    carry += std::uint64_t{limb} * factor;
    limb = static_cast<std::uint32_t>(carry);
    carry >>= kLimbBits;
  }
  if (carry != 0) limbs_.push_back(static_cast<std::uint32_t>(carry));
  trim();
  return *this;
}

Natural& Natural::divide(std::uint32_t divisor) {
  std::uint64_t rest = 0;
  for (auto limb = limbs_.rbegin(); limb != limbs_.rend(); ++limb) {
    rest = (rest << kLimbBits) | *limb;
    *limb = static_cast<std::uint32_t>(rest / divisor);
    rest %= divisor;
  }
  trim();
  return *this;
}

Natural& Natural::add(const Natural& other) {
  limbs_.resize(std::max(limbs_.size(), other.limbs_.size()), 0);
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    carry += std::uint64_t{limbs_[i]} + (i < other.limbs_.size() ? other.limbs_[i] : 0);
    limbs_[i] = static_cast<std::uint32_t>(carry);
    carry >>= kLimbBits;
  }
  if (carry != 0) limbs_.push_back(static_cast<std::uint32_t>(carry));
  return *this;
}

int Natural::compare(const Natural& other) const {
  if (limbs_.size() != other.limbs_.size()) return limbs_.size() < other.limbs_.size() ? -1 : 1;
  for (std::size_t i = limbs_.size(); i-- > 0;) {
    if (limbs_[i] != other.limbs_[i]) return limbs_[i] < other.limbs_[i] ? -1 : 1;
  }
  return 0;
}

Natural combinations(std::int64_t n, std::int64_t k) {
  k = std::min(k, n - k);
  Natural out(1);
  for (std::int64_t i = 1; i <= k; ++i) {
    out.multiply(static_cast<std::uint32_t>(n - k + i)).divide(static_cast<std::uint32_t>(i));  // always whole
  }
  return out;
}

std::int64_t millionths(const Natural& part, const Natural& whole) {
  // The largest q with 2 q whole <= 2000000 part + whole.
  Natural bound = part;
  bound.multiply(2 * kMillion).add(whole);
  std::uint32_t low = 0;
  std::uint32_t high = kMillion;
  while (low < high) {
    const std::uint32_t middle = (low + high + 1) / 2;
    Natural product = whole;
    if (product.multiply(2 * middle).compare(bound) <= 0) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

std::int64_t millionths(std::int64_t part, std::int64_t whole) { return (2 * part * kMillion + whole) / (2 * whole); }

}  // namespace pome::trials
