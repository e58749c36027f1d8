#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object.h"
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct Release {
  Id repo = 0;
  Id id = 0;
  std::string tag_name;
  std::string target_commitish;
  std::optional<std::string> name;
  std::optional<std::string> body;
  bool draft = false;
  bool prerelease = false;
  bool latest = false;  ///< made the latest one by its author; at most one of a repository
  std::string author;
  Time created_at = 0;  ///< of a published release: when its commit was made
  Time updated_at = 0;
  std::optional<Time> published_at;  ///< absent on drafts

  NumberKey key() const { return {repo, id}; }
  bool operator==(const Release&) const = default;
  static const RowKind kind;
};
using ReleasePtr = std::shared_ptr<const Release>;

/// A file of a release.
struct ReleaseAsset {
  Id repo = 0;
  Id id = 0;
  Id release = 0;
  std::string name;
  std::optional<std::string> label;
  std::string content_type = "application/octet-stream";
  git::Blob content;
  Id download_count = 0;
  std::string uploader;
  Time created_at = 0;
  Time updated_at = 0;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const ReleaseAsset&) const = default;
  static const RowKind kind;
};
using ReleaseAssetPtr = std::shared_ptr<const ReleaseAsset>;

/// repos/list-releases, as `login` sees it: newest first; drafts only for those who may push.
std::vector<ReleasePtr> releases_of(const World& world, Id repo, std::string_view login);
/// By id, as `login` sees it.
ReleasePtr find_release(const World& world, Id repo, Id id, std::string_view login);
/// The published release of a tag.
ReleasePtr release_of_tag(const World& world, Id repo, std::string_view tag);
/// repos/get-latest-release: the one made latest, or else the one published last; never a draft or a prerelease.
ReleasePtr latest_release(const World& world, Id repo);

enum class MakeLatest { yes, no, legacy };  ///< legacy: by creation date and version
struct ReleaseInput {
  std::optional<std::string> tag_name;
  std::optional<std::string> target_commitish;
  std::optional<std::optional<std::string>> name;
  std::optional<std::optional<std::string>> body;
  std::optional<bool> draft;
  std::optional<bool> prerelease;
  std::optional<MakeLatest> make_latest;
};
/// repos/create-release and repos/update-release. Need push. Publishing makes the tag from target_commitish when it is
/// missing. Refuse a tag of another published release, malformed tags and unknown targets.
Ruling<ReleasePtr> create_release(Action& action, Id repo, const ReleaseInput& input);
Ruling<ReleasePtr> update_release(Action& action, Id repo, Id id, const ReleaseInput& input);
/// repos/delete-release. Needs push. The tag stays, assets go.
Refused delete_release(Action& action, Id repo, Id id);

struct ReleaseNotes {
  std::string name;
  std::string body;  ///< Markdown
};
/// repos/generate-release-notes: the pull requests merged between the previous tag (the latest release's when empty)
/// and the tag, which may not exist yet.
Ruling<ReleaseNotes> generate_notes(const World& world, Id repo, std::string_view tag, std::string_view target,
                                    std::string_view previous_tag);

std::vector<ReleaseAssetPtr> assets_of(const World& world, const Release& release);  ///< by id
/// By id, as `login` sees the release it belongs to.
ReleaseAssetPtr find_asset(const World& world, Id repo, Id id, std::string_view login);
/// repos/upload-release-asset. Needs push. Characters GitHub does not keep in file names become '.'.
Ruling<ReleaseAssetPtr> upload_asset(Action& action, Id repo, Id release, ReleaseAsset wanted);
/// repos/update-release-asset. Needs push. A name is refused when another asset of the release has it.
Ruling<ReleaseAssetPtr> update_asset(Action& action, Id repo, Id id, const std::optional<std::string>& name,
                                     const std::optional<std::string>& label);
/// repos/delete-release-asset. Needs push.
Refused delete_asset(Action& action, Id repo, Id id);

/// The rows of "releases" in the state export, each with its assets.
void export_releases(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "releases".
void seed_releases(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
