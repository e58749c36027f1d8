#include "core/base/text.h"
#include "core/git/landing.h"
#include "core/twin/github/model/merge_gate.h"

namespace pome::twin::github::model {
namespace {

/// Whether a report on the head is not what it should be.
bool is_unstable(const World& world, const PullRequest& pull) {
  const std::vector<CommitStatusPtr> statuses = latest_statuses(world, pull.repo, pull.head.sha);
  if (!statuses.empty() && combined_state(statuses) != StatusState::success) return true;
  std::vector<CheckRunPtr> runs = check_runs_on(world, pull.repo, pull.head.sha);
  keep_latest(runs);
  for (const CheckRunPtr& run : runs) {
    const bool fine = run->conclusion == CheckConclusion::success || run->conclusion == CheckConclusion::neutral ||
                      run->conclusion == CheckConclusion::skipped;
    if (!fine) return true;
  }
  return false;
}

}  // namespace

Mergeability mergeability_of(const World& world, const PullRequest& pull, bool methods) {
  Mergeability out;
  const Issue* issue = world.issues.find(pull.key());
  if (!issue || issue->state == OpenState::closed) return out;
  const git::ObjectId base = base_tip(world, pull);
  // Objects are shared, so working on a copy costs only what the test merge adds.
  git::ObjectStore scratch = world.objects;
  const git::Signature signature = signature_of(world, issue->author, issue->updated_at);
  const git::LandingPeople people{signature, web_signature(issue->updated_at)};
  const git::Landing merged = git::land_merge(scratch, base, pull.head.sha, people,
                                              text::cat("Merge ", pull.head.sha.hex(), " into ", base.hex()));
  out.mergeable = merged.tip.has_value();
  out.test_merge = merged.tip;
  if (!methods) return out;
  out.rebaseable = merged.tip && git::land_rebase(scratch, base, pull.head.sha, signature).tip.has_value();
  if (!merged.tip) {
    out.state = "dirty";
  } else if (pull.draft) {
    out.state = "draft";
  } else if (is_behind(world, pull)) {
    out.state = "behind";
  } else if (!merge_obstacle(world, pull, "").empty()) {
    out.state = "blocked";
  } else {
    out.state = is_unstable(world, pull) ? "unstable" : "clean";
  }
  return out;
}

}  // namespace pome::twin::github::model
