#pragma once
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/base/result.h"

/// The answer format of the engine's functions.
namespace pome::engine {

std::string succeeded(std::string_view json_value);       ///< `json_value` is JSON text
std::string succeeded_text(std::string_view text_value);  ///< the value is a JSON string
std::string failed(const Error& error);

/// Runs `body`, which returns an envelope, and turns anything thrown into one. The engine's only catch-all: libraries
/// below may run out of memory or be misused, and a WebAssembly module must outlive that.
template <class Body>
std::string guarded(Body&& body) {
  try {
    return body();
  } catch (...) {
    return failed(fail("internal", "The engine could not finish this call; the input may be too large."));
  }
}

/// Parses the input of a function: an object, or `bad-input`.
Result<Json> input_object(std::string_view text);

}  // namespace pome::engine
