#pragma once
#include <string>

#include "core/base/json_writer.h"
#include "core/scenario/scenario.h"

namespace pome::scenario {

/// {"slug", "title", "prompt", "setup", "expected_behavior", "criteria": [{"id", "kind": "deterministic" | "judged",
/// "marker": "D" | "P" | "code" | "model", "text", "twin": string | null, "always_scored", "optional",
/// "group": index | null, "line", "column"}], "groups": [{"title", "weight"}], "tags": [string],
/// "config": {"twins", "timeout", "runs", "passThreshold", "judge": string | null, "class": string | null},
/// "seed": {"source": "sidecar" | "seed_state" | "setup" | "default", "line"}, "diagnostics": [...]}
void write_json(JsonWriter& writer, const Parsed& parsed);
std::string to_json(const Parsed& parsed, int indent = 0);

/// [{"severity": "error" | "warning" | "note", "line", "column", "length", "code", "message", "hint"}]
void write_json(JsonWriter& writer, const Diagnostics& diagnostics);

std::string_view severity_name(Severity severity);
std::string_view seed_source_name(SeedSource source);

}  // namespace pome::scenario
