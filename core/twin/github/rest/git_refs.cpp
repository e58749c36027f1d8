#include "core/twin/github/model/push.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Branches and tags as git references.
namespace pome::twin::github::rest {

namespace {

constexpr Field kCreateRef[] = {required("ref"), required("sha")};
constexpr Field kUpdateRef[] = {required("sha"), optional("force", Type::flag)};

/// "heads/main" of a path, with or without the leading "refs/".
std::string full_name(std::string_view path) {
  constexpr std::string_view kRefs = "refs/";
  return path.substr(0, kRefs.size()) == kRefs ? std::string(path) : text::cat(kRefs, path);
}

/// git-ref.
void write_ref(JsonWriter& json, const Context& context, const model::Ref& ref) {
  const std::string repo = api_url(context, *context.repository);
  const std::string sha = ref.target.hex();
  const auto type = context.world.objects.type(ref.target);
  const std::string_view name = git::type_name(type.value_or(git::ObjectType::commit));
  json.begin_object().field("ref", ref.name).field("node_id", model::node_id("REF", context.repo(), ref.name));
  link(json, "url", repo, "/git/", encoded_path(ref.name));
  json.key("object").begin_object().field("sha", sha).field("type", name);
  link(json, "url", repo, "/git/", name, "s/", sha);
  json.end_object().end_object();
}

Reply ref_answer(const Context& context, int status, const model::Ref& ref) {
  return json_answer(status, [&](JsonWriter& json) { write_ref(json, context, ref); });
}

bool is_empty(const Context& context) { return model::refs_of(context.world, context.repo(), "refs/").empty(); }

Reply get_ref(Context& context) {
  if (is_empty(context)) return errors::git_repository_is_empty();
  const model::RefPtr ref = model::find_ref(context.world, context.repo(), full_name(context.path[2]));
  if (!ref) return errors::not_found();
  return ref_answer(context, 200, *ref);
}

Reply list_matching_refs(Context& context) {
  if (is_empty(context)) return errors::git_repository_is_empty();
  return list_answer(context, model::refs_of(context.world, context.repo(), full_name(context.path[2])),
                     [&](JsonWriter& json, const model::RefPtr& ref) { write_ref(json, context, *ref); });
}

Reply create_ref(Context& context) {
  if (is_empty(context)) return errors::git_repository_is_empty();
  const auto ref =
      model::create_ref(context.action, context.repo(), context.body.text("ref", ""), context.body.text("sha", ""));
  if (!ref) return ref.refusal();
  Reply reply = ref_answer(context, 201, **ref);
  reply.location(text::cat(api_url(context, *context.repository), "/git/", encoded_path((*ref)->name)));
  return reply;
}

Reply update_ref(Context& context) {
  const auto ref = model::update_ref(context.action, context.repo(), full_name(context.path[2]),
                                     context.body.text("sha", ""), context.body.flag("force", false));
  if (!ref) return ref.refusal();
  return ref_answer(context, 200, **ref);
}

Reply delete_ref(Context& context) {
  return no_content_unless(model::delete_ref(context.action, context.repo(), full_name(context.path[2])));
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/git/ref/{ref}",
     .operation = "git/get-ref",
     .docs = "git/refs#get-a-reference",
     .tail = Tail::rest,
     .handle = get_ref},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/git/matching-refs/{ref}",
     .operation = "git/list-matching-refs",
     .docs = "git/refs#list-matching-references",
     .tail = Tail::rest,
     .handle = list_matching_refs},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/git/refs",
     .operation = "git/create-ref",
     .docs = "git/refs#create-a-reference",
     .tools = {"create_branch"},
     .body = {kCreateRef},
     .handle = create_ref},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}/git/refs/{ref}",
     .operation = "git/update-ref",
     .docs = "git/refs#update-a-reference",
     .tools = {"push_files"},
     .tail = Tail::rest,
     .body = {kUpdateRef},
     .handle = update_ref},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/git/refs/{ref}",
     .operation = "git/delete-ref",
     .docs = "git/refs#delete-a-reference",
     .tail = Tail::rest,
     .handle = delete_ref},
};

}  // namespace

std::span<const Route> git_ref_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
