#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Secrets (names only) and variables of a repository's workflows.
namespace pome::twin::github::rest {

namespace {

constexpr PageSizes kVariablePages{.usual = 10, .most = 30};

constexpr Field kPutSecret[] = {required("encrypted_value"), required("key_id")};
constexpr Field kCreateVariable[] = {required("name"), required("value")};
constexpr Field kUpdateVariable[] = {optional("name"), optional("value")};

/// A repository's key is a digest of its id: nobody holds the private half, and no value is ever stored.
std::string public_key(model::Id repo) {
  return encoding::base64(encoding::bytes_view(hash::sha256(text::cat("key ", repo))));
}

std::string key_id(model::Id repo) { return text::cat(static_cast<std::int64_t>(hash::fast64(public_key(repo)) >> 4)); }

Reply list_secrets(Context& context) {
  const std::vector<model::RepositorySecretPtr> rows = model::secrets_of(context.world, context.repo());
  return wrapped_page(context, "secrets", rows.size(), [&](JsonWriter& json, std::size_t i) {
    json.begin_object().field("name", rows[i]->name);
    write_time(json, "created_at", rows[i]->created_at);
    write_time(json, "updated_at", rows[i]->updated_at);
    json.end_object();
  });
}

Reply get_public_key(Context& context) {
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().field("key_id", key_id(context.repo())).field("key", public_key(context.repo())).end_object();
  });
}

Reply empty_created() {
  return json_answer(201, [](JsonWriter& json) { json.begin_object().end_object(); });
}

Reply put_secret(Context& context) {
  const Input& body = context.body;
  if (!encoding::from_base64(body.text("encrypted_value", ""))) {
    return errors::unprocessable("The value provided for encrypted_value is not valid Base64.");
  }
  if (body.text("key_id", "") != key_id(context.repo())) return errors::unprocessable("Bad request: invalid key_id.");
  const auto created = model::put_secret(context.action, context.repo(), context.path[2]);
  if (!created) return created.refusal();
  return *created ? empty_created() : no_content();
}

Reply delete_secret(Context& context) {
  return no_content_unless(model::delete_secret(context.action, context.repo(), context.path[2]));
}

void write_variable(JsonWriter& json, const model::RepositoryVariable& row) {
  json.begin_object().field("name", row.name).field("value", row.value);
  write_time(json, "created_at", row.created_at);
  write_time(json, "updated_at", row.updated_at);
  json.end_object();
}

Reply list_variables(Context& context) {
  const std::vector<model::RepositoryVariablePtr> rows = model::variables_of(context.world, context.repo());
  return wrapped_page(
      context, "variables", rows.size(), [&](JsonWriter& json, std::size_t i) { write_variable(json, *rows[i]); },
      kVariablePages);
}

Reply get_variable(Context& context) {
  const auto row = model::find_variable(context.world, context.repo(), context.path[2]);
  if (!row) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_variable(json, *row); });
}

Reply create_variable(Context& context) {
  const Input& body = context.body;
  const auto refusal =
      model::create_variable(context.action, context.repo(), body.text("name", ""), body.text("value", ""));
  return refusal ? Reply(*refusal) : empty_created();
}

Reply update_variable(Context& context) {
  const model::VariablePatch patch{context.body.text("name"), context.body.text("value")};
  return no_content_unless(model::update_variable(context.action, context.repo(), context.path[2], patch));
}

Reply delete_variable(Context& context) {
  return no_content_unless(model::delete_variable(context.action, context.repo(), context.path[2]));
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/secrets",
     .operation = "actions/list-repo-secrets",
     .docs = "actions/secrets#list-repository-secrets",
     .access = Access::push,
     .handle = list_secrets},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/secrets/public-key",
     .operation = "actions/get-repo-public-key",
     .docs = "actions/secrets#get-a-repository-public-key",
     .access = Access::push,
     .handle = get_public_key},
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/actions/secrets/{secret_name}",
     .operation = "actions/create-or-update-repo-secret",
     .docs = "actions/secrets#create-or-update-a-repository-secret",
     .access = Access::push,
     .body = {kPutSecret},
     .handle = put_secret},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/actions/secrets/{secret_name}",
     .operation = "actions/delete-repo-secret",
     .docs = "actions/secrets#delete-a-repository-secret",
     .access = Access::push,
     .handle = delete_secret},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/variables",
     .operation = "actions/list-repo-variables",
     .docs = "actions/variables#list-repository-variables",
     .access = Access::push,
     .handle = list_variables},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/actions/variables",
     .operation = "actions/create-repo-variable",
     .docs = "actions/variables#create-a-repository-variable",
     .access = Access::push,
     .body = {kCreateVariable},
     .handle = create_variable},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/variables/{name}",
     .operation = "actions/get-repo-variable",
     .docs = "actions/variables#get-a-repository-variable",
     .access = Access::push,
     .handle = get_variable},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}/actions/variables/{name}",
     .operation = "actions/update-repo-variable",
     .docs = "actions/variables#update-a-repository-variable",
     .access = Access::push,
     .body = {kUpdateVariable},
     .handle = update_variable},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/actions/variables/{name}",
     .operation = "actions/delete-repo-variable",
     .docs = "actions/variables#delete-a-repository-variable",
     .access = Access::push,
     .handle = delete_variable},
};

}  // namespace

std::span<const Route> workflow_secret_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
