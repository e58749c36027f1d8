#include "core/judge/wire.h"

#include <array>

#include "core/base/json_writer.h"
#include "core/base/text.h"

namespace pome::judge {
namespace {

constexpr std::array<std::string_view, 3> kFormats = {"openai", "anthropic", "gemini"};
constexpr std::int64_t kMaxAnswerTokens = 2048;

/// The verdict's form; Gemini's dialect of it knows no additionalProperties.
void write_schema(JsonWriter& writer, bool closed) {
  writer.begin_object().field("type", "object").key("properties").begin_object();
  writer.key("status").begin_object().field("type", "string").key("enum").begin_array();
  writer.value("pass").value("fail").value("partial").end_array().end_object();
  writer.key("confidence").begin_object().field("type", "number").end_object();
  writer.key("reasoning").begin_object().field("type", "string").end_object();
  writer.end_object().key("required").begin_array();
  writer.value("status").value("confidence").value("reasoning").end_array();
  if (closed) writer.field("additionalProperties", false);
  writer.end_object();
}

void write_message(JsonWriter& writer, std::string_view role, std::string_view content) {
  writer.begin_object().field("role", role).field("content", content).end_object();
}

void write_openai(JsonWriter& writer, const Ask& ask, Form form) {
  writer.begin_object().field("model", ask.model).key("messages").begin_array();
  write_message(writer, "system", ask.instructions);
  write_message(writer, "user", ask.question);
  writer.end_array();
  if (form == Form::full) {
    writer.field("temperature", 0).field("max_tokens", kMaxAnswerTokens);
    writer.key("response_format").begin_object().field("type", "json_schema").key("json_schema").begin_object();
    writer.field("name", "verdict").field("strict", true).key("schema");
    write_schema(writer, true);
    writer.end_object().end_object();
  }
  writer.end_object();
}

void write_anthropic(JsonWriter& writer, const Ask& ask, Form form) {
  writer.begin_object().field("model", ask.model).field("max_tokens", kMaxAnswerTokens);
  writer.field("system", ask.instructions).key("messages").begin_array();
  write_message(writer, "user", ask.question);
  writer.end_array();
  if (form == Form::full) {
    writer.field("temperature", 0).key("tools").begin_array().begin_object();
    writer.field("name", "verdict").field("description", "Records the verdict.").key("input_schema");
    write_schema(writer, true);
    writer.end_object().end_array();
    writer.key("tool_choice").begin_object().field("type", "tool").field("name", "verdict").end_object();
  }
  writer.end_object();
}

void write_parts(JsonWriter& writer, std::string_view text) {
  writer.key("parts").begin_array().begin_object().field("text", text).end_object().end_array();
}

void write_gemini(JsonWriter& writer, const Ask& ask, Form form) {
  writer.begin_object().key("systemInstruction").begin_object();
  write_parts(writer, ask.instructions);
  writer.end_object().key("contents").begin_array().begin_object().field("role", "user");
  write_parts(writer, ask.question);
  writer.end_object().end_array();
  if (form == Form::full) {
    writer.key("generationConfig").begin_object().field("temperature", 0).field("maxOutputTokens", kMaxAnswerTokens);
    writer.field("responseMimeType", "application/json").key("responseSchema");
    write_schema(writer, false);
    writer.end_object();
  }
  writer.end_object();
}

}  // namespace

std::string_view format_name(Format format) { return kFormats[static_cast<std::size_t>(format)]; }

std::string request_path(Format format, std::string_view model) {
  switch (format) {
    case Format::openai:
      return "/chat/completions";
    case Format::anthropic:
      return "/v1/messages";
    case Format::gemini:
      return text::cat("/v1beta/models/", text::percent_encode(model), ":generateContent");
  }
  return {};
}

std::string request_body(const Ask& ask, Form form) {
  std::string out;
  JsonWriter writer(out);
  switch (ask.format) {
    case Format::openai:
      write_openai(writer, ask, form);
      break;
    case Format::anthropic:
      write_anthropic(writer, ask, form);
      break;
    case Format::gemini:
      write_gemini(writer, ask, form);
      break;
  }
  return out;
}

}  // namespace pome::judge
