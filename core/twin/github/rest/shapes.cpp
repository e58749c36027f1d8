#include "core/twin/github/rest/shapes.h"

#include "core/base/time.h"

namespace pome::twin::github::rest {

std::string api_url(const Context& context, const model::Repository& repository) {
  return text::cat(context.call.base_url, "/repos/", repository.owner, "/", repository.name);
}

std::string web_url(const model::Repository& repository) {
  return text::cat(kWeb, "/", repository.owner, "/", repository.name);
}

void write_time(JsonWriter& json, std::string_view name, model::Time time) { json.field(name, time::iso8601(time)); }

void write_time(JsonWriter& json, std::string_view name, std::optional<model::Time> time) {
  if (time) {
    write_time(json, name, *time);
  } else {
    json.null_field(name);
  }
}

std::string encoded_path(std::string_view text) { return text::percent_encode(text, "/"); }
std::string encoded_segment(std::string_view text) { return text::percent_encode(text); }

void write_user_members(JsonWriter& json, const Context& context, const model::User& user) {
  const std::string_view base = context.call.base_url;
  const std::string_view login = user.login;
  const bool organization = user.type == model::UserType::organization;
  json.field("login", login).field("id", user.id);
  json.field("node_id", model::node_id(organization ? "O" : "U", 0, user.id));
  link(json, "avatar_url", "https://avatars.githubusercontent.com/u/", user.id, "?v=4");
  json.field("gravatar_id", "");
  link(json, "url", base, "/users/", login);
  link(json, "html_url", kWeb, "/", login);
  link(json, "followers_url", base, "/users/", login, "/followers");
  link(json, "following_url", base, "/users/", login, "/following{/other_user}");
  link(json, "gists_url", base, "/users/", login, "/gists{/gist_id}");
  link(json, "starred_url", base, "/users/", login, "/starred{/owner}{/repo}");
  link(json, "subscriptions_url", base, "/users/", login, "/subscriptions");
  link(json, "organizations_url", base, "/users/", login, "/orgs");
  link(json, "repos_url", base, "/users/", login, "/repos");
  link(json, "events_url", base, "/users/", login, "/events{/privacy}");
  link(json, "received_events_url", base, "/users/", login, "/received_events");
  json.field("type", organization ? "Organization" : "User");
  json.field("user_view_type", "public").field("site_admin", false);
}

void write_user(JsonWriter& json, const Context& context, std::string_view login) {
  json.begin_object();
  write_user_members(json, context, *model::user_or_stranger(context.world, login));
  json.end_object();
}

void write_user_or_null(JsonWriter& json, const Context& context, std::string_view name, std::string_view login) {
  json.key(name);
  if (login.empty()) {
    json.null();
  } else {
    write_user(json, context, login);
  }
}

void write_label(JsonWriter& json, const Context& context, const model::Repository& repository,
                 const model::Label& label) {
  json.begin_object();
  json.field("id", label.id).field("node_id", model::node_id("LA", repository.id, label.id));
  link(json, "url", context.call.base_url, "/repos/", repository.owner, "/", repository.name, "/labels/",
       encoded_segment(label.name));
  json.field("name", label.name).field("color", label.color).field("default", label.is_default);
  json.field("description", label.description);
  json.end_object();
}

void write_milestone(JsonWriter& json, const Context& context, const model::Repository& repository,
                     const model::Milestone& milestone) {
  const std::string_view base = context.call.base_url;
  const model::MilestoneTally tally = model::tally_of(context.world, milestone);
  json.begin_object();
  link(json, "url", base, "/repos/", repository.owner, "/", repository.name, "/milestones/", milestone.number);
  link(json, "html_url", kWeb, "/", repository.owner, "/", repository.name, "/milestone/", milestone.number);
  link(json, "labels_url", base, "/repos/", repository.owner, "/", repository.name, "/milestones/", milestone.number,
       "/labels");
  json.field("id", milestone.id).field("node_id", model::node_id("MI", repository.id, milestone.id));
  json.field("number", milestone.number).field("title", milestone.title).field("description", milestone.description);
  write_user_or_null(json, context, "creator", milestone.creator);
  json.field("open_issues", tally.open).field("closed_issues", tally.closed);
  json.field("state", model::state_name(milestone.state));
  write_time(json, "created_at", milestone.created_at);
  write_time(json, "updated_at", milestone.updated_at);
  write_time(json, "due_on", milestone.due_on);
  write_time(json, "closed_at", milestone.closed_at);
  json.end_object();
}

void write_permissions(JsonWriter& json, model::Role role) {
  json.begin_object();
  json.field("admin", role >= model::Role::admin).field("maintain", role >= model::Role::maintain);
  json.field("push", role >= model::Role::write).field("triage", role >= model::Role::triage);
  json.field("pull", role >= model::Role::read);
  json.end_object();
}

}  // namespace pome::twin::github::rest
