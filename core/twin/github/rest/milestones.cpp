#include <algorithm>
#include <utility>

#include "core/base/time.h"
#include "core/twin/github/rest/input.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 2> kStates = {"open", "closed"};

struct CreateMilestone {
  TextOrNumber title;
  std::optional<Choice<kStates>> state;
  Nullable<std::string> description;
  Nullable<std::string> due_on;

  static constexpr auto fields() {
    return std::tuple{required("title", &CreateMilestone::title), optional("state", &CreateMilestone::state),
                      optional("description", &CreateMilestone::description),
                      optional("due_on", &CreateMilestone::due_on)};
  }
};

struct UpdateMilestone {
  std::optional<TextOrNumber> title;
  std::optional<Choice<kStates>> state;
  Nullable<std::string> description;
  Nullable<std::string> due_on;

  static constexpr auto fields() {
    return std::tuple{optional("title", &UpdateMilestone::title), optional("state", &UpdateMilestone::state),
                      optional("description", &UpdateMilestone::description),
                      optional("due_on", &UpdateMilestone::due_on)};
  }
};

Answer milestone_answer(const Context& context, int status, const model::Milestone& milestone) {
  Answer answer =
      json_answer(status, [&](JsonWriter& json) { write_milestone(json, context, *context.repository, milestone); });
  if (status == 200) answer.modified_at = milestone.updated_at;
  return answer;
}

/// What both bodies share. Fails on a due date that is no instant.
template <class Input>
std::variant<model::MilestoneInput, ApiError> model_input(const Input& input) {
  model::MilestoneInput out;
  if (input.state) out.state = model::open_state_from(input.state->word);
  out.description = input.description.patch();
  if (input.due_on.present) out.due_on.emplace();
  if (input.due_on.value && !input.due_on.value->empty()) {
    const std::optional<std::int64_t> time = time::parse_iso8601(*input.due_on.value);
    if (!time) {
      return errors::validation_failed(errors::invalid("Milestone", "due_on", Json(*input.due_on.value)));
    }
    out.due_on.emplace(*time);
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
  std::stable_sort(rows.begin(), rows.end(), [&](const model::MilestonePtr& a, const model::MilestonePtr& b) {
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

Reply create_milestone(Context& context, const CreateMilestone& input) {
  auto fields = model_input(input);
  if (auto* error = std::get_if<ApiError>(&fields)) return std::move(*error);
  model::MilestoneInput& milestone = *std::get_if<model::MilestoneInput>(&fields);
  milestone.title = input.title.text;
  const auto created = model::create_milestone(context.action, context.repository->id, milestone);
  if (!created) return refused(created.refusal());
  Answer answer = milestone_answer(context, 201, **created);
  answer.location = text::cat(context.call.base_url, "/repos/", context.repository->owner, "/",
                              context.repository->name, "/milestones/", (*created)->number);
  return answer;
}

Reply update_milestone(Context& context, const UpdateMilestone& input) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  auto fields = model_input(input);
  if (auto* error = std::get_if<ApiError>(&fields)) return std::move(*error);
  model::MilestoneInput& patch = *std::get_if<model::MilestoneInput>(&fields);
  if (input.title) patch.title = input.title->text;
  const auto updated = model::update_milestone(context.action, context.repository->id, *number, patch);
  if (!updated) return refused(updated.refusal());
  return milestone_answer(context, 200, **updated);
}

Reply delete_milestone(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto refusal = model::delete_milestone(context.action, context.repository->id, *number);
  if (refusal) return refused(*refusal);
  return no_content();
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
     .handle = with_input<create_milestone>},
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
     .handle = with_input<update_milestone>},
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
