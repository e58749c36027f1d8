#include "core/judge/verdict.h"

#include <array>
#include <cmath>
#include <optional>

#include "core/base/json.h"
#include "core/base/json_scanner.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"

namespace pome::judge {
namespace {

using Token = JsonScanner::Token;

constexpr std::array<std::string_view, 3> kStatuses = {"pass", "fail", "partial"};
constexpr std::array<std::string_view, 3> kMembers = {"status", "confidence", "reasoning"};

Error bad(std::string_view why) { return fail("bad-verdict", text::cat("the judge's answer is no verdict: ", why)); }

/// How many members the object has, the repeated ones counted each time.
std::size_t count_members(std::string_view object) {
  JsonScanner scanner(object);
  scanner.next();
  std::size_t count = 0;
  while (scanner.next() == Token::key) {
    ++count;
    scanner.skip();
  }
  return count;
}

std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
    if (!blank) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return std::string(text::trim(out));
}

std::optional<VerdictStatus> status_of(std::string_view name) {
  for (std::size_t i = 0; i < kStatuses.size(); ++i) {
    if (kStatuses[i] == name) return static_cast<VerdictStatus>(i);
  }
  return std::nullopt;
}

std::optional<std::int64_t> percent_of(const Json& value) {
  if (!value.is_number()) return std::nullopt;
  const auto number = value.get<double>();
  if (!(number >= 0 && number <= 1)) return std::nullopt;
  return static_cast<std::int64_t>(std::floor(number * 100 + 0.5));
}

}  // namespace

std::string_view status_name(VerdictStatus status) { return kStatuses[static_cast<std::size_t>(status)]; }

Result<Verdict> parse_verdict(std::string_view text) {
  const std::string_view trimmed = text::trim(text);
  if (trimmed.empty()) return bad("it is empty");
  const auto parsed = json::parse(trimmed);
  if (!parsed) return bad("it is not one JSON document");
  if (!parsed->is_object()) return bad("it is not a JSON object");
  for (std::string_view member : kMembers) {
    if (!parsed->contains(member)) return bad(text::cat("it has no \"", member, "\""));
  }
  if (count_members(trimmed) != kMembers.size())
    return bad("it has more members than status, confidence and reasoning");
  Verdict verdict;
  const auto status = status_of(json::string_at(*parsed, "status").value_or(""));
  if (!status) return bad("its status is not pass, fail or partial");
  verdict.status = *status;
  const auto confidence = percent_of(json::at(*parsed, "confidence"));
  if (!confidence) return bad("its confidence is not a number from 0 to 1");
  verdict.confidence = *confidence;
  const auto reasoning = json::string_at(*parsed, "reasoning");
  if (!reasoning) return bad("its reasoning is not a text");
  verdict.reasoning = std::string(text::truncate_utf8(on_one_line(*reasoning), kMaxReasoning));
  if (verdict.reasoning.empty()) return bad("it gives no reasoning");
  return verdict;
}

std::string to_json(const Verdict& verdict) {
  std::string out;
  JsonWriter writer(out);
  const std::string digits = text::cat(100 + verdict.confidence % 100).substr(1);
  writer.begin_object().field("status", status_name(verdict.status));
  writer.raw_field("confidence", text::cat(verdict.confidence / 100, ".", digits));
  writer.field("reasoning", verdict.reasoning).end_object();
  return out;
}

}  // namespace pome::judge
