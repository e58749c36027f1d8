#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

/// Notifications: one thread for each issue or pull request that somebody hears of.
namespace pome::twin::github::model {

/// Strongest first: the first that holds is what the thread says.
enum class NotificationReason { assign, mention, review_requested, author, comment, manual, subscribed };
std::string_view reason_name(NotificationReason reason);
/// Everything but `subscribed`: the person takes part.
bool is_participating(NotificationReason reason);

/// One person's thread about one issue or pull request.
struct Notification {
  Id user = 0;  ///< id of who is notified
  Id id = 0;    ///< of the thread, different for each person
  std::string login;
  Id repo = 0;
  Id number = 0;
  Id comment = 0;  ///< the newest one; 0 = none
  NotificationReason reason = NotificationReason::subscribed;
  bool unread = true;
  bool done = false;  ///< gone from every list until something new happens
  Time updated_at = 0;
  std::optional<Time> last_read_at;
  std::optional<Time> subscribed_at;  ///< the person asked for (or muted) this thread
  bool muted = false;

  NumberKey key() const { return {user, id}; }
  static const RowKind kind;
};
using NotificationPtr = std::shared_ptr<const Notification>;

/// What happened to an issue or pull request.
struct Notice {
  Id repo = 0;
  Id number = 0;
  Id comment = 0;                      ///< the new comment; 0 = none
  std::string_view text = {};          ///< searched for @mentions
  std::vector<std::string> assigned;   ///< logins
  std::vector<std::string> reviewers;  ///< asked for a review
};

/// Tells everybody concerned but the actor: assigned and mentioned people, requested reviewers, the author, earlier
/// commenters and watchers, as far as they may read the repository and have not muted it or the thread.
void notify(Action& action, const Notice& notice);
/// Tells of everything a call changed: new issues and comments, assignments, review requests. Dispatch calls it once
/// at the end of each call that went through.
void notify_of_changes(Action& action);

NotificationPtr find_notification(const World& world, std::string_view login, Id id);
/// Newest first, those marked as done left out.
std::vector<NotificationPtr> notifications_of(const World& world, std::string_view login);

/// activity/mark-thread-as-read, -done, mark-notifications-as-read. All notifications up to `until`, of one repository
/// or of all (0).
void mark_read(Action& action, const Notification& row, bool read = true);
void mark_done(Action& action, const Notification& row);
void mark_all(Action& action, Id repo, Time until, bool read);
/// activity/set-thread-subscription; activity/delete-thread-subscription mutes until the person takes part again.
NotificationPtr subscribe_thread(Action& action, const Notification& row, bool ignored);
void unsubscribe_thread(Action& action, const Notification& row);

void export_notifications(JsonWriter& out, const World& world);

/// Seed: a repository's "notifications".
void seed_notifications(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
