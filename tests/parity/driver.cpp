#include <iostream>
#include <string>

#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "wasm/engine.h"

// Runs the engine's functions natively: one JSON object a line in, {"op", "input"}, one answer a line out, the
// envelope as a JSON string. tests/e2e/parity.test.mjs feeds the same lines to the WebAssembly module and compares.
// Twin operations carry "handle"; clock and random bytes are fixed, and no compared document contains either.
namespace {

class FixedEnvironment final : public pome::Environment {
 public:
  std::int64_t now_millis() override { return 1767225600000; }
  std::int64_t monotonic_micros() override { return 0; }
  std::string random_bytes(std::size_t count) override { return std::string(count, '\x2a'); }
};

std::string answer(pome::engine::Twins& twins, const pome::Json& line) {
  const std::string op(pome::json::string_at(line, "op").value_or(""));
  const std::string input(pome::json::string_at(line, "input").value_or(""));
  const int handle = static_cast<int>(pome::json::integer_at(line, "handle").value_or(0));
  if (op == "version") return pome::engine::version();
  if (op == "parse_scenario") return pome::engine::parse_scenario(input);
  if (op == "lint") return pome::engine::lint(input);
  if (op == "resolve_credentials") return pome::engine::resolve_credentials(input);
  if (op == "evaluate") return pome::engine::evaluate(input);
  if (op == "redact") return pome::engine::redact(input);
  if (op == "twin_open") return twins.open(input);
  if (op == "twin_request") return twins.request(handle, input);
  if (op == "twin_export") return twins.export_document(handle, input);
  if (op == "twin_close") return twins.close(handle);
  return "unknown op " + op;
}

}  // namespace

int main() {
  FixedEnvironment environment;
  pome::engine::Twins twins(environment);
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto parsed = pome::json::parse(line);
    if (!parsed) {
      std::cerr << parsed.error().message << '\n';
      return 2;
    }
    std::string out;
    pome::append_json_string(out, answer(twins, *parsed));
    std::cout << out << '\n';
  }
  return 0;
}
