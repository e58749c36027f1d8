#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// In the order GitHub counts them.
enum class ReactionContent : std::uint8_t { plus_one, minus_one, laugh, hooray, confused, heart, rocket, eyes };
inline constexpr std::size_t kReactionContents = 8;
std::string_view reaction_word(ReactionContent content);  ///< "+1", "heart"
std::optional<ReactionContent> reaction_content_from(std::string_view word);

/// What somebody reacted to.
enum class ReactionTarget : std::uint8_t { issue, issue_comment, review_comment, commit_comment, release };
std::string_view reaction_target_name(ReactionTarget target);  ///< "issue_comment"

struct Reaction {
  Id repo = 0;
  Id target_id = 0;  ///< id of the issue, comment or release; kinds count in ranges that never meet
  Id id = 0;
  ReactionTarget target = ReactionTarget::issue;
  ReactionContent content = ReactionContent::plus_one;
  std::string author;  ///< login
  Time created_at = 0;

  ChildKey key() const { return {repo, target_id, id}; }
  bool operator==(const Reaction&) const = default;
  static const RowKind kind;
};
using ReactionPtr = std::shared_ptr<const Reaction>;

/// By id, ascending.
std::vector<ReactionPtr> reactions_to(const World& world, Id repo, Id target_id);
/// How often each content was left, in the order of ReactionContent.
std::array<Id, kReactionContents> reaction_counts(const World& world, Id repo, Id target_id);

struct AddedReaction {
  ReactionPtr row;
  bool created = false;  ///< false: the actor had left it before
};
/// reactions/create-for-... Everybody who may read. The target must exist; whoever calls has looked it up.
Ruling<AddedReaction> add_reaction(Action& action, Id repo, ReactionTarget target, Id target_id,
                                   ReactionContent content);
/// reactions/delete-for-... Only whoever left it.
Refused remove_reaction(Action& action, Id repo, Id target_id, Id id);
/// Takes the reactions of something that is being deleted with it. Runs inside a mutation.
void drop_reactions(Action& action, Id repo, Id target_id);

/// The rows of "reactions" in the state export.
void export_reactions(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: the "reactions" of an issue or comment.
void seed_reactions(Seeding& seed, Id repo, ReactionTarget target, Id target_id, const Node& node);

}  // namespace pome::twin::github::model
