#include "core/twin/github/model/gist.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void write_gist(JsonWriter& out, const World&, const Gist& row) {
  out.field("id", row.id).field("owner_login", row.owner).field("description", row.description);
  out.field("public", row.is_public).key("files").begin_array();
  for (const GistFile& file : row.files) {
    out.begin_object().field("name", file.name).field("content", file.content).end_object();
  }
  out.end_array();
  times(out, row.created_at, row.updated_at);
}

Id line_count(const std::vector<GistFile>& files, const std::vector<GistFile>& besides) {
  Id count = 0;
  for (const GistFile& file : files) {
    if (std::find(besides.begin(), besides.end(), file) != besides.end()) continue;
    count += static_cast<Id>(text::lines(file.content).size());
  }
  return count;
}

/// Files that changed count whole.
void add_revision(Gist& gist, const std::vector<GistFile>& before, Time time) {
  std::string digested = text::cat(gist.id, "\n", time, "\n");
  for (const GistFile& file : gist.files) text::append(digested, file.name, "\n", file.content, "\n");
  GistRevision revision;
  revision.version = hash::sha1_hex(digested);
  revision.additions = line_count(gist.files, before);
  revision.deletions = line_count(before, gist.files);
  revision.committed_at = time;
  gist.revisions.insert(gist.revisions.begin(), std::move(revision));
}

void apply_edit(std::vector<GistFile>& files, const GistEdit& edit) {
  auto file = std::find_if(files.begin(), files.end(), [&](const GistFile& one) { return one.name == edit.name; });
  if (edit.removed) {
    if (file != files.end()) files.erase(file);
    return;
  }
  if (file == files.end()) {
    files.push_back({edit.new_name.value_or(edit.name), edit.content.value_or("")});
  } else {
    if (edit.content) file->content = *edit.content;
    if (edit.new_name) file->name = *edit.new_name;
  }
  sort_stably(files, [](const GistFile& a, const GistFile& b) { return a.name < b.name; });
}

Refused no_files() { return invalid("Gist", "files", "missing_field"); }

Gist fresh_gist(World& world, std::string owner, Time time) {
  Gist gist;
  gist.id = hash::sha256_hex(text::cat("gist ", ++world.counters.gist)).substr(0, 32);
  gist.owner = std::move(owner);
  gist.created_at = gist.updated_at = time;
  return gist;
}

/// The gist, when it is the actor's.
Ruling<GistPtr> owned(const Action& action, std::string_view id) {
  GistPtr gist = find_gist(action.world, id);
  if (!gist || !text::equals_ignore_case(gist->owner, action.actor)) return not_found();
  return gist;
}

}  // namespace

const RowKind Gist::kind = row_kind<&World::gists, write_gist>("gist");

GistPtr find_gist(const World& world, std::string_view id) { return world.gists.get(id); }

std::vector<GistPtr> gists_of(const World& world, std::string_view owner, std::string_view reader) {
  std::vector<GistPtr> out;
  const bool own = text::equals_ignore_case(owner, reader);
  for (const auto& entry : world.gists) {
    if (text::equals_ignore_case(entry.row->owner, owner) && (own || entry.row->is_public)) out.push_back(entry.row);
  }
  sort_stably(out, [](const GistPtr& a, const GistPtr& b) { return a->updated_at > b->updated_at; });
  return out;
}

Ruling<GistPtr> create_gist(Action& action, std::optional<std::string> description, bool is_public,
                            const std::vector<GistEdit>& files) {
  const bool blank = std::any_of(files.begin(), files.end(), [](const GistEdit& file) {
    return file.removed || file.content.value_or("").empty();
  });
  if (files.empty() || blank) return no_files();
  const Time now = begin_mutation(action);
  Gist gist = fresh_gist(action.world, user_or_stranger(action.world, action.actor)->login, now);
  gist.description = std::move(description);
  gist.is_public = is_public;
  for (const GistEdit& file : files) apply_edit(gist.files, file);
  add_revision(gist, {}, now);
  return put(action, std::move(gist));
}

Ruling<GistPtr> update_gist(Action& action, std::string_view id,
                            const std::optional<std::optional<std::string>>& description,
                            const std::vector<GistEdit>& files) {
  const Ruling<GistPtr> current = owned(action, id);
  if (!current) return current.refusal();
  Gist next = **current;
  if (description) next.description = *description;
  for (const GistEdit& file : files) apply_edit(next.files, file);
  if (next.files.empty()) return no_files();
  next.updated_at = begin_mutation(action);
  if (next.files != (*current)->files) add_revision(next, (*current)->files, next.updated_at);
  return put(action, std::move(next));
}

Refused delete_gist(Action& action, std::string_view id) {
  const Ruling<GistPtr> current = owned(action, id);
  if (!current) return current.refusal();
  begin_mutation(action);
  erase(action, *current);
  return std::nullopt;
}

void export_gists(JsonWriter& out, const World& world) {
  for (const auto& entry : world.gists) {
    out.begin_object();
    write_gist(out, world, *entry.row);
    out.end_object();
  }
}

void seed_gists(Seeding& seed, const Node& root) {
  root.each("gists", [&](const Node& node) {
    if (!node.is_object("owner description public files created_at")) return;
    const std::string owner = seed.author(node, {"owner"});
    Gist gist = fresh_gist(seed.world, owner, node.instant("created_at").value_or(seed.world.epoch));
    gist.description = node.text("description", "");
    gist.is_public = node.flag("public", true);
    node.each("files", [&](const Node& file) {
      if (!file.is_object("name content")) return;
      GistEdit edit;
      edit.name = file.required_text("name");
      edit.content = file.text("content", "");
      apply_edit(gist.files, edit);
    });
    if (gist.files.empty()) return node.error_at("files", "empty", "A gist needs at least one file.");
    add_revision(gist, {}, gist.created_at);
    put(seed.action, std::move(gist));
  });
}

}  // namespace pome::twin::github::model
