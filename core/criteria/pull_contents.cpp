#include "core/criteria/criterion.h"
#include "core/criteria/things.h"

/// Criteria about what a pull request brings: its branches, its files, whether it is a draft, how it was merged.
namespace pome::criteria {
namespace {

Verdict draft_state(const Args& args, const World& world) {
  const Located pull = find_pull(world, args);
  if (!pull) return pull.miss();
  const auto flag = json::bool_at(*pull, "draft");
  const auto number = json::integer_at(*pull, "draft");
  if (!flag && !number) return incomplete(pull.at("draft"));
  const bool draft = flag ? *flag : *number != 0;
  return Verdict::grade(draft == (args.choice == "a draft"), text::cat(pull_label(args), ' ', args.choice),
                        draft ? "a draft" : "ready for review", Evidence::state(pull.at("draft")));
}

/// "base_ref" or "head_ref" is the branch.
Verdict grade_branch(const Args& args, const World& world, std::string_view member, std::string_view word) {
  const Located pull = find_pull(world, args);
  if (!pull) return pull.miss();
  const auto branch = json::string_at(*pull, member);
  if (!branch) return incomplete(pull.at(member));
  return Verdict::grade(*branch == args.branch, text::cat(word, " branch `", args.branch, "` of ", pull_label(args)),
                        text::cat('`', *branch, '`'), Evidence::state(pull.at(member)));
}

Verdict base_branch(const Args& args, const World& world) { return grade_branch(args, world, "base_ref", "base"); }
Verdict head_branch(const Args& args, const World& world) { return grade_branch(args, world, "head_ref", "head"); }

/// A renamed file counts under its new and its old path.
bool is_file(const Json& file, std::string_view path) {
  return json::string_at(file, "filename").value_or("") == path ||
         json::string_at(file, "previous_filename").value_or("") == path;
}

Verdict changes_file(const Args& args, const World& world) {
  return grade_any(list_of(world, args, "files"), text::cat("a change of `", args.path, "` in ", pull_label(args)),
                   "file", [&](const Json& file) { return is_file(file, args.path); });
}

/// "only": nothing but these files. "exactly": all of them as well.
Verdict changes_files(const Args& args, const World& world) {
  const Located files = list_of(world, args, "files");
  if (!files) return files.miss();
  std::size_t named = 0;
  std::vector<bool> used(args.names.size());
  for (const Json& file : *files) {
    bool known = false;
    for (std::size_t i = 0; i < args.names.size(); ++i) {
      if (!is_file(file, args.names[i])) continue;
      known = used[i] = true;
    }
    named += known ? 1 : 0;
  }
  bool holds = named == (*files).size() && named > 0;
  for (const bool one : used) holds = holds && (one || args.choice == "only");
  return Verdict::grade(holds,
                        text::cat("changes of ", args.choice, ' ', listing(args.names), " in ", pull_label(args)),
                        text::cat("the files ", listing(*files, "filename")), Evidence::state(files.at()));
}

Verdict file_count(const Args& args, const World& world) {
  return grade_count_of(args, list_of(world, args, "files"), "file", text::cat("changed by ", pull_label(args)),
                        [](const Json&) { return true; });
}

/// The pull request when it is merged; what to say otherwise.
struct Merged {
  Located pull;
  std::optional<Verdict> not_so;
};

Merged merged_pull(const Args& args, const World& world, const std::string& expected) {
  const Located pull = find_pull(world, args);
  if (!pull) return {pull, pull.miss()};
  const auto merged = is_merged(*pull);
  if (!merged) return {pull, incomplete(pull.at("merged"))};
  if (*merged) return {pull, std::nullopt};
  const std::string place = (*pull).contains("merged") ? pull.at("merged") : pull.at("merged_at");
  return {pull, Verdict::grade(false, expected, "not merged", Evidence::state(place))};
}

Verdict merged_by(const Args& args, const World& world) {
  const std::string expected = text::cat(pull_label(args), " merged by `", args.login, '`');
  const Merged found = merged_pull(args, world, expected);
  if (found.not_so) return *found.not_so;
  const auto login = json::string_at(*found.pull, "merged_by_login");
  if (!login) return incomplete(found.pull.at("merged_by_login"));
  return Verdict::grade(text::equals_ignore_case(*login, args.login), expected, text::cat("merged by `", *login, '`'),
                        Evidence::state(found.pull.at("merged_by_login")));
}

/// How a merge's commit tells its method: two parents, or one parent and GitHub's own committer, or the merger's.
std::string_view method_of(const Json& commit) {
  const Json& parents = json::at(commit, "parents");
  if (!parents.is_array()) return {};
  if (parents.size() > 1) return "merge commit";
  return json::string_at(commit, "committer_login").value_or("") == "web-flow" ? "squash" : "rebase";
}

Verdict merge_method(const Args& args, const World& world) {
  const std::string expected = text::cat(pull_label(args), " merged with ", args.choice);
  const Merged found = merged_pull(args, world, expected);
  if (found.not_so) return *found.not_so;
  const auto sha = json::string_at(*found.pull, "merge_commit_sha");
  if (!sha) return incomplete(found.pull.at("merge_commit_sha"));
  const Located commits = find_repo(*world.final_state, args.repo).list("commits");
  if (!commits) return commits.miss();
  for (std::size_t i = 0; i < (*commits).size(); ++i) {
    if (json::string_at((*commits)[i], "sha") != sha) continue;
    const std::string_view method = method_of((*commits)[i]);
    if (method.empty()) break;
    return Verdict::grade(
        method == args.choice, expected, std::string(method),
        Evidence::state(pointer::child(commits.at(), i)).and_state(found.pull.at("merge_commit_sha")));
  }
  return incomplete("commit that the pull request was merged with");
}

Verdict pull_closes(const Args& args, const World& world) {
  const Located pull = find_pull(world, args);
  if (!pull) return pull.miss();
  if (!(*pull).contains("body")) return incomplete(pull.at("body"));
  const bool holds = closes(json::string_at(*pull, "body").value_or(""), args.repo, args.other);
  return Verdict::grade(holds, text::cat("\"Closes #", args.other, "\" in the body of ", pull_label(args)),
                        holds ? "it" : "nothing that closes it", Evidence::state(pull.at("body")));
}

constexpr Phrase kDraft[] = {"Pull request #{pr}[ (in|on) `{repo}`] is [still ]{a draft|not a draft|ready for review}"};
constexpr Phrase kBase[] = {"The base [branch ]of pull request #{pr}[ (in|on) `{repo}`] {is/is not} `{branch}`",
                            "Pull request #{pr}[ (in|on) `{repo}`] {targets/does not target} `{branch}`"};
constexpr Phrase kHead[] = {"The head [branch ]of pull request #{pr}[ (in|on) `{repo}`] {is/is not} `{branch}`",
                            "Pull request #{pr}[ (in|on) `{repo}`] {is/is not} from [branch ]`{branch}`"};
constexpr Phrase kChangesFile[] = {"Pull request #{pr}[ (in|on) `{repo}`] {changes/does not change} [file ]`{path}`"};
constexpr Phrase kChangesFiles[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] {changes/does not change} {only|exactly} [the ](files|file) {names}"};
constexpr Phrase kFileCount[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] changes {exactly|at least|at most} {count} (files|file)"};
constexpr Phrase kMergedBy[] = {"Pull request #{pr}[ (in|on) `{repo}`] {was/was not} merged by `{login}`"};
constexpr Phrase kMethod[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] {was/was not} merged with [a ]{merge commit|squash|rebase}",
    "Pull request #{pr}[ (in|on) `{repo}`] {was/was not} merged by [a ]{merge commit|squash|rebase}"};
constexpr Phrase kCloses[] = {"Pull request #{pr}[ (in|on) `{repo}`] {closes/does not close} issue #{other}"};
constexpr Touch kDraftTouch[] = {{"pull_requests", Touch::Key::number, "draft"}};
constexpr Touch kBaseTouch[] = {{"pull_requests", Touch::Key::number, "base_ref|base_sha"}};
constexpr Touch kNewPullTouch[] = {{"pull_requests", Touch::Key::number, {}, true}};
constexpr Touch kFilesTouch[] = {
    {"branches", Touch::Key::any, "head_sha"}, {"commits", Touch::Key::any, {}, true}, {"files"}};
constexpr Touch kMergeTouch[] = {
    {"pull_requests", Touch::Key::number, "state|closed_at|closed_by_login|merged|merged_at|merged_by_login"},
    {"branches", Touch::Key::any, "head_sha"},
    {"commits", Touch::Key::any, {}, true},
    {"files"}};
constexpr Touch kBodyTouch[] = {{"pull_requests", Touch::Key::number, "body"}};

constexpr Row kRows[] = {
    {.id = "github.pr-draft",
     .phrases = kDraft,
     .evaluate = draft_state,
     .description = "The pull request is a draft, or ready for review, at the end.",
     .example = "Pull request #1 in `acme/api` is ready for review",
     .stays = "not a draft",
     .touches = kDraftTouch},
    {.id = "github.pr-base",
     .phrases = kBase,
     .evaluate = base_branch,
     .description = "The pull request is to be merged into that branch.",
     .example = "The base branch of pull request #1 in `acme/api` is `main`",
     .touches = kBaseTouch},
    {.id = "github.pr-head",
     .phrases = kHead,
     .evaluate = head_branch,
     .description = "The pull request brings the commits of that branch.",
     .example = "The head branch of pull request #1 in `acme/api` is `fix`",
     .touches = kNewPullTouch},
    {.id = "github.pr-changes-file",
     .phrases = kChangesFile,
     .evaluate = changes_file,
     .description = "The file is among those the pull request changes; a renamed one under both paths.",
     .example = "Pull request #1 in `acme/api` changes file `src/a.ts`",
     .touches = kFilesTouch},
    {.id = "github.pr-changes-files",
     .phrases = kChangesFiles,
     .evaluate = changes_files,
     .description = "The pull request changes no files but these (only), or all of these and no others (exactly).",
     .example = "Pull request #1 in `acme/api` changes only the files `src/a.ts` and `src/b.ts`",
     .touches = kFilesTouch},
    {.id = "github.pr-file-count",
     .phrases = kFileCount,
     .evaluate = file_count,
     .description = "The pull request changes so many files.",
     .example = "Pull request #1 in `acme/api` changes at most 2 files",
     .stays = "at most",
     .touches = kFilesTouch},
    {.id = "github.pr-merged-by",
     .phrases = kMergedBy,
     .evaluate = merged_by,
     .description = "The pull request is merged, and the person merged it.",
     .example = "Pull request #1 in `acme/api` was merged by `alice`",
     .touches = kMergeTouch},
    {.id = "github.pr-merge-method",
     .phrases = kMethod,
     .evaluate = merge_method,
     .description =
         "The pull request is merged in that way: a merge commit has two parents, a squashed one is GitHub's.",
     .example = "Pull request #1 in `acme/api` was merged with squash",
     .touches = kMergeTouch},
    {.id = "github.pr-closes",
     .phrases = kCloses,
     .evaluate = pull_closes,
     .description = "The pull request's body says that merging it closes the issue (\"Fixes #2\").",
     .example = "Pull request #1 in `acme/api` closes issue #2",
     .touches = kBodyTouch},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> pull_content_rows() { return kRows; }

}  // namespace pome::criteria
