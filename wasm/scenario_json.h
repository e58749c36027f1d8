#pragma once
#include <string>

#include "core/base/json_writer.h"
#include "core/scenario/scenario.h"

/// The engine's JSON forms of a parsed scenario and of diagnostics; wasm/package/src/types.ts describes them.
namespace pome::engine {

void write_scenario(JsonWriter& writer, const scenario::Scenario& scenario);
void write_diagnostics(JsonWriter& writer, const Diagnostics& diagnostics);

}  // namespace pome::engine
