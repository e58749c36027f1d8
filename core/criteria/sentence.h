#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/criteria/criterion.h"

/// Whole criterion sentences: clauses of the vocabulary, alone, joined, denied or said of several things at once.
///
///   sentence   := [ "It is not true that " ] clause { ( " and " | ", and " ) clause }
///               | [ "It is not true that " ] clause { ( " or " | ", or " ) clause }
///   clause     := a row's phrase | quantified
///   quantified := quantity things [ " in `owner/name`" ] [ " except #1, #2" ] predicate
///               | "Each of issues #1, #2 and #3" [ " in `owner/name`" ] predicate
///   quantity   := "Every" | "No" | "Some" | ( "At least" | "At most" | "Exactly" ) count
///   things     := [ "open " | "closed " ] ( "issue" | "pull request" )
///                 { " with the `x` label" | " opened by `login`" | " assigned to `login`" }
///   predicate  := what a row's phrase says of "Issue #1" or "Pull request #1"
///
/// A clause may leave out the subject of the clause before it: "Issue #1 is closed and has the `bug` label". A sentence
/// that a single row claims is never taken apart, and "and" does not mix with "or".
namespace pome::criteria {

/// Which things a clause is said of, instead of one.
struct Quantifier {
  enum class Kind : unsigned char { every, none, at_least, at_most, exactly };
  Kind kind = Kind::every;
  std::int64_t count = 0;
  bool pulls = false;                ///< pull requests, not issues
  std::string state;                 ///< "open", "closed", or empty
  std::string label;                 ///< only things that carry it
  std::string author;                ///< only things this login opened
  std::string assignee;              ///< only things assigned to this login
  std::vector<std::int64_t> except;  ///< numbers left out
  std::vector<std::int64_t> only;    ///< "Each of issues #1 and #2"; empty: all
};

struct Clause {
  Binding binding;
  std::optional<Quantifier> quantifier;

  Polarity polarity() const;
};

struct Sentence {
  enum class Join : unsigned char { all, any };
  Join join = Join::all;
  std::vector<Clause> clauses;  ///< at least one
  bool denied = false;          ///< "It is not true that"

  /// Has the agent to make it true, or to leave it true? An "or" with a part that only restrains is true from the
  /// start.
  Polarity polarity() const;
  /// The rows' ids: "github.issue-state and github.issue-has-label".
  std::string check() const;
  bool reads(Reads what) const;
  bool needs_repo() const;
  void set_repo(const std::string& repo);
};

/// Nothing when no row, alone or joined, claims the sentence.
std::optional<Sentence> bind_sentence(std::string_view sentence);

/// The verdict on the whole. What every clause reads is there.
Verdict evaluate(const Sentence& sentence, const World& world);

/// What the sentence means, in words, for people who check that they were understood: "The issue carries the label at
/// the end (issue #1, repository `acme/api`, label `bug`)."
std::string explain(const Sentence& sentence);
/// "asks the agent to make it true" or "asks the agent to leave it true"
std::string_view polarity_words(Polarity polarity);
/// "the calls"
std::string_view reads_words(Reads what);
/// "the state after the run and the calls"
std::string reads_words(const Sentence& sentence);

/// The changes a run may make because this sentence asks for them.
std::vector<Licence> licences_of(const Sentence& sentence, const Tape* tape);

}  // namespace pome::criteria
