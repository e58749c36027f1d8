#include <utility>

#include "core/twin/github/rest/hook_listeners.h"
#include "core/twin/github/rest/shapes.h"

/// What webhooks hear of a repository itself and of the people around it.
namespace pome::twin::github::rest {

namespace {

void plain(const Context& cause, const model::Repository& row, std::string_view event,
           const std::optional<std::string>& action) {
  deliver(cause, row.id, event, action, nothing_more);
}

void about_transfer(const Context& cause, const model::Repository& before, const model::Repository& after) {
  deliver(cause, after.id, "repository", "transferred", [&](JsonWriter& json, const Context& context) {
    const model::UserPtr owner = model::find_user(context.world, before.owner);
    const bool organization = owner && owner->type == model::UserType::organization;
    json.key("changes").begin_object().key("owner").begin_object().key("from").begin_object();
    write_user_or_null(json, context, organization ? "organization" : "user", before.owner);
    json.end_object().end_object().end_object();
  });
}

void about_rename(const Context& cause, const model::Repository& before, const model::Repository& after) {
  deliver(cause, after.id, "repository", "renamed", [&](JsonWriter& json, const Context&) {
    json.key("changes").begin_object().key("repository").begin_object().key("name").begin_object();
    json.field("from", before.name).end_object().end_object().end_object();
  });
}

bool is_edited(const model::Repository& before, const model::Repository& after) {
  return before.description != after.description || before.homepage != after.homepage ||
         before.default_branch != after.default_branch || before.topics != after.topics;
}

void about_edit(const Context& cause, const model::Repository& before, const model::Repository& after) {
  deliver(cause, after.id, "repository", "edited", [&](JsonWriter& json, const Context&) {
    json.key("changes").begin_object();
    write_old_values(json, {{"description", before.description, after.description},
                            {"homepage", before.homepage, after.homepage},
                            {"default_branch", before.default_branch, after.default_branch}});
    if (before.topics != after.topics) {
      json.key("topics").begin_object().key("from").begin_array();
      for (const std::string& topic : before.topics) json.value(topic);
      json.end_array().end_object();
    }
    json.end_object();
  });
}

/// The older word for a role, of which there are three.
std::string_view permission_of_role(model::Role role) {
  if (role >= model::Role::admin) return "admin";
  return role >= model::Role::write ? "write" : "read";
}

void about_member(const Context& cause, const model::Collaborator& row, std::string action, PayloadMembers changes) {
  deliver(cause, row.repo, "member", std::move(action), [&](JsonWriter& json, const Context& context) {
    changes(json, context);
    write_user_or_null(json, context, "member", row.login);
  });
}

bool is_in(const model::Collaborator* row) { return row && row->state == model::InvitationState::accepted; }

}  // namespace

void on_repository(const Context& cause, const Change& change) {
  const auto* before = model::before<model::Repository>(change);
  const auto* after = model::after<model::Repository>(change);
  if (!after) return;  // its webhooks are gone with it
  if (!before) {
    if (after->parent == 0) return;
    return deliver(cause, after->parent, "fork", std::nullopt, [&](JsonWriter& json, const Context& context) {
      json.key("forkee");
      write_repository(json, context, *after, Detail::normal);
    });
  }
  if (before->owner != after->owner) about_transfer(cause, *before, *after);
  if (before->name != after->name) about_rename(cause, *before, *after);
  if (is_edited(*before, *after)) about_edit(cause, *before, *after);
  if (before->archived != after->archived)
    plain(cause, *after, "repository", after->archived ? "archived" : "unarchived");
  if (before->is_private != after->is_private) {
    plain(cause, *after, "repository", after->is_private ? "privatized" : "publicized");
    if (!after->is_private) plain(cause, *after, "public", std::nullopt);
  }
}

void on_collaborator(const Context& cause, const Change& change) {
  const auto* before = model::before<model::Collaborator>(change);
  const auto* after = model::after<model::Collaborator>(change);
  if (!is_in(before) && is_in(after)) {
    about_member(cause, *after, "added", [&](JsonWriter& json, const Context&) {
      json.key("changes").begin_object();
      json.key("permission").begin_object().field("to", permission_of_role(after->role)).end_object();
      json.key("role_name").begin_object().field("to", model::role_name(after->role)).end_object().end_object();
    });
  } else if (is_in(before) && !is_in(after)) {
    about_member(cause, *before, "removed", nothing_more);
  } else if (is_in(before) && before->role != after->role) {
    about_member(cause, *after, "edited", [&](JsonWriter& json, const Context&) {
      const std::string_view from = permission_of_role(before->role);
      json.key("changes").begin_object().key("old_permission").begin_object().field("from", from).end_object();
      json.key("permission").begin_object().field("from", from).field("to", permission_of_role(after->role));
      json.end_object().end_object();
    });
  }
}

void on_deploy_key(const Context& cause, const Change& change) {
  const auto& row = row_of<model::DeployKey>(change);
  if (change.before && change.after) return;
  deliver(cause, row.repo, "deploy_key", plain_action(change), [&](JsonWriter& json, const Context& context) {
    json.key("key");
    write_deploy_key(json, context, row);
  });
}

/// "watch" is GitHub's older name for a first star.
void on_star(const Context& cause, const Change& change) {
  const auto& row = row_of<model::Star>(change);
  if (change.before && change.after) return;
  deliver(cause, row.repo, "star", plain_action(change), [&](JsonWriter& json, const Context&) {
    write_time(json, "starred_at", change.after ? std::optional(row.created_at) : std::nullopt);
  });
  if (change.after) deliver(cause, row.repo, "watch", "started", nothing_more);
}

}  // namespace pome::twin::github::rest
