#include "core/twin/github/model/issue_history.h"
#include "core/twin/github/model/seed_builder.h"

namespace pome::twin::github::model {
namespace {

/// What its author put on a fresh issue or pull request.
void note_opening(Seeding& seed, const Issue& issue, const PullRequest* pull) {
  Action author{seed.world, issue.author, seed.journal};
  Issue open = issue;
  open.state = OpenState::open;
  note_changes(author, blank(issue), open, issue.created_at);
  note_text(author, issue, "", issue.body.value_or(""), issue.created_at);
  if (!pull) return;
  for (const std::string& login : pull->requested_reviewers) {
    EventDetails details;
    details.subject = login;
    details.at = issue.created_at;
    note_event(author, issue.key(), EventKind::review_requested, details);
  }
}

void note_closing(Seeding& seed, const Issue& issue, const PullRequest* pull) {
  if (issue.state == OpenState::open) return;
  if (pull && pull->merged_at) {
    Action merger{seed.world, pull->merged_by, seed.journal};
    EventDetails details;
    details.commit = pull->merge_commit;
    details.at = *pull->merged_at;
    note_event(merger, issue.key(), EventKind::merged, details);
  }
  Action closer{seed.world, issue.closed_by, seed.journal};
  Issue open = issue;
  open.state = OpenState::open;
  note_changes(closer, open, issue, issue.closed_at.value_or(issue.updated_at));
}

}  // namespace

void seed_history(Seeding& seed, const Node&) {
  // Events do not change these tables.
  for (const auto& entry : seed.world.issues) {
    const Issue& issue = *entry.row;
    const PullRequest* pull = seed.world.pulls.find(entry.key);
    note_opening(seed, issue, pull);
    for (const CommentPtr& comment : comments_on(seed.world, issue.repo, issue.number)) {
      Action author{seed.world, comment->author, seed.journal};
      note_text(author, issue, "", comment->body, comment->created_at);
    }
    note_closing(seed, issue, pull);
  }
}

}  // namespace pome::twin::github::model
