#include "core/twin/github/rest/hook_events.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

using model::Change;

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
    write_user_or_null(json, context, "organization", owner->login);
  }
  json.key("sender");
  write_user(json, context, context.call.login);
  json.end_object();
  return payload;
}

/// Events about one issue: what an issue payload says, with a label, an assignee or a milestone where it is about one.
struct IssueEvents {
  const Context& cause;
  const model::Issue& issue;

  void about(std::string action) const {
    deliver(cause, issue.repo, "issues", std::move(action),
            [&](JsonWriter& json, const Context& context) { write(json, context); });
  }
  void write(JsonWriter& json, const Context& context) const {
    json.key("issue");
    write_issue(json, context, *context.repository, issue);
  }
  void about_label(std::string action, model::Id id) const {
    const model::Label* label = cause.world.labels_by_id.find(model::NumberKey{issue.repo, id});
    if (!label) return;
    deliver(cause, issue.repo, "issues", std::move(action), [&](JsonWriter& json, const Context& context) {
      write(json, context);
      json.key("label");
      write_label(json, context, *context.repository, *label);
    });
  }
  void about_person(std::string action, std::string_view login) const {
    deliver(cause, issue.repo, "issues", std::move(action), [&](JsonWriter& json, const Context& context) {
      write(json, context);
      write_user_or_null(json, context, "assignee", login);
    });
  }
};

template <class List, class Each>
void each_missing(const List& from, const List& in, Each each) {
  for (const auto& value : from) {
    if (std::find(in.begin(), in.end(), value) == in.end()) each(value);
  }
}

void issue_changed(const IssueEvents& events, const model::Issue& before, const model::Issue& after) {
  if (before.title != after.title || before.body != after.body) events.about("edited");
  if (before.state != after.state) events.about(after.state == model::OpenState::closed ? "closed" : "reopened");
  each_missing(after.labels, before.labels, [&](model::Id id) { events.about_label("labeled", id); });
  each_missing(before.labels, after.labels, [&](model::Id id) { events.about_label("unlabeled", id); });
  each_missing(after.assignees, before.assignees, [&](const auto& login) { events.about_person("assigned", login); });
  each_missing(before.assignees, after.assignees, [&](const auto& login) { events.about_person("unassigned", login); });
  if (before.milestone != after.milestone) events.about(after.milestone == 0 ? "demilestoned" : "milestoned");
  if (before.locked != after.locked) events.about(after.locked ? "locked" : "unlocked");
}

void on_issue(const Context& cause, const Change& change) {
  const auto* before = model::before<model::Issue>(change);
  const auto* after = model::after<model::Issue>(change);
  const IssueEvents events{cause, after ? *after : *before};
  if (events.issue.is_pull_request) return;
  if (!before) return events.about("opened");
  if (!after) return events.about("deleted");
  issue_changed(events, *before, *after);
}

/// "created", "edited" or "deleted", from which halves a change has.
std::string plain_action(const Change& change) {
  if (!change.before) return "created";
  return change.after ? "edited" : "deleted";
}

template <class Row>
const Row& row_of(const Change& change) {
  return change.after ? *model::after<Row>(change) : *model::before<Row>(change);
}

void on_comment(const Context& cause, const Change& change) {
  const auto& comment = row_of<model::Comment>(change);
  const model::IssuePtr issue = model::find_issue(cause.world, comment.repo, comment.number);
  if (!issue) return;
  deliver(cause, comment.repo, "issue_comment", plain_action(change), [&](JsonWriter& json, const Context& context) {
    json.key("issue");
    write_issue(json, context, *context.repository, *issue);
    json.key("comment");
    write_comment(json, context, *context.repository, comment);
  });
}

void on_label(const Context& cause, const Change& change) {
  const auto& label = row_of<model::Label>(change);
  deliver(cause, label.repo, "label", plain_action(change), [&](JsonWriter& json, const Context& context) {
    json.key("label");
    write_label(json, context, *context.repository, label);
  });
}

void on_milestone(const Context& cause, const Change& change) {
  const auto& milestone = row_of<model::Milestone>(change);
  std::string action = plain_action(change);
  if (change.before && change.after && model::before<model::Milestone>(change)->state != milestone.state) {
    action = milestone.state == model::OpenState::closed ? "closed" : "opened";
  }
  deliver(cause, milestone.repo, "milestone", action, [&](JsonWriter& json, const Context& context) {
    json.key("milestone");
    write_milestone(json, context, *context.repository, milestone);
  });
}

void on_release(const Context& cause, const Change& change) {
  const auto* before = model::before<model::Release>(change);
  const auto& release = row_of<model::Release>(change);
  const auto about = [&](std::string action) {
    deliver(cause, release.repo, "release", std::move(action), [&](JsonWriter& json, const Context& context) {
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
    {&model::Comment::kind, on_comment},
    {&model::Label::kind, on_label},
    {&model::Milestone::kind, on_milestone},
    {&model::Release::kind, on_release},
    {&model::Ref::kind, on_ref},
    {&model::Deployment::kind, on_deployment},
    {&model::DeploymentStatus::kind, on_deployment_status},
    {&model::DispatchEvent::kind, on_dispatch_event},
};

}  // namespace

void deliver_to(const Context& cause, const model::Hook& hook, std::string_view event,
                std::optional<std::string> action, PayloadMembers members) {
  const model::RepositoryPtr repository = cause.world.repositories_by_id.get(hook.repo);
  if (!repository) return;
  Context context = seen_from(cause, repository);
  std::string payload = payload_of(context, action, members);
  model::record_delivery(context.action, hook, event, std::move(action), std::move(payload));
}

void deliver(const Context& cause, model::Id repo, std::string_view event, std::optional<std::string> action,
             PayloadMembers members) {
  for (const model::HookPtr& hook : model::hooks_of(cause.world, repo)) {
    if (model::listens_to(*hook, event)) deliver_to(cause, *hook, event, action, members);
  }
}

void record_deliveries(const Context& cause, const model::Journal& changes) {
  if (cause.world.hooks.empty()) return;
  const model::Journal told = changes;  // deliveries are changes too
  for (const Change& change : told) {
    for (const Listener& listener : kListeners) {
      if (listener.kind == change.kind) listener.tell(cause, change);
    }
  }
}

}  // namespace pome::twin::github::rest
