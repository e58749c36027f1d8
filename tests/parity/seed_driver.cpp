#include <iostream>
#include <string>

#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/twin/github/model/seed.h"

// The seed readers behind a pipe, for the comparison with the published schema (tests/e2e/seed-schema.test.mjs): one
// seed a line in, the list of its problems a line out.
int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto result = pome::twin::github::model::build_world(line);
    std::string out;
    pome::JsonWriter json(out);
    json.begin_array();
    for (const pome::Diagnostic& problem : result.diagnostics) {
      json.begin_object().field("code", problem.code).field("message", problem.message).field("hint", problem.hint);
      json.end_object();
    }
    json.end_array();
    std::cout << out << '\n';
  }
  return 0;
}
