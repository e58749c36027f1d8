#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/eval/evaluate.h"

/// What reports are made of: finished runs as values. Everything in them is redacted already.
namespace pome::report {

/// The documents of a stored run as they stand, where there are any.
struct Documents {
  std::optional<std::string> meta;  ///< JSON object, `spec_version` 1
  std::optional<std::string> scenario;
  std::optional<std::string> seed;  ///< the scenario's sidecar
  std::optional<std::string> score;
  std::optional<std::string> judge;  ///< what a judge found for its lines
  std::optional<std::string> state_initial;
  std::optional<std::string> state_final;
  std::optional<std::string> events;  ///< NDJSON; an empty text is a tape without calls

  bool operator==(const Documents&) const = default;
};

/// The file each document is in, in a run's folder and in a bundle.
struct DocumentFile {
  std::string_view name;
  std::optional<std::string> Documents::*content;
};
inline constexpr std::array<DocumentFile, 8> kDocumentFiles = {{
    {"meta.json", &Documents::meta},
    {"scenario.md", &Documents::scenario},
    {"scenario.seed.json", &Documents::seed},
    {"score.json", &Documents::score},
    {"judge.json", &Documents::judge},
    {"state_initial.json", &Documents::state_initial},
    {"state_final.json", &Documents::state_final},
    {"events.jsonl", &Documents::events},
}};

/// A call of the tape.
struct Call {
  std::string request_id;
  std::string method;
  std::string path;  ///< without the session's mount
  std::int64_t status = 0;
};

struct Run {
  std::string file;  ///< the scenario's, as the user named it
  std::string slug;
  std::string title;
  std::optional<eval::Report> report;
  std::string problem;  ///< why there is no report
  std::string run_id;
  std::string mode;
  std::string started_at;  ///< ISO 8601; empty when unknown
  std::optional<std::int64_t> duration_ms;
  std::string agent;
  std::string agent_model;
  std::string agent_summary;
  std::vector<Call> calls;  ///< those that the results name
  Documents documents;      ///< only the HTML page takes them along
};

/// A document as functions take it that know an absent one as an empty text.
std::string_view text_of(const std::optional<std::string>& document);
/// The tape as eval::evaluate() takes it: "[]" when no call was made, empty when there is none.
std::string_view tape_of(const Documents& documents);

/// Scores a stored run again. Fails with `bad-run` when a document is missing, broken or of a version from the future.
Result<eval::Report> rescore(const Documents& documents);

/// A stored run as reports take it: what meta.json says, the score, the calls. A run that ended before its agent was
/// scored has a `problem`. Fails as rescore() does.
Result<Run> run_of(Documents documents);

/// A Run from a score that is there already.
Result<Run> run_of(Documents documents, eval::Report report);

}  // namespace pome::report
