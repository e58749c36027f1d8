#include "wasm/envelope.h"

#include "core/base/json_writer.h"

namespace pome::engine {

std::string succeeded(std::string_view json_value) {
  std::string out = R"({"ok":true,"value":)";
  out.append(json_value);
  out.push_back('}');
  return out;
}

std::string succeeded_text(std::string_view text_value) {
  std::string value;
  append_json_string(value, text_value);
  return succeeded(value);
}

std::string failed(const Error& error) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().field("ok", false).key("error").begin_object();
  writer.field("code", error.code).field("message", error.message).field("where", error.where);
  writer.end_object().end_object();
  return out;
}

Result<Json> input_object(std::string_view text) {
  POME_TRY(Json input, json::parse(text));
  if (!input.is_object()) return fail("bad-input", "The input must be a JSON object.");
  return input;
}

}  // namespace pome::engine
