#include "core/twin/github/rest/listing.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/twin/github/rest/errors.h"

namespace pome::twin::github::rest {

namespace {

std::size_t positive(std::optional<std::string_view> text, std::size_t fallback) {
  if (!text) return fallback;
  const std::optional<std::int64_t> number = text::to_integer(*text);
  return number && *number > 0 ? static_cast<std::size_t>(std::min<std::int64_t>(*number, 1'000'000'000)) : fallback;
}

/// The query with its `page` replaced; other parameters keep their place and spelling.
std::string with_page(std::string_view query, std::size_t page) {
  std::string out;
  for (const std::string_view pair : text::split(query, '&')) {
    if (pair.empty() || pair == "page" || pair.substr(0, 5) == "page=") continue;
    out.append(pair).push_back('&');
  }
  return text::cat(out, "page=", page);
}

/// The rows of the asked page as an array. Answers the page's `Link` header.
std::string write_rows(JsonWriter& json, const Context& context, std::size_t count,
                       FunctionRef<void(JsonWriter&, std::size_t)> write) {
  const Page page = page_of(context.query);
  const std::size_t first = std::min((page.number - 1) * page.size, count);
  const std::size_t last = std::min(first + page.size, count);
  json.out().reserve(512 + (last - first) * 1024);
  json.begin_array();
  for (std::size_t i = first; i < last; ++i) write(json, i);
  json.end_array();
  return link_header(context.call, page, count);
}

}  // namespace

Page page_of(const http::Query& query) {
  constexpr std::size_t kMost = 100;
  Page page;
  page.size = std::min(positive(query.get("per_page"), page.size), kMost);
  page.number = positive(query.get("page"), 1);
  return page;
}

std::string link_header(const Call& call, Page page, std::size_t total) {
  const std::size_t last = std::max<std::size_t>((total + page.size - 1) / page.size, 1);
  std::string out;
  const auto add = [&](std::string_view relation, std::size_t number) {
    if (!out.empty()) out += ", ";
    out += text::cat("<", call.base_url, call.request.path, "?", with_page(call.request.query, number), ">; rel=\"",
                     relation, "\"");
  };
  if (page.number > 1) add("prev", std::min(page.number - 1, last));
  if (page.number < last) {
    add("next", page.number + 1);
    add("last", last);
  }
  if (page.number > 1) add("first", 1);
  return out;
}

Reply list_page(const Context& context, std::size_t count, FunctionRef<void(JsonWriter&, std::size_t)> write) {
  Answer answer;
  JsonWriter json(answer.body);
  answer.link = write_rows(json, context, count, write);
  return answer;
}

std::string write_page(JsonWriter& json, const Context& context, std::string_view name, std::size_t count,
                       FunctionRef<void(JsonWriter&, std::size_t)> write) {
  json.key(name);
  return write_rows(json, context, count, write);
}

Reply wrapped_page(const Context& context, std::string_view name, std::size_t count,
                   FunctionRef<void(JsonWriter&, std::size_t)> write) {
  Answer answer;
  JsonWriter json(answer.body);
  json.begin_object().field("total_count", count);
  answer.link = write_page(json, context, name, count, write);
  json.end_object();
  return answer;
}

std::string_view choice(Context& context, std::string_view name, std::initializer_list<std::string_view> words,
                        std::string_view resource) {
  const std::optional<std::string_view> value = context.query.get(name);
  if (!value || value->empty()) return *words.begin();
  const auto found = std::find(words.begin(), words.end(), *value);
  if (found != words.end()) return *found;
  context.refuse(errors::invalid_value(resource, name, *value));
  return *words.begin();
}

std::string_view lenient_choice(const Context& context, std::string_view name,
                                std::initializer_list<std::string_view> words) {
  const std::optional<std::string_view> value = context.query.get(name);
  const auto found = value ? std::find(words.begin(), words.end(), *value) : words.end();
  return found == words.end() ? *words.begin() : *found;
}

std::optional<model::Time> instant(Context& context, std::string_view name, std::string_view resource) {
  const std::optional<std::string_view> value = context.query.get(name);
  if (!value || value->empty()) return std::nullopt;
  const std::optional<std::int64_t> time = time::parse_iso8601(*value);
  if (!time) context.refuse(errors::invalid_value(resource, name, *value));
  return time;
}

std::optional<bool> flag(const Context& context, std::string_view name) {
  const std::optional<std::string_view> value = context.query.get(name);
  if (value == "true" || value == "1") return true;
  if (value == "false" || value == "0") return false;
  return std::nullopt;
}

std::vector<std::string_view> comma_list(const Context& context, std::string_view name) {
  std::vector<std::string_view> out;
  const std::optional<std::string_view> value = context.query.get(name);
  if (!value) return out;
  for (const std::string_view part : text::split(*value, ',')) {
    const std::string_view trimmed = text::trim(part);
    if (!trimmed.empty()) out.push_back(trimmed);
  }
  return out;
}

}  // namespace pome::twin::github::rest
