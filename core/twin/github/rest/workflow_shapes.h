#pragma once
#include <string>
#include <string_view>

#include "core/git/object_store.h"
#include "core/twin/github/rest/shapes.h"

/// JSON of workflows, their runs, jobs and artifacts, all of the repository in the path.
namespace pome::twin::github::rest {

void write_workflow(JsonWriter& json, const Context& context, const model::Workflow& workflow);

/// The repository as runs show it, to be written once for a whole list.
std::string run_repository(const Context& context);
void write_workflow_run(JsonWriter& json, const Context& context, const model::WorkflowRun& run,
                        std::string_view repository_json, bool with_pulls);

void write_workflow_job(JsonWriter& json, const Context& context, const model::WorkflowRun& run,
                        const model::WorkflowJob& job);
void write_artifact(JsonWriter& json, const Context& context, const model::WorkflowRun& run,
                    const model::Artifact& artifact);

/// The files as a zip archive to download.
Reply zip_answer(const git::FileMap& files, model::Time time, std::string_view name);

/// The run a path parameter names, or nullptr.
model::WorkflowRunPtr run_at(const Context& context, std::size_t index);

}  // namespace pome::twin::github::rest
