#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/repository_facts.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Licences and .gitignore templates.
namespace pome::twin::github::rest {

namespace {

/// GitHub numbers its licences; the twin derives the number from the key.
std::string license_node_id(std::string_view key) {
  model::Id number = 0;
  for (const char c : key) number = number * 31 % 1009 + static_cast<unsigned char>(c);
  return model::node_id("LI", 0, number);
}

/// license-simple without its braces.
void write_license_members(JsonWriter& json, const Context& context, const model::License* license) {
  if (!license) {
    json.field("key", "other").field("name", "Other").field("spdx_id", "NOASSERTION").null_field("url");
  } else {
    json.field("key", license->key).field("name", license->name).field("spdx_id", license->spdx_id);
    link(json, "url", context.call.base_url, "/licenses/", license->key);
  }
  json.field("node_id", license_node_id(license ? license->key : "other"));
}

void write_rules(JsonWriter& json, std::string_view name, std::span<const model::LicenseRule> rules) {
  json.key(name).begin_array();
  for (const model::LicenseRule rule : rules) json.value(model::license_rule_name(rule));
  json.end_array();
}

Reply list_licenses(Context& context) {
  std::vector<const model::License*> rows = model::commonly_used_licenses();
  if (const auto featured = flag(context, "featured"); featured && *featured) {
    std::erase_if(rows, [](const model::License* row) { return !row->featured; });
  }
  return list_answer(context, rows,
                     [&](JsonWriter& json, const model::License* row) { write_license(json, context, row); });
}

Reply get_license(Context& context) {
  const model::License* license = model::find_license(context.path[0]);
  if (!license) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    write_license_members(json, context, license);
    link(json, "html_url", "http://choosealicense.com/licenses/", license->key, "/");
    json.field("description", license->description).field("implementation", license->implementation);
    write_rules(json, "permissions", license->permissions);
    write_rules(json, "conditions", license->conditions);
    write_rules(json, "limitations", license->limitations);
    json.field("body", license->body).field("featured", license->featured).end_object();
  });
}

Reply list_gitignores(Context&) {
  return json_answer(200, [](JsonWriter& json) {
    json.begin_array();
    for (const model::GitignoreTemplate& row : model::gitignore_templates()) json.value(row.name);
    json.end_array();
  });
}

/// The template, or with the raw media type its text alone.
Reply get_gitignore(Context& context) {
  const model::GitignoreTemplate* found = model::find_gitignore(context.path[0]);
  if (!found) return errors::not_found();
  const std::string_view accept = context.call.request.headers.get("accept").value_or(std::string_view());
  if (text::contains(accept, ".raw")) {
    Answer answer;
    answer.body = std::string(found->source);
    answer.content_type = "application/vnd.github.raw+json; charset=utf-8";
    answer.media_type = "raw";
    return answer;
  }
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().field("name", found->name).field("source", found->source).end_object();
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/licenses",
     .operation = "licenses/get-all-commonly-used",
     .docs = "licenses/licenses#get-all-commonly-used-licenses",
     .access = Access::account,
     .handle = list_licenses},
    {.method = Method::get,
     .path = "/licenses/{license}",
     .operation = "licenses/get",
     .docs = "licenses/licenses#get-a-license",
     .access = Access::account,
     .handle = get_license},
    {.method = Method::get,
     .path = "/gitignore/templates",
     .operation = "gitignore/get-all-templates",
     .docs = "gitignore/gitignore#get-all-gitignore-templates",
     .access = Access::account,
     .handle = list_gitignores},
    {.method = Method::get,
     .path = "/gitignore/templates/{name}",
     .operation = "gitignore/get-template",
     .docs = "gitignore/gitignore#get-a-gitignore-template",
     .access = Access::account,
     .handle = get_gitignore},
};

}  // namespace

void write_license(JsonWriter& json, const Context& context, const model::License* license) {
  json.begin_object();
  write_license_members(json, context, license);
  json.end_object();
}

void write_license_of(JsonWriter& json, const Context& context, const model::Repository& repository) {
  const model::RefPtr branch = model::find_branch(context.world, repository.id, repository.default_branch);
  const git::ObjectStore& objects = context.world.objects;
  const git::Commit* commit = branch ? objects.commit(branch->target) : nullptr;
  const std::string path = commit ? license_path(objects, commit->tree) : std::string();
  const auto entry = path.empty() ? std::nullopt : objects.find(commit->tree, path);
  const std::string* content = entry ? objects.blob(entry->id) : nullptr;
  if (!content) {
    json.null();
    return;
  }
  write_license(json, context, model::recognise_license(*content));
}

std::span<const Route> license_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
