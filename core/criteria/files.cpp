#include <map>

#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/criteria/criterion.h"
#include "core/criteria/entries.h"
#include "core/criteria/pattern.h"

/// Criteria about files on a branch: there or not, their content, what became of them.
namespace pome::criteria {
namespace {

/// The files of a state, and the one a sentence means.
struct FileSearch {
  Located files;
  std::string branch;
  std::optional<std::size_t> index;

  std::string place() const { return index ? pointer::child(files.at(), *index) : files.at(); }
  const Json& file() const { return (*files)[*index]; }
};

std::string_view branch_of_file(const Json& file, const Json& repo) {
  return json::string_at(file, "branch").value_or(json::string_at(repo, "default_branch").value_or(""));
}

/// In the seed a branch that was not there yet stands for the default branch, which it most likely started from.
FileSearch find_file(const Json& state, const Args& args, bool or_default = false) {
  const Located repo = find_repo(state, args.repo);
  if (!repo) return {repo, {}, {}};
  std::string branch = branch_of(args, *repo);
  if (branch.empty()) return {incomplete(repo.at("default_branch")), {}, {}};
  const Located entry = find_entry(state, args.repo, branch_entry(branch));
  if (!entry && !(or_default && entry.miss().is_absent())) return {entry, branch, {}};
  if (!entry) branch = std::string(json::string_at(*repo, "default_branch").value_or(""));
  FileSearch found = {repo.list("files"), branch, {}};
  if (!found.files) return found;
  for (std::size_t i = 0; i < (*found.files).size() && !found.index; ++i) {
    const Json& file = (*found.files)[i];
    if (json::string_at(file, "path") == std::optional<std::string_view>(args.path) &&
        branch_of_file(file, *repo) == branch)
      found.index = i;
  }
  return found;
}

std::string file_label(const Args& args, std::string_view branch) {
  return text::cat("file `", args.path, "` on branch `", branch, "` of ", args.repo);
}

Verdict file_on_branch(const Args& args, const World& world) {
  const FileSearch found = find_file(*world.final_state, args);
  if (!found.files) return found.files.miss();
  return Verdict::grade(found.index.has_value(), file_label(args, found.branch), found.index ? "it" : "no such file",
                        Evidence::state(found.place()));
}

/// Grades what the file holds. Exports leave out the content of large files.
template <class Holds>
Verdict grade_content(const Args& args, const World& world, std::string_view wanted, Holds holds) {
  const FileSearch found = find_file(*world.final_state, args);
  if (!found.files) return found.files.miss();
  if (!found.index) {
    return Verdict::absent(text::cat("there is no ", file_label(args, found.branch)),
                           Evidence::state(found.files.at()));
  }
  const auto content = json::string_at(found.file(), "content");
  if (!content) return incomplete(text::cat(found.place(), "/content"));
  return Verdict::grade(holds(*content), text::cat(wanted, " as content of ", file_label(args, found.branch)),
                        text::cat("a file of ", content->size(), " bytes: ", shown(*content)),
                        Evidence::state(found.place()));
}

Verdict file_contains(const Args& args, const World& world) {
  return grade_content(args, world, text::cat("\"", args.needle, "\""),
                       [&](std::string_view content) { return text::contains(content, args.needle); });
}

Verdict file_matches(const Args& args, const World& world) {
  const auto pattern = Pattern::compile(args.pattern);
  return grade_content(args, world, text::cat("a match of `", args.pattern, '`'),
                       [&](std::string_view content) { return pattern && pattern->matches(content); });
}

/// Most files end with a line break that nobody writes into a sentence.
Verdict file_equals(const Args& args, const World& world) {
  return grade_content(args, world, text::cat("exactly `", args.value, '`'), [&](std::string_view content) {
    return content == args.value || content == args.value + "\n" || content == args.value + "\r\n";
  });
}

/// The file in both states. The final state's branch is there; `before` may miss everything.
struct FileSides {
  FileSearch before;
  FileSearch now;
  Evidence evidence = Evidence::state("");

  bool was() const { return before.files && before.index; }
};

FileSides sides_of(const Args& args, const World& world) {
  FileSides sides = {find_file(*world.initial, args, true), find_file(*world.final_state, args)};
  if (!sides.now.files) return sides;
  sides.evidence =
      Evidence::state(sides.now.place())
          .and_initial(sides.before.files ? sides.before.place() : seeded_place(world, args.repo, "files"));
  return sides;
}

/// Nothing when the exports do not tell.
std::optional<bool> differs(const Json& before, const Json& now) {
  for (const std::string_view member : {std::string_view("sha"), std::string_view("content")}) {
    const auto a = json::string_at(before, member);
    const auto b = json::string_at(now, member);
    if (a && b) return *a != *b;
  }
  return std::nullopt;
}

Verdict file_changed(const Args& args, const World& world) {
  const FileSides sides = sides_of(args, world);
  if (!sides.now.files) return sides.now.files.miss();
  const std::string label = file_label(args, sides.now.branch);
  if (!sides.was() || !sides.now.index) {
    const std::string_view what = sides.was() ? " is gone" : sides.now.index ? " is new" : " was never there";
    return Verdict::absent(text::cat(label, what), sides.evidence);
  }
  const auto changed = differs(sides.before.file(), sides.now.file());
  if (!changed) return incomplete(text::cat(sides.now.place(), "/sha"));
  return Verdict::grade(*changed, text::cat("another content of ", label),
                        *changed ? "another content" : "the content it had before", sides.evidence);
}

Verdict file_created(const Args& args, const World& world) {
  const FileSides sides = sides_of(args, world);
  if (!sides.now.files) return sides.now.files.miss();
  return Verdict::grade(sides.now.index && !sides.was(), text::cat("a new ", file_label(args, sides.now.branch)),
                        !sides.now.index ? "no such file"
                        : sides.was()    ? "one that was there before the run"
                                         : "it",
                        sides.evidence);
}

Verdict file_deleted(const Args& args, const World& world) {
  const FileSides sides = sides_of(args, world);
  if (!sides.now.files) return sides.now.files.miss();
  const std::string label = file_label(args, sides.now.branch);
  if (!sides.was()) return Verdict::absent(text::cat("there was no ", label, " before the run"), sides.evidence);
  return Verdict::grade(!sides.now.index, text::cat("no ", label, " any more"),
                        sides.now.index ? "it, still there" : "none", sides.evidence);
}

/// Branch and path of every file, with its index.
using FileIndex = std::map<std::pair<std::string_view, std::string_view>, std::size_t>;

FileIndex index_files(const Json& repo) {
  FileIndex index;
  const Json& files = json::at(repo, "files");
  for (std::size_t i = 0; i < files.size(); ++i) {
    index.emplace(std::pair(branch_of_file(files[i], repo), json::string_at(files[i], "path").value_or("")), i);
  }
  return index;
}

/// Compares branches that are there at the end with what they were, or with what they started from.
class FileComparison {
 public:
  FileComparison(const Args& args, const Located& before, const Located& now)
      : args_(args),
        before_(before),
        now_(now),
        evidence_(Evidence::state(now.at("files")).and_initial(before.at("files"))) {}

  Verdict run(std::string expected) {
    const FileIndex old_files = index_files(*before_);
    const FileIndex new_files = index_files(*now_);
    const Json& branches = json::at(*now_, "branches");
    for (const Json& branch : branches) {
      const std::string_view name = name_in(branch, "name");
      if (args_.branch.empty() || args_.branch == name) compare(name, old_files, new_files);
    }
    return Verdict::grade(found_.empty(), std::move(expected), text::cat("changes: ", listing(found_)),
                          std::move(evidence_));
  }

 private:
  void compare(std::string_view branch, const FileIndex& old_files, const FileIndex& new_files) {
    const bool seeded = index_of(json::at(*before_, "branches"), "name", branch).has_value();
    const std::string_view base = seeded ? branch : json::string_at(*before_, "default_branch").value_or("");
    for (const auto& [key, index] : new_files) {
      if (key.first != branch) continue;
      const auto old = old_files.find({base, key.second});
      const Json& file = json::at(*now_, "files")[index];
      const bool same =
          old != old_files.end() && !differs(json::at(*before_, "files")[old->second], file).value_or(true);
      if (same || is_allowed(key.second)) continue;
      found_.push_back(text::cat(key.second, '@', branch));
      evidence_.add_state(pointer::child(now_.at("files"), index));
    }
    for (const auto& [key, index] : old_files) {
      if (key.first != base || is_allowed(key.second) || new_files.count({branch, key.second}) > 0) continue;
      found_.push_back(text::cat(key.second, '@', branch, " (gone)"));
      evidence_.add_initial(pointer::child(before_.at("files"), index));
    }
  }

  bool is_allowed(std::string_view path) const {
    for (const std::string& name : args_.names) {
      if (name == path) return true;
    }
    return false;
  }

  const Args& args_;
  const Located& before_;
  const Located& now_;
  Evidence evidence_;
  std::vector<std::string> found_;
};

Verdict no_file_changed(const Args& args, const World& world) {
  const Located now = find_repo(*world.final_state, args.repo);
  if (!now) return now.miss();
  const auto before = seeded_repo(world, args.repo);
  if (!before)
    return Verdict::absent(text::cat("there was no repository ", args.repo, " before the run"),
                           Evidence::initial("/repositories"));
  for (const std::string_view list : {std::string_view("files"), std::string_view("branches")}) {
    if (const Located found = now.list(list); !found) return found.miss();
    if (const Located found = before->list(list); !found) return found.miss();
  }
  if (!args.branch.empty()) {
    const Located branch = find_entry(*world.final_state, args.repo, branch_entry(args.branch));
    if (!branch) return branch.miss();
  }
  const std::string where = args.branch.empty() ? std::string() : text::cat(" on branch `", args.branch, '`');
  const std::string but = args.names.empty() ? std::string() : text::cat(" but ", listing(args.names));
  return FileComparison(args, *before, now).run(text::cat("no change of a file", but, where, " of ", args.repo));
}

constexpr Phrase kOnBranch[] = {"File `{path}`[ (in|of) `{repo}`] {exists/does not exist} on branch `{branch}`",
                                "File `{path}` {exists/does not exist} on branch `{branch}`[ (in|on|of) `{repo}`]",
                                "File `{path}` on branch `{branch}`[ (in|on|of) `{repo}`] {exists/does not exist}"};
constexpr Phrase kContains[] = {
    "File `{path}`[ on branch `{branch}`][ (in|on|of) `{repo}`] {contains/does not contain} \"{needle}\"",
    "File `{path}` (in|on|of) `{repo}`[ on branch `{branch}`] {contains/does not contain} \"{needle}\""};
constexpr Phrase kMatches[] = {
    "File `{path}`[ on branch `{branch}`][ (in|on|of) `{repo}`] {matches/does not match} `{pattern}`",
    "File `{path}` (in|on|of) `{repo}`[ on branch `{branch}`] {matches/does not match} `{pattern}`"};
constexpr Phrase kEquals[] = {
    "File `{path}`[ on branch `{branch}`][ (in|on|of) `{repo}`] {equals/does not equal} `{value}`",
    "File `{path}` (in|on|of) `{repo}`[ on branch `{branch}`] {equals/does not equal} `{value}`"};
constexpr Phrase kChanged[] = {
    "File `{path}`[ on branch `{branch}`][ (in|on|of) `{repo}`] {was changed/is unchanged}",
    "File `{path}`[ on branch `{branch}`][ (in|on|of) `{repo}`] {was changed/was not changed}",
    "File `{path}`[ on branch `{branch}`][ (in|on|of) `{repo}`] {was changed/was unchanged}"};
constexpr Phrase kCreated[] = {
    "File `{path}` {was created/was not created}[ on branch `{branch}`][ (in|on|of) `{repo}`]",
    "File `{path}`[ on branch `{branch}`][ (in|on|of) `{repo}`] {was created/was not created}"};
constexpr Phrase kDeleted[] = {
    "File `{path}` {was deleted/was not deleted}[ (on|from) branch `{branch}`][ (in|on|of) `{repo}`]",
    "File `{path}`[ on branch `{branch}`][ (in|on|of) `{repo}`] {was deleted/was not deleted}"};
constexpr Phrase kNoneChanged[] = {"No file was changed[ on branch `{branch}`][ (in|on|of) `{repo}`]",
                                   "No files were changed[ on branch `{branch}`][ (in|on|of) `{repo}`]"};
constexpr Phrase kNoneBut[] = {
    "No file (but|except|other than) {names} was changed[ on branch `{branch}`][ (in|on|of) `{repo}`]"};
constexpr Touch kTouch[] = {{"files", Touch::Key::path},
                            {"commits", Touch::Key::any, {}, true},
                            {"branches", Touch::Key::any, "head_sha"},
                            {"branches", Touch::Key::branch}};

constexpr Row kRows[] = {
    {.id = "github.file-on-branch",
     .phrases = kOnBranch,
     .evaluate = file_on_branch,
     .description = "The branch has the file at the end.",
     .example = "File `README.md` exists on branch `main` in `acme/api`",
     .touches = kTouch},
    {.id = "github.file-contains",
     .phrases = kContains,
     .evaluate = file_contains,
     .description = "The file contains the text, upper and lower case as written; on the default branch when the "
                    "sentence names none.",
     .example = "File `README.md` on branch `main` in `acme/api` contains \"thanks\"",
     .touches = kTouch},
    {.id = "github.file-matches",
     .phrases = kMatches,
     .evaluate = file_matches,
     .description = "The regular expression matches somewhere in the file; on the default branch when the sentence "
                    "names none.",
     .example = "File `package.json` in `acme/api` matches `\"version\": \"1\\.`",
     .touches = kTouch},
    {.id = "github.file-equals",
     .phrases = kEquals,
     .evaluate = file_equals,
     .description = "The file is exactly that text, with or without a line break at its end; on the default branch "
                    "when the sentence names none.",
     .example = "File `VERSION` in `acme/api` equals `1.2.0`",
     .touches = kTouch},
    {.id = "github.file-changed",
     .phrases = kChanged,
     .reads = Reads::initial_and_final,
     .evaluate = file_changed,
     .description = "The file has another content than before the run, where a new branch is compared with the "
                    "default one; a file that is new or gone is neither changed nor unchanged.",
     .example = "File `README.md` on branch `main` in `acme/api` was changed",
     .touches = kTouch},
    {.id = "github.file-created",
     .phrases = kCreated,
     .reads = Reads::initial_and_final,
     .evaluate = file_created,
     .description = "The branch has the file at the end and had none before the run; a new branch is compared with the "
                    "default one.",
     .example = "File `docs/guide.md` was created on branch `main` in `acme/api`",
     .touches = kTouch},
    {.id = "github.file-deleted",
     .phrases = kDeleted,
     .reads = Reads::initial_and_final,
     .evaluate = file_deleted,
     .description = "The branch had the file before the run and has it no more; a new branch is compared with the "
                    "default one.",
     .example = "File `docs/old.md` was deleted on branch `main` in `acme/api`",
     .touches = kTouch},
    {.id = "github.no-file-changed",
     .phrases = kNoneChanged,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = no_file_changed,
     .description = "No file differs, is new or is gone, on that branch or on any; a new branch is compared with the "
                    "default one.",
     .example = "No file was changed on branch `main` in `acme/api`"},
    {.id = "github.no-file-but",
     .phrases = kNoneBut,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = no_file_changed,
     .description = "No file but those named differs, is new or is gone, on that branch or on any; a new branch is "
                    "compared with the default one.",
     .example = "No file but `README.md` was changed in `acme/api`"},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> file_rows() { return kRows; }

}  // namespace pome::criteria
