#pragma once
#include <algorithm>
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

  /// Adds what another part of the sentence rests on.
  void add(const Evidence& other) {
    append(state_, other.state_);
    append(initial_, other.initial_);
    append(calls_, other.calls_);
    inspected_ = std::max(inspected_, other.inspected_);
  }

 private:
  Evidence() = default;
  friend class Verdict;

  static void append(std::vector<std::string>& out, const std::vector<std::string>& more) {
    for (const std::string& one : more) {
      if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
    }
  }

  std::vector<std::string> state_;
  std::vector<std::string> initial_;
  std::vector<std::string> calls_;
  std::size_t inspected_ = 0;
};

/// What a predicate found. Passing and failing need evidence; missing data gives a skip, never a guess.
class [[nodiscard]] Verdict {
 public:
  enum class Outcome { passed, failed, skipped };

  /// `expected` and `found` are clauses: "label `bug` on issue #1 of acme/api", "the labels `a`, `b`".
  static Verdict grade(bool holds, std::string expected, std::string found, Evidence evidence) {
    return {holds ? Outcome::passed : Outcome::failed, std::move(expected), std::move(found), std::move(evidence)};
  }
  /// The thing the sentence is about is not there: it fails, and so does its denial.
  static Verdict absent(std::string found, Evidence evidence) {
    Verdict verdict(Outcome::failed, {}, std::move(found), std::move(evidence));
    verdict.absent_ = true;
    return verdict;
  }
  static Verdict skip(std::string reason) { return {Outcome::skipped, {}, std::move(reason), Evidence()}; }

  /// The verdict of the sentence that says it is not so.
  Verdict denied() && {
    if (absent_ || outcome_ == Outcome::skipped) return std::move(*this);
    outcome_ = outcome_ == Outcome::passed ? Outcome::failed : Outcome::passed;
    denied_ = !denied_;
    return std::move(*this);
  }

  Outcome outcome() const { return outcome_; }
  bool is_absent() const { return absent_; }
  const std::string& found() const { return found_; }
  const Evidence& evidence() const { return evidence_; }
  /// "label `bug` on issue #1 of acme/api", "not label ..." when denied; empty when the thing is absent or skipped.
  std::string expected() const { return denied_ ? "not " + expected_ : expected_; }
  /// One sentence: what was expected and found, or why there is no verdict.
  std::string reason() const { return expected_.empty() ? found_ : "expected " + expected() + "; found " + found_; }

 private:
  Verdict(Outcome outcome, std::string expected, std::string found, Evidence evidence)
      : outcome_(outcome), expected_(std::move(expected)), found_(std::move(found)), evidence_(std::move(evidence)) {}

  Outcome outcome_;
  bool absent_ = false;
  bool denied_ = false;
  std::string expected_;
  std::string found_;
  Evidence evidence_;
};

}  // namespace pome::criteria
