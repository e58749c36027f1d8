#include "core/eval/tape_reader.h"

#include <optional>
#include <string>
#include <utility>

#include "core/base/json_scanner.h"
#include "core/base/text.h"

namespace pome::eval {
namespace {

using Token = JsonScanner::Token;

/// One row as written, before it is known what kind it is.
struct Row {
  criteria::Call call;
  std::string kind;
  std::string twin;
  std::string event_id;
  std::string body_tool;  ///< request_body.tool, how older recordings note an MCP call
  std::int64_t dropped = 0;
};

Error bad_tape(const JsonScanner& scanner) {
  return fail("bad-evidence",
              text::cat("the tape is not an array or lines of JSON objects, near byte ", scanner.begin()), "events");
}

std::string string_value(JsonScanner& scanner) {
  return scanner.skip() == Token::string ? scanner.text() : std::string();
}

std::int64_t integer_value(JsonScanner& scanner) {
  return scanner.skip() == Token::number ? text::to_integer(scanner.raw()).value_or(0) : 0;
}

/// An array of strings; anything else is passed over.
void read_tools(JsonScanner& scanner, Row& row) {
  row.call.names_action = true;
  if (scanner.next() != Token::begin_array) return;
  for (Token token = scanner.skip(); token != Token::end_array && token != Token::error; token = scanner.skip()) {
    if (token == Token::string) row.call.tools.push_back(scanner.text());
  }
}

void read_body(std::string_view body, Row& row) {
  JsonScanner scanner(body);
  if (scanner.next() != Token::begin_object) return;
  while (scanner.next() == Token::key) {
    const bool wanted = scanner.text() == "tool";
    if (scanner.skip() == Token::string && wanted) row.body_tool = scanner.text();
  }
}

void read_member(const std::string& name, JsonScanner& scanner, Row& row) {
  criteria::Call& call = row.call;
  if (name == "request_id") {
    call.request_id = string_value(scanner);
  } else if (name == "event_id") {
    row.event_id = string_value(scanner);
  } else if (name == "method") {
    call.method = string_value(scanner);
  } else if (name == "path") {
    call.path = string_value(scanner);
  } else if (name == "operation") {
    call.operation = string_value(scanner);
    call.names_action = true;
  } else if (name == "tool") {
    std::string tool = string_value(scanner);
    if (tool.empty()) return;
    call.tools.push_back(std::move(tool));
    call.names_action = true;
  } else if (name == "tools") {
    JsonScanner::Token token = scanner.skip();
    if (token != Token::begin_array) return;
    JsonScanner list(scanner.raw());
    read_tools(list, row);
  } else if (name == "status") {
    call.status = integer_value(scanner);
  } else if (name == "fidelity") {
    call.unsupported = string_value(scanner) == "unsupported";
  } else if (name == "request_body") {
    if (scanner.skip() != Token::begin_object) return;
    call.body = scanner.raw();
    read_body(scanner.raw(), row);
  } else if (name == "state_mutation") {
    call.mutated = scanner.skip() == Token::literal && scanner.raw() == "true";
  } else if (name == "state_delta") {
    if (scanner.skip() == Token::begin_object) call.delta = scanner.raw();
  } else if (name == "kind") {
    row.kind = string_value(scanner);
  } else if (name == "twin") {
    row.twin = string_value(scanner);
  } else if (name == "dropped") {
    row.dropped = integer_value(scanner);
  } else {
    scanner.skip();
  }
}

void keep(Row row, criteria::Tape& tape) {
  if (row.kind == "TapeTruncatedEvent") tape.dropped += row.dropped > 0 ? static_cast<std::uint64_t>(row.dropped) : 1;
  if (!row.kind.empty() && row.kind != "TwinHttpEvent") return;
  if (!row.twin.empty() && row.twin != "github") return;
  if (row.call.request_id.empty()) row.call.request_id = std::move(row.event_id);
  if (!row.call.names_action && !row.body_tool.empty() && text::contains(row.call.path, "/mcp")) {
    row.call.tools.push_back(std::move(row.body_tool));
    row.call.names_action = true;
  }
  tape.calls.push_back(std::move(row.call));
}

}  // namespace

Result<criteria::Tape> read_tape(std::string_view text) {
  criteria::Tape tape;
  if (!text::is_valid_utf8(text)) return fail("bad-evidence", "the tape is not valid UTF-8", "events");
  JsonScanner scanner(text);
  Token token = scanner.next();
  const bool array = token == Token::begin_array;
  if (array) token = scanner.next();
  for (; token == Token::begin_object; token = scanner.next()) {
    Row row;
    while (scanner.next() == Token::key) {
      const std::string name = scanner.text();
      read_member(name, scanner, row);
    }
    keep(std::move(row), tape);
  }
  if (array && token == Token::end_array) token = scanner.next();
  if (token != Token::end) return bad_tape(scanner);
  return tape;
}

}  // namespace pome::eval
