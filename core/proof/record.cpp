#include "core/proof/record.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/http/message.h"

namespace pome::proof {
namespace {

constexpr std::int64_t kLeastId = 1'000'000;  // smaller numbers are those people use: they mean the same in each play
constexpr std::size_t kDigest = 40;

/// Values of earlier answers by their text, each with the placeholder that stands for it.
using Known = std::map<std::string, std::string>;

bool is_digest(std::string_view text) {
  if (text.size() != kDigest) return false;
  for (const char c : text) {
    if (!text::is_digit(c) && (c < 'a' || c > 'f')) return false;
  }
  return true;
}

/// The id or digest in a value as text; empty when it is neither.
std::string token_of(const Json& value) {
  if (value.is_string() && is_digest(value.get_ref<const std::string&>())) return value.get<std::string>();
  if (value.is_number_integer() && value.get<std::int64_t>() >= kLeastId) return json::dump(value);
  return {};
}

void remember(const Json& value, const std::string& path, Known& known) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) remember(member, text::cat(path, '.', name), known);
  } else if (const std::string token = token_of(value); !token.empty()) {
    known.emplace(token, text::cat("{{", path, "}}"));
  }
}

void refer(Json& value, const Known& known) {
  if (value.is_structured()) {
    for (Json& member : value) refer(member, known);
  } else if (const auto found = known.find(token_of(value)); found != known.end()) {
    value = found->second;
  }
}

/// A recorded path without the mount in front of it, its ids and digests as placeholders.
std::string target_of(std::string_view path, const Known& known) {
  constexpr std::string_view kMount = "/s/";
  if (path.starts_with(kMount)) path.remove_prefix(std::min(path.find('/', kMount.size()), path.size()));
  std::string out;
  for (const std::string_view segment : text::split(path.substr(std::min<std::size_t>(1, path.size())), '/')) {
    const auto found = known.find(std::string(segment));
    out += text::cat('/', found == known.end() ? segment : std::string_view(found->second));
  }
  return out;
}

bool is_kept(const Json& row) {
  const auto status = json::integer_at(row, "status").value_or(0);
  const auto method = json::string_at(row, "method");
  const auto kind = json::string_at(row, "kind").value_or("TwinHttpEvent");
  return kind == "TwinHttpEvent" && method && !http::is_safe(*method) && status >= 200 && status < 400;
}

Result<std::vector<Json>> rows_of(std::string_view events) {
  std::vector<Json> rows;
  if (text::trim(events).starts_with('[')) {
    POME_TRY(const Json all, json::parse(events));
    rows.assign(all.begin(), all.end());
    return rows;
  }
  for (const std::string_view line : text::lines(events)) {
    if (text::trim(line).empty()) continue;
    POME_TRY(Json row, json::parse(line));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Result<Solution> record(std::string_view events) {
  const Result<std::vector<Json>> rows = rows_of(events);
  if (!rows) return fail("bad-tape", text::cat("The tape is not JSON: ", rows.error().message, '.'));
  Solution solution;
  Known known;
  for (const Json& row : *rows) {
    if (!is_kept(row)) continue;
    if (solution.calls.size() == kMaxCalls)
      return fail("bad-tape", text::cat("A solution has at most ", kMaxCalls, " calls; this run wrote more often."));
    Call call;
    call.method = std::string(*json::string_at(row, "method"));
    call.path = target_of(json::string_at(row, "path").value_or(""), known);
    if (Json body = json::at(row, "request_body"); !body.is_null()) {
      refer(body, known);
      call.body = json::dump(body);
    }
    call.expect = json::integer_at(row, "status");
    solution.calls.push_back(std::move(call));
    remember(json::at(row, "response_body"), text::cat(solution.calls.size()), known);
  }
  return solution;
}

}  // namespace pome::proof
