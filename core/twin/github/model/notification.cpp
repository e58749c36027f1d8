#include "core/twin/github/model/notification.h"

#include <algorithm>
#include <array>

#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, 7> kReasons = {"assign",  "mention", "review_requested", "author",
                                                      "comment", "manual",  "subscribed"};

void write_notification(JsonWriter& out, const World& world, const Notification& row) {
  const Repository* repo = world.repositories_by_id.find(row.repo);
  out.field("id", row.id).field("login", row.login).field("repository", repo ? repo->full_name() : std::string());
  out.field("number", row.number).field("reason", reason_name(row.reason)).field("unread", row.unread);
  out.field("done", row.done).field("muted", row.muted);
  time_field(out, "updated_at", row.updated_at);
  time_field(out, "last_read_at", row.last_read_at);
}

/// The thread of one person about one issue, or nullptr.
NotificationPtr find_thread(const World& world, Id user, Id repo, Id number) {
  for (const auto& entry : rows_of(world.notifications, user)) {
    if (entry.row->repo == repo && entry.row->number == number) return entry.row;
  }
  return nullptr;
}

/// Logins after an '@' that stands at the start of a word.
std::vector<std::string> mentions_in(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    const bool inside_word = at > 0 && (text::is_alpha(text[at - 1]) || text::is_digit(text[at - 1]));
    std::size_t end = at + 1;
    while (end < text.size() && (text::is_alpha(text[end]) || text::is_digit(text[end]) || text[end] == '-')) ++end;
    if (!inside_word && end > at + 1) out.emplace_back(text.substr(at + 1, end - at - 1));
  }
  return out;
}

struct Recipient {
  std::string login;
  NotificationReason reason = NotificationReason::subscribed;
};

/// Each person once, with the first (strongest) reason.
class Recipients {
 public:
  void add(std::string_view login, NotificationReason reason) {
    for (const Recipient& known : list_) {
      if (text::equals_ignore_case(known.login, login)) return;
    }
    if (!login.empty()) list_.push_back({std::string(login), reason});
  }
  void add(const std::vector<std::string>& logins, NotificationReason reason) {
    for (const std::string& login : logins) add(login, reason);
  }
  const std::vector<Recipient>& list() const { return list_; }

 private:
  std::vector<Recipient> list_;
};

Recipients recipients_of(const World& world, const Notice& notice, const Issue& issue) {
  Recipients out;
  out.add(notice.assigned, NotificationReason::assign);
  out.add(mentions_in(notice.text), NotificationReason::mention);
  out.add(notice.reviewers, NotificationReason::review_requested);
  out.add(issue.author, NotificationReason::author);
  out.add(issue.assignees, NotificationReason::assign);
  for (const auto& entry : rows_of(world.comments, notice.repo, notice.number)) {
    out.add(entry.row->author, NotificationReason::comment);
  }
  for (const auto& entry : world.notifications) {
    const Notification& row = *entry.row;
    const bool asked = row.subscribed_at && !row.muted && row.repo == notice.repo && row.number == notice.number;
    if (asked) out.add(row.login, NotificationReason::manual);
  }
  for (const WatchPtr& watch : watches_of(world, notice.repo)) out.add(watch->login, NotificationReason::subscribed);
  return out;
}

void deliver(Action& action, const Notice& notice, const Recipient& recipient) {
  World& world = action.world;
  if (text::equals_ignore_case(recipient.login, action.actor)) return;
  const UserPtr user = find_user(world, recipient.login);
  if (!user || user->type != UserType::user || permission_of(world, notice.repo, user->login) == Role::none) return;
  const WatchPtr watch = find_watch(world, notice.repo, user->login);
  const NotificationPtr thread = find_thread(world, user->id, notice.repo, notice.number);
  const bool direct = recipient.reason < NotificationReason::author;
  if ((watch && watch->ignored) || (thread && thread->muted && !direct)) return;
  Notification next = thread ? *thread : Notification{};
  if (!thread) {
    next.user = user->id;
    next.id = ++world.counters.notification;
    next.login = user->login;
    next.repo = notice.repo;
    next.number = notice.number;
  }
  next.reason = recipient.reason;
  next.comment = notice.comment != 0 ? notice.comment : next.comment;
  next.unread = true;
  next.done = false;
  next.updated_at = world.now;
  put(action, std::move(next), Cause::followed);
}

/// Logins of `after` that `before` does not have.
std::vector<std::string> added(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  std::vector<std::string> out;
  for (const std::string& login : after) {
    if (std::find(before.begin(), before.end(), login) == before.end()) out.push_back(login);
  }
  return out;
}

std::optional<Notice> notice_of(const Change& change) {
  Notice notice;
  if (change.kind == &Comment::kind && change.after && !change.before) {
    const Comment& row = *after<Comment>(change);
    notice.repo = row.repo;
    notice.number = row.number;
    notice.comment = row.id;
    notice.text = row.body;
    return notice;
  }
  if (change.kind == &Issue::kind && change.after) {
    const Issue& row = *after<Issue>(change);
    notice.repo = row.repo;
    notice.number = row.number;
    if (!change.before && row.body) notice.text = *row.body;
    notice.assigned = change.before ? added(before<Issue>(change)->assignees, row.assignees) : row.assignees;
    if (!change.before || !notice.assigned.empty()) return notice;
  }
  if (change.kind == &PullRequest::kind && change.after) {
    const PullRequest& row = *after<PullRequest>(change);
    notice.repo = row.repo;
    notice.number = row.number;
    notice.reviewers = change.before ? added(before<PullRequest>(change)->requested_reviewers, row.requested_reviewers)
                                     : row.requested_reviewers;
    if (!notice.reviewers.empty()) return notice;
  }
  return std::nullopt;
}

}  // namespace

const RowKind Notification::kind = row_kind<&World::notifications, write_notification>("notification");

std::string_view reason_name(NotificationReason reason) { return word_of(kReasons, reason); }

bool is_participating(NotificationReason reason) { return reason != NotificationReason::subscribed; }

void notify(Action& action, const Notice& notice) {
  const IssuePtr issue = find_issue(action.world, notice.repo, notice.number);
  if (!issue) return;
  const Recipients recipients = recipients_of(action.world, notice, *issue);
  for (const Recipient& recipient : recipients.list()) deliver(action, notice, recipient);
}

void notify_of_changes(Action& action) {
  const Journal changes = action.journal;
  for (const Change& change : changes) {
    if (const std::optional<Notice> notice = notice_of(change)) notify(action, *notice);
  }
}

NotificationPtr find_notification(const World& world, std::string_view login, Id id) {
  return world.notifications.get(NumberKey{user_or_stranger(world, login)->id, id});
}

std::vector<NotificationPtr> notifications_of(const World& world, std::string_view login) {
  std::vector<NotificationPtr> out;
  for (const auto& entry : rows_of(world.notifications, user_or_stranger(world, login)->id)) {
    if (!entry.row->done) out.push_back(entry.row);
  }
  sort_stably(out, [](const NotificationPtr& a, const NotificationPtr& b) {
    return a->updated_at != b->updated_at ? a->updated_at > b->updated_at : a->id > b->id;
  });
  return out;
}

void mark_read(Action& action, const Notification& row, bool read) {
  if (row.unread != read) return;
  Notification next = row;
  next.unread = !read;
  const Time now = begin_mutation(action);
  if (read) next.last_read_at = now;
  put(action, std::move(next));
}

void mark_done(Action& action, const Notification& row) {
  Notification next = row;
  next.done = true;
  next.unread = false;
  begin_mutation(action);
  put(action, std::move(next));
}

void mark_all(Action& action, Id repo, Time until, bool read) {
  for (const NotificationPtr& row : notifications_of(action.world, action.actor)) {
    if ((repo == 0 || row->repo == repo) && row->updated_at <= until) mark_read(action, *row, read);
  }
}

NotificationPtr subscribe_thread(Action& action, const Notification& row, bool ignored) {
  Notification next = row;
  const Time now = begin_mutation(action);
  if (!next.subscribed_at) next.subscribed_at = now;
  next.muted = ignored;
  return put(action, std::move(next));
}

void unsubscribe_thread(Action& action, const Notification& row) {
  Notification next = row;
  begin_mutation(action);
  next.subscribed_at.reset();
  next.muted = true;
  put(action, std::move(next));
}

void export_notifications(JsonWriter& out, const World& world) {
  for (const auto& entry : world.notifications) {
    out.begin_object();
    write_notification(out, world, *entry.row);
    out.end_object();
  }
}

void seed_notifications(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("notifications", [&](const Node& entry) {
    if (!entry.is_object("login number reason unread updated_at")) return;
    Notification row;
    const std::string login = entry.required_text("login");
    row.number = entry.positive("number").value_or(0);
    if (!find_issue(seed.world, repo.id, row.number)) {
      return entry.error_at("number", "unknown-issue", "A notification names an issue or pull request by number.");
    }
    if (login.empty()) return;
    row.login = seed.user(entry.member("login"), login);
    row.user = find_user(seed.world, row.login)->id;
    row.id = ++seed.world.counters.notification;
    row.repo = repo.id;
    const auto reason_from = [](std::string_view word) { return enum_from<NotificationReason>(kReasons, word); };
    row.reason = entry.word("reason", NotificationReason::subscribed, reason_from,
                            "assign, mention, review_requested, author, comment, manual, subscribed");
    row.unread = entry.flag("unread", true);
    row.updated_at = entry.instant("updated_at").value_or(seed.world.epoch);
    if (!row.unread) row.last_read_at = row.updated_at;
    put(seed.action, std::move(row));
  });
}

}  // namespace pome::twin::github::model
