#include <utility>

#include "core/base/time.h"
#include "core/twin/github/model/app.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_check.h"

namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 3> kNewStatuses = {"queued", "in_progress", "completed"};
constexpr std::array<std::string_view, 6> kStatuses = {"queued",  "in_progress", "completed",
                                                       "waiting", "requested",   "pending"};
constexpr std::array<std::string_view, 8> kConclusions = {"action_required", "cancelled", "failure", "neutral",
                                                          "success",         "skipped",   "stale",   "timed_out"};
constexpr std::array<std::string_view, 3> kLevels = {"notice", "warning", "failure"};

constexpr Field kAnnotation[] = {
    required("path"),
    required("start_line", Type::integer),
    required("end_line", Type::integer),
    optional("start_column", Type::integer),
    optional("end_column", Type::integer),
    one_of(required("annotation_level"), kLevels),
    required("message"),
    optional("title"),
    optional("raw_details"),
};
constexpr Field kImage[] = {required("alt"), required("image_url"), optional("caption")};
constexpr Field kAction[] = {required("label"), required("description"), required("identifier")};
constexpr Field kNewOutput[] = {required("title"), required("summary"), optional("text"),
                                optional("annotations", Type::objects, kAnnotation),
                                optional("images", Type::objects, kImage)};
constexpr Field kOutput[] = {optional("title"), required("summary"), optional("text"),
                             optional("annotations", Type::objects, kAnnotation),
                             optional("images", Type::objects, kImage)};
constexpr Field kCreateRun[] = {
    required("name"),
    required("head_sha"),
    optional("details_url"),
    optional("external_id"),
    one_of(optional("status"), kNewStatuses),
    optional("started_at"),
    one_of(optional("conclusion"), kConclusions),
    optional("completed_at"),
    optional("output", Type::object, kNewOutput),
    optional("actions", Type::objects, kAction),
};
constexpr Field kUpdateRun[] = {
    optional("name"),
    optional("details_url"),
    optional("external_id"),
    optional("started_at"),
    one_of(optional("status"), kStatuses),
    one_of(optional("conclusion"), kConclusions),
    optional("completed_at"),
    optional("output", Type::object, kOutput),
    optional("actions", Type::objects, kAction),
};

/// A member of the body that is an instant; anything else is noted as a refusal.
std::optional<model::Time> body_instant(Context& context, std::string_view name) {
  const std::optional<std::string> written = context.body.text(name);
  if (!written) return std::nullopt;
  const std::optional<std::int64_t> time = time::parse_iso8601(*written);
  if (!time) context.refuse(errors::invalid_value("CheckRun", name, *written));
  return time;
}

model::CheckAnnotation read_annotation(const Input& input) {
  model::CheckAnnotation out;
  out.path = input.text("path", "");
  out.start_line = input.integer("start_line").value_or(1);
  out.end_line = input.integer("end_line").value_or(1);
  out.start_column = input.integer("start_column");
  out.end_column = input.integer("end_column");
  out.level = input.text("annotation_level", "");
  out.message = input.text("message", "");
  out.title = input.text("title");
  out.raw_details = input.text("raw_details");
  return out;
}

model::CheckOutput read_output(const Input& input) {
  model::CheckOutput out;
  out.title = input.text("title");
  out.summary = input.text("summary");
  out.text = input.text("text");
  for (const Input& entry : input.objects("annotations")) out.annotations.push_back(read_annotation(entry));
  for (const Input& entry : input.objects("images")) {
    out.images.push_back({entry.text("alt", ""), entry.text("image_url", ""), entry.text("caption", "")});
  }
  return out;
}

model::CheckInput read_run(Context& context) {
  const Input& body = context.body;
  model::CheckInput out;
  out.name = body.text("name");
  out.details_url = body.text("details_url");
  out.external_id = body.text("external_id");
  if (const auto word = body.text("status")) out.status = model::check_status_from(*word);
  if (const auto word = body.text("conclusion")) out.conclusion = model::check_conclusion_from(*word);
  out.started_at = body_instant(context, "started_at");
  out.completed_at = body_instant(context, "completed_at");
  if (body.sent("output")) out.output = read_output(body.object("output"));
  if (body.sent("actions")) {
    out.actions.emplace();
    for (const Input& entry : body.objects("actions")) {
      out.actions->push_back({entry.text("label", ""), entry.text("identifier", ""), entry.text("description", "")});
    }
  }
  return out;
}

Reply run_answer(const Context& context, int status, const model::CheckRun& run) {
  return json_answer(status, [&](JsonWriter& json) { write_check_run(json, context, run); });
}

/// The run the path names, or nullptr.
model::CheckRunPtr named_run(const Context& context) {
  const auto id = context.number(2);
  return id ? model::find_check_run(context.world, context.repo(), *id) : nullptr;
}

Reply create_run(Context& context) {
  const model::CheckInput input = read_run(context);
  const auto created =
      model::create_check_run(context.action, context.repo(), context.body.text("head_sha", ""), input);
  if (!created) return created.refusal();
  Reply reply = run_answer(context, 201, **created);
  reply.location(text::cat(api_url(context, *context.repository), "/check-runs/", (*created)->id));
  return reply;
}

Reply get_run(Context& context) {
  const model::CheckRunPtr run = named_run(context);
  if (!run) return errors::not_found();
  return run_answer(context, 200, *run);
}

Reply update_run(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto updated = model::update_check_run(context.action, context.repo(), *id, read_run(context));
  if (!updated) return updated.refusal();
  return run_answer(context, 200, **updated);
}

Reply list_annotations(Context& context) {
  const model::CheckRunPtr run = named_run(context);
  if (!run) return errors::not_found();
  return list_answer(context, run->output.annotations, [&](JsonWriter& json, const model::CheckAnnotation& row) {
    json.begin_object().field("path", row.path);
    link(json, "blob_href", web_url(*context.repository), "/blob/", run->commit.hex(), "/", encoded_path(row.path));
    json.field("start_line", row.start_line).field("start_column", row.start_column);
    json.field("end_line", row.end_line).field("end_column", row.end_column);
    json.field("annotation_level", row.level).field("title", row.title).field("message", row.message);
    json.field("raw_details", row.raw_details).end_object();
  });
}

Reply list_runs_for_ref(Context& context) {
  const auto commit = model::resolve_commit(context.world, context.repo(), context.path[2]);
  if (!commit) return *model::no_commit_for(context.path[2]);
  std::vector<model::CheckRunPtr> runs = model::check_runs_on(context.world, context.repo(), *commit);
  filter_check_runs(context, runs);
  if (const auto app = context.query.get("app_id")) {
    std::erase_if(runs, [&](const model::CheckRunPtr& run) {
      const model::CheckSuitePtr suite = model::find_check_suite(context.world, run->repo, run->suite);
      return !suite || model::app_of(suite->app).id != text::to_integer(*app);
    });
  }
  return check_runs_answer(context, runs);
}

constexpr Route kRoutes[] = {
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/check-runs",
     .operation = "checks/create",
     .docs = "reference/checks#create-a-check-run",
     .access = Access::push,
     .tools = {"create_check_run"},
     .body = {kCreateRun},
     .handle = create_run},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/check-runs/{check_run_id}",
     .operation = "checks/get",
     .docs = "checks/runs#get-a-check-run",
     .tools = {"get_check_run"},
     .handle = get_run},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}/check-runs/{check_run_id}",
     .operation = "checks/update",
     .docs = "checks/runs#update-a-check-run",
     .access = Access::push,
     .tools = {"update_check_run"},
     .body = {kUpdateRun},
     .handle = update_run},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/check-runs/{check_run_id}/annotations",
     .operation = "checks/list-annotations",
     .docs = "checks/runs#list-check-run-annotations",
     .handle = list_annotations},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/commits/{ref}/check-runs",
     .operation = "checks/list-for-ref",
     .docs = "checks/runs#list-check-runs-for-a-git-reference",
     .tools = {"pull_request_read", "list_check_runs_for_ref"},
     .handle = list_runs_for_ref},
};

}  // namespace

std::span<const Route> check_run_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
