#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/function_ref.h"
#include "core/base/json.h"
#include "core/eval/evaluate.h"

/// Mutants: the documents of a run with one thing changed, to see which change turns a verdict. A criterion that no
/// mutant turns grades nothing.
namespace pome::proof {

struct Mutant {
  std::string words;  ///< what is different: "label `bug` is removed from issue #1 of `acme/api`"
  std::string_view state_final;
  std::string_view events;
};

/// Sees one mutant; true ends the search.
using Visit = FunctionRef<bool(const Mutant&)>;

/// The documents of one run, parsed once for all its mutants.
class Subject {
 public:
  /// The documents must be readable (or empty: missing) and outlive this.
  explicit Subject(const eval::Evidence& evidence);

  const eval::Evidence& evidence() const { return evidence_; }
  const Json& initial() const { return initial_; }
  const Json& final_state() const { return final_; }
  const std::vector<Json>& rows() const { return rows_; }               ///< of the tape
  const std::vector<std::string>& row_texts() const { return texts_; }  ///< the same as JSON text

 private:
  eval::Evidence evidence_;
  Json initial_;
  Json final_;
  std::vector<Json> rows_;
  std::vector<std::string> texts_;
};

/// A tape without the answers' bodies, which make up most of it and which few criteria read, if any.
std::string without_answers(std::string_view events);

/// How much one criterion may try.
struct Budget {
  std::size_t mutants = 1500;
  std::size_t bytes = std::size_t{64} << 20;  ///< of documents read again
};

/// Hands on mutants until `visit` has seen enough or the budget is spent.
class Mutator {
 public:
  Mutator(const Subject& subject, const eval::CriterionResult& result, Budget budget, Visit visit)
      : subject_(subject), result_(result), budget_(budget), visit_(visit) {}

  const Subject& subject() const { return subject_; }
  const eval::CriterionResult& result() const { return result_; }
  bool done() const { return done_; }

  void state(std::string words, const Json& final_state);
  void tape(std::string words, const std::vector<std::string>& row_texts);
  void both(std::string words, std::string_view final_state, std::string_view events);

 private:
  const Subject& subject_;
  const eval::CriterionResult& result_;
  Budget budget_;
  Visit visit_;
  bool done_ = false;
};

/// Whether evidence is about calls rather than about states.
bool rests_on_calls(const eval::CriterionResult& result);

/// Changes at and around the places the criterion's evidence names.
void mutate_state(Mutator& mutator);
/// Changes of the calls its evidence names, of their order, and calls it does not expect.
void mutate_tape(Mutator& mutator);
/// One change at a time anywhere in the world, for criteria about what must not change.
void mutate_world(Mutator& mutator);

}  // namespace pome::proof
