#include <algorithm>
#include <utility>

#include "core/base/sort.h"
#include "core/base/time.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 2> kStates = {"open", "closed"};

constexpr Field kCreateMilestone[] = {required("title", Type::text_or_integer), one_of(optional("state"), kStates),
                                      nullable("description"), nullable("due_on")};
constexpr Field kUpdateMilestone[] = {optional("title", Type::text_or_integer), one_of(optional("state"), kStates),
                                      nullable("description"), nullable("due_on")};

Reply milestone_answer(const Context& context, int status, const model::Milestone& milestone) {
  Reply reply =
      json_answer(status, [&](JsonWriter& json) { write_milestone(json, context, *context.repository, milestone); });
  if (status == 200) reply.modified_at(milestone.updated_at);
  return reply;
}

/// The body as the model takes it. A due date that is no instant is noted as a refusal.
model::MilestoneInput milestone_input(Context& context) {
  const Input& body = context.body;
  model::MilestoneInput out;
  if (const auto title = body.text("title")) out.title = *title;
  if (const auto state = body.text("state")) out.state = model::open_state_from(*state);
  out.description = body.text_patch("description");
  if (body.sent("due_on")) out.due_on.emplace();
  const std::string due_on = body.text("due_on", "");
  if (!due_on.empty()) {
    const std::optional<std::int64_t> time = time::parse_iso8601(due_on);
    if (!time) context.refuse(errors::invalid_value("Milestone", "due_on", due_on));
    out.due_on.emplace(time);
  }
  return out;
}

double completeness(const Context& context, const model::Milestone& milestone) {
  const model::MilestoneTally tally = model::tally_of(context.world, milestone);
  const model::Id all = tally.open + tally.closed;
  return all == 0 ? 0.0 : static_cast<double>(tally.closed) / static_cast<double>(all);
}

/// True when `a` comes first. Milestones without a due date come after those with one.
bool earlier(const model::Milestone& a, const model::Milestone& b) {
  if (a.due_on.has_value() != b.due_on.has_value()) return a.due_on.has_value();
  return a.due_on < b.due_on;
}

Reply list_milestones(Context& context) {
  const std::string_view state = lenient_choice(context, "state", {"open", "closed", "all"});
  const std::string_view sort = lenient_choice(context, "sort", {"due_on", "completeness"});
  const bool descending = lenient_choice(context, "direction", {"asc", "desc"}) == "desc";
  std::vector<model::MilestonePtr> rows = model::milestones_of(context.world, context.repository->id);
  if (state != "all") {
    std::erase_if(rows, [&](const auto& row) { return model::state_name(row->state) != state; });
  }
  sort_stably(rows, [&](const model::MilestonePtr& a, const model::MilestonePtr& b) {
    const model::Milestone& first = descending ? *b : *a;
    const model::Milestone& second = descending ? *a : *b;
    return sort == "completeness" ? completeness(context, first) < completeness(context, second)
                                  : earlier(first, second);
  });
  return list_answer(context, rows, [&](JsonWriter& json, const model::MilestonePtr& row) {
    write_milestone(json, context, *context.repository, *row);
  });
}

Reply get_milestone(Context& context) {
  const auto number = context.number(2);
  const auto milestone = number ? model::find_milestone(context.world, context.repository->id, *number) : nullptr;
  if (!milestone) return errors::not_found();
  return milestone_answer(context, 200, *milestone);
}

Reply create_milestone(Context& context) {
  const auto created = model::create_milestone(context.action, context.repository->id, milestone_input(context));
  if (!created) return created.refusal();
  Reply reply = milestone_answer(context, 201, **created);
  reply.location(text::cat(api_url(context, *context.repository), "/milestones/", (*created)->number));
  return reply;
}

Reply update_milestone(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto updated =
      model::update_milestone(context.action, context.repository->id, *number, milestone_input(context));
  if (!updated) return updated.refusal();
  return milestone_answer(context, 200, **updated);
}

Reply delete_milestone(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto refusal = model::delete_milestone(context.action, context.repository->id, *number);
  return no_content_unless(refusal);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/milestones",
     .operation = "issues/list-milestones",
     .docs = "issues/milestones#list-milestones",
     .tools = {"list_milestones"},
     .handle = list_milestones},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/milestones",
     .operation = "issues/create-milestone",
     .docs = "issues/milestones#create-a-milestone",
     .tools = {"create_milestone"},
     .body = {kCreateMilestone},
     .handle = create_milestone},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/milestones/{milestone_number}",
     .operation = "issues/get-milestone",
     .docs = "issues/milestones#get-a-milestone",
     .handle = get_milestone},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}/milestones/{milestone_number}",
     .operation = "issues/update-milestone",
     .docs = "issues/milestones#update-a-milestone",
     .tools = {"update_milestone"},
     .body = {kUpdateMilestone},
     .handle = update_milestone},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/milestones/{milestone_number}",
     .operation = "issues/delete-milestone",
     .docs = "issues/milestones#delete-a-milestone",
     .tools = {"delete_milestone"},
     .handle = delete_milestone},
};

}  // namespace

std::span<const Route> milestone_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
