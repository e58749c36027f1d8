#pragma once
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// HTTP as plain values: a request is a struct, so everything that answers one runs in a test, a server and a browser
/// tab alike.
namespace pome::http {

/// One header as it is read and written; the views belong to whoever holds the text.
struct Header {
  std::string_view name;  ///< as received or as it shall be sent; compared without case
  std::string_view value;

  bool operator==(const Header&) const = default;
};

/// Headers in order. Their text lies in one buffer: a response has some thirty of them, and an allocation for each name
/// and value would cost more than answering. Views from `get` and iteration last until the next change.
class Headers {
 public:
  class Iterator {
   public:
    Iterator(const Headers& headers, std::size_t index) : headers_(&headers), index_(index) {}
    Header operator*() const { return headers_->at(index_); }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const Headers* headers_;
    std::size_t index_;
  };

  Headers() = default;
  Headers(std::initializer_list<Header> list);

  /// The first value of that name, or nothing.
  std::optional<std::string_view> get(std::string_view name) const;
  bool has(std::string_view name) const { return get(name).has_value(); }
  void add(std::string_view name, std::string_view value);
  /// Replaces every header of that name.
  void set(std::string_view name, std::string_view value);
  void remove(std::string_view name);

  Iterator begin() const { return Iterator(*this, 0); }
  Iterator end() const { return Iterator(*this, places_.size()); }
  std::size_t size() const { return places_.size(); }
  /// Makes room for `count` headers with `bytes` of text.
  void reserve(std::size_t count, std::size_t bytes);
  bool operator==(const Headers& other) const;

 private:
  struct Place {
    std::uint32_t begin;
    std::uint32_t name_size;
    std::uint32_t value_size;
  };
  Header at(std::size_t index) const;

  std::string text_;
  std::vector<Place> places_;
};

struct Request {
  std::string method;  ///< upper case: GET, POST, ...
  std::string path;    ///< percent-encoded as received, starts with "/", without query
  std::string query;   ///< after the "?", without it; may be empty
  Headers headers;
  std::string body;
};

/// Whether a request with this method only reads: GET, HEAD and OPTIONS (RFC 9110, section 9.2.1; TRACE is not served).
bool is_safe(std::string_view method);

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
