#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

/// Test data lives in files below tests/data and scenarios/, shared by every build (native, sanitizers, wasm).
namespace pome::test {

/// Content of a file given relative to the project's root. A missing file fails the whole program with a message.
std::string read_file(std::string_view relative_path);
/// Files directly inside a folder (relative to the root) that end in `suffix`, sorted by name. No file at all fails.
std::vector<std::string> list_files(std::string_view relative_folder, std::string_view suffix);
/// Parses a JSON data file; malformed data fails the whole program with a message.
Json read_json(std::string_view relative_path);

}  // namespace pome::test
