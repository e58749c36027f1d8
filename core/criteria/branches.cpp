#include <algorithm>

#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/criteria/criterion.h"
#include "core/criteria/entries.h"

/// Criteria about branches, their protection and their commits, tags and releases.
namespace pome::criteria {
namespace {

Verdict branch_exists(const Args& args, const World& world) {
  return grade_exists(world, args.repo, branch_entry(args.branch));
}
Verdict branch_deleted(const Args& args, const World& world) {
  return grade_deleted(world, args.repo, branch_entry(args.branch));
}
Verdict tag_exists(const Args& args, const World& world) { return grade_exists(world, args.repo, tag_entry(args.tag)); }
Verdict release_exists(const Args& args, const World& world) {
  return grade_exists(world, args.repo, release_entry(args.tag));
}

/// The head of a branch before and after; the verdict for what is not there.
struct Heads {
  Head before;
  Head now;

  const Verdict* miss() const { return !now.at ? &now.at.miss() : !before.at ? &before.at.miss() : nullptr; }
  Evidence evidence() const { return Evidence::state(now.at.at("head_sha")).and_initial(before.at.at("head_sha")); }
};

Heads heads_of(const Args& args, const World& world) {
  return {find_head(*world.initial, args), find_head(*world.final_state, args)};
}

std::string short_sha(const Head& head) { return text::cat('`', head.sha.substr(0, 7), '`'); }

Verdict branch_moved(const Args& args, const World& world) {
  const Heads heads = heads_of(args, world);
  if (const Verdict* miss = heads.miss()) return *miss;
  const bool moved = heads.before.sha != heads.now.sha;
  return Verdict::grade(moved, text::cat("another head of branch `", heads.now.branch, "` of ", args.repo),
                        moved ? text::cat(short_sha(heads.before), " before, ", short_sha(heads.now), " now")
                              : text::cat(short_sha(heads.now), " as before"),
                        heads.evidence());
}

Verdict no_force_push(const Args& args, const World& world) {
  const Heads heads = heads_of(args, world);
  if (const Verdict* miss = heads.miss()) return *miss;
  const Located commits = find_list(*world.final_state, args.repo, "commits");
  if (!commits) return commits.miss();
  const History history(*commits);
  const History::Reach reach = history.from(heads.now.sha);
  const bool kept = heads.now.sha == heads.before.sha ||
                    std::any_of(reach.commits.begin(), reach.commits.end(),
                                [&](std::size_t i) { return history.sha(i) == heads.before.sha; });
  if (!kept && !reach.complete) return incomplete(commits.at());
  return Verdict::grade(kept, text::cat("the old head in the history of branch `", heads.now.branch, '`'),
                        kept ? "it" : text::cat("a history without ", short_sha(heads.before)), heads.evidence());
}

/// Commits reachable from the branch's head that the seed did not have.
struct NewCommits {
  std::optional<Verdict> miss;
  std::vector<std::string> messages;
  std::vector<std::size_t> indexes;
  std::string place;
  std::string branch;
};

NewCommits new_commits(const Args& args, const World& world) {
  NewCommits found;
  const Head now = find_head(*world.final_state, args);
  const Located commits = find_list(*world.final_state, args.repo, "commits");
  if (!now.at || !commits) {
    found.miss = now.at ? commits.miss() : now.at.miss();
    return found;
  }
  const Located before = find_list(*world.initial, args.repo, "commits");
  static const Json kNone = Json::array();
  const History old(before ? *before : kNone);
  const History history(*commits);
  found.place = commits.at();
  found.branch = now.branch;
  for (const std::size_t index : history.from(now.sha).commits) {
    if (old.has(history.sha(index))) continue;
    found.indexes.push_back(index);
    found.messages.emplace_back(json::string_at((*commits)[index], "message").value_or(""));
  }
  return found;
}

Evidence evidence_of(const NewCommits& found) {
  constexpr std::size_t kShown = 10;
  Evidence evidence =
      Evidence::state(found.indexes.empty() ? found.place : pointer::child(found.place, found.indexes.front()));
  for (std::size_t i = 1; i < found.indexes.size() && i < kShown; ++i) {
    evidence.add_state(pointer::child(found.place, found.indexes[i]));
  }
  return evidence;
}

Verdict new_commit_count(const Args& args, const World& world) {
  NewCommits found = new_commits(args, world);
  if (found.miss) return std::move(*found.miss);
  const auto count = static_cast<std::int64_t>(found.indexes.size());
  const bool holds = args.choice == "at least"  ? count >= args.count
                     : args.choice == "at most" ? count <= args.count
                                                : count == args.count;
  return Verdict::grade(holds, text::cat(args.choice, ' ', args.count, " new commits on branch `", found.branch, '`'),
                        text::cat(count), evidence_of(found));
}

Verdict no_new_commit(const Args& args, const World& world) {
  NewCommits found = new_commits(args, world);
  if (found.miss) return std::move(*found.miss);
  return Verdict::grade(found.indexes.empty(), text::cat("no new commit on branch `", found.branch, '`'),
                        listing(found.messages), evidence_of(found));
}

Verdict new_commit_message(const Args& args, const World& world) {
  NewCommits found = new_commits(args, world);
  if (found.miss) return std::move(*found.miss);
  const auto match = std::find_if(found.messages.begin(), found.messages.end(),
                                  [&](const std::string& message) { return text::contains(message, args.needle); });
  if (match != found.messages.end())
    found.indexes = {found.indexes[static_cast<std::size_t>(match - found.messages.begin())]};
  return Verdict::grade(
      match != found.messages.end(),
      text::cat("a new commit on branch `", found.branch, "` whose message contains \"", args.needle, '"'),
      listing(found.messages), evidence_of(found));
}

Located find_protection(const Args& args, const World& world) {
  const Located list = find_list(*world.final_state, args.repo, "branch_protections");
  if (!list) return list;
  const auto index = index_of(*list, "branch", args.branch);
  if (index) return {(*list)[*index], pointer::child(list.at(), *index)};
  return Verdict::absent(text::cat("no protection of branch `", args.branch, "` of ", args.repo),
                         Evidence::state(list.at()));
}

Verdict branch_protected(const Args& args, const World& world) {
  const Located found = find_protection(args, world);
  const std::string wanted = text::cat("a protection of branch `", args.branch, "` of ", args.repo);
  if (found) return Verdict::grade(true, wanted, "it", Evidence::state(found.at()));
  if (!found.miss().is_absent()) return found.miss();
  return Verdict::grade(false, wanted, "none", found.miss().evidence());
}

Verdict required_reviews(const Args& args, const World& world) {
  const Located found = find_protection(args, world);
  if (!found) return found.miss();
  const Json& reviews = json::at(*found, "required_pull_request_reviews");
  const std::int64_t count = json::integer_at(reviews, "required_approving_review_count").value_or(0);
  return Verdict::grade(count == args.count,
                        text::cat(args.count, " required approvals on branch `", args.branch, "` of ", args.repo),
                        text::cat(count), Evidence::state(found.at()));
}

Located find_release(const Args& args, const World& world) {
  return find_entry(*world.final_state, args.repo, release_entry(args.tag));
}

Verdict release_kind(const Args& args, const World& world) {
  const Located found = find_release(args, world);
  if (!found) return found.miss();
  const std::string_view member = args.choice == "a draft"      ? "draft"
                                  : args.choice == "the latest" ? "latest"
                                                                : "prerelease";
  const auto flag = flag_at(*found, member);
  if (!flag) return incomplete(found.at(member));
  return Verdict::grade(*flag, text::cat("release `", args.tag, "` as ", args.choice), *flag ? "it" : "it is not",
                        Evidence::state(found.at(member)));
}

Verdict release_notes(const Args& args, const World& world) {
  const Located found = find_release(args, world);
  if (!found) return found.miss();
  const std::string_view body = json::string_at(*found, "body").value_or("");
  return Verdict::grade(text::contains(body, args.needle),
                        text::cat("\"", args.needle, "\" in the notes of release `", args.tag, '`'), shown(body),
                        Evidence::state((*found).contains("body") ? found.at("body") : found.at()));
}

constexpr Phrase kExists[] = {"Branch `{branch}` {exists/does not exist}[ (in|on) `{repo}`]",
                              "Branch `{branch}`[ (in|of) `{repo}`] {exists/does not exist}"};
constexpr Phrase kDeleted[] = {"Branch `{branch}`[ (in|of) `{repo}`] {was deleted/was not deleted}"};
constexpr Phrase kMoved[] = {"Branch `{branch}`[ (in|of) `{repo}`] {was changed/is unchanged}",
                             "Branch `{branch}`[ (in|of) `{repo}`] {was changed/was not changed}"};
constexpr Phrase kForce[] = {"No commit was removed from branch `{branch}`[ (in|of) `{repo}`]",
                             "Branch `{branch}`[ (in|of) `{repo}`] was not force-pushed"};
constexpr Phrase kCount[] = {
    "{at least|at most|exactly} {count} new (commits are|commit is) on branch `{branch}`[ (in|of) `{repo}`]"};
constexpr Phrase kNone[] = {"No new commit is on branch `{branch}`[ (in|of) `{repo}`]",
                            "No new commits are on branch `{branch}`[ (in|of) `{repo}`]"};
constexpr Phrase kMessage[] = {
    "A new commit on branch `{branch}`[ (in|of) `{repo}`] has a message containing \"{needle}\""};
constexpr Phrase kProtected[] = {"Branch `{branch}`[ (in|of) `{repo}`] {is/is not} [still ]protected"};
constexpr Phrase kReviews[] = {
    "Branch `{branch}`[ (in|of) `{repo}`] [still ]requires {count} approving (reviews|review)"};
constexpr Phrase kTag[] = {"Tag `{tag}` {exists/does not exist}[ (in|on) `{repo}`]",
                           "Tag `{tag}` (in|of) `{repo}` {exists/does not exist}"};
constexpr Phrase kRelease[] = {"Release `{tag}` {exists/does not exist}[ (in|on) `{repo}`]",
                               "Release `{tag}` (in|of) `{repo}` {exists/does not exist}"};
constexpr Phrase kReleaseKind[] = {
    "Release `{tag}`[ (in|of) `{repo}`] {is/is not} {a draft|a pre-release|a prerelease|the latest}"};
constexpr Phrase kNotes[] = {"The notes of release `{tag}`[ (in|of) `{repo}`] {contain/do not contain} \"{needle}\"",
                             "Release `{tag}`[ (in|of) `{repo}`] {has/does not have} notes containing \"{needle}\""};
constexpr Touch kBranchTouch[] = {
    {"branches", Touch::Key::branch}, {"files", Touch::Key::branch}, {"commits", Touch::Key::any, {}, true}};
constexpr Touch kTagTouch[] = {{"tags", Touch::Key::tag}};
constexpr Touch kReleaseTouch[] = {
    {"releases", Touch::Key::tag}, {"releases", Touch::Key::any, "latest"}, {"tags", Touch::Key::tag}};
constexpr Touch kProtectionTouch[] = {{"branch_protections", Touch::Key::branch}};

constexpr Row kRows[] = {
    {.id = "github.branch-exists",
     .phrases = kExists,
     .evaluate = branch_exists,
     .description = "The repository has the branch at the end.",
     .example = "Branch `main` exists in `acme/api`",
     .touches = kBranchTouch},
    {.id = "github.branch-deleted",
     .phrases = kDeleted,
     .reads = Reads::initial_and_final,
     .evaluate = branch_deleted,
     .description = "The repository had the branch before the run and has it no more.",
     .example = "Branch `old` in `acme/api` was deleted",
     .touches = kBranchTouch},
    {.id = "github.branch-changed",
     .phrases = kMoved,
     .reads = Reads::initial_and_final,
     .evaluate = branch_moved,
     .description = "The branch's head is another commit than before the run.",
     .example = "Branch `main` in `acme/api` was changed",
     .touches = kBranchTouch},
    {.id = "github.branch-keeps-history",
     .phrases = kForce,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = no_force_push,
     .description = "The branch's old head is still in its history.",
     .example = "No commit was removed from branch `main` in `acme/api`"},
    {.id = "github.new-commit-count",
     .phrases = kCount,
     .reads = Reads::initial_and_final,
     .evaluate = new_commit_count,
     .description = "The branch's history has that many commits that the seed did not have.",
     .example = "At least 2 new commits are on branch `main` in `acme/api`",
     .stays = "at most",
     .touches = kBranchTouch},
    {.id = "github.no-new-commit",
     .phrases = kNone,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = no_new_commit,
     .description = "The branch's history has no commit that the seed did not have.",
     .example = "No new commit is on branch `main` in `acme/api`"},
    {.id = "github.new-commit-message",
     .phrases = kMessage,
     .reads = Reads::initial_and_final,
     .evaluate = new_commit_message,
     .description = "A commit of the branch that the seed did not have has a message with that text.",
     .example = "A new commit on branch `main` in `acme/api` has a message containing \"Fix\"",
     .touches = kBranchTouch},
    {.id = "github.branch-protected",
     .phrases = kProtected,
     .evaluate = branch_protected,
     .description = "The branch has a protection of its own at the end; rulesets do not count.",
     .example = "Branch `main` in `acme/api` is protected",
     .touches = kProtectionTouch},
    {.id = "github.branch-required-reviews",
     .phrases = kReviews,
     .evaluate = required_reviews,
     .description = "The branch's protection asks for exactly that many approving reviews.",
     .example = "Branch `main` in `acme/api` requires 2 approving reviews",
     .touches = kProtectionTouch},
    {.id = "github.tag-exists",
     .phrases = kTag,
     .evaluate = tag_exists,
     .description = "The repository has the tag at the end.",
     .example = "Tag `v1.0.0` exists in `acme/api`",
     .touches = kTagTouch},
    {.id = "github.release-exists",
     .phrases = kRelease,
     .evaluate = release_exists,
     .description = "The repository has a release of that tag at the end, drafts included.",
     .example = "Release `v1.0.0` exists in `acme/api`",
     .touches = kReleaseTouch},
    {.id = "github.release-kind",
     .phrases = kReleaseKind,
     .evaluate = release_kind,
     .description = "The release is a draft, a pre-release, or the repository's latest one.",
     .example = "Release `v1.0.0` in `acme/api` is a draft",
     .touches = kReleaseTouch},
    {.id = "github.release-notes",
     .phrases = kNotes,
     .evaluate = release_notes,
     .description = "The release's text contains the words, upper and lower case as written.",
     .example = "The notes of release `v1.0.0` in `acme/api` contain \"Faster\"",
     .touches = kReleaseTouch},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> branch_rows() { return kRows; }

}  // namespace pome::criteria
