#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace pome::server {

/// The host of a `Host` header or URL authority: lower case, without port, brackets or final dot. Empty when malformed.
std::string host_of_authority(std::string_view authority);
/// The authority's host of an `http(s)://` URL; empty when it is none.
std::string host_of_url(std::string_view url);
/// Whether `text` is exactly a scheme (http or https), a host and an optional port.
bool is_origin(std::string_view text);
bool is_ip_literal(std::string_view host);
bool is_loopback_name(std::string_view host);  ///< localhost, 127.0.0.0/8, ::1
bool is_wildcard(std::string_view host);       ///< 0.0.0.0, ::

/// Which Host headers a listener answers. A page whose name was rebound to this machine sends its own name, and a
/// name is the only thing that can be rebound, so addresses are fine when the listener is bound everywhere.
class HostRules {
 public:
  HostRules(std::string_view bind_host, const std::vector<std::string>& allowed);
  bool allows(std::string_view authority) const;

 private:
  std::vector<std::string> names_;
  bool any_address_ = false;
};

}  // namespace pome::server
