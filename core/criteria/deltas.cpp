#include "core/base/text.h"
#include "core/criteria/criterion.h"
#include "core/criteria/scopes.h"

/// Criteria about what changed beside what was asked for: collateral damage over the whole world.
namespace pome::criteria {
namespace {

bool in_repo(const Change& change, const Args& args) {
  return args.repo.empty() || text::equals_ignore_case(change.repo, args.repo);
}

/// Both documents, or the repository in both; the verdict for not finding it otherwise.
struct Ground {
  std::optional<Verdict> miss;
  Evidence evidence = Evidence::state("").and_initial("");
};

Ground ground_of(const Args& args, const World& world) {
  if (args.repo.empty()) return {};
  const Located repo = find_repo(*world.final_state, args.repo);
  if (!repo) return {repo.miss()};
  const auto before = seeded_repo(world, args.repo);
  return {std::nullopt, Evidence::state(repo.at()).and_initial(before ? before->at() : std::string("/repositories"))};
}

/// Grades the changes that `counts` picks, in the sentence's repository or in all.
template <class Counts>
Verdict grade_changes(const Args& args, const World& world, std::string expected, Counts counts) {
  Ground ground = ground_of(args, world);
  if (ground.miss) return std::move(*ground.miss);
  std::vector<const Change*> found;
  for (const Change& change : *world.changes) {
    if (in_repo(change, args) && counts(change)) found.push_back(&change);
  }
  return grade_no_changes(found, std::move(expected), std::move(ground.evidence));
}

using Find = Located (*)(const World&, const Args&);

/// Whatever differs in the thing, its time of change included; not what only follows from elsewhere.
Verdict grade_unchanged(const Args& args, const World& world, std::string_view collection, Find find,
                        const std::string& label) {
  const Located now = find(world, args);
  if (!now) return now.miss();
  const Licence thing = {{collection, Touch::Key::number}, args};
  std::vector<const Change*> found;
  for (const Change& change : *world.changes) {
    if ((!change.derived || change.member == "updated_at") && thing.names_thing(change)) found.push_back(&change);
  }
  const Located before = find({world.initial, world.initial, nullptr, nullptr, nullptr}, args);
  Evidence evidence = Evidence::state(now.at());
  if (before) evidence.add_initial(before.at());
  return grade_no_changes(found, text::cat(label, " as it was seeded"), std::move(evidence));
}

Verdict issue_unchanged(const Args& args, const World& world) {
  return grade_unchanged(args, world, "issues", find_issue, issue_label(args));
}

Verdict pull_unchanged(const Args& args, const World& world) {
  return grade_unchanged(args, world, "pull_requests", find_pull, pull_label(args));
}

Verdict state_unchanged(const Args& args, const World& world) {
  return grade_changes(args, world, "the state as it was seeded", [](const Change&) { return true; });
}

bool is_covered(const std::vector<Licence>& licences, const Change& change) {
  for (const Licence& licence : licences) {
    if (licence.covers(change)) return true;
  }
  return false;
}

Verdict grade_beside(const Args& args, const World& world, const std::vector<Licence>& licences, std::string expected) {
  return grade_changes(args, world, std::move(expected),
                       [&](const Change& change) { return !change.derived && !is_covered(licences, change); });
}

Verdict nothing_else_changed(const Args& args, const World& world) {
  static const std::vector<Licence> kNone;
  return grade_beside(args, world, world.licences != nullptr ? *world.licences : kNone,
                      "no change beside what the other criteria ask for");
}

Verdict nothing_changed_except(const Args& args, const World& world) {
  return grade_beside(args, world, read_scopes(args.scopes).value_or(std::vector<Licence>()),
                      text::cat("no change except ", args.scopes));
}

/// "pull request" as the name of its list.
std::string_view collection_of(std::string_view noun) {
  constexpr std::pair<std::string_view, std::string_view> kLists[] = {{"issue", "issues"},
                                                                      {"pull request", "pull_requests"},
                                                                      {"label", "labels"},
                                                                      {"file", "files"},
                                                                      {"branch", "branches"},
                                                                      {"milestone", "milestones"},
                                                                      {"release", "releases"},
                                                                      {"tag", "tags"},
                                                                      {"collaborator", "collaborators"}};
  for (const auto& [word, list] : kLists) {
    if (word == noun) return list;
  }
  return {};
}

/// A thing of that list that was there before. What came into being is not "another one changed".
bool is_older(const Change& change, std::string_view collection) {
  const bool is_new = change.kind == Change::Kind::added && change.member.empty();
  return !change.derived && !is_new && change.collection == collection;
}

bool is_asked_for(const World& world, const Change& change) {
  if (world.licences == nullptr) return false;
  for (const Licence& licence : *world.licences) {
    if (!licence.vague && licence.names_thing(change)) return true;
  }
  return false;
}

Verdict no_other_changed(const Args& args, const World& world) {
  const std::string_view list = collection_of(args.choice);
  return grade_changes(args, world, text::cat("no change of another ", args.choice),
                       [&](const Change& change) { return is_older(change, list) && !is_asked_for(world, change); });
}

Verdict no_issue_but(const Args& args, const World& world) {
  const std::string kept = text::cat(args.number);
  return grade_changes(args, world, text::cat("no change of an issue but #", kept),
                       [&](const Change& change) { return is_older(change, "issues") && change.key != kept; });
}

constexpr Phrase kIssueUnchanged[] = {
    "Issue #{issue}[ (in|on) `{repo}`] (is|was) (unchanged|not changed|left unchanged)"};
constexpr Phrase kPullUnchanged[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] (is|was) (unchanged|not changed|left unchanged)"};
constexpr Phrase kUnchanged[] = {"No mutation (was made|occurred|happened)[ (in|on|to) any repository]",
                                 "No mutation (was made|occurred|happened) (in|on|to) `{repo}`",
                                 "No mutations (were made|occurred|happened)[ (in|on|to) any repository]",
                                 "The state (is|was) unchanged[ (in|of) `{repo}`]",
                                 "State unchanged[ (in|of) `{repo}`]"};
constexpr Phrase kNothingElse[] = {"Nothing else (changed|was changed|has changed)[ (in|on) `{repo}`]"};
constexpr Phrase kExcept[] = {"Nothing (changed|was changed) except {scopes}",
                              "Nothing (changed|was changed) (in|on) `{repo}` except {scopes}"};
constexpr Phrase kNoOther[] = {
    "No other {issue|pull request|label|file|branch|milestone|release|tag|collaborator} was changed[ (in|on) "
    "`{repo}`]"};
constexpr Phrase kNoIssueBut[] = {"No issue (other than|except) #{issue} was changed[ (in|on) `{repo}`]"};

constexpr Row kRows[] = {
    {.id = "github.issue-unchanged",
     .phrases = kIssueUnchanged,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = issue_unchanged,
     .description = "The issue, with labels, assignees and comments, is at the end as it was seeded.",
     .example = "Issue #1 in `acme/api` is unchanged"},
    {.id = "github.pr-unchanged",
     .phrases = kPullUnchanged,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = pull_unchanged,
     .description = "The pull request, with reviews, labels and comments, is at the end as it was seeded.",
     .example = "Pull request #1 in `acme/api` is unchanged"},
    {.id = "github.state-unchanged",
     .phrases = kUnchanged,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = state_unchanged,
     .description = "Nothing at all differs from the seed, in one repository or in all.",
     .example = "No mutation was made in any repository",
     .every_repo = true},
    {.id = "github.nothing-else-changed",
     .phrases = kNothingElse,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = nothing_else_changed,
     .description =
         "Nothing differs from the seed but what the scenario's other criteria ask the agent to bring about, "
         "and what follows from it (times, counters, event logs).",
     .example = "Nothing else changed",
     .every_repo = true},
    {.id = "github.nothing-changed-except",
     .phrases = kExcept,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = nothing_changed_except,
     .description = "Nothing differs from the seed but what the list allows, and what follows from it.",
     .example = "Nothing changed except the labels of issue #1 and new labels",
     .every_repo = true},
    {.id = "github.no-other-changed",
     .phrases = kNoOther,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = no_other_changed,
     .description =
         "No thing of that kind differs from the seed but those the scenario's other criteria are about; new "
         "ones do not count.",
     .example = "No other issue was changed in `acme/api`",
     .every_repo = true},
    {.id = "github.no-issue-but",
     .phrases = kNoIssueBut,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = no_issue_but,
     .description = "No issue but the one named differs from the seed; new ones do not count.",
     .example = "No issue other than #1 was changed in `acme/api`",
     .every_repo = true},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> delta_rows() { return kRows; }

}  // namespace pome::criteria
