#include "core/criteria/criterion.h"
#include "core/criteria/things.h"

/// Criteria about reviews of pull requests, who is asked for one, and comments on lines.
namespace pome::criteria {
namespace {

bool has_state(const Json& review, std::string_view state) {
  return text::equals_ignore_case(json::string_at(review, "state").value_or(""), state);
}

/// A review its author has not sent yet is nobody else's.
bool is_submitted(const Json& review) { return !has_state(review, "PENDING"); }

/// The review that decides for a person: the last one that approves, asks for changes or was dismissed.
std::optional<std::size_t> deciding_review(const Json& reviews, std::string_view login) {
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < reviews.size(); ++i) {
    const bool decides = has_state(reviews[i], "APPROVED") || has_state(reviews[i], "CHANGES_REQUESTED") ||
                         has_state(reviews[i], "DISMISSED");
    if (decides && is_by(reviews[i], login)) last = i;
  }
  return last;
}

/// Whose deciding review has that state, by login.
std::vector<std::string> people_with(const Json& reviews, std::string_view state) {
  std::vector<std::string> people;
  for (std::size_t i = 0; i < reviews.size(); ++i) {
    const std::string_view login = json::string_at(reviews[i], "user_login").value_or("");
    if (has_state(reviews[i], state) && !login.empty() && deciding_review(reviews, login) == i) {
      people.emplace_back(login);
    }
  }
  return people;
}

/// "approved", "approve" ... as the state of a review; empty for any review at all.
std::string_view state_of_verb(std::string_view verb) {
  if (verb.starts_with("approve")) return "APPROVED";
  return verb.starts_with("request") ? "CHANGES_REQUESTED" : std::string_view();
}

Verdict reviewed_by(const Args& args, const World& world) {
  const Located reviews = list_of(world, args, "reviews");
  const std::string_view state = state_of_verb(args.choice);
  if (state.empty()) {
    return grade_any(reviews, text::cat("a review of ", pull_label(args), " by `", args.login, '`'), "review",
                     [&](const Json& review) { return is_submitted(review) && is_by(review, args.login); });
  }
  if (!reviews) return reviews.miss();
  const auto last = deciding_review(*reviews, args.login);
  return Verdict::grade(last && has_state((*reviews)[*last], state),
                        text::cat(state, " as the verdict of `", args.login, "` on ", pull_label(args)),
                        last ? std::string(json::string_at((*reviews)[*last], "state").value_or("")) : "none",
                        Evidence::state(last ? pointer::child(reviews.at(), *last) : reviews.at()));
}

Verdict is_approved(const Args& args, const World& world) {
  const Located reviews = list_of(world, args, "reviews");
  if (!reviews) return reviews.miss();
  const auto approved = people_with(*reviews, "APPROVED");
  const auto refused = people_with(*reviews, "CHANGES_REQUESTED");
  return Verdict::grade(!approved.empty() && refused.empty(), text::cat("an approval of ", pull_label(args)),
                        text::cat("approved by ", listing(approved), ", changes requested by ", listing(refused)),
                        Evidence::state(reviews.at()));
}

Verdict approval_count(const Args& args, const World& world) {
  const Located reviews = list_of(world, args, "reviews");
  if (!reviews) return reviews.miss();
  return grade_count(args, static_cast<std::int64_t>(people_with(*reviews, "APPROVED").size()), "approval",
                     text::cat("of ", pull_label(args)), Evidence::state(reviews.at()));
}

Verdict review_with_state(const Args& args, const World& world) {
  return grade_any(list_of(world, args, "reviews"),
                   text::cat("a review by `", args.login, "` with state ", args.choice, " on ", pull_label(args)),
                   "review",
                   [&](const Json& review) { return is_by(review, args.login) && has_state(review, args.choice); });
}

Verdict review_contains(const Args& args, const World& world) {
  const std::string by = args.login.empty() ? std::string() : text::cat(" by `", args.login, '`');
  return grade_any(list_of(world, args, "reviews"),
                   text::cat("a review", by, " containing \"", args.needle, "\" on ", pull_label(args)), "review",
                   [&](const Json& review) {
                     return is_submitted(review) && is_by(review, args.login) &&
                            text::contains(json::string_at(review, "body").value_or(""), args.needle);
                   });
}

Verdict review_count(const Args& args, const World& world) {
  const std::string by = args.login.empty() ? std::string() : text::cat("by `", args.login, "` ");
  return grade_count_of(args, list_of(world, args, "reviews"), "review", text::cat(by, "on ", pull_label(args)),
                        [&](const Json& review) { return is_submitted(review) && is_by(review, args.login); });
}

/// What the sentence says about a comment on a line, of what it may say.
bool is_meant(const Args& args, const Json& comment) {
  return is_by(comment, args.login) &&
         (args.path.empty() || json::string_at(comment, "path").value_or("") == args.path) &&
         (args.count < 0 || json::integer_at(comment, "line") == args.count) &&
         text::contains(json::string_at(comment, "body").value_or(""), args.needle);
}

Verdict review_comment_exists(const Args& args, const World& world) {
  std::string wanted = "a review comment";
  if (!args.login.empty()) text::append(wanted, " by `", args.login, '`');
  if (args.count >= 0) text::append(wanted, " on line ", args.count);
  if (!args.path.empty()) text::append(wanted, " on `", args.path, '`');
  if (!args.needle.empty()) text::append(wanted, " containing \"", args.needle, '"');
  return grade_any(list_of(world, args, "review_comments"), text::cat(wanted, " in ", pull_label(args)),
                   "review comment", [&](const Json& comment) { return is_meant(args, comment); });
}

Verdict review_comment_count(const Args& args, const World& world) {
  const std::string on = args.path.empty() ? std::string() : text::cat("on `", args.path, "` ");
  return grade_count_of(args, list_of(world, args, "review_comments"), "review comment",
                        text::cat(on, "in ", pull_label(args)), [&](const Json& comment) {
                          return args.path.empty() || json::string_at(comment, "path").value_or("") == args.path;
                        });
}

/// Any word of the person there: in the conversation, on a line, or in a review.
Verdict commented_on_pull(const Args& args, const World& world) {
  const std::string wanted = text::cat("a comment by `", args.login, "` on ", pull_label(args));
  std::optional<Evidence> evidence;
  for (const std::string_view member :
       {std::string_view("comments"), std::string_view("review_comments"), std::string_view("reviews")}) {
    Verdict found = grade_any(list_of(world, args, member), wanted, "comment", [&](const Json& entry) {
      return is_by(entry, args.login) && is_submitted(entry) &&
             (member != "reviews" || !json::string_at(entry, "body").value_or("").empty());
    });
    if (found.outcome() != Verdict::Outcome::failed || found.is_absent()) return found;
    if (evidence) evidence->add(found.evidence());
    if (!evidence) evidence = found.evidence();
  }
  return Verdict::grade(false, wanted, "none", *evidence);
}

Verdict reviewer_requested(const Args& args, const World& world) {
  const Located people = list_of(world, args, "requested_reviewers");
  if (!people) return people.miss();
  const auto index = index_of(*people, "login", args.login);
  return Verdict::grade(index.has_value(), text::cat('`', args.login, "` asked to review ", pull_label(args)),
                        text::cat("the requested reviewers ", listing(*people, "login")),
                        Evidence::state(index ? pointer::child(people.at(), *index) : people.at()));
}

/// A team by its slug, "acme/core" or "core".
Verdict team_requested(const Args& args, const World& world) {
  const Located teams = list_of(world, args, "requested_teams");
  if (!teams) return teams.miss();
  const std::size_t slash = args.value.find('/');
  const std::string_view slug = std::string_view(args.value).substr(slash == std::string::npos ? 0 : slash + 1);
  const auto index = index_of(*teams, "slug", slug);
  return Verdict::grade(index.has_value(), text::cat("team `", args.value, "` asked to review ", pull_label(args)),
                        text::cat("the requested teams ", listing(*teams, "slug")),
                        Evidence::state(index ? pointer::child(teams.at(), *index) : teams.at()));
}

Verdict has_reviewers(const Args& args, const World& world) {
  const Located people = list_of(world, args, "requested_reviewers");
  const Located teams = list_of(world, args, "requested_teams");
  if (!people) return people.miss();
  const bool any = !(*people).empty() || (teams && !(*teams).empty());
  Evidence evidence = Evidence::state(people.at());
  if (teams) evidence.add_state(teams.at());
  return Verdict::grade(any, text::cat("a requested reviewer of ", pull_label(args)),
                        text::cat("the people ", listing(*people, "login"), ", the teams ",
                                  teams ? listing(*teams, "slug") : std::string("none")),
                        std::move(evidence));
}

Verdict reviewer_count(const Args& args, const World& world) {
  return grade_count_of(args, list_of(world, args, "requested_reviewers"), "requested reviewer",
                        text::cat("of ", pull_label(args)), [](const Json&) { return true; });
}

constexpr Phrase kReviewedBy[] = {
    "`{login}` {approved|requested changes on|reviewed} pull request #{pr}[ (in|on) `{repo}`]",
    "`{login}` has {approved|requested changes on|reviewed} pull request #{pr}[ (in|on) `{repo}`]",
    "`{login}` {did/did not} {approve|request changes on|review} pull request #{pr}[ (in|on) `{repo}`]",
    "Pull request #{pr}[ (in|on) `{repo}`] {was/was not} {approved|reviewed} by `{login}`"};
constexpr Phrase kApproved[] = {"Pull request #{pr}[ (in|on) `{repo}`] {is/is not} approved"};
constexpr Phrase kApprovals[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (approvals|approval)"};
constexpr Phrase kWithState[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} a review by `{login}` with state "
    "{APPROVED|CHANGES_REQUESTED|COMMENTED|DISMISSED}"};
constexpr Phrase kContains[] = {
    "{A review/No review}[ by `{login}`] containing \"{needle}\" exists on pull request #{pr}[ (in|on) `{repo}`]"};
constexpr Phrase kCount[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (reviews|review)[ by `{login}`]"};
constexpr Phrase kLineComment[] = {
    "{A review comment/No review comment}[ by `{login}`][ on file `{path}`][ containing \"{needle}\"] exists on pull "
    "request #{pr}[ (in|on) `{repo}`]",
    "{A review comment/No review comment}[ by `{login}`] on `{path}`[ containing \"{needle}\"] exists on pull request "
    "#{pr}[ (in|on) `{repo}`]",
    "{A review comment/No review comment}[ by `{login}`] on line {count} of `{path}`[ containing \"{needle}\"] exists "
    "on "
    "pull request #{pr}[ (in|on) `{repo}`]"};
constexpr Phrase kLineCommentCount[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (review comments|review comment)"
    "[ on `{path}`]"};
constexpr Phrase kCommented[] = {"`{login}` {commented/did not comment} on pull request #{pr}[ (in|on) `{repo}`]"};
constexpr Phrase kRequested[] = {
    "`{login}` {is/is not} requested to review pull request #{pr}[ (in|on) `{repo}`]",
    "A review of pull request #{pr}[ (in|on) `{repo}`] {is/is not} requested from `{login}`",
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} a review request for `{login}`"};
constexpr Phrase kTeamRequested[] = {
    "Team `{value}` {is/is not} requested to review pull request #{pr}[ (in|on) `{repo}`]",
    "The team `{value}` {is/is not} requested to review pull request #{pr}[ (in|on) `{repo}`]"};
constexpr Phrase kHasReviewers[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] {has a requested reviewer/has no requested reviewers}",
    "Pull request #{pr}[ (in|on) `{repo}`] {has requested reviewers/has no requested reviewer}"};
constexpr Phrase kReviewerCount[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (requested reviewers|requested "
    "reviewer)"};
constexpr Touch kReviewTouch[] = {{"pull_requests", Touch::Key::number, "reviews|review_comments|requested_reviewers"}};
constexpr Touch kAnyWordTouch[] = {
    {"pull_requests", Touch::Key::number, "comments|reviews|review_comments|requested_reviewers"}};
constexpr Touch kRequestTouch[] = {{"pull_requests", Touch::Key::number, "requested_reviewers"}};
constexpr Touch kTeamTouch[] = {{"pull_requests", Touch::Key::number, "requested_teams"}};
constexpr Touch kAnyRequestTouch[] = {{"pull_requests", Touch::Key::number, "requested_reviewers|requested_teams"}};

constexpr Row kRows[] = {
    {.id = "github.pr-reviewed-by",
     .phrases = kReviewedBy,
     .evaluate = reviewed_by,
     .description = "The person reviewed it. For approving and asking for changes the person's latest such review "
                    "decides; a dismissed one is neither.",
     .example = "`alice` approved pull request #1 in `acme/api`",
     .touches = kReviewTouch},
    {.id = "github.pr-approved",
     .phrases = kApproved,
     .evaluate = is_approved,
     .description = "Somebody's latest review approves, and nobody's latest review asks for changes.",
     .example = "Pull request #1 in `acme/api` is approved",
     .touches = kReviewTouch},
    {.id = "github.pr-approval-count",
     .phrases = kApprovals,
     .evaluate = approval_count,
     .description = "So many people's latest reviews approve the pull request.",
     .example = "Pull request #1 in `acme/api` has at least 2 approvals",
     .stays = "at most",
     .touches = kReviewTouch},
    {.id = "github.pr-review-by-state",
     .phrases = kWithState,
     .evaluate = review_with_state,
     .description = "One of the person's reviews has that state, whatever came later.",
     .example = "Pull request #1 in `acme/api` has a review by `alice` with state APPROVED",
     .touches = kReviewTouch},
    {.id = "github.pr-review-contains",
     .phrases = kContains,
     .evaluate = review_contains,
     .description = "The body of a submitted review contains the text, upper and lower case as written.",
     .example = "A review by `alice` containing \"looks good\" exists on pull request #1 in `acme/api`",
     .touches = kReviewTouch},
    {.id = "github.pr-review-count",
     .phrases = kCount,
     .evaluate = review_count,
     .description = "So many reviews of the pull request were submitted, by the person or by anybody.",
     .example = "Pull request #1 in `acme/api` has exactly 1 review",
     .stays = "at most",
     .touches = kReviewTouch},
    {.id = "github.pr-review-comment",
     .phrases = kLineComment,
     .evaluate = review_comment_exists,
     .description = "A comment on the pull request's changes is by that person, on that file or line, with that text.",
     .example = "A review comment by `alice` on file `src/a.ts` exists on pull request #1 in `acme/api`",
     .touches = kReviewTouch},
    {.id = "github.pr-review-comment-count",
     .phrases = kLineCommentCount,
     .evaluate = review_comment_count,
     .description = "So many comments are on the pull request's changes, or on those of one file.",
     .example = "Pull request #1 in `acme/api` has at least 2 review comments",
     .stays = "at most",
     .touches = kReviewTouch},
    {.id = "github.pr-commented-by",
     .phrases = kCommented,
     .evaluate = commented_on_pull,
     .description = "The person wrote in the conversation, on a line, or a review with a text.",
     .example = "`alice` commented on pull request #1 in `acme/api`",
     .touches = kAnyWordTouch},
    {.id = "github.pr-review-requested",
     .phrases = kRequested,
     .evaluate = reviewer_requested,
     .description = "The person is asked for a review at the end and has not given it since.",
     .example = "`alice` is requested to review pull request #1 in `acme/api`",
     .touches = kRequestTouch},
    {.id = "github.pr-team-requested",
     .phrases = kTeamRequested,
     .evaluate = team_requested,
     .description = "The team, by its slug, is asked for a review at the end.",
     .example = "Team `core` is requested to review pull request #1 in `acme/api`",
     .touches = kTeamTouch},
    {.id = "github.pr-has-reviewers",
     .phrases = kHasReviewers,
     .evaluate = has_reviewers,
     .description = "A person or a team is asked for a review at the end, whichever.",
     .example = "Pull request #1 in `acme/api` has a requested reviewer",
     .touches = kAnyRequestTouch},
    {.id = "github.pr-reviewer-count",
     .phrases = kReviewerCount,
     .evaluate = reviewer_count,
     .description = "So many people, teams not counted, are asked for a review at the end.",
     .example = "Pull request #1 in `acme/api` has exactly 2 requested reviewers",
     .stays = "at most",
     .touches = kRequestTouch},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> review_rows() { return kRows; }

}  // namespace pome::criteria
