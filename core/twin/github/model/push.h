#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/twin/github/model/world.h"

/// How refs move. Every rule that changes a branch or tag ends here, so that what GitHub does after a push always
/// happens.
namespace pome::twin::github::model {

/// Git operations answer 404 to everybody without push.
Refused check_pusher(const Action& action, Id repo);

/// Points a ref at an object, making the ref if there is none. What follows: the repository's pushed_at; open pull
/// requests take over the new head and base, and one whose head the base now holds counts as merged by the actor;
/// commits that no ref reaches any more stay readable by their id. A rule that lands a pull request itself closes it
/// before it moves the base.
RefPtr move_ref(Action& action, Id repo, std::string name, const git::ObjectId& target, Time now);

/// Removes a ref. Open pull requests from or to a removed branch are closed.
void remove_ref(Action& action, const RefPtr& ref, Time now);

/// What becomes of pull requests into other repositories when the repository of their head is deleted: they forget it,
/// and open ones are closed.
void remove_heads(Action& action, Id repo);

/// git/create-ref. `name` is the full name, `sha` any object of the repository; a branch takes commits only.
Ruling<RefPtr> create_ref(Action& action, Id repo, std::string_view name, std::string_view sha);
/// git/update-ref. Refuses what is no fast-forward unless forced, and what protects a branch.
Ruling<RefPtr> update_ref(Action& action, Id repo, std::string_view name, std::string_view sha, bool force);
/// git/delete-ref. Refuses the default branch and protected ones.
Refused delete_ref(Action& action, Id repo, std::string_view name);

}  // namespace pome::twin::github::model
