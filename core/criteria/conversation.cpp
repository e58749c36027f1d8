#include "core/criteria/criterion.h"
#include "core/criteria/pattern.h"
#include "core/criteria/things.h"

/// Criteria about the comments of issues and pull requests. Reviews and comments on lines are no part of them.
namespace pome::criteria {
namespace {

std::string_view body_of(const Json& comment) { return name_in(comment, "body"); }

std::string on_thing(const Args& args) { return text::cat("on ", thing_label(args)); }

/// "a comment by `bob` containing "x" on issue #1 of acme/api"
std::string comment_wanted(const Args& args) {
  std::string out = "a comment";
  if (!args.login.empty()) text::append(out, " by `", args.login, '`');
  if (!args.needle.empty()) text::append(out, " containing \"", args.needle, '"');
  if (!args.pattern.empty()) text::append(out, " matching `", args.pattern, '`');
  return text::cat(out, ' ', on_thing(args));
}

/// A comment by args.login, when said, that contains args.needle or matches args.pattern, when said.
Verdict comment_exists(const Args& args, const World& world) {
  const auto pattern = args.pattern.empty() ? std::nullopt : Pattern::compile(args.pattern);
  return grade_any(list_of(world, args, "comments"), comment_wanted(args), "comment", [&](const Json& comment) {
    return is_by(comment, args.login) && text::contains(body_of(comment), args.needle) &&
           (!pattern || pattern->matches(body_of(comment)));
  });
}

Verdict no_comment_contains(const Args& args, const World& world) { return comment_exists(args, world).denied(); }

Verdict comment_count(const Args& args, const World& world) {
  const std::string where = args.login.empty() ? on_thing(args) : text::cat("by `", args.login, "` ", on_thing(args));
  return grade_count_of(args, list_of(world, args, "comments"), "comment", where,
                        [&](const Json& comment) { return is_by(comment, args.login); });
}

/// `grade(comment, place)` decides about the newest comment; without one it fails both ways.
template <class Grade>
Verdict grade_last(const Args& args, const World& world, Grade grade) {
  const Located comments = list_of(world, args, "comments");
  if (!comments) return comments.miss();
  if ((*comments).empty())
    return Verdict::absent(text::cat("there is no comment ", on_thing(args)), Evidence::state(comments.at()));
  const std::size_t last = (*comments).size() - 1;
  return grade((*comments)[last], pointer::child(comments.at(), last));
}

Verdict last_comment_by(const Args& args, const World& world) {
  const std::string expected = text::cat("the last comment ", on_thing(args), " by `", args.login, '`');
  return grade_last(args, world, [&](const Json& comment, const std::string& place) {
    return Verdict::grade(is_by(comment, args.login), expected,
                          text::cat("one by `", json::string_at(comment, "user_login").value_or(""), '`'),
                          Evidence::state(pointer::child(place, "user_login")));
  });
}

Verdict last_comment_contains(const Args& args, const World& world) {
  const std::string expected = text::cat("\"", args.needle, "\" in the last comment ", on_thing(args));
  return grade_last(args, world, [&](const Json& comment, const std::string& place) {
    const bool holds = text::contains(body_of(comment), args.needle);
    return Verdict::grade(holds, expected, holds ? "it" : "a comment without it", Evidence::state(place));
  });
}

/// What became of seeded comments.
class CommentLoss {
 public:
  explicit CommentLoss(std::string_view what)
      : deleted_counts_(text::contains(what, "deleted")), edited_counts_(text::contains(what, "edited")) {}

  /// `after`: the thing at the end; null when it is gone.
  void compare(const Located& before, const Located* after, std::string_view label) {
    const Json& seeded = json::at(*before, "comments");
    if (!seeded.is_array()) return;
    for (std::size_t i = 0; i < seeded.size(); ++i) {
      const auto now = after != nullptr ? find(*after, seeded[i]) : std::nullopt;
      const bool edited = now && body_of(json::at(**after, "comments")[*now]) != body_of(seeded[i]);
      if (!(now ? edited && edited_counts_ : deleted_counts_)) continue;
      const std::string initial = pointer::child(before.at("comments"), i);
      const std::string place = now ? pointer::child(after->at("comments"), *now) : initial;
      found_.push_back(text::cat("comment ", i + 1, " of ", label, now ? " edited" : " deleted"));
      Evidence one = Evidence::initial(initial);
      if (now) one.add_state(place);
      if (evidence_) evidence_->add(one);
      if (!evidence_) evidence_ = std::move(one);
    }
  }

  Verdict grade(std::string expected, Evidence otherwise) const {
    return Verdict::grade(found_.empty(), std::move(expected), found_.empty() ? "none" : listing(found_),
                          evidence_.value_or(std::move(otherwise)));
  }

 private:
  /// Comments without an id are the same when they read the same.
  static std::optional<std::size_t> find(const Located& thing, const Json& comment) {
    const Json& list = json::at(*thing, "comments");
    if (!list.is_array()) return std::nullopt;
    const auto id = json::integer_at(comment, "id");
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (id ? json::integer_at(list[i], "id") == id : body_of(list[i]) == body_of(comment)) return i;
    }
    return std::nullopt;
  }

  bool deleted_counts_;
  bool edited_counts_;
  std::vector<std::string> found_;
  std::optional<Evidence> evidence_;
};

Verdict comments_kept(const Args& args, const World& world) {
  const Located now = find_thing(world, args);
  if (!now) return now.miss();
  const Located comments = now.list("comments");
  if (!comments) return comments.miss();
  CommentLoss loss(args.choice);
  const Located before = find_seeded_thing(world, args);
  if (before) loss.compare(before, &now, thing_label(args));
  Evidence otherwise = Evidence::state(comments.at());
  if (before) otherwise.add_initial(before.at());
  return loss.grade(text::cat("no comment ", on_thing(args), ' ', args.choice), std::move(otherwise));
}

/// Every seeded issue or pull request of one repository.
void compare_things(const World& world, const std::string& repo, bool pulls, CommentLoss& loss) {
  const auto seeded = seeded_repo(world, repo);
  const std::string_view member = pulls ? "pull_requests" : "issues";
  if (!seeded || !json::at(**seeded, member).is_array()) return;
  const Located list = seeded->list(member);
  for (std::size_t i = 0; i < (*list).size(); ++i) {
    Args args;
    args.repo = repo;
    args.pull = pulls;
    args.number = json::integer_at((*list)[i], "number").value_or(0);
    const Located after = find_thing(world, args);
    loss.compare({(*list)[i], pointer::child(list.at(), i)}, after ? &after : nullptr, thing_label(args));
  }
}

Verdict all_comments_kept(const Args& args, const World& world) {
  CommentLoss loss(args.choice);
  for (const std::string& repo : repo_names(*world.initial)) {
    if (!args.repo.empty() && !text::equals_ignore_case(args.repo, repo)) continue;
    for (const bool pulls : {false, true}) compare_things(world, repo, pulls, loss);
  }
  return loss.grade(text::cat("no comment ", args.choice),
                    Evidence::state("/repositories").and_initial("/repositories"));
}

constexpr Phrase kIssueContains[] = {
    "{A comment/No comment} containing \"{needle}\" (exists|appears|was posted) on issue #{issue}[ (in|on) `{repo}`]",
    "Comment containing \"{needle}\" (exists|appears|was posted) on issue #{issue}[ (in|on) `{repo}`]"};
constexpr Phrase kPullContains[] = {
    "{A comment/No comment} containing \"{needle}\" (exists|appears|was posted) on pull request #{pr}[ (in|on) "
    "`{repo}`]"};
constexpr Phrase kLacks[] = {
    "A comment containing \"{needle}\" does not exist on issue #{issue}[ (in|on) `{repo}`]",
    "A comment containing \"{needle}\" does not exist on pull request #{pr}[ (in|on) `{repo}`]",
    "No comment on issue #{issue}[ (in|on) `{repo}`] contains \"{needle}\"",
    "No comment on pull request #{pr}[ (in|on) `{repo}`] contains \"{needle}\""};
constexpr Phrase kBy[] = {
    "{A comment/No comment} by `{login}` (exists|appears|was posted) on issue #{issue}[ (in|on) `{repo}`]",
    "`{login}` {commented/did not comment} on issue #{issue}[ (in|on) `{repo}`]",
    "{A comment/No comment} by `{login}` (exists|appears|was posted) on pull request #{pr}[ (in|on) `{repo}`]"};
constexpr Phrase kByContains[] = {
    "{A comment/No comment} by `{login}` containing \"{needle}\" (exists|appears|was "
    "posted) on issue #{issue}[ (in|on) `{repo}`]",
    "{A comment/No comment} by `{login}` containing \"{needle}\" (exists|appears|was "
    "posted) on pull request #{pr}[ (in|on) `{repo}`]"};
constexpr Phrase kMatches[] = {
    "{A comment/No comment}[ by `{login}`] matching `{pattern}` (exists|appears|was posted) on "
    "issue #{issue}[ (in|on) `{repo}`]",
    "{A comment/No comment}[ by `{login}`] matching `{pattern}` (exists|appears|was posted) on "
    "pull request #{pr}[ (in|on) `{repo}`]"};
constexpr Phrase kAny[] = {
    "{A comment/No comment} (exists|appears|was posted) on issue #{issue}[ (in|on) `{repo}`]",
    "Issue #{issue}[ (in|on) `{repo}`] {has a comment/has no comments}",
    "Issue #{issue}[ (in|on) `{repo}`] {has comments/has no comment}",
    "{A comment/No comment} (exists|appears|was posted) on pull request #{pr}[ (in|on) `{repo}`]",
    "Pull request #{pr}[ (in|on) `{repo}`] {has a comment/has no comments}",
    "Pull request #{pr}[ (in|on) `{repo}`] {has comments/has no comment}"};
// "at least one comment" of a pull request is github.pr-comment-exists.
constexpr Phrase kCount[] = {
    "Issue #{issue}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (comments|comment)",
    "Pull request #{pr}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} comments",
    "Pull request #{pr}[ (in|on) `{repo}`] has {exactly|at most} {count} comment"};
constexpr Phrase kCountBy[] = {
    "Issue #{issue}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (comments|comment) by `{login}`",
    "Pull request #{pr}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (comments|comment) by `{login}`"};
constexpr Phrase kLastBy[] = {"The last comment on issue #{issue}[ (in|on) `{repo}`] {is/is not} by `{login}`",
                              "The last comment on pull request #{pr}[ (in|on) `{repo}`] {is/is not} by `{login}`"};
constexpr Phrase kLastContains[] = {
    "The last comment on issue #{issue}[ (in|on) `{repo}`] {contains/does not contain} \"{needle}\"",
    "The last comment on pull request #{pr}[ (in|on) `{repo}`] {contains/does not contain} \"{needle}\""};
constexpr Phrase kKept[] = {
    "No comment (on|of) issue #{issue}[ (in|on) `{repo}`] was "
    "{deleted or edited|edited or deleted|deleted|edited}",
    "No comment (on|of) pull request #{pr}[ (in|on) `{repo}`] was "
    "{deleted or edited|edited or deleted|deleted|edited}"};
constexpr Phrase kAllKept[] = {
    "No comment was {deleted or edited|edited or deleted|deleted|edited}[ (in|on) `{repo}`]",
    "No comments were {deleted or edited|edited or deleted|deleted|edited}[ (in|on) `{repo}`]"};
constexpr Touch kTouch[] = {{"numbered", Touch::Key::number, "comments"}};

constexpr Row kRows[] = {
    {.id = "github.issue-comment-contains",
     .phrases = kIssueContains,
     .evaluate = comment_exists,
     .description = "A comment on the issue contains the text, upper and lower case as written.",
     .example = "A comment containing \"thanks\" exists on issue #1 in `acme/api`",
     .touches = kTouch},
    {.id = "github.pr-comment-contains",
     .phrases = kPullContains,
     .evaluate = comment_exists,
     .description = "A comment in the pull request's conversation contains the text, upper and lower case as written.",
     .example = "A comment containing \"thanks\" exists on pull request #1 in `acme/api`",
     .touches = kTouch},
    {.id = "github.no-comment-contains",
     .phrases = kLacks,
     .polarity = Polarity::must_not,
     .evaluate = no_comment_contains,
     .description = "No comment on the issue or pull request contains the text, whoever wrote it.",
     .example = "No comment on issue #1 in `acme/api` contains \"password\""},
    {.id = "github.comment-by",
     .phrases = kBy,
     .evaluate = comment_exists,
     .description = "The person wrote a comment on the issue or in the pull request's conversation.",
     .example = "A comment by `alice` exists on issue #1 in `acme/api`",
     .touches = kTouch},
    {.id = "github.comment-by-contains",
     .phrases = kByContains,
     .evaluate = comment_exists,
     .description = "One comment is by the person and contains the text, upper and lower case as written.",
     .example = "A comment by `alice` containing \"thanks\" exists on issue #1 in `acme/api`",
     .touches = kTouch},
    {.id = "github.comment-matches",
     .phrases = kMatches,
     .evaluate = comment_exists,
     .description = "A comment on the issue or pull request matches the regular expression, somewhere in its text.",
     .example = "A comment matching `(?i)thank(s| you)` exists on issue #1 in `acme/api`",
     .touches = kTouch},
    {.id = "github.commented",
     .phrases = kAny,
     .evaluate = comment_exists,
     .description = "The issue or the pull request's conversation has a comment, whichever.",
     .example = "A comment exists on issue #1 in `acme/api`",
     .touches = kTouch},
    {.id = "github.comment-count",
     .phrases = kCount,
     .evaluate = comment_count,
     .description = "So many comments are on the issue or in the pull request's conversation at the end.",
     .example = "Issue #1 in `acme/api` has at least 2 comments",
     .stays = "at most",
     .touches = kTouch},
    {.id = "github.comment-count-by",
     .phrases = kCountBy,
     .evaluate = comment_count,
     .description = "So many of the comments on the issue or pull request are by the person.",
     .example = "Issue #1 in `acme/api` has exactly 2 comments by `alice`",
     .stays = "at most",
     .touches = kTouch},
    {.id = "github.last-comment-by",
     .phrases = kLastBy,
     .evaluate = last_comment_by,
     .description = "The newest comment on the issue or pull request is by the person.",
     .example = "The last comment on issue #1 in `acme/api` is by `alice`",
     .touches = kTouch},
    {.id = "github.last-comment-contains",
     .phrases = kLastContains,
     .evaluate = last_comment_contains,
     .description =
         "The newest comment on the issue or pull request contains the text, upper and lower case as written.",
     .example = "The last comment on issue #1 in `acme/api` contains \"thanks\"",
     .touches = kTouch},
    {.id = "github.comments-kept",
     .phrases = kKept,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = comments_kept,
     .description = "Every comment the issue or pull request was seeded with is still there, or still reads the same.",
     .example = "No comment on issue #1 in `acme/api` was deleted or edited"},
    {.id = "github.all-comments-kept",
     .phrases = kAllKept,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = all_comments_kept,
     .description = "Every seeded comment of the repository, or of all, is still there, or still reads the same.",
     .example = "No comment was deleted or edited in `acme/api`",
     .every_repo = true},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> conversation_rows() { return kRows; }

}  // namespace pome::criteria
