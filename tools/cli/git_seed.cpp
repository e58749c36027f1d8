#include "tools/cli/git_seed.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/base/encoding.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/git/diff_trees.h"
#include "core/twin/github/model/ref.h"
#include "core/twin/github/model/seed.h"

namespace pome::cli {
namespace {

namespace model = twin::github::model;

/// Where git allows what a seed does not: nothing at all.
std::string_view or_stand_in(std::string_view text, std::string_view stand_in) {
  return text::trim(text).empty() ? stand_in : text;
}

void write_person(JsonWriter& json, std::string_view key, const git::Signature& person) {
  json.key(key).begin_object().field("name", or_stand_in(person.name, "unknown"));
  json.field("email", or_stand_in(person.email, "unknown@invalid"));
  json.field("date", time::iso8601_at(person.time, person.offset_minutes)).end_object();
}

void write_content(JsonWriter& json, std::string_view content) {
  if (text::is_valid_utf8(content)) {
    json.field("content", content);
  } else {
    json.field("content", encoding::base64(content)).field("encoding", "base64");
  }
}

void write_file(JsonWriter& json, const git::ObjectStore& objects, const git::FileChange& change) {
  json.begin_object().field("path", change.path);
  const std::string* content = objects.blob(change.new_id);
  if (change.new_mode == git::Mode::commit) {
    json.field("submodule", change.new_id.hex());
  } else if (change.new_mode == git::Mode::symlink) {
    json.field("symlink", content ? std::string_view(*content) : std::string_view());
  } else {
    write_content(json, content ? std::string_view(*content) : std::string_view());
    if (change.new_mode == git::Mode::executable) json.field("executable", true);
  }
  json.end_object();
}

/// What the commit changed on its first parent's files.
void write_changes(JsonWriter& json, const git::ObjectStore& objects, const git::Commit& commit) {
  const git::Commit* parent = commit.parents.empty() ? nullptr : objects.commit(commit.parents.front());
  git::DiffOptions options;
  options.renames = false;
  const auto changes = git::diff_trees(objects, parent ? parent->tree : git::empty_tree_id(), commit.tree, options);
  json.key("files").begin_array();
  for (const git::FileChange& change : changes) {
    if (change.status != git::FileStatus::removed) write_file(json, objects, change);
  }
  json.end_array();
  const auto is_removed = [](const git::FileChange& change) { return change.status == git::FileStatus::removed; };
  if (std::none_of(changes.begin(), changes.end(), is_removed)) return;
  json.key("delete").begin_array();
  for (const git::FileChange& change : changes) {
    if (is_removed(change)) json.value(change.path);
  }
  json.end_array();
}

void write_commit(JsonWriter& json, const git::ObjectStore& objects, const git::ObjectId& id) {
  const git::Commit& commit = *objects.commit(id);
  json.begin_object().field("mark", id.hex()).key("parents").begin_array();
  for (const git::ObjectId& parent : commit.parents) {
    if (objects.commit(parent)) json.value(parent.hex());
  }
  json.end_array();
  write_person(json, "author", commit.author);
  write_person(json, "committer", commit.committer);
  json.field("message", or_stand_in(commit.message, "(no message)"));
  if (!commit.extra_headers.empty()) json.field("headers", commit.extra_headers);
  write_changes(json, objects, commit);
  json.end_object();
}

/// Tags of tags are written as tags of the commit behind them.
void write_tag(JsonWriter& json, const git::ObjectStore& objects, const NamedObject& ref) {
  git::ObjectId target = ref.second;
  while (const git::Tag* inner = objects.tag(target)) target = inner->object;
  json.begin_object().field("name", ref.first).field("target", target.hex());
  if (const git::Tag* tag = objects.tag(ref.second)) {
    json.field("message", tag->message);
    if (tag->tagger) write_person(json, "tagger", *tag->tagger);
  }
  json.end_object();
}

std::string write_seed(const GitHistory& history, const std::string& owner, const std::string& name) {
  const git::ObjectStore& objects = history.objects;
  std::int64_t newest = 0;
  for (const git::ObjectId& id : history.commits) newest = std::max(newest, objects.commit(id)->committer.time);
  std::string out;
  JsonWriter json(out, 1);
  json.begin_object().field("clock", time::iso8601(newest)).key("repositories").begin_array().begin_object();
  json.field("owner", owner).field("name", name).field("default_branch", history.default_branch);
  json.field("created_at", time::iso8601(objects.commit(history.commits.front())->committer.time));
  json.key("commits").begin_array();
  for (const git::ObjectId& id : history.commits) write_commit(json, objects, id);
  json.end_array().key("branches").begin_array();
  for (const auto& [branch, id] : history.branches) {
    json.begin_object().field("name", branch).field("target", id.hex()).end_object();
  }
  json.end_array().key("tags").begin_array();
  for (const NamedObject& tag : history.tags) write_tag(json, objects, tag);
  json.end_array().end_object().end_array().end_object();
  out += '\n';
  return out;
}

/// The first error of a seed, as one sentence.
std::string first_error(const Diagnostics& problems) {
  for (const Diagnostic& problem : problems) {
    if (problem.severity == Severity::error)
      return text::cat(problem.message, problem.hint.empty() ? "" : " ", problem.hint);
  }
  return "The seed cannot be used.";
}

}  // namespace

Result<GitSeed> seed_of_history(const GitHistory& history, const std::string& owner, const std::string& name) {
  GitSeed seed;
  seed.json = write_seed(history, owner, name);
  const model::SeedResult built = model::build_world(seed.json);
  if (!built.world) return fail("bad-seed", first_error(built.diagnostics));
  const git::ObjectStore& objects = built.world->objects;
  for (const git::ObjectId& id : history.commits) seed.other_ids += objects.commit(id) ? 0U : 1U;
  for (const NamedObject& tag : history.tags) seed.other_ids += objects.type(tag.second) ? 0U : 1U;
  return seed;
}

}  // namespace pome::cli
