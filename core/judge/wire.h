#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

/// The three ways a model is asked over HTTP, as values; sending is the caller's work.
namespace pome::judge {

enum class Format { openai, anthropic, gemini };
std::string_view format_name(Format format);  ///< "openai", "anthropic", "gemini"

/// How a body asks for its form. Some models and servers refuse a schema, a temperature or a limit; `plain` leaves out
/// what can be left out, the instructions ask for the same form all the same.
enum class Form { full, plain };

struct Ask {
  Format format = Format::openai;
  std::string_view model;
  std::string_view instructions;
  std::string_view question;
};

/// Below the endpoint's base URL: "/chat/completions", "/v1/messages", "/v1beta/models/<model>:generateContent".
std::string request_path(Format format, std::string_view model);
/// POST body; temperature 0, the verdict's JSON Schema where the protocol has a place for one.
std::string request_body(const Ask& ask, Form form);

/// What the model said, and what it cost as far as the endpoint tells.
struct Answer {
  std::string text;
  std::optional<std::int64_t> tokens_in;
  std::optional<std::int64_t> tokens_out;
};

/// Reads the body of a 200. Fails with `bad-answer` when it is not the protocol's, is cut off, or holds a refusal.
Result<Answer> read_answer(Format format, std::string_view body);

/// Why there is no answer, from the status and body of anything but a 200.
enum class Refusal {
  key,          ///< 401, 403, an invalid key: skipped
  too_long,     ///< the question does not fit the model: skipped
  form,         ///< a parameter is not supported: ask again plainly
  rate,         ///< 429: errored
  unavailable,  ///< 5xx: errored
  other,        ///< errored
};
Refusal refusal_of(int status, std::string_view body);

/// The endpoint's own words about an error, cut short, on one line; empty when there are none. Not redacted.
std::string provider_message(std::string_view body);

}  // namespace pome::judge
