#include "core/twin/github/model/app.h"
#include "core/twin/github/model/row_writer.h"

/// Check runs and suites in the state export.
namespace pome::twin::github::model {
namespace {

void export_annotation(JsonWriter& out, const CheckAnnotation& row) {
  out.begin_object().field("path", row.path).field("start_line", row.start_line).field("end_line", row.end_line);
  out.field("start_column", row.start_column).field("end_column", row.end_column);
  out.field("annotation_level", row.level).field("title", row.title).field("message", row.message);
  out.field("raw_details", row.raw_details).end_object();
}

void export_extras(JsonWriter& out, const std::vector<CheckExtra>& list, std::string_view label,
                   std::string_view identifier, std::string_view description) {
  out.begin_array();
  for (const CheckExtra& extra : list) {
    out.begin_object().field(label, extra.label).field(identifier, extra.identifier);
    out.field(description, extra.description).end_object();
  }
  out.end_array();
}

}  // namespace

void export_check_runs(JsonWriter& out, const World& world, const Repository& repo) {
  for (const auto& entry : rows_of(world.check_runs, repo.id)) {
    const CheckRun& row = *entry.row;
    out.begin_object().field("id", row.id).field("repo_id", row.repo).field("head_sha", row.commit.hex());
    out.field("name", row.name).field("status", check_status_name(row.status));
    out.field("conclusion", row.conclusion ? std::optional(check_conclusion_name(*row.conclusion)) : std::nullopt);
    out.field("details_url", row.details_url).field("external_id", row.external_id);
    out.field("output_title", row.output.title).field("output_summary", row.output.summary);
    time_field(out, "started_at", row.started_at);
    time_field(out, "completed_at", row.completed_at);
    out.field("output_text", row.output.text).field("check_suite_id", row.suite);
    out.key("annotations").begin_array();
    for (const CheckAnnotation& annotation : row.output.annotations) export_annotation(out, annotation);
    out.end_array().key("images");
    export_extras(out, row.output.images, "alt", "image_url", "caption");
    out.key("actions");
    export_extras(out, row.actions, "label", "identifier", "description");
    out.end_object();
  }
}

void export_check_suites(JsonWriter& out, const World& world, const Repository& repo) {
  for (const auto& entry : rows_of(world.check_suites, repo.id)) {
    const CheckSuite& row = *entry.row;
    std::vector<CheckRunPtr> runs = check_runs_in(world, row);
    keep_latest(runs);
    const SuiteVerdict verdict = verdict_of(runs);
    out.begin_object().field("id", row.id).field("repo_id", row.repo).field("head_sha", row.commit.hex());
    out.field("head_branch", or_null(row.head_branch)).field("app_slug", row.app);
    out.field("status", check_status_name(verdict.status));
    out.field("conclusion",
              verdict.conclusion ? std::optional(check_conclusion_name(*verdict.conclusion)) : std::nullopt);
    times(out, row.created_at, row.updated_at);
    out.end_object();
  }
}

}  // namespace pome::twin::github::model
