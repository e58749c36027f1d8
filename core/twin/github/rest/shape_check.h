#pragma once
#include "core/twin/github/model/check_run.h"
#include "core/twin/github/rest/shapes.h"

/// JSON of check runs and check suites.
namespace pome::twin::github::rest {

void write_check_run(JsonWriter& json, const Context& context, const model::CheckRun& run);
void write_check_suite(JsonWriter& json, const Context& context, const model::CheckSuite& suite);

/// The parameters that lists of check runs share: `check_name`, `status`, `filter`. Filters newest-first rows.
void filter_check_runs(const Context& context, std::vector<model::CheckRunPtr>& runs);
/// A page of check runs in their envelope.
Reply check_runs_answer(const Context& context, const std::vector<model::CheckRunPtr>& runs);

}  // namespace pome::twin::github::rest
