#include "core/twin/github/rest/records.h"

#include <algorithm>
#include <utility>

#include "core/base/encoding.h"
#include "core/base/text.h"
#include "core/twin/github/rest/date_range.h"

namespace pome::twin::github::rest {

namespace {

std::string cursor_of(std::int64_t id) { return encoding::base64url(text::cat("cursor:", id)); }

/// The row a cursor parameter names, or `count` when it names none.
std::size_t find_cursor(const Context& context, std::string_view parameter, std::size_t count,
                        FunctionRef<std::int64_t(std::size_t)> id) {
  const auto cursor = context.query.get(parameter);
  if (!cursor || cursor->empty()) return count;
  for (std::size_t i = 0; i < count; ++i) {
    if (cursor_of(id(i)) == *cursor) return i;
  }
  return count;
}

std::string cursor_link(const Context& context, std::string_view name, std::int64_t id, std::string_view relation) {
  std::string query;
  for (const std::string_view pair : text::split(context.call.request.query, '&')) {
    const std::string_view key = pair.substr(0, pair.find('='));
    if (!pair.empty() && key != "after" && key != "before") text::append(query, pair, "&");
  }
  return text::cat("<", context.call.base_url, context.call.request.path, "?", query, name, "=", cursor_of(id),
                   ">; rel=\"", relation, "\"");
}

}  // namespace

std::string Shown::text(std::string_view name, std::string_view otherwise) const {
  return facts().text(name, otherwise);
}

Shown show(model::RecordPtr row) {
  Result<Json> parsed = json::parse(row->facts);
  return {std::move(row), parsed ? std::move(parsed).value() : Json::object()};
}

std::vector<Shown> shown_records(const Context& context, model::RecordType type, model::Id scope) {
  std::vector<Shown> out;
  for (model::RecordPtr& row : model::records_of(context.world, type, scope)) out.push_back(show(std::move(row)));
  return out;
}

Reply cursor_page(const Context& context, std::size_t count, FunctionRef<std::int64_t(std::size_t)> id,
                  FunctionRef<void(JsonWriter&, std::size_t)> write) {
  const std::size_t size = page_of(context.query).size;
  const std::size_t after = find_cursor(context, "after", count, id);
  const std::size_t before = find_cursor(context, "before", count, id);
  std::size_t first = after == count ? 0 : after + 1;
  std::size_t last = std::min(first + size, count);
  if (before != count) {
    last = before;
    first = last > size ? last - size : 0;
  }
  std::string link;
  if (last < count && last > first) link = cursor_link(context, "after", id(last - 1), "next");
  if (first > 0 && last > first) {
    if (!link.empty()) link += ", ";
    link += cursor_link(context, "before", id(first), "prev");
  }
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    json.begin_array();
    for (std::size_t i = first; i < last; ++i) write(json, i);
    json.end_array();
  });
  reply.link(std::move(link));
  return reply;
}

bool excluded(const Context& context, std::string_view parameter, std::string_view value) {
  const std::vector<std::string_view> words = comma_list(context, parameter);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text::equals_ignore_case(word, value); });
}

bool listed(const Context& context, std::string_view parameter, std::string_view value) {
  return comma_list(context, parameter).empty() || excluded(context, parameter, value);
}

bool flag_fits(const Context& context, std::string_view parameter, bool value) {
  return flag(context, parameter).value_or(value) == value;
}

bool text_fits(const Context& context, std::string_view parameter, std::string_view value) {
  const auto wanted = context.query.get(parameter);
  return !wanted || wanted->empty() || text::equals_ignore_case(*wanted, value);
}

bool date_fits(const Context& context, std::string_view parameter, model::Time time) {
  const auto written = context.query.get(parameter);
  if (!written || written->empty()) return true;
  const std::optional<DateRange> range = parse_date_range(*written);
  return range && range->holds(time);
}

std::int64_t millionths(std::string_view decimal) {
  const std::size_t dot = decimal.find('.');
  const std::int64_t whole = text::to_integer(decimal.substr(0, dot)).value_or(0);
  std::string digits(dot == std::string_view::npos ? std::string_view() : decimal.substr(dot + 1));
  digits.resize(6, '0');
  return whole * 1'000'000 + text::to_integer(digits).value_or(0);
}

bool number_fits(const Context& context, std::string_view parameter, std::int64_t value) {
  const std::string_view filter = context.query.get(parameter).value_or(std::string_view());
  if (filter.empty()) return true;
  if (const std::size_t dots = filter.find(".."); dots != std::string_view::npos) {
    return millionths(filter.substr(0, dots)) <= value && value <= millionths(filter.substr(dots + 2));
  }
  const std::size_t start = filter.find_first_not_of("<>=");
  const std::string_view sign = filter.substr(0, start);
  const std::int64_t bound = millionths(filter.substr(sign.size()));
  if (sign == ">") return value > bound;
  if (sign == ">=") return value >= bound;
  if (sign == "<") return value < bound;
  if (sign == "<=") return value <= bound;
  return value == bound;
}

void text_or_null(JsonWriter& json, const Shown& shown, std::string_view name) {
  json.field(name, shown.facts().text(name));
}

void texts_member(JsonWriter& json, std::string_view name, const std::vector<std::string>& list) {
  json.key(name).begin_array();
  for (const std::string& item : list) json.value(item);
  json.end_array();
}

void people_member(JsonWriter& json, const Context& context, std::string_view name, const Shown& shown,
                   std::string_view fact) {
  json.key(name).begin_array();
  for (const std::string& login : shown.facts().texts(fact)) write_user(json, context, login);
  json.end_array();
}

void write_identifiers(JsonWriter& json, const Shown& shown) {
  json.key("identifiers").begin_array();
  json.begin_object().field("value", shown.text("ghsa_id")).field("type", "GHSA").end_object();
  if (const auto cve = shown.facts().text("cve_id")) {
    json.begin_object().field("value", *cve).field("type", "CVE").end_object();
  }
  json.end_array();
}

void write_cwes(JsonWriter& json, const Shown& shown) {
  json.key("cwes").begin_array();
  for (const std::string& id : shown.facts().texts("cwe_ids")) {
    json.begin_object().field("cwe_id", id).field("name", id).end_object();
  }
  json.end_array();
}

void write_scores(JsonWriter& json, const Shown& shown) {
  const std::string severity = shown.text("severity", "medium");
  std::string_view score = "0.0";
  if (severity == "low") score = "3.1";
  if (severity == "medium") score = "5.3";
  if (severity == "high") score = "7.5";
  if (severity == "critical") score = "9.8";
  json.key("cvss").begin_object().null_field("vector_string").raw_field("score", score).end_object();
  json.key("cvss_severities").begin_object();
  json.key("cvss_v3").begin_object().null_field("vector_string").raw_field("score", score).end_object();
  json.raw_field("cvss_v4", R"({"vector_string":null,"score":0.0})").end_object();
}

}  // namespace pome::twin::github::rest
