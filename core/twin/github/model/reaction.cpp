#include "core/twin/github/model/reaction.h"

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, kReactionContents> kWords{"+1",       "-1",    "laugh",  "hooray",
                                                                 "confused", "heart", "rocket", "eyes"};
constexpr std::array<std::string_view, 5> kTargets{"issue", "issue_comment", "review_comment", "commit_comment",
                                                   "release"};

ReactionPtr find_own(const World& world, Id repo, Id target_id, std::string_view login, ReactionContent content) {
  for (const auto& entry : rows_of(world.reactions, repo, target_id)) {
    if (entry.row->content == content && text::equals_ignore_case(entry.row->author, login)) return entry.row;
  }
  return nullptr;
}

void write_reaction(JsonWriter& out, const World&, const Reaction& row) {
  out.field("id", row.id).field("target", reaction_target_name(row.target)).field("target_id", row.target_id);
  out.field("content", reaction_word(row.content)).field("user_login", row.author);
  time_field(out, "created_at", row.created_at);
}

void seed_reaction(Seeding& seed, Reaction row, const Node& entry) {
  if (!entry.is_object("content author user created_at")) return;
  row.content = entry.word("content", ReactionContent::plus_one, reaction_content_from,
                           "+1, -1, laugh, hooray, confused, heart, rocket, eyes");
  row.author = seed.author(entry, {"author", "user"});
  row.created_at = entry.instant("created_at").value_or(seed.world.epoch);
  if (find_own(seed.world, row.repo, row.target_id, row.author, row.content)) {
    entry.error("duplicate", text::cat("\"", row.author, "\" reacts twice with ", reaction_word(row.content), "."));
    return;
  }
  row.id = ++seed.world.counters.reaction;
  put(seed.action, std::move(row));
}

}  // namespace

const RowKind Reaction::kind = row_kind<&World::reactions, write_reaction>("reaction");

std::string_view reaction_word(ReactionContent content) { return word_of(kWords, content); }
std::optional<ReactionContent> reaction_content_from(std::string_view word) {
  return enum_from<ReactionContent>(kWords, word);
}
std::string_view reaction_target_name(ReactionTarget target) { return word_of(kTargets, target); }

std::vector<ReactionPtr> reactions_to(const World& world, Id repo, Id target_id) {
  std::vector<ReactionPtr> out;
  for (const auto& entry : rows_of(world.reactions, repo, target_id)) out.push_back(entry.row);
  return out;
}

std::array<Id, kReactionContents> reaction_counts(const World& world, Id repo, Id target_id) {
  std::array<Id, kReactionContents> counts{};
  for (const auto& entry : rows_of(world.reactions, repo, target_id)) {
    ++counts[static_cast<std::size_t>(entry.row->content)];
  }
  return counts;
}

Ruling<AddedReaction> add_reaction(Action& action, Id repo, ReactionTarget target, Id target_id,
                                   ReactionContent content) {
  World& world = action.world;
  if (permission_of(world, repo, action.actor) == Role::none) return not_found();
  if (const ReactionPtr own = find_own(world, repo, target_id, action.actor, content)) return AddedReaction{own, false};
  Reaction row;
  row.repo = repo;
  row.target_id = target_id;
  row.created_at = begin_mutation(action);
  row.id = ++world.counters.reaction;
  row.target = target;
  row.content = content;
  row.author = user_or_stranger(world, action.actor)->login;
  return AddedReaction{put(action, std::move(row)), true};
}

Refused remove_reaction(Action& action, Id repo, Id target_id, Id id) {
  const ReactionPtr row = action.world.reactions.get(ChildKey{repo, target_id, id});
  if (!row || permission_of(action.world, repo, action.actor) == Role::none) return not_found();
  if (!text::equals_ignore_case(row->author, action.actor)) return forbidden();
  begin_mutation(action);
  erase(action, row);
  return std::nullopt;
}

void drop_reactions(Action& action, Id repo, Id target_id) {
  for (const ReactionPtr& row : reactions_to(action.world, repo, target_id)) erase(action, row, Cause::followed);
}

void export_reactions(JsonWriter& out, const World& world, const Repository& repo) {
  for (auto at = world.reactions.lower_bound(ChildKey{repo.id, 0, 0}); !(at == world.reactions.end()); ++at) {
    if (at->key.repo != repo.id) break;
    export_row(out, world, repo.id, Reaction::kind, at->row.get());
  }
}

void seed_reactions(Seeding& seed, Id repo, ReactionTarget target, Id target_id, const Node& node) {
  node.each("reactions", [&](const Node& entry) {
    Reaction row;
    row.repo = repo;
    row.target = target;
    row.target_id = target_id;
    seed_reaction(seed, std::move(row), entry);
  });
}

}  // namespace pome::twin::github::model
