#include "core/twin/github/model/release.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/hash.h"
#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

Refused check_push(const Action& action, Id repo) {
  return permission_of(action.world, repo, action.actor) < Role::write ? not_found() : std::nullopt;
}

bool is_full(const Release& row) { return !row.draft && !row.prerelease; }

/// The numbers of "v1.10.2", so that versions compare as versions. Nothing in the text gives zeros.
std::array<Id, 3> version_of(std::string_view tag) {
  std::array<Id, 3> out{};
  std::size_t part = 0;
  bool inside = false;
  for (const char c : tag) {
    if (text::is_digit(c)) {
      inside = true;
      out[part] = std::min<Id>(out[part] * 10 + (c - '0'), 1'000'000'000);
    } else if (inside) {
      if (c != '.' || ++part == out.size()) break;
    }
  }
  return out;
}

/// Takes the mark from whichever release has it.
void unmark_latest(Action& action, Id repo, Id except) {
  std::vector<ReleasePtr> marked;
  for (const auto& entry : rows_of(action.world.releases, repo)) {
    if (entry.row->latest && entry.row->id != except) marked.push_back(entry.row);
  }
  for (const ReleasePtr& row : marked) {
    Release next = *row;
    next.latest = false;
    put(action, std::move(next), Cause::followed);
  }
}

/// The latest release stays it, although a newer one is there now.
void keep_latest(Action& action, const Release& latest) {
  if (latest.latest) return;
  Release next = latest;
  next.latest = true;
  put(action, std::move(next), Cause::followed);
}

bool outranks(const Release& candidate, const Release* current) {
  if (!current || current->id == candidate.id) return true;
  const auto mine = version_of(candidate.tag_name);
  const auto theirs = version_of(current->tag_name);
  return mine != theirs ? mine > theirs : candidate.created_at >= current->created_at;
}

/// Refuses what cannot be a release, and makes the tag a published one needs.
Refused settle_tag(Action& action, Release& next) {
  World& world = action.world;
  if (!git::is_valid_ref_name(next.tag_name)) {
    return invalid_because("Release", "tag_name", "tag_name is not well-formed");
  }
  const ReleasePtr other = release_of_tag(world, next.repo, next.tag_name);
  if (!next.draft && other && other->id != next.id) {
    return invalid("Release", "tag_name", "already_exists");
  }
  const std::string full_name = text::cat(kTags, next.tag_name);
  const bool tagged = find_ref(world, next.repo, full_name) != nullptr;
  const auto commit = resolve_commit(world, next.repo, tagged ? std::string_view(full_name) : next.target_commitish);
  if (!commit) return invalid("Release", "target_commitish", "invalid");
  if (next.draft) return std::nullopt;
  next.created_at = world.objects.commit(*commit)->committer.time;
  if (!tagged) put(action, Ref{next.repo, full_name, *commit, world.now}, Cause::followed);
  return std::nullopt;
}

void apply(Release& next, const ReleaseInput& input) {
  if (input.tag_name) next.tag_name = *input.tag_name;
  if (input.target_commitish) next.target_commitish = *input.target_commitish;
  if (input.name) next.name = *input.name;
  if (input.body) next.body = *input.body;
  if (input.draft) next.draft = *input.draft;
  if (input.prerelease) next.prerelease = *input.prerelease;
}

/// Writes a release that was changed or made at `now`: tag, publication, latest mark.
Ruling<ReleasePtr> store(Action& action, Release next, std::optional<MakeLatest> make_latest, Time now) {
  const bool published_now = !next.draft && !next.published_at;
  if (const Refused refused = settle_tag(action, next)) return refused;
  next.updated_at = now;
  if (published_now) next.published_at = now;
  if (next.draft) next.published_at.reset();
  if (published_now && !make_latest) make_latest = MakeLatest::yes;
  if (make_latest == MakeLatest::no || !is_full(next)) next.latest = false;
  const ReleasePtr latest = latest_release(action.world, next.repo);
  const bool wins =
      make_latest == MakeLatest::yes || (make_latest == MakeLatest::legacy && outranks(next, latest.get()));
  if (is_full(next) && wins) next.latest = true;
  if (next.latest) unmark_latest(action, next.repo, next.id);
  if (is_full(next) && !next.latest && latest && latest->id != next.id) keep_latest(action, *latest);
  return put(action, std::move(next));
}

void write_asset(JsonWriter& out, const World&, const ReleaseAsset& row) {
  out.field("id", row.id).field("release_id", row.release).field("name", row.name).field("label", row.label);
  out.field("content_type", row.content_type).field("size", row.content->size());
  out.field("digest", text::cat("sha256:", hash::sha256_hex(*row.content)));
  out.field("download_count", row.download_count).field("uploader_login", row.uploader);
  times(out, row.created_at, row.updated_at);
}

void write_release(JsonWriter& out, const World& world, const Release& row) {
  out.field("id", row.id).field("tag_name", row.tag_name).field("target_commitish", row.target_commitish);
  out.field("name", row.name).field("body", row.body).field("draft", row.draft).field("prerelease", row.prerelease);
  out.field("author_login", row.author);
  time_field(out, "created_at", row.created_at);
  time_field(out, "published_at", row.published_at);
  const ReleasePtr latest = latest_release(world, row.repo);
  out.field("latest", latest && latest->id == row.id).key("assets").begin_array();
  for (const ReleaseAssetPtr& asset : assets_of(world, row)) {
    out.begin_object();
    write_asset(out, world, *asset);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

const RowKind Release::kind = row_kind<&World::releases, write_release>("release");
const RowKind ReleaseAsset::kind = row_kind<&World::release_assets, write_asset>("release_asset");

std::vector<ReleasePtr> releases_of(const World& world, Id repo, std::string_view login) {
  const bool drafts = permission_of(world, repo, login) >= Role::write;
  std::vector<ReleasePtr> out;
  for (const auto& entry : rows_of(world.releases, repo)) {
    if (drafts || !entry.row->draft) out.push_back(entry.row);
  }
  sort_stably(out, [](const ReleasePtr& a, const ReleasePtr& b) {
    if (a->draft != b->draft) return a->draft;
    return a->created_at != b->created_at ? a->created_at > b->created_at : a->id > b->id;
  });
  return out;
}

ReleasePtr find_release(const World& world, Id repo, Id id, std::string_view login) {
  ReleasePtr row = world.releases.get(NumberKey{repo, id});
  return row && row->draft && permission_of(world, repo, login) < Role::write ? nullptr : row;
}

ReleasePtr release_of_tag(const World& world, Id repo, std::string_view tag) {
  for (const auto& entry : rows_of(world.releases, repo)) {
    if (!entry.row->draft && entry.row->tag_name == tag) return entry.row;
  }
  return nullptr;
}

ReleasePtr latest_release(const World& world, Id repo) {
  ReleasePtr newest;
  for (const auto& entry : rows_of(world.releases, repo)) {
    if (!is_full(*entry.row)) continue;
    if (entry.row->latest) return entry.row;
    if (!newest || *entry.row->published_at >= *newest->published_at) newest = entry.row;
  }
  return newest;
}

Ruling<ReleasePtr> create_release(Action& action, Id repo, const ReleaseInput& input) {
  World& world = action.world;
  if (const Refused refused = check_push(action, repo)) return refused;
  const Time now = begin_mutation(action);
  Release fresh;
  fresh.repo = repo;
  fresh.id = ++world.counters.release;
  fresh.target_commitish = world.repositories_by_id.find(repo)->default_branch;
  apply(fresh, input);
  fresh.author = user_or_stranger(world, action.actor)->login;
  fresh.created_at = now;
  return store(action, std::move(fresh), input.make_latest, now);
}

Ruling<ReleasePtr> update_release(Action& action, Id repo, Id id, const ReleaseInput& input) {
  if (const Refused refused = check_push(action, repo)) return refused;
  const ReleasePtr current = action.world.releases.get(NumberKey{repo, id});
  if (!current) return not_found();
  Release next = *current;
  apply(next, input);
  if (next == *current && !input.make_latest) return current;
  const Time now = begin_mutation(action);
  return store(action, std::move(next), input.make_latest, now);
}

Refused delete_release(Action& action, Id repo, Id id) {
  if (const Refused refused = check_push(action, repo)) return refused;
  const ReleasePtr row = action.world.releases.get(NumberKey{repo, id});
  if (!row) return not_found();
  begin_mutation(action);
  const std::vector<ReleaseAssetPtr> assets = assets_of(action.world, *row);
  erase(action, row);
  for (const ReleaseAssetPtr& asset : assets) erase(action, asset, Cause::followed);
  return std::nullopt;
}

void export_releases(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.releases);
}

}  // namespace pome::twin::github::model
