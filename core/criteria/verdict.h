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
  // Out of line, as with Args: predicates make and destroy one on every path.
  Evidence(const Evidence& other);
  Evidence(Evidence&& other) noexcept;
  Evidence& operator=(const Evidence& other);
  Evidence& operator=(Evidence&& other) noexcept;
  ~Evidence();

  static Evidence state(std::string pointer);
  static Evidence initial(std::string pointer);
  static Evidence calls(std::vector<std::string> request_ids);
  /// For verdicts about what is not on the tape.
  static Evidence whole_tape(std::size_t calls);

  Evidence&& and_state(std::string pointer) && { return std::move(add_state(std::move(pointer))); }
  Evidence&& and_initial(std::string pointer) && { return std::move(add_initial(std::move(pointer))); }
  Evidence& add_state(std::string pointer);
  Evidence& add_initial(std::string pointer);

  const std::vector<std::string>& state_pointers() const { return state_; }      ///< into the final state
  const std::vector<std::string>& initial_pointers() const { return initial_; }  ///< into the initial state
  const std::vector<std::string>& request_ids() const { return calls_; }
  std::size_t calls_inspected() const { return inspected_; }

  /// Adds what another part of the sentence rests on.
  void add(const Evidence& other);

 private:
  Evidence();
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

  /// `expected` and `found` are clauses: "label `bug` on issue #1 of acme/api", "the labels `a`, `b`".
  static Verdict grade(bool holds, std::string expected, std::string found, Evidence evidence);
  /// The thing the sentence is about is not there: it fails, and so does its denial.
  static Verdict absent(std::string found, Evidence evidence);
  static Verdict skip(std::string reason);

  Verdict(const Verdict& other);
  Verdict(Verdict&& other) noexcept;
  Verdict& operator=(const Verdict& other);
  Verdict& operator=(Verdict&& other) noexcept;
  ~Verdict();

  /// The verdict of the sentence that says it is not so.
  Verdict denied() &&;

  Outcome outcome() const { return outcome_; }
  bool is_absent() const { return absent_; }
  const std::string& found() const { return found_; }
  const Evidence& evidence() const { return evidence_; }
  /// "label `bug` on issue #1 of acme/api", "not label ..." when denied; empty when the thing is absent or skipped.
  std::string expected() const;
  /// One sentence: what was expected and found, or why there is no verdict.
  std::string reason() const;

 private:
  Verdict(Outcome outcome, std::string expected, std::string found, Evidence evidence);

  Outcome outcome_;
  bool absent_ = false;
  bool denied_ = false;
  std::string expected_;
  std::string found_;
  Evidence evidence_;
};

}  // namespace pome::criteria
