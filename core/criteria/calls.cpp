#include "core/criteria/calls.h"

#include "core/base/text.h"

namespace pome::criteria {
namespace {

void add_text(const Json& value, std::vector<std::string>& out) {
  if (value.is_string()) {
    out.push_back(value.get<std::string>());
  } else if (value.is_array()) {
    for (const Json& entry : value) add_text(entry, out);
  } else if (value.is_object()) {
    for (const std::string_view name : {std::string_view("name"), std::string_view("login")}) {
      if (const auto text = json::string_at(value, name)) return out.emplace_back(*text), void();
    }
    out.push_back(json::dump(value));
  } else if (!value.is_null()) {
    out.push_back(json::dump(value));
  }
}

/// The member that a dotted path names, or null.
const Json& member_at(const Json& document, std::string_view path) {
  const Json* value = &document;
  for (const std::string_view part : text::split(path, '.')) value = &json::at(*value, part);
  return *value;
}

void add_query(std::string_view path, std::string_view name, std::vector<std::string>& out) {
  const std::size_t question = path.find('?');
  if (question == std::string_view::npos) return;
  for (const std::string_view pair : text::split(path.substr(question + 1), '&')) {
    const std::size_t equals = pair.find('=');
    if (text::percent_decode(pair.substr(0, equals), true) != name) continue;
    out.push_back(equals == std::string_view::npos ? "" : text::percent_decode(pair.substr(equals + 1), true));
  }
}

}  // namespace

Evidence evidence_of(const std::vector<const Call*>& calls, const Tape& tape) {
  if (calls.empty()) return Evidence::whole_tape(tape.calls.size());
  std::vector<std::string> ids;
  for (const Call* call : calls) ids.push_back(call->request_id);
  return Evidence::calls(std::move(ids));
}

std::string describe_all(const std::vector<const Call*>& calls) {
  std::vector<std::string> names;
  for (const Call* call : calls) names.push_back(describe(*call));
  return listing(names);
}

CallsOf calls_of(const Tape& tape, std::string_view tool) {
  CallsOf found;
  for (const Call& call : tape.calls) {
    if (is_call_of(call, tool)) {
      found.calls.push_back(&call);
    } else {
      found.blind = found.blind || (!call.names_action && !is_route_tool(tool));
    }
  }
  return found;
}

std::string_view hidden_calls(const Tape& tape, bool blind) {
  if (tape.dropped > 0) return "tape_truncated";
  return blind ? "tool_not_recorded" : "";
}

std::vector<std::string> arguments_of(const Call& call, std::string_view name) {
  std::vector<std::string> out;
  if (!call.body.empty()) {
    if (const Result<Json> body = json::parse(call.body)) {
      const Json& arguments = json::at(*body, "arguments");
      const bool tool = arguments.is_object() && body->contains("tool");
      add_text(member_at(tool ? arguments : *body, name), out);
    }
  }
  add_query(call.path, name, out);
  return out;
}

}  // namespace pome::criteria
