#pragma once
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// HTTP as plain values: a request is a struct, so everything that answers one runs in a test, a server and a browser
/// tab alike.
namespace pome::http {

struct Header {
  std::string name;  ///< as received or as it shall be sent; compared without case
  std::string value;

  bool operator==(const Header&) const = default;
};

class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> list) : list_(list) {}

  /// The first value of that name, or nothing.
  std::optional<std::string_view> get(std::string_view name) const;
  bool has(std::string_view name) const { return get(name).has_value(); }
  void add(std::string_view name, std::string_view value) { list_.push_back({std::string(name), std::string(value)}); }
  /// Replaces every header of that name.
  void set(std::string_view name, std::string_view value);
  void remove(std::string_view name);

  auto begin() const { return list_.begin(); }
  auto end() const { return list_.end(); }
  std::size_t size() const { return list_.size(); }
  void reserve(std::size_t count) { list_.reserve(count); }
  bool operator==(const Headers&) const = default;

 private:
  std::vector<Header> list_;
};

struct Request {
  std::string method;  ///< upper case: GET, POST, ...
  std::string path;    ///< percent-encoded as received, starts with "/", without query
  std::string query;   ///< after the "?", without it; may be empty
  Headers headers;
  std::string body;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
};

/// Decoded query parameters in order of appearance; a name may repeat. "+" means a space.
class Query {
 public:
  Query() = default;
  explicit Query(std::string_view encoded);
  std::optional<std::string_view> get(
      std::string_view name) const;  ///< the last value of that name, as GitHub takes it
  auto begin() const { return pairs_.begin(); }
  auto end() const { return pairs_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

/// The decoded segments of a path: "/a/b%20c" gives {"a", "b c"}. A trailing slash adds no segment.
std::vector<std::string> path_segments(std::string_view path);

std::string_view reason_phrase(int status);

/// A response with `content-type: application/json; charset=utf-8`.
Response json_response(int status, std::string body);

}  // namespace pome::http
