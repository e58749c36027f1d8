#include "core/twin/github/model/repository_lifecycle.h"

#include <utility>

#include "core/twin/github/rest/repository_settings.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Repositories made, copied, moved and deleted.
namespace pome::twin::github::rest {

namespace {

constexpr Field kFork[] = {optional("organization"), optional("name"), optional("default_branch_only", Type::flag)};
constexpr Field kGenerate[] = {optional("owner"), required("name"), optional("description"),
                               optional("include_all_branches", Type::flag), optional("private", Type::flag)};
constexpr Field kTransfer[] = {required("new_owner"), optional("new_name"), optional("team_ids", Type::integers)};

Reply repository_answer(const Context& context, int status, const model::Repository& row, Detail detail) {
  return json_answer(status, [&](JsonWriter& json) { write_repository(json, context, row, detail); });
}

Reply created_answer(const Context& context, const model::Repository& row) {
  Reply reply = repository_answer(context, 201, row, Detail::full);
  reply.location(api_url(context, row));
  return reply;
}

Reply create(Context& context, std::string owner) {
  const Input& body = context.body;
  model::NewRepository wanted;
  wanted.owner = std::move(owner);
  wanted.settings = repository_patch(body);
  wanted.auto_init = body.flag("auto_init", false);
  wanted.gitignore_template = body.text("gitignore_template", "");
  wanted.license_template = body.text("license_template", "");
  const auto created = model::create_repository(context.action, wanted);
  if (!created) return created.refusal();
  return created_answer(context, **created);
}

Reply create_for_authenticated_user(Context& context) { return create(context, std::string(context.call.login)); }

Reply create_in_org(Context& context) {
  const model::UserPtr organization = model::find_user(context.world, context.path[0]);
  if (!organization || organization->type != model::UserType::organization) return errors::not_found();
  return create(context, organization->login);
}

Reply delete_repository(Context& context) {
  const auto refusal = model::delete_repository(context.action, context.repo());
  return no_content_unless(refusal);
}

Reply create_fork(Context& context) {
  const Input& body = context.body;
  const auto fork =
      model::fork_repository(context.action, context.repo(),
                             model::ForkInput{.organization = body.text("organization", ""),
                                              .name = body.text("name", ""),
                                              .default_branch_only = body.flag("default_branch_only", false)});
  if (!fork) return fork.refusal();
  return repository_answer(context, 202, **fork, Detail::full);
}

Reply create_using_template(Context& context) {
  const Input& body = context.body;
  const auto made =
      model::generate_repository(context.action, context.repo(),
                                 model::GenerateInput{.owner = body.text("owner", ""),
                                                      .name = body.text("name", ""),
                                                      .description = body.text("description", ""),
                                                      .include_all_branches = body.flag("include_all_branches", false),
                                                      .is_private = body.flag("private", false)});
  if (!made) return made.refusal();
  return created_answer(context, **made);
}

Reply transfer(Context& context) {
  const Input& body = context.body;
  const auto moved =
      model::transfer_repository(context.action, context.repo(), body.text("new_owner", ""), body.text("new_name", ""));
  if (!moved) return moved.refusal();
  return repository_answer(context, 202, **moved, Detail::minimal);
}

constexpr Route kRoutes[] = {
    {.method = Method::post,
     .path = "/user/repos",
     .operation = "repos/create-for-authenticated-user",
     .docs = "repos/repos#create-a-repository-for-the-authenticated-user",
     .access = Access::account,
     .tools = {"create_repository"},
     .body = {kRepositoryCreation},
     .handle = create_for_authenticated_user},
    {.method = Method::post,
     .path = "/orgs/{org}/repos",
     .operation = "repos/create-in-org",
     .docs = "repos/repos#create-an-organization-repository",
     .access = Access::account,
     .tools = {"create_repository"},
     .body = {kRepositoryCreation},
     .handle = create_in_org},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}",
     .operation = "repos/delete",
     .docs = "repos/repos#delete-a-repository",
     .access = Access::admin,
     .tools = {"delete_repository"},
     .in_archive = true,
     .handle = delete_repository},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/forks",
     .operation = "repos/create-fork",
     .docs = "repos/forks#create-a-fork",
     .tools = {"fork_repository"},
     .body = {kFork},
     .in_archive = true,
     .handle = create_fork},
    {.method = Method::post,
     .path = "/repos/{template_owner}/{template_repo}/generate",
     .operation = "repos/create-using-template",
     .docs = "repos/repos#create-a-repository-using-a-template",
     .body = {kGenerate},
     .in_archive = true,
     .handle = create_using_template},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/transfer",
     .operation = "repos/transfer",
     .docs = "repos/repos#transfer-a-repository",
     .access = Access::admin,
     .body = {kTransfer},
     .in_archive = true,
     .handle = transfer},
};

}  // namespace

std::span<const Route> repository_lifecycle_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
