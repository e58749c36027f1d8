#include "core/twin/github/model/seed_builder.h"

namespace pome::twin::github::model {

void seed_rate_limit(Seeding& seed, const Node& root) {
  if (!root.has("rate_limit")) return;
  const Node node = root.member("rate_limit");
  if (!node.is_object("limit remaining reset_after points_per_minute retry_after status")) return;
  RateRules rules;
  rules.enforced = true;
  rules.limit = node.positive("limit").value_or(rules.limit);
  rules.remaining = node.whole("remaining", 0).value_or(rules.limit);
  rules.window_seconds = node.positive("reset_after").value_or(rules.window_seconds);
  rules.points_per_minute = node.positive("points_per_minute").value_or(0);
  rules.retry_after = node.positive("retry_after").value_or(rules.retry_after);
  const Id status = node.positive("status").value_or(rules.status);
  if (status != 403 && status != 429) node.error_at("status", "bad-value", "GitHub refuses with 403 or 429.");
  if (rules.remaining > rules.limit) {
    node.error_at("remaining", "bad-value", "No more can remain than the limit grants.");
  }
  rules.status = static_cast<int>(status);
  seed.world.rate_rules = rules;
}

}  // namespace pome::twin::github::model
