#include "tests/support/data.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace pome::test {
namespace {

[[noreturn]] void stop(const std::string& message) {
  std::fprintf(stderr, "test data: %s\n", message.c_str());
  std::exit(1);
}

std::filesystem::path absolute(std::string_view relative) { return std::filesystem::path(POME_SOURCE_DIR) / relative; }

}  // namespace

std::string read_file(std::string_view relative_path) {
  std::ifstream file(absolute(relative_path), std::ios::binary);
  if (!file) stop("cannot read " + std::string(relative_path));
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

std::vector<std::string> list_files(std::string_view relative_folder, std::string_view suffix) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(absolute(relative_folder), error)) {
    const std::string name = entry.path().filename().string();
    if (name.size() >= suffix.size() && name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0) {
      names.push_back(std::string(relative_folder) + "/" + name);
    }
  }
  if (names.empty()) stop("no *" + std::string(suffix) + " in " + std::string(relative_folder));
  std::sort(names.begin(), names.end());
  return names;
}

Json read_json(std::string_view relative_path) {
  Result<Json> parsed = json::parse(read_file(relative_path));
  if (!parsed) stop(std::string(relative_path) + ": " + parsed.error().message);
  return std::move(parsed).value();
}

}  // namespace pome::test
