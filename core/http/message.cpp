#include "core/http/message.h"

#include <algorithm>

#include "core/base/text.h"

namespace pome::http {

Headers::Headers(std::initializer_list<Header> list) {
  for (const Header& header : list) add(header.name, header.value);
}

Header Headers::at(std::size_t index) const {
  const Place& place = places_[index];
  const std::string_view text = std::string_view(text_).substr(place.begin);
  return {text.substr(0, place.name_size), text.substr(place.name_size, place.value_size)};
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
  for (const Header header : *this) {
    if (text::equals_ignore_case(header.name, name)) return header.value;
  }
  return std::nullopt;
}

void Headers::add(std::string_view name, std::string_view value) {
  places_.push_back({static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(name.size()),
                     static_cast<std::uint32_t>(value.size())});
  text_.append(name).append(value);
}

void Headers::set(std::string_view name, std::string_view value) {
  remove(name);
  add(name, value);
}

void Headers::remove(std::string_view name) {
  std::erase_if(places_, [&](const Place& place) {
    return text::equals_ignore_case(std::string_view(text_).substr(place.begin, place.name_size), name);
  });
}

void Headers::reserve(std::size_t count, std::size_t bytes) {
  places_.reserve(count);
  text_.reserve(bytes);
}

bool Headers::operator==(const Headers& other) const {
  if (size() != other.size()) return false;
  for (std::size_t i = 0; i < size(); ++i) {
    if (!(at(i) == other.at(i))) return false;
  }
  return true;
}

Query::Query(std::string_view encoded) {
  while (!encoded.empty()) {
    const std::string_view pair = encoded.substr(0, encoded.find('&'));
    encoded.remove_prefix(std::min(pair.size() + 1, encoded.size()));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string_view value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    pairs_.emplace_back(text::percent_decode(pair.substr(0, equals), true), text::percent_decode(value, true));
  }
}

std::optional<std::string_view> Query::get(std::string_view name) const {
  for (auto pair = pairs_.rbegin(); pair != pairs_.rend(); ++pair) {
    if (pair->first == name) return std::string_view(pair->second);
  }
  return std::nullopt;
}

std::vector<std::string> path_segments(std::string_view path) {
  std::vector<std::string> segments;
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  if (!path.empty() && path.back() == '/') path.remove_suffix(1);
  if (path.empty()) return segments;
  for (const std::string_view part : text::split(path, '/')) segments.push_back(text::percent_decode(part));
  return segments;
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 402:
      return "Payment Required";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 413:
      return "Payload Too Large";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Entity";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    default:
      return "Unknown";
  }
}

Response json_response(int status, std::string body) {
  return Response{status, {{"content-type", "application/json; charset=utf-8"}}, std::move(body)};
}

bool is_safe(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

}  // namespace pome::http
