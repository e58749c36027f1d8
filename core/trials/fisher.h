#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

/// Whether two pass rates differ: Fisher's exact test, two-sided, in whole numbers.
namespace pome::trials {

struct Rate {
  std::int64_t passed = 0;
  std::int64_t total = 0;  ///< at most 10000

  bool operator==(const Rate&) const = default;
};

inline constexpr std::string_view kFisherTest = "two-sided Fisher exact test at 5 %";
inline constexpr std::int64_t kMostAdditionalTrials = 1000;

/// The probability, in millionths, of a table at most as likely as this one when both sides share one rate and the
/// margins are fixed. 1000000 when a side has no trial.
std::int64_t fisher_p(const Rate& a, const Rate& b);

/// Whether that probability is at most 5 %, decided exactly.
bool differ(const Rate& a, const Rate& b);

/// The smallest number of additional trials per side (1 to kMostAdditionalTrials) with which the two would differ if
/// each side went on at its observed rate (passes rounded half up). Nothing when there is no such number.
std::optional<std::int64_t> additional_trials(const Rate& a, const Rate& b);

}  // namespace pome::trials
