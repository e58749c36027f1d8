#include "core/twin/github/rest/shape_check.h"

#include "core/base/time.h"
#include "core/twin/github/model/app.h"
#include "core/twin/github/rest/listing.h"

namespace pome::twin::github::rest {

namespace {

/// integration. An app other than GitHub's own belongs to the owner of the repository.
void write_app(JsonWriter& json, const Context& context, std::string_view slug) {
  const model::App app = model::app_of(slug);
  json.key("app").begin_object().field("id", app.id).field("slug", app.slug);
  json.field("node_id", model::node_id("A", 0, app.id)).key("owner");
  write_user(json, context, slug == model::kActionsApp ? std::string_view("github") : context.repository->owner);
  json.field("name", app.name).field("description", "");
  link(json, "external_url", kWeb, "/apps/", encoded_segment(app.slug));
  link(json, "html_url", kWeb, "/apps/", encoded_segment(app.slug));
  write_time(json, "created_at", context.world.epoch);
  write_time(json, "updated_at", context.world.epoch);
  json.raw_field("permissions", R"({"checks":"write","contents":"read","metadata":"read"})");
  json.raw_field("events", R"(["check_run","check_suite"])").end_object();
}

void write_minimal_end(JsonWriter& json, const Context& context, std::string_view name, const model::PullEnd& end) {
  json.key(name).begin_object().field("ref", end.ref).field("sha", end.sha.hex());
  const model::Repository* repository = context.world.repositories_by_id.find(end.repo);
  json.key("repo").begin_object().field("id", end.repo);
  if (repository) link(json, "url", api_url(context, *repository));
  json.field("name", repository ? repository->name : std::string()).end_object().end_object();
}

/// pull-request-minimal of the open pull requests whose head is that commit.
void write_pulls_at(JsonWriter& json, const Context& context, const git::ObjectId& commit) {
  json.key("pull_requests").begin_array();
  for (const auto& entry : model::rows_of(context.world.pulls, context.repo())) {
    const model::PullRequest& pull = *entry.row;
    const model::Issue* issue = context.world.issues.find(entry.key);
    if (!(pull.head.sha == commit) || !issue || issue->state != model::OpenState::open) continue;
    json.begin_object().field("id", pull.id).field("number", pull.number);
    link(json, "url", api_url(context, *context.repository), "/pulls/", pull.number);
    write_minimal_end(json, context, "head", pull.head);
    write_minimal_end(json, context, "base", pull.base);
    json.end_object();
  }
  json.end_array();
}

void write_conclusion(JsonWriter& json, std::optional<model::CheckConclusion> conclusion) {
  json.field("conclusion", conclusion ? std::optional(model::check_conclusion_name(*conclusion)) : std::nullopt);
}

void write_output(JsonWriter& json, std::string_view url, const model::CheckOutput& output) {
  json.key("output").begin_object().field("title", output.title).field("summary", output.summary);
  json.field("text", output.text).field("annotations_count", output.annotations.size());
  link(json, "annotations_url", url, "/annotations");
  json.end_object();
}

void write_person(JsonWriter& json, std::string_view name, const git::Signature& person) {
  json.key(name).begin_object().field("name", person.name).field("email", person.email).end_object();
}

/// simple-commit.
void write_head_commit(JsonWriter& json, const Context& context, const git::ObjectId& id) {
  const git::Commit* commit = context.world.objects.commit(id);
  json.key("head_commit");
  if (!commit) {
    json.null();
    return;
  }
  json.begin_object().field("id", id.hex()).field("tree_id", commit->tree.hex());
  json.field("message", text::trim_right(commit->message));
  write_time(json, "timestamp", commit->committer.time);
  write_person(json, "author", commit->author);
  write_person(json, "committer", commit->committer);
  json.end_object();
}

}  // namespace

void write_check_run(JsonWriter& json, const Context& context, const model::CheckRun& run) {
  const std::string url = text::cat(api_url(context, *context.repository), "/check-runs/", run.id);
  const std::string page = text::cat(web_url(*context.repository), "/runs/", run.id);
  const model::CheckSuitePtr suite = model::find_check_suite(context.world, run.repo, run.suite);
  json.begin_object().field("id", run.id).field("name", run.name);
  json.field("node_id", model::node_id("CR", run.repo, run.id)).field("head_sha", run.commit.hex());
  json.field("external_id", run.external_id.value_or(""));
  link(json, "url", url);
  link(json, "html_url", page);
  json.field("details_url", run.details_url.value_or(page));
  json.field("status", model::check_status_name(run.status));
  write_conclusion(json, run.conclusion);
  write_time(json, "started_at", run.started_at);
  write_time(json, "completed_at", run.completed_at);
  write_output(json, url, run.output);
  json.key("check_suite").begin_object().field("id", run.suite).end_object();
  write_app(json, context, suite ? std::string_view(suite->app) : model::kActionsApp);
  write_pulls_at(json, context, run.commit);
  json.end_object();
}

void write_check_suite(JsonWriter& json, const Context& context, const model::CheckSuite& suite) {
  const std::string url = text::cat(api_url(context, *context.repository), "/check-suites/", suite.id);
  std::vector<model::CheckRunPtr> runs = model::check_runs_in(context.world, suite);
  model::keep_latest(runs);
  const model::SuiteVerdict verdict = model::verdict_of(runs);
  const git::Commit* commit = context.world.objects.commit(suite.commit);
  json.begin_object().field("id", suite.id).field("node_id", model::node_id("CS", suite.repo, suite.id));
  json.field("head_branch",
             suite.head_branch.empty() ? std::nullopt : std::optional<std::string_view>(suite.head_branch));
  json.field("head_sha", suite.commit.hex()).field("status", model::check_status_name(verdict.status));
  write_conclusion(json, verdict.conclusion);
  link(json, "url", url);
  json.field("before", commit && !commit->parents.empty() ? commit->parents.front().hex() : git::ObjectId().hex());
  json.field("after", suite.commit.hex());
  write_pulls_at(json, context, suite.commit);
  write_app(json, context, suite.app);
  write_time(json, "created_at", suite.created_at);
  write_time(json, "updated_at", suite.updated_at);
  json.field("rerequestable", true).field("runs_rerequestable", false);
  json.field("latest_check_runs_count", runs.size());
  link(json, "check_runs_url", url, "/check-runs");
  write_head_commit(json, context, suite.commit);
  json.key("repository");
  write_repository(json, context, *context.repository, Detail::minimal);
  json.end_object();
}

void filter_check_runs(const Context& context, std::vector<model::CheckRunPtr>& runs) {
  if (lenient_choice(context, "filter", {"latest", "all"}) == "latest") model::keep_latest(runs);
  const std::optional<std::string_view> name = context.query.get("check_name");
  const std::string_view status = lenient_choice(context, "status", {"", "queued", "in_progress", "completed"});
  std::erase_if(runs, [&](const model::CheckRunPtr& run) {
    return (name && run->name != *name) || (!status.empty() && model::check_status_name(run->status) != status);
  });
}

Reply check_runs_answer(const Context& context, const std::vector<model::CheckRunPtr>& runs) {
  return wrapped_page(context, "check_runs", runs.size(),
                      [&](JsonWriter& json, std::size_t i) { write_check_run(json, context, *runs[i]); });
}

}  // namespace pome::twin::github::rest
