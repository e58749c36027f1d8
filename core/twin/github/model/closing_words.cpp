#include "core/twin/github/model/closing_words.h"

#include <algorithm>
#include <utility>

#include "core/twin/github/model/issue_history.h"
#include "core/twin/github/model/text_links.h"

namespace pome::twin::github::model {

std::vector<NumberKey> closed_by_words(const World& world, Id repo, std::string_view text) {
  std::vector<NumberKey> out;
  for (const TextReference& reference : references_in(text)) {
    if (!reference.closes) continue;
    const RepositoryPtr row = reference.owner.empty() ? world.repositories_by_id.get(repo)
                                                      : find_repository(world, reference.owner, reference.name);
    if (row) out.push_back({row->id, reference.number});
  }
  return out;
}

void close_issues(Action& action, const std::vector<NumberKey>& issues) {
  for (const NumberKey& key : issues) {
    const IssuePtr issue = find_issue(action.world, key.repo, key.number);
    if (!issue || issue->is_pull_request || issue->state == OpenState::closed) continue;
    if (permission_of(action.world, key.repo, action.actor) < Role::triage) continue;
    Issue next = *issue;
    next.state = OpenState::closed;
    next.state_reason = StateReason::completed;
    next.closed_at = next.updated_at = action.world.now;
    next.closed_by = user_or_stranger(action.world, action.actor)->login;
    save_issue(action, *issue, std::move(next), Cause::followed);
  }
}

}  // namespace pome::twin::github::model
