#include <utility>

#include "core/twin/github/rest/hook_listeners.h"
#include "core/twin/github/rest/shape_pull.h"
#include "core/twin/github/rest/shape_review.h"

/// What webhooks hear of pull requests beyond their issue half, of reviews and of comments on the diff.
namespace pome::twin::github::rest {

namespace {

void review_requests_changed(const Context& cause, const model::PullRequest& before, const model::PullRequest& after) {
  const auto person = [&](std::string action) {
    return [&cause, &after, action = std::move(action)](const std::string& login) {
      about_pull(cause, after, action, [&](JsonWriter& json, const Context& context) {
        write_user_or_null(json, context, "requested_reviewer", login);
      });
    };
  };
  const auto group = [&](std::string action) {
    return [&cause, &after, action = std::move(action)](const std::string& slug) {
      const model::TeamPtr team = model::find_owners_team(cause.world, after.repo, slug);
      if (!team) return;
      about_pull(cause, after, action, [&](JsonWriter& json, const Context& context) {
        json.key("requested_team");
        write_team(json, context, *team);
      });
    };
  };
  each_missing(after.requested_reviewers, before.requested_reviewers, person("review_requested"));
  each_missing(before.requested_reviewers, after.requested_reviewers, person("review_request_removed"));
  each_missing(after.requested_teams, before.requested_teams, group("review_requested"));
  each_missing(before.requested_teams, after.requested_teams, group("review_request_removed"));
}

void write_base_change(JsonWriter& json, const model::PullEnd& base) {
  json.key("changes").begin_object().key("base").begin_object();
  json.key("ref").begin_object().field("from", base.ref).end_object();
  json.key("sha").begin_object().field("from", base.sha.hex()).end_object();
  json.end_object().end_object();
}

void about_review(const Context& cause, const model::Review& review, const model::Review* before, std::string action) {
  const model::PullRequestPtr pull = model::find_pull_request(cause.world, review.repo, review.number);
  if (!pull) return;
  deliver(cause, review.repo, "pull_request_review", action, [&](JsonWriter& json, const Context& context) {
    if (before && action == "edited") write_changes(json, {{"body", before->body, review.body}});
    json.key("review");
    write_review(json, context, review, text::to_lower(model::review_state_name(review.state)));
    json.key("pull_request");
    write_pull_simple(json, context, *pull);
  });
}

void about_comment(const Context& cause, const model::ReviewComment& comment, const model::ReviewComment* before,
                   std::string action) {
  const model::PullRequestPtr pull = model::find_pull_request(cause.world, comment.repo, comment.number);
  if (!pull) return;
  deliver(cause, comment.repo, "pull_request_review_comment", std::move(action),
          [&](JsonWriter& json, const Context& context) {
            if (before) write_changes(json, {{"body", before->body, comment.body}});
            json.key("comment");
            write_review_comment(json, context, *pull, comment);
            json.key("pull_request");
            write_pull_simple(json, context, *pull);
          });
}

bool is_pending(const model::Review& review) { return review.state == model::ReviewState::pending; }

}  // namespace

void about_pull(const Context& cause, const model::PullRequest& pull, std::string action, PayloadMembers more) {
  deliver(cause, pull.repo, "pull_request", std::move(action), [&](JsonWriter& json, const Context& context) {
    json.field("number", pull.number).key("pull_request");
    write_pull(json, context, pull);
    more(json, context);
  });
}

void on_pull_request(const Context& cause, const Change& change) {
  const auto* before = model::before<model::PullRequest>(change);
  const auto* after = model::after<model::PullRequest>(change);
  if (!before || !after) return;  // its issue half tells of the opening
  if (before->draft != after->draft) {
    about_pull(cause, *after, after->draft ? "converted_to_draft" : "ready_for_review", nothing_more);
  }
  if (before->head.sha != after->head.sha) {
    about_pull(cause, *after, "synchronize", [&](JsonWriter& json, const Context&) {
      json.field("before", before->head.sha.hex()).field("after", after->head.sha.hex());
    });
  }
  if (before->base.ref != after->base.ref) {
    about_pull(cause, *after, "edited",
               [&](JsonWriter& json, const Context&) { write_base_change(json, before->base); });
  }
  review_requests_changed(cause, *before, *after);
}

/// A pending review is its author's alone; once it is submitted, its comments are told of, too.
void on_review(const Context& cause, const Change& change) {
  const auto* before = model::before<model::Review>(change);
  const auto* after = model::after<model::Review>(change);
  if (!after || is_pending(*after)) return;
  if (!before || is_pending(*before)) about_review(cause, *after, before, "submitted");
  if (!before) return;
  if (is_pending(*before)) {
    for (const auto& entry : model::rows_of(cause.world.review_comments, after->repo, after->number)) {
      if (entry.row->review == after->id) about_comment(cause, *entry.row, nullptr, "created");
    }
  } else if (after->state != before->state) {
    about_review(cause, *after, before, "dismissed");
  } else if (after->body != before->body) {
    about_review(cause, *after, before, "edited");
  }
}

void on_review_comment(const Context& cause, const Change& change) {
  const auto& comment = row_of<model::ReviewComment>(change);
  const auto* before = edited_from<model::ReviewComment>(change);
  const model::ReviewPtr review = model::find_review(cause.world, comment.repo, comment.number, comment.review);
  if (review && is_pending(*review)) return;
  if (before && before->body == comment.body) return;
  about_comment(cause, comment, before, plain_action(change));
}

}  // namespace pome::twin::github::rest
