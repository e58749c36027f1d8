#include <utility>

#include "core/base/encoding.h"
#include "core/twin/github/model/git_objects.h"
#include "core/twin/github/model/kept_object.h"
#include "core/twin/github/rest/media.h"
#include "core/twin/github/rest/people_input.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_commit.h"
#include "core/twin/github/rest/shape_content.h"

/// Blobs, commits and tags of the git database, one by one.
namespace pome::twin::github::rest {

namespace {

constexpr std::string_view kEncodings[] = {"utf-8", "base64"};
constexpr Field kCreateBlob[] = {required("content"), one_of(optional("encoding"), kEncodings)};
constexpr Field kCreateCommit[] = {required("message"),
                                   required("tree"),
                                   optional("parents", Type::texts),
                                   optional("author", Type::object, kPerson),
                                   optional("committer", Type::object, kPartialPerson),
                                   nullable("signature")};
constexpr std::string_view kTagTypes[] = {"commit", "tree", "blob"};
constexpr Field kCreateTag[] = {required("tag"), required("message"), required("object"),
                                one_of(required("type"), kTagTypes), optional("tagger", Type::object, kPerson)};

/// The object of this type that the last part of the path names, if the repository has it.
std::optional<git::ObjectId> named_object(const Context& context, git::ObjectType type) {
  const std::optional<git::ObjectId> id = git::ObjectId::from_hex(context.path[2]);
  return id && model::has_object_of(context.world, context.repo(), *id, type) ? id : std::nullopt;
}

std::string object_url(const Context& context, std::string_view folder, const git::ObjectId& id) {
  return text::cat(api_url(context, *context.repository), "/git/", folder, "/", id.hex());
}

Reply get_blob(Context& context) {
  if (!git::ObjectId::from_hex(context.path[2])) {
    return errors::unprocessable("The sha parameter must be exactly 40 characters and contain only [0-9a-f].");
  }
  const auto id = named_object(context, git::ObjectType::blob);
  if (!id) return errors::not_found();
  const std::string& content = *context.world.objects.blob(*id);
  if (accepts(context, "raw")) return text_answer(content, "raw");
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().field("sha", id->hex()).field("node_id", model::node_id("B", context.repo(), id->hex()));
    json.field("size", content.size());
    link(json, "url", object_url(context, "blobs", *id));
    json.field("content", wrapped_base64(content)).field("encoding", "base64").end_object();
  });
}

Reply create_blob(Context& context) {
  std::string content = context.body.text("content", "");
  if (context.body.text("encoding", "utf-8") == "base64") {
    std::optional<std::string> bytes = encoding::from_base64(content);
    if (!bytes) return errors::unprocessable("content is not valid Base64");
    content = std::move(*bytes);
  }
  const auto id =
      model::create_blob(context.action, context.repo(), std::make_shared<const std::string>(std::move(content)));
  if (!id) return id.refusal();
  Reply reply = json_answer(201, [&](JsonWriter& json) {
    json.begin_object().field("sha", id->hex());
    link(json, "url", object_url(context, "blobs", *id));
    json.end_object();
  });
  reply.location(object_url(context, "blobs", *id));
  return reply;
}

Reply get_commit(Context& context) {
  const auto id = named_object(context, git::ObjectType::commit);
  if (!id) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_git_commit(json, context, *context.repository, *id); });
}

Reply create_commit(Context& context) {
  model::NewCommit input;
  input.message = context.body.text("message", "");
  input.tree = context.body.text("tree", "");
  input.parents = context.body.texts("parents");
  input.people.author = person(context, "author");
  input.people.committer = person(context, "committer");
  input.signature = context.body.text("signature");
  const auto id = model::create_commit(context.action, context.repo(), input);
  if (!id) return id.refusal();
  Reply reply = json_answer(201, [&](JsonWriter& json) { write_git_commit(json, context, *context.repository, *id); });
  reply.location(object_url(context, "commits", *id));
  return reply;
}

/// git-tag.
Reply tag_answer(const Context& context, int status, const git::ObjectId& id) {
  const git::Tag& tag = *context.world.objects.tag(id);
  const std::string_view type = git::type_name(tag.type);
  return json_answer(status, [&](JsonWriter& json) {
    json.begin_object().field("node_id", model::node_id("TA", context.repo(), id.hex()));
    json.field("sha", id.hex());
    link(json, "url", object_url(context, "tags", id));
    const git::Commit* commit = context.world.objects.commit(tag.object);
    write_signature(json, "tagger", tag.tagger.value_or(commit ? commit->committer : git::Signature{}));
    json.key("object").begin_object().field("sha", tag.object.hex()).field("type", type);
    link(json, "url", object_url(context, text::cat(type, "s"), tag.object));
    json.end_object().field("tag", tag.name).field("message", tag.message);
    write_verification(json, "", "");
    json.end_object();
  });
}

Reply get_tag(Context& context) {
  const auto id = named_object(context, git::ObjectType::tag);
  if (!id) return errors::not_found();
  return tag_answer(context, 200, *id);
}

Reply create_tag(Context& context) {
  const Input& input = context.body;
  const auto id = model::create_tag(context.action, context.repo(),
                                    model::NewTag{.name = input.text("tag", ""),
                                                  .message = input.text("message", ""),
                                                  .object = input.text("object", ""),
                                                  .type = input.text("type", ""),
                                                  .tagger = person(context, "tagger")});
  if (!id) return id.refusal();
  Reply reply = tag_answer(context, 201, *id);
  reply.location(object_url(context, "tags", *id));
  return reply;
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/git/blobs/{file_sha}",
     .operation = "git/get-blob",
     .docs = "git/blobs#get-a-blob",
     .handle = get_blob},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/git/blobs",
     .operation = "git/create-blob",
     .docs = "git/blobs#create-a-blob",
     .body = {kCreateBlob},
     .handle = create_blob},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/git/commits/{commit_sha}",
     .operation = "git/get-commit",
     .docs = "git/commits#get-a-commit-object",
     .handle = get_commit},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/git/commits",
     .operation = "git/create-commit",
     .docs = "git/commits#create-a-commit",
     .tools = {"push_files"},
     .body = {kCreateCommit},
     .handle = create_commit},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/git/tags/{tag_sha}",
     .operation = "git/get-tag",
     .docs = "git/tags#get-a-tag",
     .tools = {"get_tag"},
     .handle = get_tag},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/git/tags",
     .operation = "git/create-tag",
     .docs = "git/tags#create-a-tag-object",
     .body = {kCreateTag},
     .handle = create_tag},
};

}  // namespace

std::span<const Route> git_object_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
