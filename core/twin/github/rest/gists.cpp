#include <algorithm>
#include <utility>

#include "core/git/object.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

constexpr Field kCreateGist[] = {optional("description"), required("files", Type::object),
                                 optional("public", Type::any)};
constexpr Field kUpdateGist[] = {nullable("description"), nullable("files", Type::object)};

struct FileType {
  std::string_view extension;
  std::string_view mime;
  std::string_view language;
};
constexpr FileType kFileTypes[] = {
    {"c", "text/plain", "C"},
    {"cpp", "text/plain", "C++"},
    {"css", "text/css", "CSS"},
    {"go", "text/plain", "Go"},
    {"html", "text/html", "HTML"},
    {"java", "text/plain", "Java"},
    {"js", "application/javascript", "JavaScript"},
    {"json", "application/json", "JSON"},
    {"md", "text/markdown", "Markdown"},
    {"py", "application/x-python", "Python"},
    {"rb", "application/x-ruby", "Ruby"},
    {"rs", "text/plain", "Rust"},
    {"sh", "application/x-sh", "Shell"},
    {"ts", "application/typescript", "TypeScript"},
    {"txt", "text/plain", "Text"},
    {"yml", "text/x-yaml", "YAML"},
};

const FileType* type_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return nullptr;
  for (const FileType& type : kFileTypes) {
    if (text::equals_ignore_case(type.extension, name.substr(dot + 1))) return &type;
  }
  return nullptr;
}

/// GitHub sends at most a megabyte of each file.
constexpr std::size_t kMostContent = std::size_t{1} << 20;

void write_file(JsonWriter& json, const model::Gist& gist, const model::GistFile& file, bool with_content) {
  const FileType* type = type_of(file.name);
  json.key(file.name).begin_object().field("filename", file.name);
  json.field("type", type ? type->mime : std::string_view("text/plain"));
  json.field("language", type ? std::optional(type->language) : std::nullopt);
  link(json, "raw_url", "https://gist.githubusercontent.com/", gist.owner, "/", gist.id, "/raw/",
       git::blob_id(file.content).hex(), "/", encoded_segment(file.name));
  json.field("size", file.content.size());
  if (with_content) {
    json.field("truncated", file.content.size() > kMostContent);
    json.field("content", text::truncate_utf8(file.content, kMostContent)).field("encoding", "utf-8");
  }
  json.end_object();
}

void write_history(JsonWriter& json, const Context& context, const model::Gist& gist, const std::string& url) {
  json.raw_field("forks", "[]").key("history").begin_array();
  for (const model::GistRevision& revision : gist.revisions) {
    json.begin_object();
    write_user_or_null(json, context, "user", gist.owner);
    json.field("version", revision.version);
    write_time(json, "committed_at", revision.committed_at);
    json.key("change_status").begin_object().field("total", revision.additions + revision.deletions);
    json.field("additions", revision.additions).field("deletions", revision.deletions).end_object();
    link(json, "url", url, "/", revision.version);
    json.end_object();
  }
  json.end_array();
}

/// base-gist, or gist-simple when it is `whole`.
void write_gist(JsonWriter& json, const Context& context, const model::Gist& gist, bool whole) {
  const std::string url = text::cat(context.call.base_url, "/gists/", gist.id);
  json.begin_object();
  link(json, "url", url);
  link(json, "forks_url", url, "/forks");
  link(json, "commits_url", url, "/commits");
  json.field("id", gist.id).field("node_id", text::cat("G_", gist.id));
  link(json, "git_pull_url", "https://gist.github.com/", gist.id, ".git");
  link(json, "git_push_url", "https://gist.github.com/", gist.id, ".git");
  link(json, "html_url", "https://gist.github.com/", gist.owner, "/", gist.id);
  json.key("files").begin_object();
  for (const model::GistFile& file : gist.files) write_file(json, gist, file, whole);
  json.end_object().field("public", gist.is_public);
  write_time(json, "created_at", gist.created_at);
  write_time(json, "updated_at", gist.updated_at);
  json.field("description", gist.description).field("comments", 0).null_field("user").field("comments_enabled", true);
  link(json, "comments_url", url, "/comments");
  write_user_or_null(json, context, "owner", gist.owner);
  if (whole) write_history(json, context, gist, url);
  json.field("truncated", false).end_object();
}

Reply gist_answer(const Context& context, int status, const model::Gist& gist) {
  Reply reply = json_answer(status, [&](JsonWriter& json) { write_gist(json, context, gist, true); });
  if (status == 200) reply.modified_at(gist.updated_at);
  return reply;
}

Reply gist_page(Context& context, std::string_view owner) {
  const auto since = instant(context, "since", "Gist");
  std::vector<model::GistPtr> rows = model::gists_of(context.world, owner, context.call.login);
  std::erase_if(rows, [&](const model::GistPtr& row) { return since && row->updated_at < *since; });
  return list_answer(context, rows,
                     [&](JsonWriter& json, const model::GistPtr& row) { write_gist(json, context, *row, false); });
}

Reply list_own(Context& context) { return gist_page(context, context.call.login); }

Reply list_for_user(Context& context) {
  if (!model::find_user(context.world, context.path[0])) return errors::not_found();
  return gist_page(context, context.path[0]);
}

Reply get_gist(Context& context) {
  const model::GistPtr gist = model::find_gist(context.world, context.path[0]);
  return gist ? gist_answer(context, 200, *gist) : Reply(errors::not_found());
}

std::vector<model::GistEdit> edits_of(const Input& body) {
  std::vector<model::GistEdit> out;
  const Input files = body.object("files");
  for (const std::string& name : body.keys("files")) {
    const Input file = files.object(name);
    out.push_back({name, files.is_null(name), file.text("filename"), file.text("content")});
  }
  return out;
}

Reply create_gist(Context& context) {
  const Input& body = context.body;
  const bool is_public = body.flag("public", false) || body.text("public", "") == "true";
  const auto gist = model::create_gist(context.action, body.text("description"), is_public, edits_of(body));
  if (!gist) return gist.refusal();
  Reply reply = gist_answer(context, 201, **gist);
  reply.location(text::cat(context.call.base_url, "/gists/", (*gist)->id));
  return reply;
}

Reply update_gist(Context& context) {
  const auto gist = model::update_gist(context.action, context.path[0], context.body.text_patch("description"),
                                       edits_of(context.body));
  return gist ? gist_answer(context, 200, **gist) : Reply(gist.refusal());
}

Reply delete_gist(Context& context) { return no_content_unless(model::delete_gist(context.action, context.path[0])); }

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/gists",
     .operation = "gists/list",
     .docs = "gists/gists#list-gists-for-the-authenticated-user",
     .access = Access::account,
     .tools = {"list_gists"},
     .handle = list_own},
    {.method = Method::get,
     .path = "/users/{username}/gists",
     .operation = "gists/list-for-user",
     .docs = "gists/gists#list-gists-for-a-user",
     .access = Access::account,
     .tools = {"list_gists"},
     .handle = list_for_user},
    {.method = Method::get,
     .path = "/gists/{gist_id}",
     .operation = "gists/get",
     .docs = "gists/gists#get-a-gist",
     .access = Access::account,
     .tools = {"get_gist"},
     .handle = get_gist},
    {.method = Method::post,
     .path = "/gists",
     .operation = "gists/create",
     .docs = "gists/gists#create-a-gist",
     .access = Access::account,
     .tools = {"create_gist"},
     .body = {kCreateGist},
     .handle = create_gist},
    {.method = Method::patch,
     .path = "/gists/{gist_id}",
     .operation = "gists/update",
     .docs = "reference/gists/#update-a-gist",
     .access = Access::account,
     .tools = {"update_gist"},
     .body = {kUpdateGist},
     .handle = update_gist},
    {.method = Method::del,
     .path = "/gists/{gist_id}",
     .operation = "gists/delete",
     .docs = "gists/gists#delete-a-gist",
     .access = Access::account,
     .handle = delete_gist},
};

}  // namespace

std::span<const Route> gist_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
