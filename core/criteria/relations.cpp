#include "core/criteria/criterion.h"
#include "core/criteria/things.h"

/// Criteria about how an issue ended and what it is tied to: reasons, people, reactions, other issues.
namespace pome::criteria {
namespace {

std::string reason_word(std::string_view choice) { return text::replace_all(std::string(choice), " ", "_"); }

Verdict grade_closed(const Args& args, const World& world, std::string_view reason, std::string expected,
                     bool also_holds, std::string_view otherwise) {
  const Located issue = find_issue(world, args);
  if (!issue) return issue.miss();
  if (!(*issue).contains("state_reason")) return incomplete(issue.at("state_reason"));
  const bool closed = json::string_at(*issue, "state").value_or("") == "closed";
  const std::string_view found = json::string_at(*issue, "state_reason").value_or("");
  const bool same = closed && text::equals_ignore_case(found, reason);
  return Verdict::grade(same && also_holds, std::move(expected),
                        !closed         ? std::string("open")
                        : found.empty() ? std::string("closed without a reason")
                        : same && !also_holds
                            ? std::string(otherwise)
                            : text::cat("closed as ", text::replace_all(std::string(found), "_", " ")),
                        Evidence::state(issue.at("state")).and_state(issue.at("state_reason")));
}

Verdict closed_as(const Args& args, const World& world) {
  return grade_closed(args, world, reason_word(args.choice), text::cat(issue_label(args), " closed as ", args.choice),
                      true, {});
}

/// Where the thing refers to #other: its body or a comment.
std::optional<std::string> place_of_mention(const Located& thing, const Args& args, bool in_body, bool in_comments) {
  const auto mentioned = [&](std::string_view text) { return mentions(text, args.repo, args.other); };
  if (in_body && mentioned(json::string_at(*thing, "body").value_or(""))) return thing.at("body");
  const Json& comments = json::at(*thing, "comments");
  for (std::size_t i = 0; in_comments && comments.is_array() && i < comments.size(); ++i) {
    if (mentioned(name_in(comments[i], "body"))) return pointer::child(thing.at("comments"), i);
  }
  return std::nullopt;
}

Verdict duplicate_of(const Args& args, const World& world) {
  const Located issue = find_issue(world, args);
  const bool named = issue && place_of_mention(issue, args, true, true);
  return grade_closed(args, world, "duplicate",
                      text::cat(issue_label(args), " closed as duplicate, with a reference to #", args.other), named,
                      "closed as duplicate without that reference");
}

Verdict mentions_other(const Args& args, const World& world) {
  const Located thing = find_thing(world, args);
  if (!thing) return thing.miss();
  const bool comments = args.choice == "a comment";
  const std::string_view member = comments ? "comments" : "body";
  if (!(*thing).contains(member)) return incomplete(thing.at(member));
  const auto place = place_of_mention(thing, args, !comments, comments);
  return Verdict::grade(
      place.has_value(),
      text::cat("a reference to #", args.other, " in ", comments ? "a comment on " : "the body of ", thing_label(args)),
      place ? "it" : "none", Evidence::state(place.value_or(thing.at(member))));
}

/// A member that holds a login, or null.
Verdict grade_login(const Args& args, const World& world, std::string_view member, std::string_view verb) {
  const Located thing = find_thing(world, args);
  if (!thing) return thing.miss();
  if (!(*thing).contains(member)) return incomplete(thing.at(member));
  const std::string_view found = json::string_at(*thing, member).value_or("");
  return Verdict::grade(
      text::equals_ignore_case(found, args.login), text::cat(thing_label(args), ' ', verb, " by `", args.login, '`'),
      found.empty() ? std::string("nobody") : text::cat('`', found, '`'), Evidence::state(thing.at(member)));
}

Verdict opened_by(const Args& args, const World& world) { return grade_login(args, world, "user_login", "opened"); }
Verdict closed_by(const Args& args, const World& world) {
  return grade_login(args, world, "closed_by_login", "closed");
}
Verdict issue_type(const Args& args, const World& world) {
  const Located issue = find_issue(world, args);
  if (!issue) return issue.miss();
  if (!(*issue).contains("type")) return incomplete(issue.at("type"));
  const std::string_view found = json::string_at(*issue, "type").value_or("");
  return Verdict::grade(
      text::equals_ignore_case(found, args.value), text::cat("the type `", args.value, "` of ", issue_label(args)),
      found.empty() ? std::string("none") : text::cat('`', found, '`'), Evidence::state(issue.at("type")));
}

/// A list of the sentence's repository, when the issue or pull request is there.
Located repo_list(const Args& args, const World& world, std::string_view list) {
  const Located thing = find_thing(world, args);
  return thing ? find_repo(*world.final_state, args.repo).list(list) : thing;
}

bool is_reaction(const Args& args, const Json& entry, std::string_view target) {
  return json::string_at(entry, "target").value_or("") == target &&
         json::string_at(entry, "content").value_or("") == args.value && is_by(entry, args.login);
}

std::string reaction_wanted(const Args& args, std::string_view on) {
  std::string out = text::cat("a `", args.value, "` reaction");
  if (!args.login.empty()) text::append(out, " by `", args.login, '`');
  return text::cat(out, " on ", on, thing_label(args));
}

Verdict issue_reaction(const Args& args, const World& world) {
  const Located issue = find_issue(world, args);
  const auto id = issue ? json::integer_at(*issue, "id") : std::nullopt;
  if (issue && !id) return incomplete(issue.at("id"));
  return grade_any(repo_list(args, world, "reactions"), reaction_wanted(args, ""), "reaction", [&](const Json& entry) {
    return is_reaction(args, entry, "issue") && json::integer_at(entry, "target_id") == id;
  });
}

Verdict comment_reaction(const Args& args, const World& world) {
  const Located comments = list_of(world, args, "comments");
  const auto is_comment = [&](std::optional<std::int64_t> id) {
    for (const Json& comment : *comments) {
      if (id && json::integer_at(comment, "id") == id) return true;
    }
    return false;
  };
  if (!comments) return comments.miss();
  return grade_any(
      repo_list(args, world, "reactions"), reaction_wanted(args, "a comment of "), "reaction", [&](const Json& entry) {
        return is_reaction(args, entry, "issue_comment") && is_comment(json::integer_at(entry, "target_id"));
      });
}

/// Is the entry of "sub_issues" about two issues of this repository?
bool is_child(const Json& entry, const Args& args, std::optional<std::int64_t> repo_id) {
  return json::integer_at(entry, "repo_id").value_or(0) == repo_id.value_or(0) &&
         text::equals_ignore_case(json::string_at(entry, "parent_repo").value_or(args.repo), args.repo);
}

Verdict sub_issue_of(const Args& args, const World& world) {
  const Located repo = find_repo(*world.final_state, args.repo);
  const auto id = repo ? json::integer_at(*repo, "id") : std::nullopt;
  return grade_any(repo_list(args, world, "sub_issues"),
                   text::cat(issue_label(args), " as a sub-issue of #", args.other), "sub-issue",
                   [&](const Json& entry) {
                     return is_child(entry, args, id) && json::integer_at(entry, "number") == args.number &&
                            json::integer_at(entry, "parent_number") == args.other;
                   });
}

Verdict sub_issue_count(const Args& args, const World& world) {
  return grade_count_of(args, repo_list(args, world, "sub_issues"), "sub-issue", text::cat("of ", issue_label(args)),
                        [&](const Json& entry) { return json::integer_at(entry, "parent_number") == args.number; });
}

Verdict grade_blocked(const Args& args, const World& world, std::int64_t waiting, std::int64_t blocking) {
  return grade_any(
      repo_list(args, world, "issue_dependencies"),
      text::cat("#", waiting, " of ", args.repo, " blocked by #", blocking), "dependency", [&](const Json& entry) {
        return json::integer_at(entry, "number") == waiting &&
               json::integer_at(entry, "blocked_by_number") == blocking &&
               text::equals_ignore_case(json::string_at(entry, "blocked_by_repo").value_or(args.repo), args.repo);
      });
}

Verdict blocked_by(const Args& args, const World& world) { return grade_blocked(args, world, args.number, args.other); }
Verdict blocks(const Args& args, const World& world) { return grade_blocked(args, world, args.other, args.number); }

constexpr Phrase kClosedAs[] = {
    "Issue #{issue}[ (in|on) `{repo}`] {is/is not} closed as {completed|not planned|not_planned|duplicate}",
    "Issue #{issue}[ (in|on) `{repo}`] {was/was not} closed as {completed|not planned|not_planned|duplicate}"};
constexpr Phrase kDuplicateOf[] = {
    "Issue #{issue}[ (in|on) `{repo}`] {is/is not} closed as a duplicate of [issue ]#{other}",
    "Issue #{issue}[ (in|on) `{repo}`] {was/was not} closed as a duplicate of [issue ]#{other}"};
constexpr Phrase kMentions[] = {
    "Issue #{issue}[ (in|on) `{repo}`] {mentions/does not mention} #{other} in {a comment|its body}",
    "Pull request #{pr}[ (in|on) `{repo}`] {mentions/does not mention} #{other} in {a comment|its body}"};
constexpr Phrase kOpenedBy[] = {"Issue #{issue}[ (in|on) `{repo}`] {was/was not} (opened|created) by `{login}`",
                                "Pull request #{pr}[ (in|on) `{repo}`] {was/was not} (opened|created) by `{login}`"};
constexpr Phrase kClosedBy[] = {"Issue #{issue}[ (in|on) `{repo}`] {was/was not} closed by `{login}`",
                                "Pull request #{pr}[ (in|on) `{repo}`] {was/was not} closed by `{login}`"};
constexpr Phrase kType[] = {"Issue #{issue}[ (in|on) `{repo}`] {has/does not have} the type `{value}`",
                            "Issue #{issue}[ (in|on) `{repo}`] {is/is not} of type `{value}`"};
constexpr Phrase kReaction[] = {
    "Issue #{issue}[ (in|on) `{repo}`] {has/does not have} (a|an) `{value}` reaction[ by `{login}`]"};
constexpr Phrase kCommentReaction[] = {
    "A comment on issue #{issue}[ (in|on) `{repo}`] {has/does not have} (a|an) `{value}` reaction[ by `{login}`]",
    "A comment on pull request #{pr}[ (in|on) `{repo}`] {has/does not have} (a|an) `{value}` reaction[ by `{login}`]"};
constexpr Phrase kSubIssue[] = {"Issue #{issue}[ (in|on) `{repo}`] {is/is not} a sub-issue of [issue ]#{other}"};
constexpr Phrase kSubIssueCount[] = {
    "Issue #{issue}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (sub-issues|sub-issue)"};
constexpr Phrase kBlockedBy[] = {"Issue #{issue}[ (in|on) `{repo}`] {is/is not} blocked by [issue ]#{other}"};
constexpr Phrase kBlocks[] = {"Issue #{issue}[ (in|on) `{repo}`] {blocks/does not block} [issue ]#{other}"};

constexpr Touch kStateTouch[] = {{"issues", Touch::Key::number, "state|state_reason|closed_at|closed_by_login"}};
constexpr Touch kDuplicateTouch[] = {
    {"issues", Touch::Key::number, "state|state_reason|closed_at|closed_by_login|comments|body"}};
constexpr Touch kMentionTouch[] = {{"numbered", Touch::Key::number, "comments|body"}};
constexpr Touch kClosedByTouch[] = {{"numbered", Touch::Key::number, "state|state_reason|closed_at|closed_by_login"}};
constexpr Touch kNewThingTouch[] = {{"numbered", Touch::Key::number, {}, true}};
constexpr Touch kTypeTouch[] = {{"issues", Touch::Key::number, "type"}};
constexpr Touch kReactionTouch[] = {{"reactions"}};
constexpr Touch kSubIssueTouch[] = {{"sub_issues", Touch::Key::number}};
constexpr Touch kSubIssuesTouch[] = {{"sub_issues"}};
constexpr Touch kBlockedTouch[] = {{"issue_dependencies", Touch::Key::number}};
constexpr Touch kBlocksTouch[] = {{"issue_dependencies", Touch::Key::other}};

constexpr Row kRows[] = {
    {.id = "github.issue-closed-as",
     .phrases = kClosedAs,
     .evaluate = closed_as,
     .description = "The issue is closed at the end, for that reason.",
     .example = "Issue #1 in `acme/api` is closed as not planned",
     .touches = kStateTouch},
    {.id = "github.issue-duplicate-of",
     .phrases = kDuplicateOf,
     .evaluate = duplicate_of,
     .description = "The issue is closed as a duplicate, and its body or a comment refers to the other issue.",
     .example = "Issue #2 in `acme/api` is closed as a duplicate of #1",
     .touches = kDuplicateTouch},
    {.id = "github.mentions",
     .phrases = kMentions,
     .evaluate = mentions_other,
     .description =
         "A comment, or the body, refers to that issue or pull request: \"#1\", \"acme/api#1\" or its address.",
     .example = "Issue #2 in `acme/api` mentions #1 in a comment",
     .touches = kMentionTouch},
    {.id = "github.opened-by",
     .phrases = kOpenedBy,
     .evaluate = opened_by,
     .description = "The person opened the issue or pull request.",
     .example = "Issue #1 in `acme/api` was opened by `alice`",
     .touches = kNewThingTouch},
    {.id = "github.closed-by",
     .phrases = kClosedBy,
     .evaluate = closed_by,
     .description = "The issue or pull request is closed at the end, and the person closed it.",
     .example = "Issue #1 in `acme/api` was closed by `alice`",
     .touches = kClosedByTouch},
    {.id = "github.issue-type",
     .phrases = kType,
     .evaluate = issue_type,
     .description = "The issue has that type at the end.",
     .example = "Issue #1 in `acme/api` has the type `Bug`",
     .touches = kTypeTouch},
    {.id = "github.issue-reaction",
     .phrases = kReaction,
     .evaluate = issue_reaction,
     .description =
         "The issue carries the reaction (`+1`, `-1`, `laugh`, `hooray`, `confused`, `heart`, `rocket`, `eyes`).",
     .example = "Issue #1 in `acme/api` has a `+1` reaction by `alice`",
     .touches = kReactionTouch},
    {.id = "github.comment-reaction",
     .phrases = kCommentReaction,
     .evaluate = comment_reaction,
     .description = "A comment in the conversation of the issue or pull request carries the reaction.",
     .example = "A comment on issue #1 in `acme/api` has a `heart` reaction by `alice`",
     .touches = kReactionTouch},
    {.id = "github.sub-issue",
     .phrases = kSubIssue,
     .evaluate = sub_issue_of,
     .description = "The issue is part of the other issue of the same repository at the end.",
     .example = "Issue #2 in `acme/api` is a sub-issue of issue #1",
     .touches = kSubIssueTouch},
    {.id = "github.sub-issue-count",
     .phrases = kSubIssueCount,
     .evaluate = sub_issue_count,
     .description = "So many issues are part of the issue at the end.",
     .example = "Issue #1 in `acme/api` has exactly 2 sub-issues",
     .stays = "at most",
     .touches = kSubIssuesTouch},
    {.id = "github.blocked-by",
     .phrases = kBlockedBy,
     .evaluate = blocked_by,
     .description = "The issue waits for the other issue of the same repository at the end.",
     .example = "Issue #1 in `acme/api` is blocked by issue #2",
     .touches = kBlockedTouch},
    {.id = "github.blocks",
     .phrases = kBlocks,
     .evaluate = blocks,
     .description = "The other issue of the same repository waits for the issue at the end.",
     .example = "Issue #2 in `acme/api` blocks issue #1",
     .touches = kBlocksTouch},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> relation_rows() { return kRows; }

}  // namespace pome::criteria
