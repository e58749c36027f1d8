#include "core/twin/github/rest/hook_events.h"

#include <utility>

#include "core/base/time.h"
#include "core/twin/github/rest/hook_listeners.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

/// The cause, seen from a repository.
Context seen_from(const Context& cause, const model::RepositoryPtr& repository) {
  return Context{.world = cause.world,
                 .call = cause.call,
                 .route = cause.route,
                 .path = cause.path,
                 .query = cause.query,
                 .repository = repository,
                 .role = model::permission_of(cause.world, repository->id, cause.call.login),
                 .action = cause.action};
}

std::string payload_of(const Context& context, const std::optional<std::string>& action, PayloadMembers members) {
  std::string payload;
  JsonWriter json(payload);
  json.begin_object();
  if (action) json.field("action", *action);
  members(json, context);
  json.key("repository");
  write_repository(json, context, *context.repository, Detail::normal);
  const model::UserPtr owner = model::find_user(context.world, context.repository->owner);
  if (owner && owner->type == model::UserType::organization) {
    json.key("organization").begin_object();
    write_organization_members(json, context, *owner);
    json.end_object();
  }
  json.key("sender");
  write_user(json, context, context.call.login);
  json.end_object();
  return payload;
}

void on_label(const Context& cause, const Change& change) {
  const auto& label = row_of<model::Label>(change);
  deliver(cause, label.repo, "label", plain_action(change), [&](JsonWriter& json, const Context& context) {
    const auto* before = edited_from<model::Label>(change);
    if (before) {
      write_changes(json, {{"name", before->name, label.name},
                           {"color", before->color, label.color},
                           {"description", before->description, label.description}});
    }
    json.key("label");
    write_label(json, context, *context.repository, label);
  });
}

std::optional<std::string> shown(std::optional<model::Time> time) {
  return time ? std::optional(time::iso8601(*time)) : std::nullopt;
}

void on_milestone(const Context& cause, const Change& change) {
  const auto& milestone = row_of<model::Milestone>(change);
  const auto* before = edited_from<model::Milestone>(change);
  std::string action = plain_action(change);
  if (before && before->state != milestone.state) {
    action = milestone.state == model::OpenState::closed ? "closed" : "opened";
  }
  deliver(cause, milestone.repo, "milestone", action, [&](JsonWriter& json, const Context& context) {
    if (action == "edited") {
      write_changes(json, {{"title", before->title, milestone.title},
                           {"description", before->description, milestone.description},
                           {"due_on", shown(before->due_on), shown(milestone.due_on)}});
    }
    json.key("milestone");
    write_milestone(json, context, *context.repository, milestone);
  });
}

void on_release(const Context& cause, const Change& change) {
  const auto* before = model::before<model::Release>(change);
  const auto& release = row_of<model::Release>(change);
  const auto about = [&](const std::string& action) {
    deliver(cause, release.repo, "release", action, [&](JsonWriter& json, const Context& context) {
      if (action == "edited") {
        write_changes(json, {{"name", before->name, release.name},
                             {"body", before->body, release.body},
                             {"tag_name", before->tag_name, release.tag_name}});
      }
      json.key("release");
      write_release(json, context, release);
    });
  };
  const bool published = change.after && !release.draft && (!before || before->draft);
  if (!before || !change.after) about(plain_action(change));
  if (published) {
    about("published");
    about(release.prerelease ? "prereleased" : "released");
  } else if (before && change.after && change.asked) {
    about("edited");
  }
}

void on_ref(const Context& cause, const Change& change) {
  const auto* before = model::before<model::Ref>(change);
  const auto* after = model::after<model::Ref>(change);
  const auto& ref = row_of<model::Ref>(change);
  if (before && after && before->target == after->target) return;
  const bool branch = ref.name.compare(0, model::kHeads.size(), model::kHeads) == 0;
  const std::string name = ref.name.substr(branch ? model::kHeads.size() : model::kTags.size());
  deliver(cause, ref.repo, "push", std::nullopt, [&](JsonWriter& json, const Context& context) {
    write_push(json, context, ref.name, before ? before->target : git::ObjectId(),
               after ? after->target : git::ObjectId());
  });
  if (before && after) return;
  deliver(cause, ref.repo, after ? "create" : "delete", std::nullopt, [&](JsonWriter& json, const Context& context) {
    json.field("ref", name).field("ref_type", branch ? "branch" : "tag");
    if (after) json.field("master_branch", context.repository->default_branch);
    if (after) json.field("description", context.repository->description);
    json.field("pusher_type", "user");
  });
}

void on_deployment(const Context& cause, const Change& change) {
  if (change.before) return;
  const auto& row = row_of<model::Deployment>(change);
  deliver(cause, row.repo, "deployment", "created", [&](JsonWriter& json, const Context& context) {
    json.key("deployment");
    write_deployment(json, context, row);
  });
}

void on_deployment_status(const Context& cause, const Change& change) {
  if (change.before) return;
  const auto& row = row_of<model::DeploymentStatus>(change);
  const model::DeploymentPtr deployment = model::find_deployment(cause.world, row.repo, row.deployment);
  if (!deployment) return;
  deliver(cause, row.repo, "deployment_status", "created", [&](JsonWriter& json, const Context& context) {
    json.key("deployment_status");
    write_deployment_status(json, context, row);
    json.key("deployment");
    write_deployment(json, context, *deployment);
  });
}

/// The action of this event is the type its sender gave it.
void on_dispatch_event(const Context& cause, const Change& change) {
  const auto& row = row_of<model::DispatchEvent>(change);
  deliver(cause, row.repo, "repository_dispatch", row.event_type, [&](JsonWriter& json, const Context& context) {
    json.field("branch", context.repository->default_branch).raw_field("client_payload", row.client_payload);
  });
}

struct Listener {
  const model::RowKind* kind;
  void (*tell)(const Context& cause, const Change& change);
};

constexpr Listener kListeners[] = {
    {&model::Issue::kind, on_issue},
    {&model::PullRequest::kind, on_pull_request},
    {&model::Comment::kind, on_comment},
    {&model::Review::kind, on_review},
    {&model::ReviewComment::kind, on_review_comment},
    {&model::SubIssue::kind, on_sub_issue},
    {&model::Label::kind, on_label},
    {&model::Milestone::kind, on_milestone},
    {&model::Release::kind, on_release},
    {&model::Ref::kind, on_ref},
    {&model::CommitStatus::kind, on_status},
    {&model::CheckRun::kind, on_check_run},
    {&model::CommitComment::kind, on_commit_comment},
    {&model::WorkflowRun::kind, on_workflow_run},
    {&model::Deployment::kind, on_deployment},
    {&model::DeploymentStatus::kind, on_deployment_status},
    {&model::DispatchEvent::kind, on_dispatch_event},
    {&model::Repository::kind, on_repository},
    {&model::Collaborator::kind, on_collaborator},
    {&model::DeployKey::kind, on_deploy_key},
    {&model::Star::kind, on_star},
};

}  // namespace

std::string plain_action(const Change& change) {
  if (!change.before) return "created";
  return change.after ? "edited" : "deleted";
}

void write_old_values(JsonWriter& json, std::initializer_list<OldValue> values) {
  for (const OldValue& value : values) {
    if (value.before == value.after) continue;
    json.key(value.name).begin_object().field("from", value.before).end_object();
  }
}

void write_changes(JsonWriter& json, std::initializer_list<OldValue> values) {
  json.key("changes").begin_object();
  write_old_values(json, values);
  json.end_object();
}

void deliver_to(const Context& cause, const model::Hook& hook, std::string_view event,
                const std::optional<std::string>& action, PayloadMembers members) {
  const model::RepositoryPtr repository = cause.world.repositories_by_id.get(hook.repo);
  if (!repository) return;
  Context context = seen_from(cause, repository);
  std::string payload = payload_of(context, action, members);
  model::record_delivery(context.action, hook, event, action, std::move(payload));
}

void deliver(const Context& cause, model::Id repo, std::string_view event, const std::optional<std::string>& action,
             PayloadMembers members) {
  for (const model::HookPtr& hook : model::hooks_of(cause.world, repo)) {
    if (model::listens_to(*hook, event)) deliver_to(cause, *hook, event, action, members);
  }
}

void record_deliveries(const Context& cause, const model::Journal& changes) {
  if (cause.world.hooks.empty()) return;
  // Deliveries are changes too: what is told of is what there was before them.
  const model::Journal told = changes;  // NOLINT(performance-unnecessary-copy-initialization)
  for (const Change& change : told) {
    for (const Listener& listener : kListeners) {
      if (listener.kind == change.kind) listener.tell(cause, change);
    }
  }
}

}  // namespace pome::twin::github::rest
