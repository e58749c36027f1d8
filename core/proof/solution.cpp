#include "core/proof/solution.h"

#include <algorithm>
#include <array>

#include "core/base/json.h"
#include "core/base/json_scanner.h"
#include "core/base/json_writer.h"
#include "core/base/pointer.h"
#include "core/base/text.h"

namespace pome::proof {
namespace {

using Token = JsonScanner::Token;

constexpr std::array<std::string_view, 6> kMethods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
constexpr std::array<std::string_view, 6> kCallMembers = {"method", "path", "body", "headers", "as", "expect"};
constexpr std::array<std::string_view, 2> kSolutionMembers = {"version", "calls"};

/// Where the value at `pointer` starts in well-formed JSON; where its nearest parent starts when there is none.
std::size_t offset_of(std::string_view text, std::string_view pointer) {
  JsonScanner scanner(text);
  Token token = scanner.next();
  std::size_t offset = scanner.begin();
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view wanted = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(wanted.size());
    if (token == Token::begin_array) {
      for (std::int64_t i = text::to_integer(wanted).value_or(0); i > 0; --i) scanner.skip();
      token = scanner.next();
    } else if (token == Token::begin_object) {
      while ((token = scanner.next()) == Token::key && scanner.text() != wanted) scanner.skip();
      if (token != Token::key) return offset;
      token = scanner.next();
    } else {
      return offset;
    }
    offset = scanner.begin();
  }
  return offset;
}

/// Reads one document; knows where its problems stand.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Solution> read() {
    if (text_.size() > kMaxSolutionBytes)
      return fail("bad-solution", "A solution is at most 8 MiB long, so this file cannot be one.");
    Result<Json> document = json::parse(text_);
    if (!document) return fail("bad-solution", text::cat("This is not JSON: ", document.error().message, '.'));
    if (!document->is_object()) return problem("", "a solution is an object with `version` and `calls`");
    POME_CHECK(check_members(*document, kSolutionMembers, ""));
    if (json::integer_at(*document, "version") != 1)
      return problem("/version", "only version 1 is known: write \"version\": 1");
    const Json& calls = json::at(*document, "calls");
    if (!calls.is_array()) return problem("/calls", "`calls` has to be a list of calls");
    if (calls.size() > kMaxCalls)
      return problem("/calls", text::cat("a solution has at most ", kMaxCalls, " calls, this one has ", calls.size()));
    Solution solution;
    for (const Json& call : calls) {
      POME_TRY(Call one, read_call(call, text::cat("/calls/", solution.calls.size())));
      solution.calls.push_back(std::move(one));
    }
    return solution;
  }

 private:
  Error problem(const std::string& pointer, std::string_view what) const {
    const std::string_view before = text_.substr(0, offset_of(text_, pointer));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    return fail("bad-solution", text::cat("line ", line, ": ", what, '.'), pointer);
  }

  template <std::size_t N>
  Result<void> check_members(const Json& object, const std::array<std::string_view, N>& known,
                             const std::string& pointer) const {
    for (const auto& [key, value] : object.items()) {
      if (std::find(known.begin(), known.end(), key) == known.end())
        return problem(pointer::child(pointer, std::string_view(key)), text::cat("`", key, "` is not known here"));
    }
    return {};
  }

  Result<Call> read_call(const Json& value, const std::string& pointer) const {
    if (!value.is_object()) return problem(pointer, "a call is an object with `method` and `path`");
    POME_CHECK(check_members(value, kCallMembers, pointer));
    Call call;
    call.method = std::string(json::string_at(value, "method").value_or(""));
    if (std::find(kMethods.begin(), kMethods.end(), call.method) == kMethods.end())
      return problem(pointer + "/method", "`method` is one of GET, HEAD, POST, PUT, PATCH and DELETE");
    call.path = std::string(json::string_at(value, "path").value_or(""));
    if (!call.path.starts_with('/') || call.path.starts_with("/_pome/"))
      return problem(pointer + "/path", "`path` is a path of GitHub's API, such as \"/repos/acme/api/issues/1\"");
    if (const auto body = value.find("body"); body != value.end()) call.body = json::dump(*body);
    POME_CHECK(read_headers(json::at(value, "headers"), pointer + "/headers", call));
    POME_CHECK(read_who_and_what(value, pointer, call));
    return call;
  }

  Result<void> read_headers(const Json& headers, const std::string& pointer, Call& call) const {
    if (headers.is_null()) return {};
    if (!headers.is_object()) return problem(pointer, "`headers` is an object of texts");
    for (const auto& [name, value] : headers.items()) {
      const std::string place = pointer::child(pointer, std::string_view(name));
      if (!value.is_string()) return problem(place, "a header's value is a text");
      if (text::equals_ignore_case(name, "authorization"))
        return problem(place, "calls carry their own token: use \"as\" to call as somebody else");
      call.headers.emplace_back(name, value.get<std::string>());
    }
    return {};
  }

  Result<void> read_who_and_what(const Json& value, const std::string& pointer, Call& call) const {
    if (value.contains("as")) {
      call.as = std::string(json::string_at(value, "as").value_or(""));
      if (call.as.empty()) return problem(pointer + "/as", "`as` is the login of a user of the seed");
    }
    if (!value.contains("expect")) return {};
    call.expect = json::integer_at(value, "expect");
    if (!call.expect || *call.expect < 100 || *call.expect > 599)
      return problem(pointer + "/expect", "`expect` is the HTTP status that must come back, such as 201");
    return {};
  }

  std::string_view text_;
};

void write_call(JsonWriter& out, const Call& call) {
  out.begin_object().field("method", call.method).field("path", call.path);
  if (call.body) out.raw_field("body", *call.body);
  if (!call.headers.empty()) {
    out.key("headers").begin_object();
    for (const auto& [name, value] : call.headers) out.field(name, value);
    out.end_object();
  }
  if (!call.as.empty()) out.field("as", call.as);
  if (call.expect) out.field("expect", *call.expect);
  out.end_object();
}

}  // namespace

Result<Solution> read_solution(std::string_view text) { return Reader(text).read(); }

std::string solution_json(const Solution& solution) {
  std::string out = "{\n  \"version\": 1,\n  \"calls\": [";
  for (std::size_t i = 0; i < solution.calls.size(); ++i) {
    out += i == 0 ? "\n    " : ",\n    ";
    JsonWriter writer(out);
    write_call(writer, solution.calls[i]);
  }
  out += solution.calls.empty() ? "]\n}\n" : "\n  ]\n}\n";
  return out;
}

}  // namespace pome::proof
