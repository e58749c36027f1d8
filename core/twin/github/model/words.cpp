#include <algorithm>
#include <array>
#include <cstddef>

#include "core/twin/github/model/review.h"
#include "core/twin/github/model/status.h"

/// The words GitHub uses for the states of reviews, statuses and check runs.
namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, 5> kReviewStates{"PENDING", "APPROVED", "CHANGES_REQUESTED", "COMMENTED",
                                                        "DISMISSED"};
constexpr std::array<std::string_view, 4> kStatusStates{"error", "failure", "pending", "success"};
constexpr std::array<std::string_view, 3> kCheckStatuses{"queued", "in_progress", "completed"};
constexpr std::array<std::string_view, 8> kConclusions{"success", "failure",   "neutral",         "cancelled",
                                                       "skipped", "timed_out", "action_required", "stale"};

template <class Enum, std::size_t N>
std::optional<Enum> find_word(const std::array<std::string_view, N>& words, std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string_view review_state_name(ReviewState state) { return kReviewStates[static_cast<std::size_t>(state)]; }
std::optional<ReviewState> review_state_from(std::string_view word) {
  return find_word<ReviewState>(kReviewStates, word);
}

std::string_view status_state_name(StatusState state) { return kStatusStates[static_cast<std::size_t>(state)]; }
std::optional<StatusState> status_state_from(std::string_view word) {
  return find_word<StatusState>(kStatusStates, word);
}

std::string_view check_status_name(CheckStatus status) { return kCheckStatuses[static_cast<std::size_t>(status)]; }
std::optional<CheckStatus> check_status_from(std::string_view word) {
  return find_word<CheckStatus>(kCheckStatuses, word);
}

std::string_view check_conclusion_name(CheckConclusion conclusion) {
  return kConclusions[static_cast<std::size_t>(conclusion)];
}
std::optional<CheckConclusion> check_conclusion_from(std::string_view word) {
  return find_word<CheckConclusion>(kConclusions, word);
}

}  // namespace pome::twin::github::model
