#pragma once
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace pome::criteria {

/// Where a verdict can be checked. There is no empty evidence: it starts from a place in a state, from calls of the
/// tape, or from the statement that the whole tape was read.
class Evidence {
 public:
  static Evidence state(std::string pointer) { return Evidence().and_state(std::move(pointer)); }
  static Evidence initial(std::string pointer) { return Evidence().and_initial(std::move(pointer)); }
  static Evidence calls(std::vector<std::string> request_ids) {
    Evidence evidence;
    evidence.calls_ = std::move(request_ids);
    return evidence;
  }
  /// For verdicts about what is not on the tape.
  static Evidence whole_tape(std::size_t calls) {
    Evidence evidence;
    evidence.inspected_ = calls;
    return evidence;
  }

  Evidence&& and_state(std::string pointer) && { return std::move(add_state(std::move(pointer))); }
  Evidence&& and_initial(std::string pointer) && { return std::move(add_initial(std::move(pointer))); }
  Evidence& add_state(std::string pointer) {
    state_.push_back(std::move(pointer));
    return *this;
  }
  Evidence& add_initial(std::string pointer) {
    initial_.push_back(std::move(pointer));
    return *this;
  }

  const std::vector<std::string>& state_pointers() const { return state_; }      ///< into the final state
  const std::vector<std::string>& initial_pointers() const { return initial_; }  ///< into the initial state
  const std::vector<std::string>& request_ids() const { return calls_; }
  std::size_t calls_inspected() const { return inspected_; }

 private:
  Evidence() = default;
  friend class Verdict;

  std::vector<std::string> state_;
  std::vector<std::string> initial_;
  std::vector<std::string> calls_;
  std::size_t inspected_ = 0;
};

/// What a predicate found. Passing and failing need evidence; missing data gives a skip, never a guess.
class [[nodiscard]] Verdict {
 public:
  enum class Outcome { passed, failed, skipped };

  static Verdict pass(std::string reason, Evidence evidence) {
    return {Outcome::passed, std::move(reason), std::move(evidence)};
  }
  static Verdict fail(std::string reason, Evidence evidence) {
    return {Outcome::failed, std::move(reason), std::move(evidence)};
  }
  static Verdict grade(bool holds, std::string reason, Evidence evidence) {
    return {holds ? Outcome::passed : Outcome::failed, std::move(reason), std::move(evidence)};
  }
  static Verdict skip(std::string reason) { return {Outcome::skipped, std::move(reason), Evidence()}; }

  Outcome outcome() const { return outcome_; }
  const std::string& reason() const { return reason_; }
  const Evidence& evidence() const { return evidence_; }

 private:
  Verdict(Outcome outcome, std::string reason, Evidence evidence)
      : outcome_(outcome), reason_(std::move(reason)), evidence_(std::move(evidence)) {}

  Outcome outcome_;
  std::string reason_;
  Evidence evidence_;
};

}  // namespace pome::criteria
