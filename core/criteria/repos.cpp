#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/criteria/criterion.h"

/// Criteria about repositories: label definitions, files and commit statuses.
namespace pome::criteria {
namespace {

struct NewLabels {
  Located labels;
  std::vector<std::size_t> created;  ///< indexes into labels
  std::string initial;               ///< place of the seeded labels
};

/// A renamed label keeps its id and is no new one.
bool was_defined(const Json& before, const Json& label) {
  if (!before.is_array()) return false;
  if (index_of(before, "name", name_in(label, "name"))) return true;
  const auto id = json::integer_at(label, "id");
  for (const Json& other : before) {
    if (id && json::integer_at(other, "id") == id) return true;
  }
  return false;
}

NewLabels find_new_labels(const Args& args, const World& world) {
  const Located repo = find_repo(*world.final_state, args.repo);
  if (!repo) return {repo, {}, {}};
  const Located labels = repo.list("labels");
  if (!labels) return {labels, {}, {}};
  const std::optional<Located> seeded = seeded_repo(world, args.repo);
  const Json& before = seeded ? json::at(**seeded, "labels") : json::at(Json(), "");
  NewLabels found = {labels, {}, before.is_array() ? seeded->at("labels") : std::string("/repositories")};
  for (std::size_t i = 0; i < (*labels).size(); ++i) {
    if (!was_defined(before, (*labels)[i])) found.created.push_back(i);
  }
  return found;
}

Verdict no_new_labels(const Args& args, const World& world) {
  const NewLabels found = find_new_labels(args, world);
  if (!found.labels) return found.labels.miss();
  Evidence evidence = Evidence::initial(found.initial);
  std::vector<std::string> names;
  for (const std::size_t index : found.created) {
    names.emplace_back(name_in((*found.labels)[index], "name"));
    evidence.add_state(pointer::child(found.labels.at(), index));
  }
  if (names.empty()) evidence.add_state(found.labels.at());
  return Verdict::grade(names.empty(), text::cat("no new labels in ", args.repo), listing(names), std::move(evidence));
}

Verdict label_created(const Args& args, const World& world) {
  const NewLabels found = find_new_labels(args, world);
  if (!found.labels) return found.labels.miss();
  const auto now = index_of(*found.labels, "name", args.label);
  bool created = false;
  for (const std::size_t index : found.created) created = created || index == now;
  const std::string_view state = created ? "it" : now ? "one that was there before the run" : "none of that name";
  return Verdict::grade(
      created, text::cat("a new label `", args.label, "` in ", args.repo), std::string(state),
      Evidence::state(now ? pointer::child(found.labels.at(), *now) : found.labels.at()).and_initial(found.initial));
}

Verdict file_exists(const Args& args, const World& world) {
  const Located repo = find_repo(*world.final_state, args.repo);
  if (!repo) return repo.miss();
  const Located files = repo.list("files");
  if (!files) return files.miss();
  std::vector<std::string> branches;
  std::optional<Evidence> evidence;
  for (std::size_t i = 0; i < (*files).size(); ++i) {
    const Json& file = (*files)[i];
    if (json::string_at(file, "path") != std::optional<std::string_view>(args.path)) continue;
    branches.emplace_back(json::string_at(file, "branch").value_or("the default branch"));
    const std::string place = pointer::child(files.at(), i);
    evidence = evidence ? std::move(*evidence).and_state(place) : Evidence::state(place);
  }
  const std::string file = text::cat("file `", args.path, "` in ", args.repo);
  if (evidence) return Verdict::grade(true, file, text::cat("it on ", listing(branches)), std::move(*evidence));
  return Verdict::grade(false, file, text::cat("it on no branch (", (*files).size(), " files read)"),
                        Evidence::state(files.at()));
}

/// Is `status` the newest one of its commit and context?
bool is_latest(const Json& statuses, std::size_t at) {
  const auto same = [&](const Json& other, std::string_view member) {
    return text::equals_ignore_case(json::string_at(other, member).value_or(""),
                                    json::string_at(statuses[at], member).value_or(""));
  };
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    if (i == at || !same(statuses[i], "sha") || !same(statuses[i], "context")) continue;
    const auto id = json::integer_at(statuses[at], "id");
    const auto other = json::integer_at(statuses[i], "id");
    if (id && other && *id != *other ? *other > *id : i > at) return false;
  }
  return true;
}

Verdict commit_status(const Args& args, const World& world) {
  const Located repo = find_repo(*world.final_state, args.repo);
  if (!repo) return repo.miss();
  const Located statuses = repo.list("commit_statuses");
  if (!statuses) return statuses.miss();
  const std::string wanted = text::cat("a latest \"", args.context, "\" status ", args.choice, " in ", args.repo);
  std::vector<std::string> found;
  std::optional<Evidence> evidence;
  for (std::size_t i = 0; i < (*statuses).size(); ++i) {
    const Json& status = (*statuses)[i];
    if (!text::equals_ignore_case(json::string_at(status, "context").value_or(""), args.context) ||
        !is_latest(*statuses, i))
      continue;
    const std::string_view state = json::string_at(status, "state").value_or("");
    const std::string place = pointer::child(statuses.at(), i);
    if (text::equals_ignore_case(state, args.choice)) {
      return Verdict::grade(true, wanted, std::string(state), Evidence::state(place));
    }
    found.emplace_back(state);
    evidence = evidence ? std::move(*evidence).and_state(place) : Evidence::state(place);
  }
  return Verdict::grade(false, wanted, listing(found),
                        evidence ? std::move(*evidence) : Evidence::state(statuses.at()));
}

constexpr Phrase kNoNewLabels[] = {"No new labels were created[ (in|on) `{repo}`]",
                                   "No new label was created[ (in|on) `{repo}`]"};
constexpr Phrase kLabelCreated[] = {
    "The `{label}` label was created[ (in|on) `{repo}`]", "`{label}` label was created[ (in|on) `{repo}`]",
    "Label `{label}` was created[ (in|on) `{repo}`]", "A label `{label}` was created[ (in|on) `{repo}`]"};
constexpr Phrase kFile[] = {"File `{path}` exists[ (in|on) `{repo}`]"};
constexpr Phrase kStatus[] = {"Commit status \"{context}\"[ (in|on) `{repo}`] is {success|failure|pending|error}"};
constexpr Touch kLabelTouch[] = {{"labels", Touch::Key::label}};
constexpr Touch kFileTouch[] = {
    {"files", Touch::Key::path}, {"commits", Touch::Key::any, {}, true}, {"branches", Touch::Key::any, "head_sha"}};
constexpr Touch kStatusTouch[] = {{"commit_statuses", Touch::Key::any, {}, true}};

constexpr Row kRows[] = {
    {.id = "github.no-new-labels",
     .phrases = kNoNewLabels,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = no_new_labels,
     .description = "The repository defines no label at the end that it lacked in the seed.",
     .example = "No new labels were created in `acme/api`"},
    {.id = "github.label-created",
     .phrases = kLabelCreated,
     .reads = Reads::initial_and_final,
     .evaluate = label_created,
     .description = "The repository defines the label at the end and did not in the seed.",
     .example = "The `triage` label was created in `acme/api`",
     .touches = kLabelTouch},
    {.id = "github.file-exists",
     .phrases = kFile,
     .evaluate = file_exists,
     .description = "A branch of the repository has the file at the end; the reason names the branches.",
     .example = "File `README.md` exists in `acme/api`",
     .touches = kFileTouch},
    {.id = "github.commit-status",
     .phrases = kStatus,
     .evaluate = commit_status,
     .description = "For some commit, the latest status of that context has that state.",
     .example = "Commit status \"ci/build\" in `acme/api` is success",
     .touches = kStatusTouch},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> repo_rows() { return kRows; }

}  // namespace pome::criteria
