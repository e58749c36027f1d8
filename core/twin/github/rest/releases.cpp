#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 3> kMakeLatest = {"true", "false", "legacy"};

constexpr Field kCreateRelease[] = {
    required("tag_name"),
    optional("target_commitish"),
    nullable("name"),
    nullable("body"),
    optional("draft", Type::flag),
    optional("prerelease", Type::flag),
    optional("discussion_category_name"),
    optional("generate_release_notes", Type::flag),
    one_of(optional("make_latest"), kMakeLatest),
};
constexpr Field kUpdateRelease[] = {
    optional("tag_name"),
    optional("target_commitish"),
    nullable("name"),
    nullable("body"),
    optional("draft", Type::flag),
    optional("prerelease", Type::flag),
    one_of(optional("make_latest"), kMakeLatest),
    optional("discussion_category_name"),
};
constexpr Field kGenerateNotes[] = {required("tag_name"), optional("target_commitish"), optional("previous_tag_name"),
                                    optional("configuration_file_path")};

Reply release_answer(const Context& context, int status, const model::Release& row) {
  return json_answer(status, [&](JsonWriter& json) { write_release(json, context, row); });
}

/// The release the path names, as the actor sees it.
model::ReleasePtr named_release(const Context& context) {
  const auto id = context.number(2);
  return id ? model::find_release(context.world, context.repo(), *id, context.call.login) : nullptr;
}

model::ReleaseInput release_input(const Input& body) {
  model::ReleaseInput input;
  input.tag_name = body.text("tag_name");
  input.target_commitish = body.text("target_commitish");
  input.name = body.text_patch("name");
  input.body = body.text_patch("body");
  input.draft = body.flag("draft");
  input.prerelease = body.flag("prerelease");
  if (const auto latest = body.text("make_latest")) {
    if (*latest == "true") input.make_latest = model::MakeLatest::yes;
    if (*latest == "false") input.make_latest = model::MakeLatest::no;
    if (*latest == "legacy") input.make_latest = model::MakeLatest::legacy;
  }
  return input;
}

Reply list_releases(Context& context) {
  return list_answer(context, model::releases_of(context.world, context.repo(), context.call.login),
                     [&](JsonWriter& json, const model::ReleasePtr& row) { write_release(json, context, *row); });
}

Reply get_latest_release(Context& context) {
  const model::ReleasePtr row = model::latest_release(context.world, context.repo());
  return row ? release_answer(context, 200, *row) : Reply(errors::not_found());
}

Reply get_release(Context& context) {
  const model::ReleasePtr row = named_release(context);
  return row ? release_answer(context, 200, *row) : Reply(errors::not_found());
}

Reply get_release_by_tag(Context& context) {
  const model::ReleasePtr row = model::release_of_tag(context.world, context.repo(), context.path[2]);
  return row ? release_answer(context, 200, *row) : Reply(errors::not_found());
}

/// Generated notes stand behind a text of one's own, and give the name when none was sent.
std::optional<model::Refusal> add_notes(const Context& context, model::ReleaseInput& input) {
  const std::string target = input.target_commitish.value_or(context.repository->default_branch);
  const auto notes = model::generate_notes(context.world, context.repo(), *input.tag_name, target, "");
  if (!notes) return notes.refusal();
  const std::string own = input.body ? input.body->value_or("") : std::string();
  input.body.emplace(own.empty() ? notes->body : text::cat(own, "\n\n", notes->body));
  if (!input.name) input.name.emplace(notes->name);
  return std::nullopt;
}

Reply create_release(Context& context) {
  model::ReleaseInput input = release_input(context.body);
  if (context.role >= model::Role::write && context.body.flag("generate_release_notes", false)) {
    if (const auto refused = add_notes(context, input)) return *refused;
  }
  const auto made = model::create_release(context.action, context.repo(), input);
  if (!made) return made.refusal();
  Reply reply = release_answer(context, 201, **made);
  reply.location(text::cat(api_url(context, *context.repository), "/releases/", (*made)->id));
  return reply;
}

Reply update_release(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto updated = model::update_release(context.action, context.repo(), *id, release_input(context.body));
  if (!updated) return updated.refusal();
  return release_answer(context, 200, **updated);
}

Reply delete_release(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto refusal = model::delete_release(context.action, context.repo(), *id);
  return no_content_unless(refusal);
}

Reply generate_notes(Context& context) {
  if (context.role < model::Role::write) return errors::not_found();
  const Input& body = context.body;
  const auto notes = model::generate_notes(context.world, context.repo(), body.text("tag_name", ""),
                                           body.text("target_commitish", context.repository->default_branch),
                                           body.text("previous_tag_name", ""));
  if (!notes) return notes.refusal();
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().field("name", notes->name).field("body", notes->body).end_object();
  });
}

constexpr std::string_view kRelease = "/repos/{owner}/{repo}/releases/{release_id}";

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/releases",
     .operation = "repos/list-releases",
     .docs = "releases/releases#list-releases",
     .tools = {"list_releases"},
     .handle = list_releases},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/releases",
     .operation = "repos/create-release",
     .docs = "releases/releases#create-a-release",
     .tools = {"create_release"},
     .body = {kCreateRelease},
     .handle = create_release},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/releases/generate-notes",
     .operation = "repos/generate-release-notes",
     .docs = "releases/releases#generate-release-notes-content-for-a-release",
     .body = {kGenerateNotes},
     .handle = generate_notes},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/releases/latest",
     .operation = "repos/get-latest-release",
     .docs = "releases/releases#get-the-latest-release",
     .tools = {"get_latest_release"},
     .handle = get_latest_release},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/releases/tags/{tag}",
     .operation = "repos/get-release-by-tag",
     .docs = "releases/releases#get-a-release-by-tag-name",
     .tools = {"get_release_by_tag"},
     .tail = Tail::rest,
     .handle = get_release_by_tag},
    {.method = Method::get,
     .path = kRelease,
     .operation = "repos/get-release",
     .docs = "releases/releases#get-a-release",
     .handle = get_release},
    {.method = Method::patch,
     .path = kRelease,
     .operation = "repos/update-release",
     .docs = "releases/releases#update-a-release",
     .tools = {"update_release"},
     .body = {kUpdateRelease},
     .handle = update_release},
    {.method = Method::del,
     .path = kRelease,
     .operation = "repos/delete-release",
     .docs = "releases/releases#delete-a-release",
     .handle = delete_release},
};

}  // namespace

std::span<const Route> release_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
