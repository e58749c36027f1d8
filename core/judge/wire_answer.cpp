#include <algorithm>
#include <array>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/judge/compact.h"
#include "core/judge/wire.h"

namespace pome::judge {
namespace {

constexpr std::size_t kMaxProviderMessage = 200;
constexpr std::array<std::string_view, 9> kTooLong = {
    "context_length_exceeded", "maximum context length", "prompt is too long",
    "context window",          "context size",           "maximum number of tokens",
    "too many tokens",         "maximum allowed tokens", "exceeds the context"};
constexpr std::array<std::string_view, 6> kForms = {"response_format", "temperature", "max_tokens",
                                                    "tool_choice",     "json_schema", "responseschema"};
constexpr std::array<std::string_view, 2> kBadKeys = {"api_key_invalid", "api key not valid"};

Error bad(std::string_view why) { return fail("bad-answer", text::cat("the judge gave no verdict: ", why)); }

template <std::size_t N>
bool mentions(std::string_view lower_body, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text::contains(lower_body, word); });
}

/// The first entry, or null.
const Json& first(const Json& list) { return list.is_array() && !list.empty() ? list[0] : json::at(list, ""); }

/// A model that stops for another reason has not said all it wanted.
Error unfinished(std::string_view reason) { return bad(text::cat("it stopped with \"", cut(reason, 40), "\"")); }

Result<Answer> read_openai(const Json& body) {
  const Json& choice = first(json::at(body, "choices"));
  const Json& message = json::at(choice, "message");
  if (!message.is_object()) return bad("the answer has no choices[0].message");
  if (const auto refusal = json::string_at(message, "refusal"); refusal && !refusal->empty()) {
    return bad("the model refused");
  }
  const std::string_view reason = json::string_at(choice, "finish_reason").value_or("stop");
  if (reason == "length" || reason == "content_filter") return unfinished(reason);
  Answer answer;
  answer.text = std::string(json::string_at(message, "content").value_or(""));
  const Json& usage = json::at(body, "usage");
  answer.tokens_in = json::integer_at(usage, "prompt_tokens");
  answer.tokens_out = json::integer_at(usage, "completion_tokens");
  return answer;
}

Result<Answer> read_anthropic(const Json& body) {
  const Json& content = json::at(body, "content");
  if (!content.is_array()) return bad("the answer has no content");
  const std::string_view reason = json::string_at(body, "stop_reason").value_or("end_turn");
  if (reason == "max_tokens" || reason == "refusal") return unfinished(reason);
  Answer answer;
  for (const Json& block : content) {
    if (json::string_at(block, "type") == "tool_use") {
      answer.text = json::dump(json::at(block, "input"));
      break;
    }
    if (json::string_at(block, "type") == "text") answer.text.append(json::string_at(block, "text").value_or(""));
  }
  const Json& usage = json::at(body, "usage");
  answer.tokens_in = json::integer_at(usage, "input_tokens");
  answer.tokens_out = json::integer_at(usage, "output_tokens");
  return answer;
}

Result<Answer> read_gemini(const Json& body) {
  const Json& candidate = first(json::at(body, "candidates"));
  const Json& parts = json::at(json::at(candidate, "content"), "parts");
  const std::string_view reason = json::string_at(candidate, "finishReason").value_or("STOP");
  if (candidate.is_object() && reason != "STOP") return unfinished(reason);
  if (!parts.is_array()) return bad("the answer has no candidates[0].content.parts");
  Answer answer;
  for (const Json& part : parts) {
    if (!json::bool_at(part, "thought").value_or(false)) {
      answer.text.append(json::string_at(part, "text").value_or(""));
    }
  }
  const Json& usage = json::at(body, "usageMetadata");
  answer.tokens_in = json::integer_at(usage, "promptTokenCount");
  answer.tokens_out = json::integer_at(usage, "candidatesTokenCount");
  if (answer.tokens_out) *answer.tokens_out += json::integer_at(usage, "thoughtsTokenCount").value_or(0);
  return answer;
}

/// Token counts are sums in the report; a figure that cannot be one is no figure.
void keep_sane(std::optional<std::int64_t>& tokens) {
  constexpr std::int64_t kMost = 1'000'000'000;
  if (tokens && (*tokens < 0 || *tokens > kMost)) tokens.reset();
}

}  // namespace

Result<Answer> read_answer(Format format, std::string_view body) {
  const auto parsed = json::parse(body);
  if (!parsed || !parsed->is_object()) return bad("the answer is not a JSON object");
  auto answer = format == Format::openai      ? read_openai(*parsed)
                : format == Format::anthropic ? read_anthropic(*parsed)
                                              : read_gemini(*parsed);
  if (!answer) return answer;
  keep_sane(answer->tokens_in);
  keep_sane(answer->tokens_out);
  return answer;
}

Refusal refusal_of(int status, std::string_view body) {
  const std::string words = text::to_lower(body.substr(0, 4096));
  if (status == 401 || status == 403) return Refusal::key;
  if (status == 413) return Refusal::too_long;
  if (status == 429) return Refusal::rate;
  if (status >= 500) return Refusal::unavailable;
  if (status != 400 && status != 422) return Refusal::other;
  if (mentions(words, kBadKeys)) return Refusal::key;
  if (mentions(words, kTooLong)) return Refusal::too_long;
  return mentions(words, kForms) ? Refusal::form : Refusal::other;
}

std::string provider_message(std::string_view body) {
  const auto parsed = json::parse(body);
  if (!parsed) return {};
  const Json& answer = parsed->is_array() ? first(*parsed) : *parsed;  // Gemini's errors may come in a list
  const auto nested = json::string_at(json::at(answer, "error"), "message");
  const auto plain = nested ? nested : json::string_at(answer, "error");
  std::string message(plain ? *plain : json::string_at(answer, "message").value_or(""));
  for (char& c : message) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
  }
  return cut(text::trim(message), kMaxProviderMessage);
}

}  // namespace pome::judge
