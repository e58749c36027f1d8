#include "tests/unit/github_rest/twin.h"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <utility>

#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/twin/github/model/seed.h"
#include "tests/support/data.h"

namespace pome::test {

using twin::github::model::World;
using twin::github::rest::Call;
using twin::github::rest::Outcome;

namespace {

constexpr std::int64_t kNow = 1'900'000'000'000;

World load_world(std::string_view name) {
  auto seeded = twin::github::model::build_world(read_file(text::cat("tests/data/twin/seed/", name, ".json")));
  for (const Diagnostic& problem : seeded.diagnostics) {
    std::fprintf(stderr, "%s.json, line %zu: %s\n", std::string(name).c_str(), problem.line, problem.message.c_str());
  }
  if (!seeded.world) std::exit(1);
  return std::move(*seeded.world);
}

}  // namespace

const World& row_world(std::string_view name) {
  static std::map<std::string, World, std::less<>> worlds;
  const auto known = worlds.find(name);
  return known != worlds.end() ? known->second : worlds.emplace(std::string(name), load_world(name)).first->second;
}

std::vector<std::string> seed_names() {
  std::vector<std::string> names;
  for (const std::string& file : list_files("tests/data/twin/seed", ".json")) {
    const std::size_t start = file.rfind('/') + 1;
    names.push_back(file.substr(start, file.rfind('.') - start));
  }
  return names;
}

http::Request make_request(std::string_view line) {
  http::Request request;
  const std::size_t space = line.find(' ');
  request.method = std::string(line.substr(0, space));
  const std::string_view target = line.substr(space + 1);
  const std::size_t question = target.find('?');
  request.path = std::string(target.substr(0, question));
  if (question != std::string_view::npos) request.query = std::string(target.substr(question + 1));
  return request;
}

http::Request request_of(const Json& row) {
  http::Request request = make_request(row.at("request").get<std::string>());
  if (row.contains("headers")) {
    for (const auto& [name, value] : row.at("headers").items()) request.headers.add(name, value.get<std::string>());
  }
  if (row.contains("body")) request.body = json::dump(row.at("body"));
  if (row.contains("text")) request.body = row.at("text").get<std::string>();
  return request;
}

std::string actor_of(const Json& row) { return row.value("as", std::string("alice")); }

Outcome Twin::send(const http::Request& request, std::string_view login) {
  Outcome outcome = twin::github::rest::dispatch(world, Call{.request = request,
                                                             .login = login,
                                                             .base_url = kBase,
                                                             .now_millis = kNow,
                                                             .calls_before = calls++,
                                                             .meter = meter});
  meter = outcome.meter;
  return outcome;
}

Outcome Twin::send(std::string_view line, std::string_view login, std::string body) {
  http::Request request = make_request(line);
  request.body = std::move(body);
  return send(request, login);
}

bool matches(const Json& expected, const Json& actual, std::string& where) {
  if (expected.is_string()) {
    const std::string wanted = text::replace_all(expected.get<std::string>(), "$base", kBase);
    return actual.is_string() && actual.get<std::string>() == wanted;
  }
  if (expected.is_object()) {
    if (!actual.is_object()) return false;
    for (const auto& [key, value] : expected.items()) {
      std::string inner = pointer::child(where, key);
      const auto member = actual.find(key);
      const bool absent = value.is_object() && value.contains("$absent");
      const bool fine = absent ? member == actual.end() : member != actual.end() && matches(value, *member, inner);
      if (fine) continue;
      where = inner;
      return false;
    }
    return true;
  }
  if (!expected.is_array()) return expected == actual;
  if (!actual.is_array() || actual.size() != expected.size()) return false;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    std::string inner = pointer::child(where, i);
    if (matches(expected[i], actual[i], inner)) continue;
    where = inner;
    return false;
  }
  return true;
}

}  // namespace pome::test
