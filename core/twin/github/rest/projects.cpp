#include <algorithm>
#include <utility>

#include "core/twin/github/rest/records.h"
#include "core/twin/github/rest/routes.h"

/// Projects of an organization, their fields and items.
namespace pome::twin::github::rest {

namespace {

using model::RecordType;

/// Ids below a project: its fields count from 1, its items from 1.
model::Id id_below(const Shown& project, std::size_t index) {
  return project.row->number * 1000 + static_cast<model::Id>(index) + 1;
}

std::string url_of(const Context& context, const model::User& organization, const Shown& project) {
  return text::cat(context.call.base_url, "/orgs/", organization.login, "/projectsV2/", project.row->number);
}

/// Members see every project; others the public ones.
bool sees_project(const Context& context, const model::User& organization, const Shown& project) {
  return project.facts().flag("public", false) ||
         model::membership_of(context.world, organization.login, context.call.login);
}

bool is_closed(const Shown& project) { return project.facts().flag("closed", false); }

void write_project(JsonWriter& json, const Context& context, const model::User& organization, const Shown& project) {
  json.begin_object().field("id", organization.id * 100 + project.row->number);
  json.field("node_id", model::node_id("PVT", organization.id, project.row->number));
  write_user_or_null(json, context, "owner", organization.login);
  write_user_or_null(json, context, "creator", project.text("creator", organization.login));
  json.field("title", project.text("title")).field("description", project.facts().text("readme"));
  json.field("public", project.facts().flag("public", false));
  write_time(json, "closed_at", is_closed(project) ? std::optional(project.row->updated_at) : std::nullopt);
  write_time(json, "created_at", project.row->created_at);
  write_time(json, "updated_at", project.row->updated_at);
  json.field("number", project.row->number).field("short_description", project.facts().text("description"));
  json.null_field("deleted_at").null_field("deleted_by").field("state", is_closed(project) ? "closed" : "open");
  json.null_field("latest_status_update").field("is_template", false).end_object();
}

/// Words of `q` stand in the text; is:open and is:closed name the state.
bool query_fits(const Context& context, std::string_view text, bool closed) {
  for (const std::string_view word : text::split(context.query.get("q").value_or(""), ' ')) {
    if (word == "is:open" || word == "is:closed") {
      if ((word == "is:closed") != closed) return false;
    } else if (!text::contains_ignore_case(text, word)) {
      return false;
    }
  }
  return true;
}

Reply list_projects(Context& context) {
  const model::UserPtr organization = organization_at(context);
  if (!organization) return errors::not_found();
  std::vector<Shown> rows = shown_records(context, RecordType::project, organization->id);
  std::erase_if(rows, [&](const Shown& row) {
    return !sees_project(context, *organization, row) || !query_fits(context, row.text("title"), is_closed(row));
  });
  return cursor_page(
      context, rows.size(), [&](std::size_t i) { return rows[i].row->number; },
      [&](JsonWriter& json, std::size_t i) { write_project(json, context, *organization, rows[i]); });
}

/// The project of the path, as far as the actor sees it.
std::optional<Shown> project_at(const Context& context) {
  const model::UserPtr organization = organization_at(context);
  const model::RecordPtr row = organization ? model::find_record(context.world, RecordType::project, organization->id,
                                                                 context.number(1).value_or(0))
                                            : nullptr;
  if (!row) return std::nullopt;
  Shown project = show(row);
  return sees_project(context, *organization, project) ? std::optional(std::move(project)) : std::nullopt;
}

Reply get_project(Context& context) {
  const std::optional<Shown> project = project_at(context);
  if (!project) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_project(json, context, *organization_at(context), *project); });
}

void write_marked_up(JsonWriter& json, std::string_view name, std::string_view text) {
  json.key(name).begin_object().field("raw", text).field("html", text).end_object();
}

void write_field(JsonWriter& json, const Shown& project, const std::string& url, std::size_t index,
                 const Input& field) {
  const std::string type = field.text("type", "text");
  json.begin_object().field("id", id_below(project, index));
  json.field("node_id", model::node_id("PVTF", project.row->number, id_below(project, index)));
  json.field("name", field.text("name", "")).field("data_type", type);
  link(json, "project_url", url);
  if (type == "single_select") {
    json.key("options").begin_array();
    std::int64_t number = 0;
    for (const std::string& option : field.texts("options")) {
      json.begin_object().field("id", text::cat(id_below(project, index), "-", ++number));
      write_marked_up(json, "name", option);
      write_marked_up(json, "description", "");
      json.field("color", "GRAY").end_object();
    }
    json.end_array();
  }
  write_time(json, "created_at", project.row->created_at);
  write_time(json, "updated_at", project.row->updated_at);
  json.end_object();
}

Reply list_fields(Context& context) {
  const std::optional<Shown> project = project_at(context);
  if (!project) return errors::not_found();
  const std::string url = url_of(context, *organization_at(context), *project);
  const std::vector<Input> fields = project->facts().objects("fields");
  return cursor_page(
      context, fields.size(), [&](std::size_t i) { return id_below(*project, i); },
      [&](JsonWriter& json, std::size_t i) { write_field(json, *project, url, i, fields[i]); });
}

/// What an item stands for: an issue or pull request of the organization, or a draft.
struct Content {
  model::RepositoryPtr repository = nullptr;
  model::IssuePtr issue = nullptr;

  std::string_view type() const {
    if (!issue) return "DraftIssue";
    return issue->is_pull_request ? "PullRequest" : "Issue";
  }
};

Content content_of(const Context& context, const model::User& organization, const Input& item) {
  Content content;
  content.repository = model::find_repository(context.world, organization.login, item.text("repository", ""));
  if (content.repository) {
    content.issue = model::find_issue(context.world, content.repository->id, item.integer("number").value_or(0));
  }
  return content;
}

std::string title_of(const Content& content, const Input& item) {
  return content.issue ? content.issue->title : item.text("title", "");
}

/// The values of the fields asked for by id; without a list, the title alone.
void write_values(JsonWriter& json, const Context& context, const Shown& project, const Content& content,
                  const Input& item) {
  const std::vector<Input> fields = project.facts().objects("fields");
  const bool named = !comma_list(context, "fields").empty();
  const Input values = item.object("values");
  json.key("fields").begin_array();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string name = fields[i].text("name", "");
    const bool is_title = fields[i].text("type", "text") == "title";
    if (named ? !excluded(context, "fields", text::cat(id_below(project, i))) : !is_title) continue;
    json.begin_object().field("id", id_below(project, i)).field("name", name);
    json.field("data_type", fields[i].text("type", "text"));
    json.field("value", is_title ? std::optional(title_of(content, item)) : values.text(name)).end_object();
  }
  json.end_array();
}

void write_item(JsonWriter& json, const Context& context, const Shown& project, std::size_t index, const Input& item) {
  const model::UserPtr organization = organization_at(context);
  const Content content = content_of(context, *organization, item);
  const std::string url = url_of(context, *organization, project);
  json.begin_object().field("id", id_below(project, index));
  json.field("node_id", model::node_id("PVTI", project.row->number, id_below(project, index)));
  link(json, "project_url", url);
  json.field("content_type", content.type()).key("content");
  if (content.issue) {
    write_issue(json, context, *content.repository, *content.issue);
  } else {
    json.begin_object().field("title", item.text("title", "")).field("body", item.text("body")).end_object();
  }
  write_user_or_null(json, context, "creator", item.text("creator", organization->login));
  write_time(json, "created_at", project.row->created_at);
  write_time(json, "updated_at", project.row->updated_at);
  write_time(json, "archived_at", item.flag("archived", false) ? std::optional(project.row->updated_at) : std::nullopt);
  link(json, "item_url", url, "/items/", id_below(project, index));
  write_values(json, context, project, content, item);
  json.end_object();
}

/// Items about repositories the actor may not read are left out.
bool item_fits(const Context& context, const model::User& organization, const Input& item) {
  const Content content = content_of(context, organization, item);
  const bool readable = !content.repository || model::permission_of(context.world, content.repository->id,
                                                                    context.call.login) != model::Role::none;
  const bool closed = content.issue && content.issue->state == model::OpenState::closed;
  return readable && query_fits(context, title_of(content, item), closed);
}

Reply list_items(Context& context) {
  const std::optional<Shown> project = project_at(context);
  if (!project) return errors::not_found();
  const std::vector<Input> items = project->facts().objects("items");
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (item_fits(context, *organization_at(context), items[i])) rows.push_back(i);
  }
  return cursor_page(
      context, rows.size(), [&](std::size_t i) { return id_below(*project, rows[i]); },
      [&](JsonWriter& json, std::size_t i) { write_item(json, context, *project, rows[i], items[rows[i]]); });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/orgs/{org}/projectsV2",
     .operation = "projects/list-for-org",
     .docs = "projects/projects#list-projects-for-organization",
     .access = Access::account,
     .tools = {"projects_list", "list_projects"},
     .handle = list_projects},
    {.method = Method::get,
     .path = "/orgs/{org}/projectsV2/{project_number}",
     .operation = "projects/get-for-org",
     .docs = "projects/projects#get-project-for-organization",
     .access = Access::account,
     .tools = {"projects_get", "get_project"},
     .handle = get_project},
    {.method = Method::get,
     .path = "/orgs/{org}/projectsV2/{project_number}/fields",
     .operation = "projects/list-fields-for-org",
     .docs = "projects/fields#list-project-fields-for-organization",
     .access = Access::account,
     .tools = {"projects_list", "list_project_fields"},
     .handle = list_fields},
    {.method = Method::get,
     .path = "/orgs/{org}/projectsV2/{project_number}/items",
     .operation = "projects/list-items-for-org",
     .docs = "projects/items#list-items-for-an-organization-owned-project",
     .access = Access::account,
     .tools = {"projects_list", "list_project_items"},
     .handle = list_items},
};

}  // namespace

std::span<const Route> project_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
