#include "core/auth/resolver.h"

#include <string_view>
#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"

namespace pome::auth {
namespace {

constexpr unsigned kOthersBits = 077;

/// Trimmed, and nothing when that leaves nothing: an empty variable counts as unset.
std::optional<std::string_view> given(const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  const std::string_view trimmed = text::trim(*value);
  if (trimmed.empty()) return std::nullopt;
  return trimmed;
}

bool is_header_safe(std::string_view key) {
  for (const char c : key) {
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f) return false;
  }
  return true;
}

std::string octal_mode(unsigned mode) {
  std::string digits = "0000";
  for (std::size_t at = 4; at-- > 0; mode >>= 3) digits[at] = static_cast<char>('0' + (mode & 7));
  return digits;
}

Result<Json> read_file(const CredentialsFile& file) {
  if ((file.mode & kOthersBits) != 0) {
    return fail("credentials-mode",
                text::cat("Not reading ", file.path, ": with mode ", octal_mode(file.mode),
                          " other users of this machine can get at your key. Run: chmod 600 ", file.path),
                file.path);
  }
  Result<Json> document = json::parse(file.content);
  if (!document || !document->is_object()) {
    // Only the position of a syntax error: the parser's excerpt could show a part of the key.
    const std::string detail =
        document ? "it is not an object" : document.error().message.substr(0, document.error().message.find(':'));
    return fail(
        "credentials-json",
        text::cat(file.path, " is not a valid credentials file (", detail, "). Run `pome login` to write a new one."),
        file.path);
  }
  return document;
}

Result<std::string> checked_key(std::string_view key, std::string_view origin, std::string_view where) {
  if (is_header_safe(key)) return std::string(key);
  return fail("credentials-key",
              text::cat("The API key in ", origin,
                        " contains spaces or other characters that no key has. Copy it again, or run `pome login`."),
              std::string(where));
}

Result<std::string> key_of_file(const Json& document, const CredentialsFile& file) {
  const std::string_view key = text::trim(json::string_at(document, "api_key").value_or(""));
  if (key.empty()) {
    return fail("credentials-key", text::cat(file.path, " has no \"api_key\". Run `pome login` to write a new one."),
                file.path);
  }
  return checked_key(key, file.path, file.path);
}

bool is_port(std::string_view digits) {
  const std::optional<std::int64_t> port = text::to_integer(digits);
  return digits.size() <= 5 && port && *port > 0 && *port <= 65535;
}

/// `host`, `host:port` or `[v6]:port`; no user info, so that a URL never carries a credential.
bool is_authority(std::string_view authority) {
  if (authority.find('@') != std::string_view::npos) return false;
  std::size_t end = authority.find(':');
  if (authority.starts_with('[')) {
    end = authority.find(']');
    if (end == std::string_view::npos || end < 3) return false;
    ++end;
    if (end < authority.size() && authority[end] != ':') return false;
  }
  const std::string_view host = authority.substr(0, end);
  if (host.empty()) return false;
  return end >= authority.size() || is_port(authority.substr(end + 1));
}

std::optional<std::string> normalised_url(std::string_view url) {
  const bool secure = text::starts_with_ignore_case(url, "https://");
  if (!secure && !text::starts_with_ignore_case(url, "http://")) return std::nullopt;
  if (!is_header_safe(url) || url.find_first_of("?#\\\"<>") != std::string_view::npos) return std::nullopt;
  const std::string_view rest = url.substr(secure ? 8 : 7);
  const std::size_t slash = rest.find('/');
  const std::string_view authority = rest.substr(0, slash);
  if (!is_authority(authority)) return std::nullopt;
  std::string_view path = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
  while (path.ends_with('/')) path.remove_suffix(1);
  return text::cat(secure ? "https://" : "http://", text::to_lower(authority), path);
}

/// One place a URL may come from, in order of precedence.
struct UrlChoice {
  std::optional<std::string_view> value;
  std::string_view origin;
};

Result<std::string> first_url(const UrlChoice& flag, const UrlChoice& variable, const UrlChoice& stored,
                              std::string_view fallback) {
  for (const UrlChoice* choice : {&flag, &variable, &stored}) {
    if (!choice->value) continue;
    if (std::optional<std::string> url = normalised_url(*choice->value)) return *std::move(url);
    return fail("bad-url",
                text::cat("\"", *choice->value, "\" (from ", choice->origin,
                          ") is not a usable URL. It needs http:// or https:// and a host, like ", fallback, "."),
                std::string(choice->origin));
  }
  return std::string(fallback);
}

std::optional<std::string_view> stored_url(const Json& document, std::string_view member) {
  const std::string_view url = text::trim(json::string_at(document, member).value_or(""));
  if (url.empty()) return std::nullopt;
  return url;
}

std::string_view file_origin(const CredentialInputs& inputs) {
  return inputs.file ? std::string_view(inputs.file->path) : std::string_view();
}

Result<std::string> api_url(const CredentialInputs& inputs, const Json& document) {
  return first_url({given(inputs.flag_api_url), "--api-url"}, {given(inputs.env_api_url), "POME_API_URL"},
                   {stored_url(document, "api_url"), file_origin(inputs)}, kDefaultApiUrl);
}

Result<std::string> dashboard_url(const CredentialInputs& inputs, const Json& document) {
  return first_url({given(inputs.flag_dashboard_url), "--dashboard-url"},
                   {given(inputs.env_dashboard_url), "POME_DASHBOARD_URL"},
                   {stored_url(document, "dashboard_url"), file_origin(inputs)}, kDefaultDashboardUrl);
}

/// The file's content, or null when there is none or it may not or cannot be read: where the key comes from elsewhere,
/// such a file is no reason to stop, and nothing in it is believed.
Json optional_document(const CredentialInputs& inputs) {
  if (!inputs.file) return Json();
  Result<Json> document = read_file(*inputs.file);
  return document ? std::move(document).value() : Json();
}

Result<Credentials> with_urls(Credentials credentials, const CredentialInputs& inputs, const Json& document) {
  POME_TRY(credentials.api_url, api_url(inputs, document));
  POME_TRY(credentials.dashboard_url, dashboard_url(inputs, document));
  return credentials;
}

}  // namespace

Result<Credentials> resolve(const CredentialInputs& inputs) {
  Credentials credentials;
  if (const std::optional<std::string_view> key = given(inputs.env_api_key)) {
    POME_TRY(credentials.api_key, checked_key(*key, "POME_API_KEY", "POME_API_KEY"));
    credentials.source = KeySource::environment;
    return with_urls(std::move(credentials), inputs, optional_document(inputs));
  }
  if (!inputs.file) {
    return fail(
        "no-credentials",
        text::cat(
            "No Pome API key found. Run `pome login`, or set POME_API_KEY. Looked for a key in the environment and in ",
            inputs.expected_path, "."),
        inputs.expected_path);
  }
  POME_TRY(const Json document, read_file(*inputs.file));
  POME_TRY(credentials.api_key, key_of_file(document, *inputs.file));
  credentials.team_id = std::string(json::string_at(document, "team_id").value_or(""));
  credentials.source = KeySource::credentials_file;
  return with_urls(std::move(credentials), inputs, document);
}

Result<std::string> resolve_api_url(const CredentialInputs& inputs) {
  return api_url(inputs, optional_document(inputs));
}

Result<std::string> resolve_dashboard_url(const CredentialInputs& inputs) {
  return dashboard_url(inputs, optional_document(inputs));
}

}  // namespace pome::auth
