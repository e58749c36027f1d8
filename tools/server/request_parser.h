#pragma once
#include <utility>  // Boost 1.74's asio uses std::exchange without including it

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <string>
#include <string_view>

#include "core/base/text.h"
#include "core/http/message.h"

namespace pome::server {

/// Beast's HTTP/1 parser, writing straight into our request value.
class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  http::Request take() { return std::move(request_); }
  bool is_head_request() const { return head_request_; }
  bool expects_continue() const { return expects_continue_; }
  bool http_1_1() const { return http_1_1_; }  ///< also before a request line was read
  int host_count() const { return host_count_; }
  bool has_origin() const { return has_origin_; }
  std::string_view authority() const { return authority_; }

 private:
  using View = boost::beast::string_view;
  using Code = boost::beast::error_code;
  static std::string_view view(View text) { return {text.data(), text.size()}; }

  void on_request_impl(boost::beast::http::verb verb, View method, View target, int version, Code& error) override {
    http_1_1_ = version >= 11;
    head_request_ = verb == boost::beast::http::verb::head;
    request_.method = view(method);
    std::string_view rest = view(target);
    for (const std::string_view scheme : {"http://", "https://"}) {
      if (!text::starts_with_ignore_case(rest, scheme)) continue;
      rest.remove_prefix(scheme.size());  // absolute form: its authority replaces the Host header (RFC 9112, 3.2.2)
      const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
      target_authority_ = true;
      authority_ = rest.substr(0, end);
      rest.remove_prefix(end);
      if (rest.empty() || rest[0] != '/') request_.path = "/";
    }
    if (rest == "*" && request_.method == "OPTIONS") rest = "/";
    const std::size_t question = std::min(rest.find('?'), rest.size());
    if (question > 0) request_.path = rest.substr(0, question);
    if (question < rest.size()) request_.query = rest.substr(question + 1);
    if (!request_.path.starts_with('/')) error = boost::beast::http::error::bad_target;
  }

  void on_field_impl(boost::beast::http::field name, View label, View value, Code&) override {
    namespace beast = boost::beast::http;
    if (header_done_) return;  // a chunked body's trailers must not pose as headers
    if (name == beast::field::host) {
      ++host_count_;
      if (!target_authority_) authority_ = view(value);
    } else if (name == beast::field::origin) {
      has_origin_ = true;
    } else if (name == beast::field::expect) {
      expects_continue_ = text::equals_ignore_case(view(value), "100-continue");
    }
    request_.headers.add(view(label), view(value));
  }

  void on_header_impl(Code&) override { header_done_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, Code&) override {
    if (length) request_.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, kReserveLimit)));
  }
  std::size_t on_body_impl(View body, Code&) override {
    request_.body.append(body.data(), body.size());
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, View, Code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View body, Code&) override {
    request_.body.append(body.data(), body.size());
    return body.size();
  }
  void on_finish_impl(Code&) override {}
  void on_response_impl(int, View, int, Code&) override {}

  static constexpr std::uint64_t kReserveLimit = 1u << 20;  // a promised length alone must not take memory

  http::Request request_;
  std::string authority_;
  int host_count_ = 0;
  bool head_request_ = false;
  bool has_origin_ = false;
  bool http_1_1_ = true;
  bool target_authority_ = false;
  bool header_done_ = false;
  bool expects_continue_ = false;
};

}  // namespace pome::server
