#include "tools/server/host_rules.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace pome::server {
namespace {

bool is_address(int family, std::string_view host) {
  std::array<unsigned char, sizeof(in6_addr)> parsed;
  return inet_pton(family, std::string(host).c_str(), parsed.data()) == 1;
}

bool is_port(std::string_view port) {
  return port.size() <= 5 && std::all_of(port.begin(), port.end(), text::is_digit);
}

bool is_host_character(char c) { return text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '.' || c == '_'; }

}  // namespace

std::string host_of_authority(std::string_view authority) {
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return {};
    const std::string_view host = authority.substr(1, end - 1), rest = authority.substr(end + 1);
    if (!rest.empty() && (rest[0] != ':' || !is_port(rest.substr(1)))) return {};
    return is_address(AF_INET6, host) ? text::to_lower(host) : std::string();
  }
  std::string_view host = authority;
  if (const std::size_t colon = authority.find(':'); colon != std::string_view::npos) {
    if (!is_port(authority.substr(colon + 1))) return {};
    host = authority.substr(0, colon);
  }
  if (host.ends_with('.')) host.remove_suffix(1);
  return std::all_of(host.begin(), host.end(), is_host_character) ? text::to_lower(host) : std::string();
}

std::string host_of_url(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!text::starts_with_ignore_case(url, scheme)) continue;
    const std::string_view rest = url.substr(scheme.size());
    return host_of_authority(rest.substr(0, rest.find_first_of("/?#")));
  }
  return {};
}

bool is_origin(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos || (text.substr(0, scheme) != "https" && text.substr(0, scheme) != "http")) {
    return false;
  }
  const std::string_view authority = text.substr(scheme + 3);
  if (authority.size() > 260 || authority.ends_with(':')) return false;
  return !host_of_authority(authority).empty();
}

bool is_ip_literal(std::string_view host) { return is_address(AF_INET, host) || is_address(AF_INET6, host); }

bool is_loopback_name(std::string_view host) {
  return host == "localhost" || host == "::1" || (host.starts_with("127.") && is_address(AF_INET, host));
}

bool is_wildcard(std::string_view host) { return host == "0.0.0.0" || host == "::"; }

HostRules::HostRules(std::string_view bind_host, const std::vector<std::string>& allowed)
    : any_address_(is_wildcard(bind_host)) {
  names_.push_back(text::to_lower(bind_host));
  for (const std::string& name : allowed) names_.push_back(text::to_lower(name));
}

bool HostRules::allows(std::string_view authority) const {
  if (authority.starts_with("127.0.0.1:")) return is_port(authority.substr(10));
  const std::string host = host_of_authority(authority);
  if (host.empty()) return false;
  return is_loopback_name(host) || (any_address_ && is_ip_literal(host)) ||
         std::find(names_.begin(), names_.end(), host) != names_.end();
}

}  // namespace pome::server
