#pragma once
#include <string>
#include <vector>

#include "core/base/json_writer.h"
#include "core/base/result.h"
#include "core/trials/stats.h"
#include "core/trials/trial.h"

/// Several trials of one scenario as one document: `<artifacts-dir>/<slug>/<group id>.json`.
namespace pome::trials {

struct Group {
  std::string id;        ///< "grp_..."
  std::string scenario;  ///< slug
  std::string title;
  std::string scenario_file;
  std::string scenario_hash;  ///< SHA-256 of the Markdown file, hexadecimal
  std::string mode;           ///< "self-host" or "hosted"
  std::string agent_command;
  std::string agent_source;
  std::string agent_model;
  std::vector<Trial> trials;
};

/// One object: version, what was run, the trials, and their statistics under `stats`.
void write_group(JsonWriter& json, const Group& group);
/// The same as a document: indented, with a final newline.
std::string group_json(const Group& group);

/// Statistics are not read: they follow from the trials. Fails with `bad-group`.
Result<Group> read_group(std::string_view text);

}  // namespace pome::trials
