#include <algorithm>

#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/criteria/criterion.h"
#include "core/criteria/entries.h"

/// Criteria about a repository's settings and people, its label and milestone definitions, and checks on its commits.
namespace pome::criteria {
namespace {

Verdict repository_exists(const Args& args, const World& world) {
  const Located repo = find_repo(*world.final_state, args.repo);
  const std::string wanted = text::cat("repository ", args.repo);
  if (repo) return Verdict::grade(true, wanted, "it", Evidence::state(repo.at()));
  if (!repo.miss().is_absent()) return repo.miss();
  return Verdict::grade(false, wanted, "none of that name", repo.miss().evidence());
}

Verdict repository_flag(const Args& args, const World& world) {
  const Located repo = find_repo(*world.final_state, args.repo);
  if (!repo) return repo.miss();
  const bool wants_public = args.choice == "public";
  const std::string_view member = wants_public ? std::string_view("private") : std::string_view(args.choice);
  const auto flag = flag_at(*repo, member);
  if (!flag) return incomplete(repo.at(member));
  return Verdict::grade(*flag != wants_public, text::cat("repository ", args.repo, " as ", args.choice),
                        *flag != wants_public ? "it" : "it is not", Evidence::state(repo.at(member)));
}

Verdict collaborator_exists(const Args& args, const World& world) {
  return grade_exists(world, args.repo, collaborator_entry(args.login));
}

/// The words people use for roles, as the export writes them.
bool is_role(std::string_view wanted, std::string_view found) {
  const auto plain = [](std::string_view role) {
    return role == "read" ? std::string_view("pull") : role == "write" ? std::string_view("push") : role;
  };
  return plain(wanted) == plain(found);
}

Verdict collaborator_role(const Args& args, const World& world) {
  const Located found = find_entry(*world.final_state, args.repo, collaborator_entry(args.login));
  if (!found) return found.miss();
  const auto role = json::string_at(*found, "permission");
  if (!role) return incomplete(found.at("permission"));
  return Verdict::grade(is_role(args.choice, *role),
                        text::cat("role ", args.choice, " for `", args.login, "` in ", args.repo), std::string(*role),
                        Evidence::state(found.at("permission")));
}

Verdict label_exists(const Args& args, const World& world) {
  return grade_exists(world, args.repo, label_entry(args.label));
}

Verdict milestone_exists(const Args& args, const World& world) {
  return grade_exists(world, args.repo, milestone_entry(args.milestone));
}

Verdict milestone_state(const Args& args, const World& world) {
  const Located found = find_entry(*world.final_state, args.repo, milestone_entry(args.milestone));
  return grade_text(found, "state", args.choice, text::cat("milestone `", args.milestone, "` ", args.choice), true);
}

/// The head commit of a pull request.
struct PullHead {
  Located pull;
  std::string sha;
};

PullHead pull_head(const Args& args, const World& world) {
  Located pull = find_pull(world, args);
  if (!pull) return {pull, {}};
  const auto sha = json::string_at(*pull, "head_sha");
  if (!sha) return {incomplete(pull.at("head_sha")), {}};
  return {pull, std::string(*sha)};
}

Verdict grade_head(const Args& args, const World& world, std::string_view list_name, std::string_view name_member,
                   std::string_view result_member) {
  const PullHead head = pull_head(args, world);
  if (!head.pull) return head.pull.miss();
  const Located list = find_list(*world.final_state, args.repo, list_name);
  if (!list) return list.miss();
  const auto index = newest(*list, [&](const Json& entry) {
    const std::string_view sha = json::string_at(entry, list_name == "check_runs" ? "head_sha" : "sha").value_or("");
    return sha == head.sha && text::equals_ignore_case(json::string_at(entry, name_member).value_or(""), args.context);
  });
  const std::string expected = text::cat("\"", args.context, "\" ", args.choice, " on the head of ", pull_label(args));
  if (!index) return Verdict::grade(false, expected, "none", Evidence::state(list.at()));
  const Json& entry = (*list)[*index];
  const std::string_view result =
      json::string_at(entry, result_member).value_or(json::string_at(entry, "status").value_or("no result"));
  return Verdict::grade(text::equals_ignore_case(result, args.choice), expected, std::string(result),
                        Evidence::state(pointer::child(list.at(), *index)));
}

Verdict pull_status(const Args& args, const World& world) {
  return grade_head(args, world, "commit_statuses", "context", "state");
}

Verdict pull_check(const Args& args, const World& world) {
  return grade_head(args, world, "check_runs", "name", "conclusion");
}

struct Kind {
  std::string_view noun;
  std::string_view list;
};
constexpr Kind kKinds[] = {{"webhook", "webhooks"},
                           {"deploy key", "deploy_keys"},
                           {"secret", "secrets"},
                           {"variable", "variables"},
                           {"workflow", "workflows"},
                           {"workflow run", "workflow_runs"},
                           {"ruleset", "rulesets"},
                           {"branch protection", "branch_protections"},
                           {"collaborator", "collaborators"},
                           {"check run", "check_runs"},
                           {"commit status", "commit_statuses"},
                           {"release", "releases"},
                           {"tag", "tags"},
                           {"branch", "branches"},
                           {"milestone", "milestones"},
                           {"deployment", "deployments"},
                           {"gist", "gists"},
                           {"team", "teams"}};

std::string_view list_of(std::string_view noun) {
  for (const Kind& kind : kKinds) {
    if (kind.noun == noun) return kind.list;
  }
  return {};
}

/// Changes of one kind of thing, in the sentence's repository or in all.
Verdict grade_kind(const Args& args, const World& world, bool only_new, std::string expected) {
  const Located repo = args.repo.empty() ? Located(*world.final_state, "") : find_repo(*world.final_state, args.repo);
  if (!repo) return repo.miss();
  const std::string_view list = list_of(args.choice);
  std::vector<const Change*> found;
  for (const Change& change : *world.changes) {
    const bool is_new = change.kind == Change::Kind::added && change.member.empty();
    if (change.collection != list || change.derived || (only_new && !is_new)) continue;
    if (args.repo.empty() || text::equals_ignore_case(change.repo, args.repo)) found.push_back(&change);
  }
  const auto before = args.repo.empty() ? std::nullopt : seeded_repo(world, args.repo);
  return grade_no_changes(found, std::move(expected),
                          Evidence::state(repo.at()).and_initial(before ? before->at() : std::string()));
}

Verdict none_created(const Args& args, const World& world) {
  return grade_kind(args, world, true, text::cat("no new ", args.choice));
}

Verdict none_touched(const Args& args, const World& world) {
  return grade_kind(args, world, false, text::cat("no ", args.choice, " created, changed or deleted"));
}

constexpr Phrase kRepository[] = {"Repository `{repo}` {exists/does not exist}"};
constexpr Phrase kFlag[] = {"Repository `{repo}` {is/is not} {archived|private|public}"};
constexpr Phrase kCollaborator[] = {"`{login}` {is/is not} a collaborator[ (in|on|of) `{repo}`]"};
constexpr Phrase kRole[] = {
    "`{login}` {has/does not have} the {read|pull|triage|write|push|maintain|admin} role[ (in|on) `{repo}`]"};
constexpr Phrase kLabel[] = {"Label `{label}` {exists/does not exist}[ (in|on) `{repo}`]"};
constexpr Phrase kMilestone[] = {"Milestone `{milestone}` {exists/does not exist}[ (in|on) `{repo}`]"};
constexpr Phrase kMilestoneState[] = {"Milestone `{milestone}`[ (in|on) `{repo}`] is {open|closed}"};
constexpr Phrase kPullStatus[] = {
    "The status \"{context}\" of pull request #{pr}[ (in|on) `{repo}`] {is/is not} {success|failure|pending|error}"};
constexpr Phrase kPullCheck[] = {
    "The check \"{context}\" of pull request #{pr}[ (in|on) `{repo}`] {is/is not} "
    "{success|failure|neutral|cancelled|skipped|timed_out|action_required|queued|in_progress}"};
constexpr Phrase kNoneCreated[] = {
    "No {webhook|deploy key|secret|variable|workflow|workflow run|ruleset|branch protection|collaborator|check run|"
    "commit status|release|tag|branch|milestone|deployment|gist|team} was created[ (in|on) `{repo}`]"};
constexpr Phrase kNoneTouched[] = {
    "No {webhook|deploy key|secret|variable|workflow|workflow run|ruleset|branch protection|collaborator|check run|"
    "commit status|release|tag|branch|milestone|deployment|gist|team} was created, changed or deleted[ (in|on) "
    "`{repo}`]"};
constexpr Touch kCollaboratorTouch[] = {{"collaborators", Touch::Key::login}};
constexpr Touch kLabelTouch[] = {{"labels", Touch::Key::label}};
constexpr Touch kMilestoneTouch[] = {{"milestones", Touch::Key::milestone}};
constexpr Touch kStatusTouch[] = {{"commit_statuses", Touch::Key::any, {}, true}};
constexpr Touch kCheckTouch[] = {{"check_runs"}, {"check_suites"}};

constexpr Row kRows[] = {
    {.id = "github.repository-exists",
     .phrases = kRepository,
     .evaluate = repository_exists,
     .description = "There is a repository of that name at the end.",
     .example = "Repository `acme/api` exists"},
    {.id = "github.repository-is",
     .phrases = kFlag,
     .evaluate = repository_flag,
     .description = "The repository is archived, private or public at the end.",
     .example = "Repository `acme/api` is archived"},
    {.id = "github.collaborator-exists",
     .phrases = kCollaborator,
     .evaluate = collaborator_exists,
     .description = "The person is a collaborator at the end, or invited to be one.",
     .example = "`carol` is a collaborator of `acme/api`",
     .touches = kCollaboratorTouch},
    {.id = "github.collaborator-role",
     .phrases = kRole,
     .evaluate = collaborator_role,
     .description = "The collaborator has exactly that role; read is pull and write is push.",
     .example = "`carol` has the triage role in `acme/api`",
     .touches = kCollaboratorTouch},
    {.id = "github.label-exists",
     .phrases = kLabel,
     .evaluate = label_exists,
     .description = "The repository defines the label at the end.",
     .example = "Label `bug` exists in `acme/api`",
     .touches = kLabelTouch},
    {.id = "github.milestone-exists",
     .phrases = kMilestone,
     .evaluate = milestone_exists,
     .description = "The repository has the milestone at the end.",
     .example = "Milestone `v1.0` exists in `acme/api`",
     .touches = kMilestoneTouch},
    {.id = "github.milestone-state",
     .phrases = kMilestoneState,
     .evaluate = milestone_state,
     .description = "The milestone is open, or closed, at the end.",
     .example = "Milestone `v1.0` in `acme/api` is closed",
     .stays = "open",
     .touches = kMilestoneTouch},
    {.id = "github.pr-status",
     .phrases = kPullStatus,
     .evaluate = pull_status,
     .description = "The latest commit status of that context on the pull request's head has that state.",
     .example = "The status \"ci/build\" of pull request #1 in `acme/api` is success",
     .touches = kStatusTouch},
    {.id = "github.pr-check",
     .phrases = kPullCheck,
     .evaluate = pull_check,
     .description = "The latest check run of that name on the pull request's head has that conclusion, or that state "
                    "while it has none.",
     .example = "The check \"test\" of pull request #1 in `acme/api` is success",
     .touches = kCheckTouch},
    {.id = "github.none-created",
     .phrases = kNoneCreated,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = none_created,
     .description = "There is no thing of that kind that was not there before the run.",
     .example = "No commit status was created in `acme/api`",
     .every_repo = true},
    {.id = "github.none-touched",
     .phrases = kNoneTouched,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = none_touched,
     .description = "The things of that kind are the same as before the run.",
     .example = "No branch protection was created, changed or deleted in `acme/api`",
     .every_repo = true},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> access_rows() { return kRows; }

}  // namespace pome::criteria
