#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/criteria/phrase.h"
#include "core/criteria/verdict.h"
#include "core/criteria/world.h"

/// The vocabulary: every sentence Pome can grade, as rows. Adding a criterion takes one row, one predicate beside it
/// and one file tests/data/criteria/<id>.json.
namespace pome::criteria {

enum class Reads { final_state, initial_and_final, tape };

enum class Polarity {
  must,      ///< the agent has to make it true
  must_not,  ///< the agent has to leave it true
};

struct Row {
  std::string_view id;              ///< "github.issue-has-label"; also the name of its data file
  std::span<const Phrase> phrases;  ///< the first one is canonical
  Reads reads = Reads::final_state;
  Polarity polarity = Polarity::must;
  Verdict (*evaluate)(const Args&, const World&) = nullptr;  ///< pure; what it reads is there, args.repo is resolved
  std::string_view description;                              ///< one sentence, for the vocabulary list
  std::string_view example;
  std::string_view stays = {};          ///< choices ("open|not merged") that turn the polarity into must_not
  bool every_repo = false;              ///< without a repository the sentence means all of them
  std::span<const Touch> touches = {};  ///< what the agent may change because the sentence asks for it
  bool follows_calls = false;           ///< it may change what the named tool's calls are about

  Polarity polarity_of(const Args& args) const;  ///< a denied sentence turns it round
};

/// Does each row have everything a row needs? Asserted where rows are defined.
constexpr bool well_formed(std::span<const Row> rows) {
  for (const Row& row : rows) {
    const bool named = row.id.starts_with("github.") && row.id.size() > 7;
    if (!named || row.phrases.empty() || row.evaluate == nullptr || row.description.empty() || row.example.empty())
      return false;
    for (const Phrase& phrase : row.phrases) {
      if (phrase.has(SlotKind::choice) != row.phrases.front().has(SlotKind::choice)) return false;
      if (phrase.has(SlotKind::polarity) && row.polarity == Polarity::must_not) return false;
    }
    if (!row.stays.empty() && !row.phrases.front().has(SlotKind::choice)) return false;
  }
  return true;
}

std::span<const Row> issue_rows();
std::span<const Row> pull_rows();
std::span<const Row> wording_rows();
std::span<const Row> labelling_rows();
std::span<const Row> planning_rows();
std::span<const Row> conversation_rows();
std::span<const Row> relation_rows();
std::span<const Row> pull_content_rows();
std::span<const Row> review_rows();
std::span<const Row> new_thing_rows();
std::span<const Row> repo_rows();
std::span<const Row> file_rows();
std::span<const Row> branch_rows();
std::span<const Row> access_rows();
std::span<const Row> tape_rows();
std::span<const Row> tape_argument_rows();
std::span<const Row> tape_order_rows();
std::span<const Row> delta_rows();

/// Every row, in the order of the files above.
const std::vector<const Row*>& all_rows();

struct Binding {
  const Row* row = nullptr;
  const Phrase* phrase = nullptr;
  Args args;

  /// The sentence names no repository although its phrase could, and the row needs one.
  bool needs_repo() const { return args.repo.empty() && phrase->has(SlotKind::repo) && !row->every_repo; }
};

/// The row that claims the sentence as a whole; nothing when none does. No two rows claim the same sentence.
std::optional<Binding> bind_clause(std::string_view sentence);

/// Longer sentences are not read.
inline constexpr std::size_t kMaxSentence = 2000;

/// The clause as its row writes it, without a number that is not set: "has the `bug` label".
std::string clause_words(const Binding& binding);

/// Is the call that tool's action or that operation?
bool is_call_of(const Call& call, std::string_view tool);
/// Is it a tool whose calls older recordings tell by their address alone?
bool is_route_tool(std::string_view tool);

/// Every row that claims the sentence, for the test that there is at most one.
std::vector<Binding> claims(std::string_view sentence);

/// Why a sentence is not bound and what to write instead.
struct NearMiss {
  std::string problem;       ///< what is wrong; empty when only the wording is unknown
  std::string suggestion;    ///< a sentence that binds; empty when nothing is near
  const Row* row = nullptr;  ///< the row of the suggestion
};
NearMiss near_miss(std::string_view sentence);

/// The other service an unbound sentence is about ("Slack", "Stripe", "Gmail", "Linear"), or empty.
std::string_view other_service(std::string_view sentence);

}  // namespace pome::criteria
