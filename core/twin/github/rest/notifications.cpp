#include <algorithm>
#include <utility>

#include "core/base/time.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

constexpr Field kMarkAll[] = {optional("last_read_at"), optional("read", Type::flag)};
constexpr Field kMarkRepository[] = {optional("last_read_at")};
constexpr Field kSubscribe[] = {optional("ignored", Type::flag)};

constexpr PageSizes kInboxPages{.usual = 50, .most = 50};

void write_thread(JsonWriter& json, const Context& context, const model::Notification& row) {
  const model::RepositoryPtr repository = context.world.repositories_by_id.get(row.repo);
  const model::IssuePtr issue = model::find_issue(context.world, row.repo, row.number);
  const std::string thread = text::cat(context.call.base_url, "/notifications/threads/", row.id);
  json.begin_object().field("id", text::cat(row.id)).field("unread", row.unread);
  json.field("reason", model::reason_name(row.reason));
  write_time(json, "updated_at", row.updated_at);
  write_time(json, "last_read_at", row.last_read_at);
  const bool pull = issue && issue->is_pull_request;
  const std::string repo = api_url(context, *repository);
  const std::string subject = text::cat(repo, pull ? "/pulls/" : "/issues/", row.number);
  json.key("subject").begin_object().field("title", issue ? issue->title : std::string());
  link(json, "url", subject);
  if (row.comment != 0) {
    link(json, "latest_comment_url", repo, "/issues/comments/", row.comment);
  } else {
    link(json, "latest_comment_url", subject);
  }
  json.field("type", pull ? "PullRequest" : "Issue").end_object();
  json.key("repository");
  write_repository(json, context, *repository, Detail::minimal);
  link(json, "url", thread);
  link(json, "subscription_url", thread, "/subscription");
  json.end_object();
}

/// The inbox, or its part about one repository (0 = all). Only unread threads unless `all` is asked for.
Reply inbox(Context& context, model::Id repo, PageSizes sizes) {
  const bool all = flag(context, "all").value_or(false);
  const bool participating = flag(context, "participating").value_or(false);
  const auto since = instant(context, "since", "Notification");
  const auto before = instant(context, "before", "Notification");
  std::vector<model::NotificationPtr> rows = model::notifications_of(context.world, context.call.login);
  std::erase_if(rows, [&](const model::NotificationPtr& row) {
    if ((repo != 0 && row->repo != repo) || (!all && !row->unread)) return true;
    if (participating && !model::is_participating(row->reason)) return true;
    if (model::permission_of(context.world, row->repo, context.call.login) == model::Role::none) return true;
    return (since && row->updated_at < *since) || (before && row->updated_at >= *before);
  });
  Reply reply = list_page(
      context, rows.size(), [&](JsonWriter& json, std::size_t i) { write_thread(json, context, *rows[i]); }, sizes);
  if (!rows.empty()) reply.modified_at(rows.front()->updated_at);
  return reply;
}

Reply list_inbox(Context& context) { return inbox(context, 0, kInboxPages); }
Reply list_repository_inbox(Context& context) { return inbox(context, context.repo(), {}); }

Reply reset_content() { return Answer{.status = 205}; }

/// Everything up to `last_read_at`; without it, everything.
Reply mark_all(Context& context, model::Id repo, bool read) {
  model::Time until = context.world.now;
  if (const auto written = context.body.text("last_read_at")) {
    const auto time = time::parse_iso8601(*written);
    if (!time) return errors::invalid_value("Notification", "last_read_at", *written);
    until = *time;
  }
  model::mark_all(context.action, repo, until, read);
  return reset_content();
}

Reply mark_inbox(Context& context) { return mark_all(context, 0, context.body.flag("read", true)); }
Reply mark_repository_inbox(Context& context) { return mark_all(context, context.repo(), true); }

model::NotificationPtr thread_at(const Context& context) {
  const auto id = context.number(0);
  return id ? model::find_notification(context.world, context.call.login, *id) : nullptr;
}

Reply get_thread(Context& context) {
  const model::NotificationPtr row = thread_at(context);
  if (!row) return errors::not_found();
  Reply reply = json_answer(200, [&](JsonWriter& json) { write_thread(json, context, *row); });
  reply.modified_at(row->updated_at);
  return reply;
}

Reply mark_thread_read(Context& context) {
  const model::NotificationPtr row = thread_at(context);
  if (!row) return errors::not_found();
  model::mark_read(context.action, *row);
  return reset_content();
}

Reply mark_thread_done(Context& context) {
  const model::NotificationPtr row = thread_at(context);
  if (!row) return errors::not_found();
  model::mark_done(context.action, *row);
  return no_content();
}

Reply subscription_answer(const Context& context, const model::Notification& row) {
  return json_answer(200, [&](JsonWriter& json) {
    const std::string thread = text::cat(context.call.base_url, "/notifications/threads/", row.id);
    json.begin_object().field("subscribed", !row.muted).field("ignored", row.muted);
    json.field("reason", row.subscribed_at ? std::string_view("manual") : model::reason_name(row.reason));
    write_time(json, "created_at", row.subscribed_at.value_or(row.updated_at));
    link(json, "url", thread, "/subscription");
    link(json, "thread_url", thread);
    json.end_object();
  });
}

/// Taking part in a thread subscribes to it.
Reply get_subscription(Context& context) {
  const model::NotificationPtr row = thread_at(context);
  const bool subscribed = row && (row->subscribed_at || (!row->muted && model::is_participating(row->reason)));
  return subscribed ? subscription_answer(context, *row) : Reply(errors::not_found());
}

Reply set_subscription(Context& context) {
  const model::NotificationPtr row = thread_at(context);
  if (!row) return errors::not_found();
  const bool ignored = context.body.flag("ignored", false);
  return subscription_answer(context, *model::subscribe_thread(context.action, *row, ignored));
}

Reply delete_subscription(Context& context) {
  const model::NotificationPtr row = thread_at(context);
  if (!row) return errors::not_found();
  model::unsubscribe_thread(context.action, *row);
  return no_content();
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/notifications",
     .operation = "activity/list-notifications-for-authenticated-user",
     .docs = "activity/notifications#list-notifications-for-the-authenticated-user",
     .access = Access::account,
     .tools = {"list_notifications"},
     .handle = list_inbox},
    {.method = Method::put,
     .path = "/notifications",
     .operation = "activity/mark-notifications-as-read",
     .docs = "activity/notifications#mark-notifications-as-read",
     .access = Access::account,
     .tools = {"mark_all_notifications_read"},
     .body = {kMarkAll},
     .handle = mark_inbox},
    {.method = Method::get,
     .path = "/notifications/threads/{thread_id}",
     .operation = "activity/get-thread",
     .docs = "activity/notifications#get-a-thread",
     .access = Access::account,
     .tools = {"get_notification_details"},
     .handle = get_thread},
    {.method = Method::patch,
     .path = "/notifications/threads/{thread_id}",
     .operation = "activity/mark-thread-as-read",
     .docs = "activity/notifications#mark-a-thread-as-read",
     .access = Access::account,
     .tools = {"dismiss_notification"},
     .handle = mark_thread_read},
    {.method = Method::del,
     .path = "/notifications/threads/{thread_id}",
     .operation = "activity/mark-thread-as-done",
     .docs = "activity/notifications#mark-a-thread-as-done",
     .access = Access::account,
     .tools = {"dismiss_notification"},
     .handle = mark_thread_done},
    {.method = Method::get,
     .path = "/notifications/threads/{thread_id}/subscription",
     .operation = "activity/get-thread-subscription-for-authenticated-user",
     .docs = "activity/notifications#get-a-thread-subscription-for-the-authenticated-user",
     .access = Access::account,
     .handle = get_subscription},
    {.method = Method::put,
     .path = "/notifications/threads/{thread_id}/subscription",
     .operation = "activity/set-thread-subscription",
     .docs = "activity/notifications#set-a-thread-subscription",
     .access = Access::account,
     .tools = {"manage_notification_subscription"},
     .body = {kSubscribe},
     .handle = set_subscription},
    {.method = Method::del,
     .path = "/notifications/threads/{thread_id}/subscription",
     .operation = "activity/delete-thread-subscription",
     .docs = "activity/notifications#delete-a-thread-subscription",
     .access = Access::account,
     .tools = {"manage_notification_subscription"},
     .handle = delete_subscription},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/notifications",
     .operation = "activity/list-repo-notifications-for-authenticated-user",
     .docs = "activity/notifications#list-repository-notifications-for-the-authenticated-user",
     .tools = {"list_notifications"},
     .handle = list_repository_inbox},
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/notifications",
     .operation = "activity/mark-repo-notifications-as-read",
     .docs = "activity/notifications#mark-repository-notifications-as-read",
     .tools = {"mark_all_notifications_read"},
     .body = {kMarkRepository},
     .handle = mark_repository_inbox},
};

}  // namespace

std::span<const Route> notification_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
