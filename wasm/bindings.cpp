#include <emscripten.h>
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstdint>
#include <string>

#include "wasm/engine.h"

/// The module's exports: wasm/engine.h with JavaScript's clock and random source behind it.
namespace {

// clang-format off
EM_JS(double, pome_now_millis, (), { return Date.now(); });
EM_JS(double, pome_now_micros, (), { return performance.now() * 1000; });
EM_JS(void, pome_random, (char* out, int count), { crypto.getRandomValues(HEAPU8.subarray(out, out + count)); });
// clang-format on

class JavaScriptEnvironment final : public pome::Environment {
 public:
  std::int64_t now_millis() override { return static_cast<std::int64_t>(pome_now_millis()); }
  std::int64_t monotonic_micros() override { return static_cast<std::int64_t>(pome_now_micros()); }
  std::string random_bytes(std::size_t count) override {
    std::string bytes(count, '\0');
    pome_random(bytes.data(), static_cast<int>(count));
    return bytes;
  }
};

pome::engine::Twins& twins() {
  static JavaScriptEnvironment environment;
  static pome::engine::Twins open_twins(environment);
  return open_twins;
}

std::string parse_scenario(const std::string& source) { return pome::engine::parse_scenario(source); }
std::string lint(const std::string& source) { return pome::engine::lint(source); }
std::string resolve_credentials(const std::string& inputs) { return pome::engine::resolve_credentials(inputs); }
std::string evaluate(const std::string& input) { return pome::engine::evaluate(input); }
std::string redact(const std::string& input) { return pome::engine::redact(input); }
std::string twin_open(const std::string& config) { return twins().open(config); }
std::string twin_export(int handle, const std::string& what) { return twins().export_document(handle, what); }
std::string twin_close(int handle) { return twins().close(handle); }

/// Bytes out as well as in: an answer need not be UTF-8.
emscripten::val twin_request(int handle, const std::string& flat) {
  const std::string answer = twins().request(handle, flat);
  const emscripten::val view(emscripten::typed_memory_view(answer.size(), answer.data()));
  return emscripten::val::global("Uint8Array").new_(view);
}

}  // namespace

EMSCRIPTEN_BINDINGS(pome) {
  using emscripten::function;
  function("version", &pome::engine::version);
  function("parse_scenario", &parse_scenario);
  function("lint", &lint);
  function("resolve_credentials", &resolve_credentials);
  function("evaluate", &evaluate);
  function("redact", &redact);
  function("twin_open", &twin_open);
  function("twin_request", &twin_request);
  function("twin_export", &twin_export);
  function("twin_close", &twin_close);
}
