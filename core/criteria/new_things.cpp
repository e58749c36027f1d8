#include "core/criteria/criterion.h"
#include "core/criteria/pattern.h"
#include "core/criteria/things.h"

/// Criteria about issues and pull requests that need no number: new ones, ones of a title, and what became of all.
namespace pome::criteria {
namespace {

enum class Noun : unsigned char { issue, pull };
constexpr std::string_view list_name(Noun noun) { return noun == Noun::issue ? "issues" : "pull_requests"; }
constexpr std::string_view word_of(Noun noun) { return noun == Noun::issue ? "issue" : "pull request"; }

/// One issue or pull request of the final state and what it was in the seed.
struct Pair {
  const Json& now;
  std::string place;
  const Json* before = nullptr;  ///< null: not seeded
};

const Json* with_number(const Json& list, std::optional<std::int64_t> number) {
  if (!list.is_array()) return nullptr;
  for (const Json& entry : list) {
    if (json::integer_at(entry, "number") == number) return &entry;
  }
  return nullptr;
}

/// What the sentence's repository, or all of them, has of those that `accepts(pair)` picks.
struct Picked {
  std::vector<std::string> names;  ///< "acme/api#1"
  Evidence evidence = Evidence::initial("/repositories");
  std::optional<Verdict> miss;
};

template <class Accepts>
Picked pick(Noun noun, const Args& args, const World& world, Accepts accepts) {
  Picked out;
  bool seen = false;
  for (const std::string& name : repo_names(*world.final_state)) {
    if (!args.repo.empty() && !text::equals_ignore_case(args.repo, name)) continue;
    seen = true;
    const Located list = find_repo(*world.final_state, name).list(list_name(noun));
    if (!list) return {{}, std::move(out.evidence), list.miss()};
    const auto seeded = seeded_repo(world, name);
    const Json& before = seeded ? json::at(**seeded, list_name(noun)) : json::at(Json(), "");
    for (std::size_t i = 0; i < (*list).size(); ++i) {
      const auto number = json::integer_at((*list)[i], "number");
      const Pair pair = {(*list)[i], pointer::child(list.at(), i), with_number(before, number)};
      if (!accepts(pair)) continue;
      out.names.push_back(text::cat(name, '#', number.value_or(0)));
      out.evidence.add_state(pair.place);
    }
    if (out.names.empty()) out.evidence.add_state(list.at());
  }
  if (!seen && !args.repo.empty()) out.miss = find_repo(*world.final_state, args.repo).miss();
  if (!seen) out.evidence.add_state("/repositories");
  return out;
}

Verdict grade_picked_count(const Args& args, Picked picked, std::string_view noun, std::string_view done) {
  if (picked.miss) return std::move(*picked.miss);
  const std::string where = args.repo.empty() ? std::string(done) : text::cat(done, " in ", args.repo);
  return Verdict::grade(count_fits(args, static_cast<std::int64_t>(picked.names.size())),
                        text::cat(text::to_lower(args.choice), ' ', counted(args.count, noun), ' ', where),
                        listing(picked.names), std::move(picked.evidence));
}

Verdict grade_none(const Args& args, Picked picked, std::string_view noun, std::string_view done) {
  if (picked.miss) return std::move(*picked.miss);
  return Verdict::grade(picked.names.empty(),
                        text::cat("no ", noun, ' ', done, args.repo.empty() ? "" : " in ", args.repo),
                        listing(picked.names), std::move(picked.evidence));
}

bool is_new(const Pair& pair) { return pair.before == nullptr; }

bool is_open(const Json& thing) {
  return json::string_at(thing, "state").value_or("") == "open" && !is_merged(thing).value_or(false);
}

/// Was that done to it during the run? What is new began open.
bool became(const Pair& pair, std::string_view state) {
  if (state == "merged") {
    return is_merged(pair.now).value_or(false) && !(pair.before && is_merged(*pair.before).value_or(false));
  }
  const bool was_open = pair.before == nullptr || is_open(*pair.before);
  return state == "closed" ? was_open && !is_open(pair.now) : !was_open && is_open(pair.now);
}

template <Noun noun>
Verdict new_count(const Args& args, const World& world) {
  const std::string word = text::cat("new ", word_of(noun));
  return grade_picked_count(args, pick(noun, args, world, is_new), word, "after the run");
}

Verdict no_new_pulls(const Args& args, const World& world) {
  return grade_none(args, pick(Noun::pull, args, world, is_new), "pull request", "opened");
}

template <Noun noun>
Verdict none_became(const Args& args, const World& world) {
  return grade_none(args, pick(noun, args, world, [&](const Pair& pair) { return became(pair, args.choice); }),
                    word_of(noun), args.choice);
}

template <Noun noun>
Verdict closed_count(const Args& args, const World& world) {
  const std::string_view done = noun == Noun::issue ? "closed" : "merged";
  return grade_picked_count(args, pick(noun, args, world, [&](const Pair& pair) { return became(pair, done); }),
                            word_of(noun), done);
}

/// "an issue titled "x" with label `bug`": those values that the sentence has.
std::string wanted(Noun noun, const Args& args, std::string_view article) {
  std::string out = text::cat(article, word_of(noun));
  if (!args.value.empty()) text::append(out, " titled \"", args.value, '"');
  if (!args.needle.empty()) text::append(out, " with a title containing \"", args.needle, '"');
  if (!args.pattern.empty()) text::append(out, " with a title matching `", args.pattern, '`');
  if (!args.label.empty()) text::append(out, " with the `", args.label, "` label");
  if (!args.login.empty()) text::append(out, " assigned to `", args.login, '`');
  return text::cat(out, " in ", args.repo);
}

bool fits(const Args& args, const std::optional<Pattern>& pattern, const Json& thing) {
  const std::string_view title = json::string_at(thing, "title").value_or("");
  if (!args.value.empty() && title != args.value) return false;
  if (!text::contains(title, args.needle) || (pattern && !pattern->matches(title))) return false;
  if (!args.label.empty() && !index_of(json::at(thing, "labels"), "name", args.label)) return false;
  const auto assignees = assignees_of(Located(thing, {}));
  return args.login.empty() || (assignees && place_of(*assignees, args.login));
}

template <Noun noun>
Verdict titled(const Args& args, const World& world) {
  const Located repo = find_repo(*world.final_state, args.repo);
  if (!repo) return repo.miss();
  const auto pattern = args.pattern.empty() ? std::nullopt : Pattern::compile(args.pattern);
  return grade_any(repo.list(list_name(noun)), wanted(noun, args, noun == Noun::issue ? "an " : "a "), word_of(noun),
                   [&](const Json& thing) { return fits(args, pattern, thing); });
}

template <Noun noun>
Verdict new_titled(const Args& args, const World& world) {
  Picked picked =
      pick(noun, args, world, [&](const Pair& pair) { return is_new(pair) && fits(args, std::nullopt, pair.now); });
  if (picked.miss) return std::move(*picked.miss);
  return Verdict::grade(!picked.names.empty(), wanted(noun, args, "a new "), listing(picked.names),
                        std::move(picked.evidence));
}

/// The base branch stands in {value}.
Verdict pull_from_into(const Args& args, const World& world) {
  const Located repo = find_repo(*world.final_state, args.repo);
  if (!repo) return repo.miss();
  return grade_any(repo.list("pull_requests"),
                   text::cat("a pull request from `", args.branch, "` into `", args.value, "` in ", args.repo),
                   "pull request", [&](const Json& pull) {
                     return json::string_at(pull, "head_ref").value_or("") == args.branch &&
                            json::string_at(pull, "base_ref").value_or("") == args.value;
                   });
}

constexpr Phrase kNewIssues[] = {
    "{Exactly|At least|At most} {count} new (issues were|issue was) (created|opened)[ (in|on) `{repo}`]"};
constexpr Phrase kNewPulls[] = {
    "{Exactly|At least|At most} {count} new (pull requests were|pull request was) (opened|created)[ (in|on) `{repo}`]"};
constexpr Phrase kNoNewPulls[] = {
    "No (pull request was|pull requests were|new pull request was|new pull requests were) (opened|created)"
    "[ (in|on) `{repo}`]"};
constexpr Phrase kIssuesKept[] = {"No (issue was|issues were) {closed|reopened}[ (in|on) `{repo}`]"};
constexpr Phrase kPullsKept[] = {
    "No (pull request was|pull requests were) {merged|closed|reopened}[ (in|on) `{repo}`]"};
constexpr Phrase kClosedCount[] = {
    "{Exactly|At least|At most} {count} (issues were|issue was) closed[ (in|on) `{repo}`]"};
constexpr Phrase kMergedCount[] = {
    "{Exactly|At least|At most} {count} (pull requests were|pull request was) merged[ (in|on) `{repo}`]"};
constexpr Phrase kIssueTitled[] = {
    "{An issue/No issue} titled \"{value}\"[ with the `{label}` label][ assigned to "
    "`{login}`] exists[ (in|on) `{repo}`]"};
constexpr Phrase kPullTitled[] = {
    "{A pull request/No pull request} titled \"{value}\"[ with the `{label}` label]"
    "[ assigned to `{login}`] exists[ (in|on) `{repo}`]"};
constexpr Phrase kIssueTitleLike[] = {
    "{An issue/No issue} with a title containing \"{needle}\" exists[ (in|on) `{repo}`]",
    "{An issue/No issue} with a title matching `{pattern}` exists[ (in|on) `{repo}`]"};
constexpr Phrase kPullTitleLike[] = {
    "{A pull request/No pull request} with a title containing \"{needle}\" exists[ (in|on) `{repo}`]",
    "{A pull request/No pull request} with a title matching `{pattern}` exists[ (in|on) `{repo}`]"};
constexpr Phrase kNewIssueTitled[] = {
    "{A new issue/No new issue} titled \"{value}\"[ with the `{label}` label]"
    "[ assigned to `{login}`] was (created|opened)[ (in|on) `{repo}`]"};
constexpr Phrase kNewPullTitled[] = {
    "{A new pull request/No new pull request} titled \"{value}\"[ with the `{label}` "
    "label][ assigned to `{login}`] was (opened|created)[ (in|on) `{repo}`]"};
constexpr Phrase kFromInto[] = {
    "{A pull request/No pull request} from [branch ]`{branch}` into [branch ]`{value}` exists"
    "[ (in|on) `{repo}`]"};
constexpr Touch kNewIssueTouch[] = {{"issues", Touch::Key::any, {}, true}};
constexpr Touch kNewPullTouch[] = {{"pull_requests", Touch::Key::any, {}, true}};
constexpr Touch kCloseTouch[] = {{"issues", Touch::Key::any, "state|state_reason|closed_at|closed_by_login"}};
constexpr Touch kMergeTouch[] = {
    {"pull_requests", Touch::Key::any, "state|closed_at|closed_by_login|merged|merged_at|merged_by_login"},
    {"branches", Touch::Key::any, "head_sha"},
    {"commits", Touch::Key::any, {}, true},
    {"files"}};

constexpr Row kRows[] = {
    {.id = "github.new-issue-count",
     .phrases = kNewIssues,
     .reads = Reads::initial_and_final,
     .evaluate = new_count<Noun::issue>,
     .description = "So many issues exist at the end that the seed lacked, in the repository or in all of them.",
     .example = "Exactly 1 new issue was created in `acme/api`",
     .stays = "At most",
     .every_repo = true,
     .touches = kNewIssueTouch},
    {.id = "github.new-pr-count",
     .phrases = kNewPulls,
     .reads = Reads::initial_and_final,
     .evaluate = new_count<Noun::pull>,
     .description = "So many pull requests exist at the end that the seed lacked, in the repository or in all of them.",
     .example = "Exactly 1 new pull request was opened in `acme/api`",
     .stays = "At most",
     .every_repo = true,
     .touches = kNewPullTouch},
    {.id = "github.no-new-prs",
     .phrases = kNoNewPulls,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = no_new_pulls,
     .description = "No pull request exists at the end that the seed lacked, in the repository or in all of them.",
     .example = "No pull request was opened in `acme/api`",
     .every_repo = true},
    {.id = "github.no-issue-closed",
     .phrases = kIssuesKept,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = none_became<Noun::issue>,
     .description = "No issue was closed, or reopened, by the end of the run; one that was so in the seed may stay so.",
     .example = "No issue was closed in `acme/api`",
     .every_repo = true},
    {.id = "github.no-pr-merged",
     .phrases = kPullsKept,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = none_became<Noun::pull>,
     .description = "No pull request was merged, closed (merged ones too) or reopened by the end of the run.",
     .example = "No pull request was merged in `acme/api`",
     .every_repo = true},
    {.id = "github.issues-closed-count",
     .phrases = kClosedCount,
     .reads = Reads::initial_and_final,
     .evaluate = closed_count<Noun::issue>,
     .description = "So many issues were closed by the end of the run; those closed in the seed do not count.",
     .example = "Exactly 2 issues were closed in `acme/api`",
     .stays = "At most",
     .every_repo = true,
     .touches = kCloseTouch},
    {.id = "github.prs-merged-count",
     .phrases = kMergedCount,
     .reads = Reads::initial_and_final,
     .evaluate = closed_count<Noun::pull>,
     .description = "So many pull requests were merged by the end of the run; those merged in the seed do not count.",
     .example = "Exactly 1 pull request was merged in `acme/api`",
     .stays = "At most",
     .every_repo = true,
     .touches = kMergeTouch},
    {.id = "github.issue-titled",
     .phrases = kIssueTitled,
     .evaluate = titled<Noun::issue>,
     .description = "An issue, open or closed, has exactly that title at the end, and that label and assignee.",
     .example = "An issue titled \"Fix the build\" with the `bug` label exists in `acme/api`",
     .touches = kNewIssueTouch},
    {.id = "github.pr-titled",
     .phrases = kPullTitled,
     .evaluate = titled<Noun::pull>,
     .description = "A pull request, open or closed, has exactly that title at the end, and that label and assignee.",
     .example = "A pull request titled \"Fix the build\" exists in `acme/api`",
     .touches = kNewPullTouch},
    {.id = "github.issue-title-like",
     .phrases = kIssueTitleLike,
     .evaluate = titled<Noun::issue>,
     .description = "The title of an issue, open or closed, contains the text or matches the regular expression.",
     .example = "An issue with a title containing \"build\" exists in `acme/api`",
     .touches = kNewIssueTouch},
    {.id = "github.pr-title-like",
     .phrases = kPullTitleLike,
     .evaluate = titled<Noun::pull>,
     .description = "The title of a pull request, open or closed, contains the text or matches the regular expression.",
     .example = "A pull request with a title matching `^fix: ` exists in `acme/api`",
     .touches = kNewPullTouch},
    {.id = "github.new-issue-titled",
     .phrases = kNewIssueTitled,
     .reads = Reads::initial_and_final,
     .evaluate = new_titled<Noun::issue>,
     .description = "An issue that the seed lacked has exactly that title at the end, and that label and assignee.",
     .example = "A new issue titled \"Fix the build\" was created in `acme/api`",
     .touches = kNewIssueTouch},
    {.id = "github.new-pr-titled",
     .phrases = kNewPullTitled,
     .reads = Reads::initial_and_final,
     .evaluate = new_titled<Noun::pull>,
     .description =
         "A pull request that the seed lacked has exactly that title at the end, and that label and assignee.",
     .example = "A new pull request titled \"Fix the build\" was opened in `acme/api`",
     .touches = kNewPullTouch},
    {.id = "github.pr-from-into",
     .phrases = kFromInto,
     .evaluate = pull_from_into,
     .description = "A pull request, open or closed, brings the one branch into the other.",
     .example = "A pull request from `fix` into `main` exists in `acme/api`",
     .touches = kNewPullTouch},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> new_thing_rows() { return kRows; }

}  // namespace pome::criteria
