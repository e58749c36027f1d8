#pragma once
#include <string>

#include "core/report/run.h"

/// A stored run in which every standing of a criterion occurs, and hostile text in every place that others write to.
namespace pome::report::test {

inline const std::string kState =
    R"({"repositories":[{"full_name":"acme/api","labels":[{"name":"bug"}],"issues":[{"number":1,"state":"open","labels":[],"assignees":["alice"],"comments":[]}]}]})";

inline const std::string kTitle = "Triage ]]> <b>|\x1b[31m ::error:: & \"all\"";

inline Documents stored(std::string_view stop_reason = "agent_exit_0") {
  Documents documents;
  std::string meta =
      R"({"spec_version":1,"run_id":"run_1","scenario":"triage","title":"Triage","scenario_file":"s/a b,c:d.md",)"
      R"("mode":"self-host","started_at":"2026-01-02T03:04:05.678Z","duration_ms":1234,"stop_reason":")";
  meta += stop_reason;
  meta += R"(","agent":{"command":"node agent.mjs","source":"flag","model":"m"},"summary":"done </script> %0A"})";
  documents.meta = meta;
  documents.scenario =
      "# Triage\n\n## Prompt\n\nDo it.\n\n## Success Criteria\n\n"
      "- [D] Issue #1 in `acme/api` has the `bug` label\n"
      "- [D] Issue #1 in `acme/api` is assigned to `alice`\n"
      "- [code] Issue #1 in `acme/api` is assigned to `alice`\n"
      "- [D] The agent ]]> <script> was | `nice` ::error::\n"
      "- [P] The comment is kind\n";
  documents.state_initial = kState;
  documents.state_final = kState;
  documents.events = R"({"request_id":"req_1","method":"GET","path":"/s/abc/repos/acme/api/issues/1","status":200})"
                     "\n";
  return documents;
}

/// A run whose every text is hostile.
inline Run hostile_run() {
  Run run = run_of(stored()).value();
  run.title = run.report->title = kTitle;
  run.problem = kTitle;
  run.agent = run.agent_model = run.agent_summary = run.mode = run.run_id = run.started_at = kTitle;
  for (eval::CriterionResult& result : run.report->results) {
    result.criterion.text = result.reason = result.expected = result.found = "a\n::error::]]> | </script> \x01";
    result.state_pointers = {"/a|b<c>"};
    result.events = {"req_\n::error::"};
    result.last_touch = "req_1";
  }
  return run;
}

}  // namespace pome::report::test
