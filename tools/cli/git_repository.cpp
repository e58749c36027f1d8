#include "tools/cli/git_repository.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "core/base/text.h"
#include "tools/cli/process.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

constexpr std::chrono::minutes kPatience{5};
constexpr std::size_t kLineBytes = 64;  // of an id, its type and its size
constexpr std::size_t kRefBytes = std::size_t{8} << 20;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

/// git as it stands in the folder: no user's hooks, pagers, prompts or replacements, no network, one language.
class Git {
 public:
  explicit Git(std::string folder) : folder_(std::move(folder)) {}

  /// What the command prints. Fails with `git` when it fails, with `usage` when it prints more than `most` bytes.
  Result<std::string> operator()(std::vector<std::string> words, std::size_t most, std::string stdin_file = {}) const {
    POME_TRY(ProcessResult run, try_run(std::move(words), most, std::move(stdin_file)));
    if (run.output_truncated) return fail("usage", text::cat(folder_, " is too large to become a seed."));
    if (!run.succeeded()) return fail("git", text::cat("git ", describe(run), ": ", complaint(run)));
    return std::move(run.stdout_text);
  }
  Result<ProcessResult> try_run(std::vector<std::string> words, std::size_t most, std::string stdin_file = {}) const {
    ProcessSpec spec;
    spec.argv = {"git", "-C", folder_, "--no-pager", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never"};
    spec.argv.insert(spec.argv.end(), words.begin(), words.end());
    spec.environment = {{"PATH", variable("PATH")},     {"HOME", variable("HOME")},  {"LC_ALL", "C"},
                        {"GIT_TERMINAL_PROMPT", "0"},   {"GIT_OPTIONAL_LOCKS", "0"}, {"GIT_NO_LAZY_FETCH", "1"},
                        {"GIT_NO_REPLACE_OBJECTS", "1"}};
    spec.timeout = kPatience;
    spec.max_output_bytes = most;
    if (!stdin_file.empty()) spec.stdin_file = std::move(stdin_file);
    Result<ProcessResult> run = run_process(spec);
    if (!run) return fail("git", "git cannot be started. Is it installed and on PATH?");
    return run;
  }
  /// The first line git wrote on stderr.
  static std::string complaint(const ProcessResult& run) {
    const std::string_view all = text::trim(run.stderr_text);
    return all.empty() ? std::string("it says nothing.") : std::string(all.substr(0, all.find('\n')));
  }

 private:
  std::string folder_;
};

Result<void> check_repository(const Git& git, const std::string& path) {
  if (!system::is_folder(path)) return fail("usage", text::cat("There is no folder ", path, "."));
  POME_TRY(const ProcessResult run, git.try_run({"rev-parse", "--git-dir"}, kRefBytes));
  if (run.succeeded()) return {};
  return fail("usage", text::cat(path, " is no repository that git can read (", Git::complaint(run), ")."));
}

/// The newest commits, oldest first.
Result<void> read_commits(const Git& git, const GitLimits& limits, GitHistory& history) {
  POME_TRY(const std::string listed,
           git({"rev-list", "--topo-order", text::cat("--max-count=", limits.commits + 1), "--branches", "--tags"},
               (limits.commits + 2) * kLineBytes));
  for (const std::string_view line : text::lines(listed)) {
    if (const auto id = git::ObjectId::from_hex(line)) history.commits.push_back(*id);
  }
  history.cut = history.commits.size() > limits.commits;
  if (history.cut) history.commits.resize(limits.commits);
  std::reverse(history.commits.begin(), history.commits.end());
  return {};
}

/// The refs below `prefix` by short name, each with what it points at.
Result<std::vector<NamedObject>> read_refs(const Git& git, const std::string& prefix) {
  POME_TRY(const std::string listed, git({"for-each-ref", "--format=%(objectname) %(refname)", prefix}, kRefBytes));
  std::vector<NamedObject> out;
  for (const std::string_view line : text::lines(listed)) {
    const std::size_t space = line.find(' ');
    const auto id = git::ObjectId::from_hex(line.substr(0, space));
    if (id && space != std::string_view::npos) out.emplace_back(line.substr(space + 1 + prefix.size()), *id);
  }
  return out;
}

/// Everything the commits hold, and the tag objects, as lines of ids.
Result<std::string> list_objects(const Git& git, const GitLimits& limits, const GitHistory& history) {
  POME_TRY(std::string listed, git({"rev-list", "--topo-order", "--objects", "--no-object-names",
                                    text::cat("--max-count=", limits.commits), "--branches", "--tags"},
                                   limits.object_count * kLineBytes));
  std::set<std::string_view> seen;
  std::string out;
  for (const std::string_view line : text::lines(listed)) {
    if (seen.insert(line).second) text::append(out, line, "\n");
  }
  for (const auto& [name, id] : history.tags) {
    const std::string hex = id.hex();
    if (seen.count(hex) == 0) text::append(out, hex, "\n");
  }
  return out;
}

Result<void> check_size(const Git& git, const GitLimits& limits, const std::string& path, const std::string& ids_file) {
  POME_TRY(const std::string listed,
           git({"cat-file", "--batch-check=%(objectsize)"}, limits.object_count * kLineBytes, ids_file));
  std::size_t total = 0;
  for (const std::string_view line : text::lines(listed)) {
    total += static_cast<std::size_t>(text::to_integer(line).value_or(0));
  }
  if (total <= limits.bytes) return {};
  return fail("usage", text::cat(path, " is too large to become a seed: its objects have ", total >> 20,
                                 " MiB, of which ", limits.bytes >> 20, " fit. Try a smaller --max-commits."));
}

struct RawObject {
  git::ObjectType type = git::ObjectType::blob;
  std::string_view payload;
};

/// "<id> <type> <size>", the bytes, a newline; again and again.
std::map<git::ObjectId, RawObject> parse_batch(std::string_view text) {
  std::map<git::ObjectId, RawObject> out;
  while (!text.empty()) {
    const std::string_view header = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(header.size() + 1, text.size()));
    const std::vector<std::string_view> words = text::split(header, ' ');
    const auto id = git::ObjectId::from_hex(words.front());
    const auto type = words.size() == 3 ? git::type_of_name(words[1]) : std::nullopt;
    const auto size = words.size() == 3 ? text::to_integer(words[2]) : std::nullopt;
    if (!id || !type || !size || static_cast<std::size_t>(*size) > text.size()) continue;  // "<id> missing"
    out[*id] = {*type, text.substr(0, static_cast<std::size_t>(*size))};
    text.remove_prefix(std::min(static_cast<std::size_t>(*size) + 1, text.size()));
  }
  return out;
}

Error odd_object(const git::ObjectId& id) {
  return fail("usage", text::cat("Object ", id.hex(), " is missing, or written in a way that the twin cannot keep."));
}

/// Puts all objects into the store, children of the commit graph last.
Result<void> store_objects(const std::map<git::ObjectId, RawObject>& raw, GitHistory& history) {
  for (const auto& [id, object] : raw) {
    if (object.type == git::ObjectType::blob) {
      history.objects.put_blob(std::make_shared<const std::string>(object.payload));
    } else if (object.type == git::ObjectType::tree) {
      auto tree = git::decode_tree(object.payload);
      if (!tree) return odd_object(id);
      history.objects.put_tree(std::move(*tree));
    } else if (object.type == git::ObjectType::tag) {
      auto tag = git::decode_tag(object.payload);
      if (!tag) return odd_object(id);
      history.objects.put_tag(std::move(*tag));
    }
  }
  for (const git::ObjectId& id : history.commits) {
    const auto found = raw.find(id);
    auto commit = found == raw.end() ? std::nullopt : git::decode_commit(found->second.payload);
    if (!commit) return odd_object(id);
    history.objects.put_commit(std::move(*commit));
  }
  return {};
}

/// Takes out the refs that stand for none of the commits.
void keep_reachable(GitHistory& history, std::vector<NamedObject>& refs) {
  const auto is_kept = [&](const NamedObject& ref) {
    git::ObjectId id = ref.second;
    while (const git::Tag* tag = history.objects.tag(id)) id = tag->object;
    return history.objects.commit(id) != nullptr;
  };
  const std::size_t before = refs.size();
  refs.erase(std::remove_if(refs.begin(), refs.end(), [&](const NamedObject& ref) { return !is_kept(ref); }),
             refs.end());
  history.left_out += before - refs.size();
}

bool has_branch(const GitHistory& history, std::string_view name) {
  return std::any_of(history.branches.begin(), history.branches.end(),
                     [&](const NamedObject& branch) { return branch.first == name; });
}

Result<void> choose_default(const Git& git, GitHistory& history) {
  POME_TRY(const ProcessResult head, git.try_run({"symbolic-ref", "-q", "--short", "HEAD"}, kRefBytes));
  for (const std::string_view name :
       {text::trim(head.stdout_text), std::string_view("main"), std::string_view("master")}) {
    if (!has_branch(history, name)) continue;
    history.default_branch = std::string(name);
    return {};
  }
  history.default_branch = history.branches.front().first;
  return {};
}

}  // namespace

Result<GitHistory> read_git_repository(const std::string& path, const GitLimits& limits) {
  const Git git(path);
  GitHistory history;
  POME_CHECK(check_repository(git, path));
  POME_CHECK(read_commits(git, limits, history));
  POME_TRY(history.branches, read_refs(git, "refs/heads/"));
  POME_TRY(history.tags, read_refs(git, "refs/tags/"));
  if (history.commits.empty()) return fail("usage", text::cat(path, " has no commits to import."));
  POME_TRY(const system::ScratchFolder scratch, system::ScratchFolder::create());
  const std::string ids_file = system::join_path(scratch.path(), "objects");
  POME_TRY(const std::string ids, list_objects(git, limits, history));
  POME_CHECK(system::write_file(ids_file, ids));
  POME_CHECK(check_size(git, limits, path, ids_file));
  POME_TRY(const std::string batch, git({"cat-file", "--batch"}, limits.bytes + ids.size() * 3, ids_file));
  POME_CHECK(store_objects(parse_batch(batch), history));
  keep_reachable(history, history.branches);
  keep_reachable(history, history.tags);
  if (history.branches.empty()) return fail("usage", text::cat(path, " has no branches to import."));
  POME_CHECK(choose_default(git, history));
  return history;
}

}  // namespace pome::cli
