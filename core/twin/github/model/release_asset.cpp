#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/twin/github/model/release.h"
#include "core/twin/github/model/store.h"

/// The files of releases.
namespace pome::twin::github::model {
namespace {

/// GitHub keeps letters, digits and a few marks in file names.
std::string file_name_from(std::string_view wanted) {
  std::string name(text::trim(wanted));
  std::replace_if(
      name.begin(), name.end(),
      [](char c) {
        return !text::is_alpha(c) && !text::is_digit(c) && c != '-' && c != '_' && c != '.' && c != '+' && c != '@';
      },
      '.');
  return name;
}

Refused check_name(const World& world, const ReleaseAsset& asset) {
  if (asset.name.empty()) return invalid("ReleaseAsset", "name", "missing_field");
  for (const auto& entry : rows_of(world.release_assets, asset.repo)) {
    if (entry.row->release == asset.release && entry.row->id != asset.id && entry.row->name == asset.name) {
      return invalid("ReleaseAsset", "name", "already_exists");
    }
  }
  return std::nullopt;
}

/// The asset, when the actor may push.
Ruling<ReleaseAssetPtr> owned(const Action& action, Id repo, Id id) {
  ReleaseAssetPtr row = action.world.release_assets.get(NumberKey{repo, id});
  if (!row || permission_of(action.world, repo, action.actor) < Role::write) return not_found();
  return row;
}

}  // namespace

std::vector<ReleaseAssetPtr> assets_of(const World& world, const Release& release) {
  std::vector<ReleaseAssetPtr> out;
  for (const auto& entry : rows_of(world.release_assets, release.repo)) {
    if (entry.row->release == release.id) out.push_back(entry.row);
  }
  return out;
}

ReleaseAssetPtr find_asset(const World& world, Id repo, Id id, std::string_view login) {
  ReleaseAssetPtr row = world.release_assets.get(NumberKey{repo, id});
  return row && find_release(world, repo, row->release, login) ? row : nullptr;
}

Ruling<ReleaseAssetPtr> upload_asset(Action& action, Id repo, Id release, ReleaseAsset wanted) {
  World& world = action.world;
  const bool may_push = permission_of(world, repo, action.actor) >= Role::write;
  if (!may_push || !world.releases.find(NumberKey{repo, release})) return not_found();
  wanted.repo = repo;
  wanted.release = release;
  wanted.name = file_name_from(wanted.name);
  if (const Refused refused = check_name(world, wanted)) return refused;
  if (!wanted.content || wanted.content->empty()) {
    return invalid_because("ReleaseAsset", "size", "size must be greater than or equal to 1");
  }
  wanted.created_at = wanted.updated_at = begin_mutation(action);
  wanted.id = ++world.counters.release_asset;
  wanted.uploader = user_or_stranger(world, action.actor)->login;
  return put(action, std::move(wanted));
}

Ruling<ReleaseAssetPtr> update_asset(Action& action, Id repo, Id id, const std::optional<std::string>& name,
                                     const std::optional<std::string>& label) {
  const Ruling<ReleaseAssetPtr> current = owned(action, repo, id);
  if (!current) return current.refusal();
  ReleaseAsset next = **current;
  if (name) next.name = file_name_from(*name);
  if (label) next.label = label;
  if (const Refused refused = check_name(action.world, next)) return refused;
  if (next == **current) return current;
  next.updated_at = begin_mutation(action);
  return put(action, std::move(next));
}

Refused delete_asset(Action& action, Id repo, Id id) {
  const Ruling<ReleaseAssetPtr> current = owned(action, repo, id);
  if (!current) return current.refusal();
  begin_mutation(action);
  erase(action, *current);
  return std::nullopt;
}

}  // namespace pome::twin::github::model
