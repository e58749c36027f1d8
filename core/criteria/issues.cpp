#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/criteria/criterion.h"
#include "core/criteria/things.h"

/// Criteria about issues: existence, state, labels, assignees.
namespace pome::criteria {
namespace {

Verdict issue_exists(const Args& args, const World& world) {
  const Located issue = find_issue(world, args);
  const std::string wanted = issue_label(args);
  if (issue) return Verdict::grade(true, wanted, "it", Evidence::state(issue.at()));
  if (!issue.miss().is_absent()) return issue.miss();
  return Verdict::grade(false, wanted, issue.miss().found(), issue.miss().evidence());
}

Verdict issue_state(const Args& args, const World& world) {
  const Located issue = find_issue(world, args);
  if (!issue) return issue.miss();
  const auto state = json::string_at(*issue, "state");
  if (!state) return incomplete(issue.at("state"));
  const bool closed = !text::equals_ignore_case(*state, "open");
  return Verdict::grade(closed == (args.choice == "closed" || args.choice == "not open"),
                        text::cat(issue_label(args), ' ', args.choice), std::string(*state),
                        Evidence::state(issue.at("state")));
}

/// Labels of the issue, with `args.label` looked for.
struct LabelSearch {
  Located labels;
  std::optional<std::size_t> index;

  Evidence evidence() const { return Evidence::state(index ? pointer::child(labels.at(), *index) : labels.at()); }
};

LabelSearch find_label(const Args& args, const World& world) {
  const Located issue = find_issue(world, args);
  if (!issue) return {issue, std::nullopt};
  const Located labels = issue.list("labels");
  return {labels, labels ? index_of(*labels, "name", args.label) : std::nullopt};
}

Verdict issue_has_label(const Args& args, const World& world) {
  const LabelSearch found = find_label(args, world);
  if (!found.labels) return found.labels.miss();
  return Verdict::grade(found.index.has_value(), text::cat("label `", args.label, "` on ", issue_label(args)),
                        listing(*found.labels, "name"), found.evidence());
}

Verdict issue_lacks_label(const Args& args, const World& world) {
  const LabelSearch found = find_label(args, world);
  if (!found.labels) return found.labels.miss();
  return Verdict::grade(!found.index, text::cat("no label `", args.label, "` on ", issue_label(args)),
                        listing(*found.labels, "name"), found.evidence());
}

Verdict issue_exactly_one_label(const Args& args, const World& world) {
  const LabelSearch found = find_label(args, world);
  if (!found.labels) return found.labels.miss();
  return Verdict::grade(found.index && (*found.labels).size() == 1,
                        text::cat('`', args.label, "` as the only label of ", issue_label(args)),
                        listing(*found.labels, "name"), Evidence::state(found.labels.at()));
}

Verdict grade_assignee(const Args& args, const World& world, bool wanted) {
  const Located issue = find_issue(world, args);
  if (!issue) return issue.miss();
  const auto assignees = assignees_of(issue);
  if (!assignees) return incomplete(issue.at("assignees"));
  const auto index = place_of(*assignees, args.login);
  return Verdict::grade(index.has_value() == wanted,
                        text::cat(issue_label(args), wanted ? "" : " not", " assigned to `", args.login, '`'),
                        text::cat("the assignees ", listing(assignees->logins)),
                        Evidence::state(index.value_or(assignees->place)));
}

Verdict issue_assignee(const Args& args, const World& world) { return grade_assignee(args, world, true); }
Verdict issue_not_assigned(const Args& args, const World& world) { return grade_assignee(args, world, false); }

bool has_number(const Json& list, std::optional<std::int64_t> number) {
  for (const Json& entry : list) {
    if (json::integer_at(entry, "number") == number) return true;
  }
  return false;
}

Verdict no_new_issues(const Args& args, const World& world) {
  const Located repo = find_repo(*world.final_state, args.repo);
  if (!repo) return repo.miss();
  const Located issues = repo.list("issues");
  if (!issues) return issues.miss();
  const std::optional<Located> seeded = seeded_repo(world, args.repo);
  const Json& before = seeded ? json::at(**seeded, "issues") : json::at(Json(), "");
  std::vector<std::string> created;
  Evidence evidence = seeded ? Evidence::initial(seeded->at()) : Evidence::initial("/repositories");
  for (std::size_t i = 0; i < (*issues).size(); ++i) {
    const auto number = json::integer_at((*issues)[i], "number");
    if (has_number(before, number)) continue;
    created.push_back(text::cat('#', number.value_or(0)));
    evidence.add_state(pointer::child(issues.at(), i));
  }
  if (created.empty()) evidence.add_state(issues.at());
  return Verdict::grade(created.empty(), text::cat("no new issues in ", args.repo), listing(created),
                        std::move(evidence));
}

constexpr Phrase kExists[] = {"Issue #{issue} exists[ (in|on) `{repo}`]", "Issue #{issue}[ (in|on) `{repo}`] exists"};
constexpr Phrase kState[] = {"Issue #{issue}[ (in|on) `{repo}`] is [still ]in state {open|closed}",
                             "Issue #{issue}[ (in|on) `{repo}`] is [still ]{open|closed|not open|not closed}"};
constexpr Phrase kHasLabel[] = {"Issue #{issue}[ (in|on) `{repo}`] [still ]has the `{label}` label[ applied]",
                                "Issue #{issue}[ (in|on) `{repo}`] [still ]has label `{label}`[ applied]",
                                "The `{label}` label (is|was) applied to issue #{issue}[ (in|on) `{repo}`]",
                                "Label `{label}` (is|was) applied to issue #{issue}[ (in|on) `{repo}`]"};
constexpr Phrase kLacksLabel[] = {"Issue #{issue}[ (in|on) `{repo}`] does not have the `{label}` label[ applied]",
                                  "No `{label}` label (is|was) applied to issue #{issue}[ (in|on) `{repo}`]",
                                  "The `{label}` label (was|is) not applied to issue #{issue}[ (in|on) `{repo}`]"};
constexpr Phrase kOneLabel[] = {
    "Issue #{issue}[ (in|on) `{repo}`] has exactly one classification label, and it is [still ]`{label}`"};
constexpr Phrase kAssignee[] = {"Issue #{issue}[ (in|on) `{repo}`] is [still ]assigned to `{login}`"};
constexpr Phrase kNotAssigned[] = {"Issue #{issue}[ (in|on) `{repo}`] (is|was) not assigned to `{login}`"};
constexpr Phrase kNoNewIssues[] = {"No new issues were created[ (in|on) `{repo}`]",
                                   "No new issue was created[ (in|on) `{repo}`]"};
constexpr Touch kStateTouch[] = {{"issues", Touch::Key::number, "state|state_reason|closed_at|closed_by_login"}};
constexpr Touch kLabelTouch[] = {{"numbered", Touch::Key::number, "labels"}};
constexpr Touch kAssigneeTouch[] = {{"numbered", Touch::Key::number, "assignees|assignee_login"}};
constexpr Touch kIssueTouch[] = {{"issues", Touch::Key::number}};

constexpr Row kRows[] = {
    {.id = "github.issue-exists",
     .phrases = kExists,
     .evaluate = issue_exists,
     .description = "The repository has an issue of that number at the end.",
     .example = "Issue #1 exists in `acme/api`",
     .touches = kIssueTouch},
    {.id = "github.issue-state",
     .phrases = kState,
     .evaluate = issue_state,
     .description = "The issue is open, or closed, at the end.",
     .example = "Issue #1 in `acme/api` is in state closed",
     .stays = "open|not closed",
     .touches = kStateTouch},
    {.id = "github.issue-has-label",
     .phrases = kHasLabel,
     .evaluate = issue_has_label,
     .description = "The issue carries the label at the end.",
     .example = "Issue #1 in `acme/api` has the `bug` label applied",
     .touches = kLabelTouch},
    {.id = "github.issue-lacks-label",
     .phrases = kLacksLabel,
     .polarity = Polarity::must_not,
     .evaluate = issue_lacks_label,
     .description = "The issue does not carry the label at the end, whoever put it there.",
     .example = "Issue #1 in `acme/api` does not have the `question` label"},
    {.id = "github.issue-exactly-one-label",
     .phrases = kOneLabel,
     .evaluate = issue_exactly_one_label,
     .description = "The issue carries that label and no other one at the end.",
     .example = "Issue #1 in `acme/api` has exactly one classification label, and it is `bug`",
     .touches = kLabelTouch},
    {.id = "github.issue-assignee",
     .phrases = kAssignee,
     .evaluate = issue_assignee,
     .description = "The person is among the issue's assignees at the end.",
     .example = "Issue #1 in `acme/api` is assigned to `alice`",
     .touches = kAssigneeTouch},
    {.id = "github.issue-not-assigned",
     .phrases = kNotAssigned,
     .polarity = Polarity::must_not,
     .evaluate = issue_not_assigned,
     .description = "The person is not among the issue's assignees at the end.",
     .example = "Issue #1 in `acme/api` is not assigned to `bob`"},
    {.id = "github.no-new-issues",
     .phrases = kNoNewIssues,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = no_new_issues,
     .description = "The repository has no issue number at the end that it lacked in the seed.",
     .example = "No new issues were created in `acme/api`"},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> issue_rows() { return kRows; }

}  // namespace pome::criteria
