#include <memory>
#include <utility>

#include "core/base/hash.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// The files of releases. GitHub takes uploads at a host of their own; here they stand beside the other paths.
namespace pome::twin::github::rest {

namespace {

constexpr Field kUpdateAsset[] = {optional("name"), optional("label"), optional("state")};

void write_asset(JsonWriter& json, const Context& context, const model::Release& release,
                 const model::ReleaseAsset& row) {
  json.begin_object();
  link(json, "url", api_url(context, *context.repository), "/releases/assets/", row.id);
  json.field("id", row.id).field("node_id", model::node_id("RA", row.repo, row.id)).field("name", row.name);
  json.field("label", row.label);
  write_user_or_null(json, context, "uploader", row.uploader);
  json.field("content_type", row.content_type).field("state", "uploaded").field("size", row.content->size());
  json.field("digest", text::cat("sha256:", hash::sha256_hex(*row.content)));
  json.field("download_count", row.download_count);
  write_time(json, "created_at", row.created_at);
  write_time(json, "updated_at", row.updated_at);
  link(json, "browser_download_url", web_url(*context.repository), "/releases/download/",
       encoded_path(release.tag_name), "/", encoded_segment(row.name));
  json.end_object();
}

/// A draft is addressed by a name of its own until its tag counts.
std::string release_tag_path(const model::Release& row) {
  if (!row.draft) return encoded_path(row.tag_name);
  return text::cat("untagged-", hash::sha1_hex(text::cat("release ", row.id)).substr(0, 20));
}

Reply asset_answer(const Context& context, int status, const model::ReleaseAsset& row) {
  const auto release = context.world.releases.get(model::NumberKey{row.repo, row.release});
  if (!release) return errors::not_found();
  return json_answer(status, [&](JsonWriter& json) { write_asset(json, context, *release, row); });
}

Reply list_assets(Context& context) {
  const auto id = context.number(2);
  const auto release = id ? model::find_release(context.world, context.repo(), *id, context.call.login) : nullptr;
  if (!release) return errors::not_found();
  return list_answer(
      context, model::assets_of(context.world, *release),
      [&](JsonWriter& json, const model::ReleaseAssetPtr& row) { write_asset(json, context, *release, *row); });
}

/// The asset, or its bytes for those who accept octets.
Reply get_asset(Context& context) {
  const auto id = context.number(2);
  const auto row = id ? model::find_asset(context.world, context.repo(), *id, context.call.login) : nullptr;
  if (!row) return errors::not_found();
  const std::string_view accept = context.call.request.headers.get("accept").value_or(std::string_view());
  if (!text::contains(accept, "application/octet-stream")) return asset_answer(context, 200, *row);
  Answer answer;
  answer.body = *row->content;
  answer.content_type = "application/octet-stream";
  answer.disposition = text::cat("attachment; filename=", row->name);
  return answer;
}

Reply upload_asset(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const http::Request& request = context.call.request;
  model::ReleaseAsset wanted;
  wanted.name = std::string(context.query.get("name").value_or(std::string_view()));
  if (const auto label = context.query.get("label")) wanted.label = std::string(*label);
  if (const auto type = request.headers.get("content-type"); type && !type->empty()) {
    wanted.content_type = std::string(*type);
  }
  wanted.content = std::make_shared<const std::string>(request.body);
  const auto made = model::upload_asset(context.action, context.repo(), *id, std::move(wanted));
  if (!made) return made.refusal();
  Reply reply = asset_answer(context, 201, **made);
  reply.location(text::cat(api_url(context, *context.repository), "/releases/assets/", (*made)->id));
  return reply;
}

Reply update_asset(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto updated =
      model::update_asset(context.action, context.repo(), *id, context.body.text("name"), context.body.text("label"));
  if (!updated) return updated.refusal();
  return asset_answer(context, 200, **updated);
}

Reply delete_asset(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto refusal = model::delete_asset(context.action, context.repo(), *id);
  return no_content_unless(refusal);
}

constexpr std::string_view kAssets = "/repos/{owner}/{repo}/releases/{release_id}/assets";
constexpr std::string_view kAsset = "/repos/{owner}/{repo}/releases/assets/{asset_id}";

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = kAssets,
     .operation = "repos/list-release-assets",
     .docs = "releases/assets#list-release-assets",
     .handle = list_assets},
    {.method = Method::post,
     .path = kAssets,
     .operation = "repos/upload-release-asset",
     .docs = "releases/assets#upload-a-release-asset",
     .body = {.raw = true},
     .handle = upload_asset},
    {.method = Method::get,
     .path = kAsset,
     .operation = "repos/get-release-asset",
     .docs = "releases/assets#get-a-release-asset",
     .handle = get_asset},
    {.method = Method::patch,
     .path = kAsset,
     .operation = "repos/update-release-asset",
     .docs = "releases/assets#update-a-release-asset",
     .body = {kUpdateAsset},
     .handle = update_asset},
    {.method = Method::del,
     .path = kAsset,
     .operation = "repos/delete-release-asset",
     .docs = "releases/assets#delete-a-release-asset",
     .handle = delete_asset},
};

}  // namespace

void write_release(JsonWriter& json, const Context& context, const model::Release& row) {
  const std::string api = api_url(context, *context.repository);
  const std::string web = web_url(*context.repository);
  const std::string self = text::cat(api, "/releases/", row.id);
  json.begin_object();
  link(json, "url", self);
  link(json, "assets_url", self, "/assets");
  link(json, "upload_url", self, "/assets{?name,label}");
  link(json, "html_url", web, "/releases/tag/", release_tag_path(row));
  json.field("id", row.id);
  write_user_or_null(json, context, "author", row.author);
  json.field("node_id", model::node_id("RE", row.repo, row.id)).field("tag_name", row.tag_name);
  json.field("target_commitish", row.target_commitish).field("name", row.name).field("draft", row.draft);
  json.field("immutable", false).field("prerelease", row.prerelease);
  write_time(json, "created_at", row.created_at);
  write_time(json, "updated_at", row.updated_at);
  write_time(json, "published_at", row.published_at);
  json.key("assets").begin_array();
  for (const model::ReleaseAssetPtr& asset : model::assets_of(context.world, row)) {
    write_asset(json, context, row, *asset);
  }
  json.end_array();
  if (row.draft) {
    json.null_field("tarball_url").null_field("zipball_url");
  } else {
    link(json, "tarball_url", api, "/tarball/", encoded_path(row.tag_name));
    link(json, "zipball_url", api, "/zipball/", encoded_path(row.tag_name));
  }
  json.field("body", row.body).end_object();
}

std::span<const Route> release_asset_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
