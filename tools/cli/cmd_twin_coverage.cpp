#include "tools/cli/cmd_twin_coverage.h"

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "core/base/json_writer.h"
#include "core/base/sort.h"
#include "core/twin/github/rest/api.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"

namespace pome::cli {
namespace {

using twin::github::rest::OperationInfo;

void print_json(const std::vector<OperationInfo>& rows) {
  std::string out;
  JsonWriter json(out, 1);
  json.begin_object().field("twin", "github").field("count", rows.size()).key("operations").begin_array();
  for (const OperationInfo& row : rows) {
    json.begin_object().field("operation", row.operation).field("method", row.method).field("path", row.path);
    json.end_object();
  }
  json.end_array().end_object();
  std::cout << out << "\n";
}

void print_table(const std::vector<OperationInfo>& rows) {
  std::size_t width = 0;
  for (const OperationInfo& row : rows) width = std::max(width, row.operation.size());
  for (const OperationInfo& row : rows) {
    std::cout << row.operation << std::string(width - row.operation.size() + 2, ' ') << row.method
              << std::string(7 - row.method.size(), ' ') << row.path << "\n";
  }
  std::cout << rows.size() << " operations; everything else answers 501 and marks the run\n";
}

}  // namespace

int twin_coverage_command(Args args) {
  bool as_json = false;
  CLI::App app("Lists the operations of GitHub's REST interface that the twin answers.", "pome twin coverage");
  app.add_flag("--json", as_json, "One JSON object instead of a table");
  if (auto code = parse_flags(app, args)) return *code;
  std::vector<OperationInfo> rows = twin::github::rest::operations();
  sort_stably(rows, [](const OperationInfo& a, const OperationInfo& b) { return a.operation < b.operation; });
  as_json ? print_json(rows) : print_table(rows);
  return kExitPassed;
}

}  // namespace pome::cli
