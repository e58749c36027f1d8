#include "core/base/json_scanner.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/judge/compact.h"

namespace pome::judge {
namespace {

using Token = JsonScanner::Token;

constexpr std::size_t kFirstCalls = 25;
constexpr std::size_t kLastCalls = 15;
constexpr std::size_t kMaxPath = 300;
constexpr std::size_t kMaxBody = 700;

bool is_call(const Json& row) {
  return row.is_object() && json::string_at(row, "kind").value_or("TwinHttpEvent") == "TwinHttpEvent" &&
         json::string_at(row, "twin").value_or("github") == "github";
}

void write_body(JsonWriter& writer, std::string_view name, const Json& body) {
  if (!body.is_null()) writer.raw_field(name, compact(body, kMaxBody));
}

std::string entry(const Json& row) {
  std::string out;
  JsonWriter writer(out);
  std::string call =
      text::cat(json::string_at(row, "method").value_or("?"), " ", json::string_at(row, "path").value_or("?"));
  if (const auto query = json::string_at(row, "query"); query && !query->empty()) text::append(call, "?", *query);
  writer.begin_object().field("call", cut(call, kMaxPath));
  writer.field("status", json::integer_at(row, "status").value_or(0));
  write_body(writer, "sent", json::at(row, "request_body"));
  write_body(writer, "received", json::at(row, "response_body"));
  writer.end_object();
  return out;
}

/// The rows as they stand, whatever is not a call left out.
std::vector<std::string_view> rows_of(std::string_view events) {
  std::vector<std::string_view> rows;
  JsonScanner scanner(events);
  if (text::trim_left(events).starts_with('[')) scanner.next();
  while (scanner.skip() == Token::begin_object) rows.push_back(scanner.raw());
  return rows;
}

}  // namespace

Digest calls(std::string_view events) {
  Digest digest;
  std::vector<std::string_view> rows;
  for (std::string_view raw : rows_of(events)) {
    const auto row = json::parse(raw);
    if (row && is_call(*row)) rows.push_back(raw);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i >= kFirstCalls && i + kLastCalls < rows.size()) {
      ++digest.left_out;
    } else if (const auto row = json::parse(rows[i])) {
      digest.entries.push_back(entry(*row));
    }
  }
  return digest;
}

}  // namespace pome::judge
