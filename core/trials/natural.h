#pragma once
#include <cstdint>
#include <vector>

/// Whole numbers of any size, for counts of combinations that must be exact in every build.
namespace pome::trials {

class Natural {
 public:
  explicit Natural(std::uint32_t value = 0);

  Natural& multiply(std::uint32_t factor);
  /// The quotient; a remainder is dropped. `divisor` must not be 0.
  Natural& divide(std::uint32_t divisor);
  Natural& add(const Natural& other);
  /// Three-way comparison: negative, zero or positive.
  int compare(const Natural& other) const;

 private:
  void trim();

  std::vector<std::uint32_t> limbs_;  // the lowest first, no zero at the end
};

/// n! / (k! (n - k)!), for 0 <= k <= n <= 65535.
Natural combinations(std::int64_t n, std::int64_t k);

/// part / whole in millionths, half rounded up; 0 <= part <= whole, whole > 0.
std::int64_t millionths(const Natural& part, const Natural& whole);
/// The same for numbers below 10^12.
std::int64_t millionths(std::int64_t part, std::int64_t whole);

}  // namespace pome::trials
