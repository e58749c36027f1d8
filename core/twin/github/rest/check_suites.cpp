#include <algorithm>

#include "core/twin/github/model/app.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_check.h"

namespace pome::twin::github::rest {

namespace {

model::CheckSuitePtr named_suite(const Context& context) {
  const auto id = context.number(2);
  return id ? model::find_check_suite(context.world, context.repo(), *id) : nullptr;
}

Reply get_suite(Context& context) {
  const model::CheckSuitePtr suite = named_suite(context);
  if (!suite) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_check_suite(json, context, *suite); });
}

Reply list_runs_for_suite(Context& context) {
  const model::CheckSuitePtr suite = named_suite(context);
  if (!suite) return errors::not_found();
  std::vector<model::CheckRunPtr> runs = model::check_runs_in(context.world, *suite);
  filter_check_runs(context, runs);
  return check_runs_answer(context, runs);
}

bool has_run_named(const Context& context, const model::CheckSuite& suite, std::string_view name) {
  const std::vector<model::CheckRunPtr> runs = model::check_runs_in(context.world, suite);
  return std::any_of(runs.begin(), runs.end(), [&](const model::CheckRunPtr& run) { return run->name == name; });
}

Reply list_suites_for_ref(Context& context) {
  const auto commit = model::resolve_commit(context.world, context.repo(), context.path[2]);
  if (!commit) return *model::no_commit_for(context.path[2]);
  std::vector<model::CheckSuitePtr> suites = model::check_suites_on(context.world, context.repo(), *commit);
  const auto app = context.query.get("app_id");
  const auto name = context.query.get("check_name");
  std::erase_if(suites, [&](const model::CheckSuitePtr& suite) {
    return (app && model::app_of(suite->app).id != text::to_integer(*app)) ||
           (name && !has_run_named(context, *suite, *name));
  });
  return wrapped_page(context, "check_suites", suites.size(),
                      [&](JsonWriter& json, std::size_t i) { write_check_suite(json, context, *suites[i]); });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/check-suites/{check_suite_id}",
     .operation = "checks/get-suite",
     .docs = "checks/suites#get-a-check-suite",
     .handle = get_suite},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs",
     .operation = "checks/list-for-suite",
     .docs = "checks/runs#list-check-runs-in-a-check-suite",
     .handle = list_runs_for_suite},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/commits/{ref}/check-suites",
     .operation = "checks/list-suites-for-ref",
     .docs = "checks/suites#list-check-suites-for-a-git-reference",
     .handle = list_suites_for_ref},
};

}  // namespace

std::span<const Route> check_suite_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
