#include "core/criteria/criterion.h"
#include "core/criteria/things.h"

/// Criteria about who and what an issue or pull request is assigned to: people, a milestone, a lock.
namespace pome::criteria {
namespace {

/// `grade(assignees)` decides about whoever is assigned.
template <class Grade>
Verdict with_assignees(const Args& args, const World& world, Grade grade) {
  const Located thing = find_thing(world, args);
  if (!thing) return thing.miss();
  const auto assignees = assignees_of(thing);
  return assignees ? grade(*assignees) : incomplete(thing.at("assignees"));
}

template <class Wanted>
Verdict grade_assignees(const Args& args, const World& world, const std::string& expected, Wanted wanted) {
  return with_assignees(args, world, [&](const Assignees& assignees) {
    return Verdict::grade(wanted(overlap(assignees.logins, args.names)), text::cat(thing_label(args), ' ', expected),
                          text::cat("the assignees ", listing(assignees.logins)), Evidence::state(assignees.place));
  });
}

Verdict assignees_exactly(const Args& args, const World& world) {
  return grade_assignees(args, world, text::cat("assigned to exactly ", listing(args.names)),
                         [](const Overlap& people) { return people.same(); });
}

Verdict assignees_some(const Args& args, const World& world) {
  const bool all = args.choice == "all";
  return grade_assignees(args, world, text::cat("assigned to ", args.choice, " of ", listing(args.names)),
                         [all](const Overlap& people) { return all ? people.missing == 0 : people.present > 0; });
}

Verdict is_assigned(const Args& args, const World& world) {
  return grade_assignees(args, world, "assigned to somebody",
                         [](const Overlap& people) { return people.present + people.extra > 0; });
}

Verdict pull_assignee(const Args& args, const World& world) {
  return with_assignees(args, world, [&](const Assignees& assignees) {
    const auto place = place_of(assignees, args.login);
    return Verdict::grade(place.has_value(), text::cat(thing_label(args), " assigned to `", args.login, '`'),
                          text::cat("the assignees ", listing(assignees.logins)),
                          Evidence::state(place.value_or(assignees.place)));
  });
}

Verdict assignee_count(const Args& args, const World& world) {
  return with_assignees(args, world, [&](const Assignees& assignees) {
    return grade_count(args, static_cast<std::int64_t>(assignees.logins.size()), "assignee",
                       text::cat("on ", thing_label(args)), Evidence::state(assignees.place));
  });
}

/// The milestone a thing is in: its title and where that stands; both empty when it is in none.
struct InMilestone {
  std::string title;
  std::string place;
};

/// Nothing when the export does not tell.
std::optional<InMilestone> milestone_of(const Args& args, const World& world, const Located& thing) {
  if (!(*thing).contains("milestone_number")) return std::nullopt;
  const auto number = json::integer_at(*thing, "milestone_number");
  if (!number) return InMilestone();
  const Located milestones = find_repo(*world.final_state, args.repo).list("milestones");
  if (!milestones) return std::nullopt;
  for (std::size_t i = 0; i < (*milestones).size(); ++i) {
    const Json& milestone = (*milestones)[i];
    const auto title = json::string_at(milestone, "title");
    if (title && json::integer_at(milestone, "number") == number)
      return InMilestone{std::string(*title), pointer::child(pointer::child(milestones.at(), i), "title")};
  }
  return std::nullopt;
}

Verdict milestone_is(const Args& args, const World& world) {
  const Located thing = find_thing(world, args);
  if (!thing) return thing.miss();
  const auto found = milestone_of(args, world, thing);
  if (!found) return incomplete(thing.at("milestone_number"));
  Evidence evidence = Evidence::state(thing.at("milestone_number"));
  if (!found->place.empty()) evidence.add_state(found->place);
  return Verdict::grade(text::equals_ignore_case(found->title, args.milestone),
                        text::cat("milestone `", args.milestone, "` of ", thing_label(args)),
                        found->place.empty() ? std::string("none") : text::cat('`', found->title, '`'),
                        std::move(evidence));
}

Verdict has_milestone(const Args& args, const World& world) {
  const Located thing = find_thing(world, args);
  if (!thing) return thing.miss();
  if (!(*thing).contains("milestone_number")) return incomplete(thing.at("milestone_number"));
  const auto number = json::integer_at(*thing, "milestone_number");
  return Verdict::grade(number.has_value(), text::cat("a milestone of ", thing_label(args)),
                        number ? text::cat("milestone number ", *number) : std::string("none"),
                        Evidence::state(thing.at("milestone_number")));
}

/// `locked` of the thing, a boolean or 0/1.
std::optional<bool> is_locked(const Json& thing) {
  if (const auto flag = json::bool_at(thing, "locked")) return flag;
  const auto number = json::integer_at(thing, "locked");
  return number ? std::optional(*number != 0) : std::nullopt;
}

Verdict lock_state(const Args& args, const World& world) {
  const Located thing = find_thing(world, args);
  if (!thing) return thing.miss();
  const auto locked = is_locked(*thing);
  if (!locked) return incomplete(thing.at("locked"));
  return Verdict::grade(*locked == (args.choice == "locked"), text::cat(thing_label(args), ' ', args.choice),
                        *locked ? "locked" : "not locked", Evidence::state(thing.at("locked")));
}

Verdict lock_reason(const Args& args, const World& world) {
  const Located thing = find_thing(world, args);
  if (!thing) return thing.miss();
  const auto locked = is_locked(*thing);
  if (!locked || !(*thing).contains("active_lock_reason")) return incomplete(thing.at("active_lock_reason"));
  const std::string_view reason = json::string_at(*thing, "active_lock_reason").value_or("");
  const std::string found = !*locked         ? std::string("not locked")
                            : reason.empty() ? std::string("locked without a reason")
                                             : text::cat("locked as ", reason);
  return Verdict::grade(*locked && text::equals_ignore_case(reason, args.choice),
                        text::cat(thing_label(args), " locked as ", args.choice), found,
                        Evidence::state(thing.at("active_lock_reason")).and_state(thing.at("locked")));
}

constexpr Phrase kPullAssignee[] = {"Pull request #{pr}[ (in|on) `{repo}`] {is/is not} assigned to `{login}`",
                                    "Pull request #{pr}[ (in|on) `{repo}`] is still assigned to `{login}`",
                                    "Pull request #{pr}[ (in|on) `{repo}`] {was/was not} assigned to `{login}`"};
constexpr Phrase kExactly[] = {"Issue #{issue}[ (in|on) `{repo}`] {is/is not} assigned to exactly {names}",
                               "Issue #{issue}[ (in|on) `{repo}`] has exactly the (assignees|assignee) {names}",
                               "Pull request #{pr}[ (in|on) `{repo}`] {is/is not} assigned to exactly {names}",
                               "Pull request #{pr}[ (in|on) `{repo}`] has exactly the (assignees|assignee) {names}"};
constexpr Phrase kSome[] = {"Issue #{issue}[ (in|on) `{repo}`] {is/is not} assigned to {all|any} of {names}",
                            "Pull request #{pr}[ (in|on) `{repo}`] {is/is not} assigned to {all|any} of {names}"};
constexpr Phrase kAssigned[] = {
    "Issue #{issue}[ (in|on) `{repo}`] {has an assignee/has no assignee}",
    "Issue #{issue}[ (in|on) `{repo}`] {has assignees/has no assignees}",
    "Issue #{issue}[ (in|on) `{repo}`] {is assigned to somebody/is not assigned to anybody}",
    "Issue #{issue}[ (in|on) `{repo}`] {is assigned to someone/is not assigned to anyone}",
    "Issue #{issue}[ (in|on) `{repo}`] {is not unassigned/is unassigned}",
    "Pull request #{pr}[ (in|on) `{repo}`] {has an assignee/has no assignee}",
    "Pull request #{pr}[ (in|on) `{repo}`] {has assignees/has no assignees}",
    "Pull request #{pr}[ (in|on) `{repo}`] {is assigned to somebody/is not assigned to anybody}",
    "Pull request #{pr}[ (in|on) `{repo}`] {is assigned to someone/is not assigned to anyone}",
    "Pull request #{pr}[ (in|on) `{repo}`] {is not unassigned/is unassigned}"};
constexpr Phrase kAssigneeCount[] = {
    "Issue #{issue}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (assignees|assignee)",
    "Pull request #{pr}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (assignees|assignee)"};
constexpr Phrase kMilestone[] = {
    "Issue #{issue}[ (in|on) `{repo}`] {is/is not} in milestone `{milestone}`",
    "Issue #{issue}[ (in|on) `{repo}`] {is/is not} in the `{milestone}` milestone",
    "Issue #{issue}[ (in|on) `{repo}`] {has/does not have} the `{milestone}` milestone",
    "Issue #{issue}[ (in|on) `{repo}`] {has/does not have} [the ]milestone `{milestone}`",
    "Pull request #{pr}[ (in|on) `{repo}`] {is/is not} in milestone `{milestone}`",
    "Pull request #{pr}[ (in|on) `{repo}`] {is/is not} in the `{milestone}` milestone",
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} the `{milestone}` milestone",
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} [the ]milestone `{milestone}`"};
constexpr Phrase kHasMilestone[] = {
    "Issue #{issue}[ (in|on) `{repo}`] {has a milestone/has no milestone}",
    "Issue #{issue}[ (in|on) `{repo}`] {is in a milestone/is not in any milestone}",
    "Pull request #{pr}[ (in|on) `{repo}`] {has a milestone/has no milestone}",
    "Pull request #{pr}[ (in|on) `{repo}`] {is in a milestone/is not in any milestone}"};
constexpr Phrase kLocked[] = {"Issue #{issue}[ (in|on) `{repo}`] is [still ]{locked|unlocked|not locked}",
                              "Pull request #{pr}[ (in|on) `{repo}`] is [still ]{locked|unlocked|not locked}"};
constexpr Phrase kLockReason[] = {
    "Issue #{issue}[ (in|on) `{repo}`] {is/is not} locked as {off-topic|too heated|resolved|spam}",
    "Pull request #{pr}[ (in|on) `{repo}`] {is/is not} locked as {off-topic|too heated|resolved|spam}"};
constexpr Touch kAssigneeTouch[] = {{"numbered", Touch::Key::number, "assignees|assignee_login"}};
constexpr Touch kMilestoneTouch[] = {{"numbered", Touch::Key::number, "milestone_number"}};
constexpr Touch kLockTouch[] = {{"numbered", Touch::Key::number, "locked|active_lock_reason"}};

constexpr Row kRows[] = {
    {.id = "github.pr-assignee",
     .phrases = kPullAssignee,
     .evaluate = pull_assignee,
     .description = "The person is among the pull request's assignees at the end.",
     .example = "Pull request #1 in `acme/api` is assigned to `alice`",
     .touches = kAssigneeTouch},
    {.id = "github.assignees-exactly",
     .phrases = kExactly,
     .evaluate = assignees_exactly,
     .description = "These people and nobody else are assigned to the issue or pull request at the end.",
     .example = "Issue #1 in `acme/api` is assigned to exactly `alice` and `bob`",
     .touches = kAssigneeTouch},
    {.id = "github.assignees-some",
     .phrases = kSome,
     .evaluate = assignees_some,
     .description = "Every one, or at least one, of these people is assigned to the issue or pull request at the end.",
     .example = "Issue #1 in `acme/api` is assigned to all of `alice` and `bob`",
     .touches = kAssigneeTouch},
    {.id = "github.assigned",
     .phrases = kAssigned,
     .evaluate = is_assigned,
     .description = "Somebody is assigned to the issue or pull request at the end.",
     .example = "Issue #1 in `acme/api` has an assignee",
     .touches = kAssigneeTouch},
    {.id = "github.assignee-count",
     .phrases = kAssigneeCount,
     .evaluate = assignee_count,
     .description = "So many people are assigned to the issue or pull request at the end.",
     .example = "Issue #1 in `acme/api` has exactly 1 assignee",
     .stays = "at most",
     .touches = kAssigneeTouch},
    {.id = "github.milestone-is",
     .phrases = kMilestone,
     .evaluate = milestone_is,
     .description = "The issue or pull request is in the milestone of that title at the end.",
     .example = "Issue #1 in `acme/api` is in milestone `v1.0`",
     .touches = kMilestoneTouch},
    {.id = "github.has-milestone",
     .phrases = kHasMilestone,
     .evaluate = has_milestone,
     .description = "The issue or pull request is in a milestone at the end, whichever.",
     .example = "Issue #1 in `acme/api` has a milestone",
     .touches = kMilestoneTouch},
    {.id = "github.locked",
     .phrases = kLocked,
     .evaluate = lock_state,
     .description = "The conversation of the issue or pull request is locked, or unlocked, at the end.",
     .example = "Issue #1 in `acme/api` is locked",
     .stays = "not locked",
     .touches = kLockTouch},
    {.id = "github.lock-reason",
     .phrases = kLockReason,
     .evaluate = lock_reason,
     .description = "The conversation of the issue or pull request is locked at the end, for that reason.",
     .example = "Issue #1 in `acme/api` is locked as too heated",
     .touches = kLockTouch},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> planning_rows() { return kRows; }

}  // namespace pome::criteria
