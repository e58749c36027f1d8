#include "core/control/login.h"

#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/control/authenticate.h"
#include "core/control/keys.h"
#include "core/control/router.h"
#include "core/control/signed_value.h"

namespace pome::control {
namespace {

constexpr std::int64_t kLoginCodeSeconds = 300;
constexpr std::int64_t kSigninCodeSeconds = 24 * 3600;
constexpr std::int64_t kCookieSeconds = std::int64_t{30} * 24 * 3600;
constexpr std::size_t kMaxCodes = 1000;
constexpr std::size_t kMaxState = 512;

using Codes = std::map<std::string, LoginCode, std::less<>>;

std::string add_code(Plane& plane, Codes& codes, LoginCode entry) {
  std::string code = random_secret(plane.environment);
  codes.emplace(hash::sha256_hex(code), std::move(entry));
  return code;
}

/// Takes the code out, whatever follows: a second try needs a fresh one.
std::optional<LoginCode> spend_code(Codes& codes, std::string_view code, std::int64_t now) {
  const auto found = codes.find(hash::sha256_hex(code));
  if (found == codes.end()) return std::nullopt;
  LoginCode entry = std::move(found->second);
  codes.erase(found);
  if (entry.expires_at <= now) return std::nullopt;
  return entry;
}

/// `http://127.0.0.1:port/path` and its siblings: the command waiting on this machine and nobody else.
bool is_loopback_url(std::string_view url) {
  for (const std::string_view prefix : {"http://127.0.0.1:", "http://localhost:", "http://[::1]:"}) {
    if (!url.starts_with(prefix)) continue;
    const std::string_view rest = url.substr(prefix.size());
    const std::size_t end = rest.find('/');
    const std::optional<std::int64_t> port = text::to_integer(rest.substr(0, end));
    for (const char c : url) {
      if (static_cast<unsigned char>(c) <= 0x20 || c == '#' || c == '?' || c == '\\' || c == '@') return false;
    }
    return port && *port > 0 && *port <= 65535 && text::is_digit(rest[0]);
  }
  return false;
}

/// A SHA-256 digest in base64url (RFC 7636, method S256).
bool is_challenge(std::string_view challenge) {
  const std::optional<std::string> digest = encoding::from_base64url(challenge);
  return digest && digest->size() == 32;
}

bool proves(std::string_view verifier, std::string_view challenge) {
  if (verifier.size() < 43 || verifier.size() > 128) return false;
  return text::constant_time_equal(encoding::base64url(encoding::bytes_view(hash::sha256(verifier))), challenge);
}

/// Where a browser goes after sign-in: a path of this server, never another site.
std::string safe_path(std::string_view next) {
  const bool ours = next.starts_with('/') && !next.starts_with("//") && next.find('\\') == std::string_view::npos;
  for (const char c : next) {
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f) return "/";
  }
  return ours ? std::string(next) : std::string("/");
}

http::Response text_page(int status, std::string text) {
  return http::Response{status, {{"content-type", "text/plain; charset=utf-8"}}, std::move(text)};
}

}  // namespace

std::string mint_signin_code(Plane& plane) {
  const Result<std::vector<ApiKey>> keys = plane.store.keys();
  std::string team_id;
  if (keys && !keys->empty()) team_id = keys.value().front().team_id;
  return add_code(plane, plane.signin_codes, LoginCode{std::move(team_id), {}, plane.now() + kSigninCodeSeconds});
}

Result<http::Response> sign_in(Plane& plane, Call& call) {
  const http::Query query(call.request.query);
  const std::optional<LoginCode> code = spend_code(plane.signin_codes, query.get("code").value_or(""), call.now);
  if (!code) {
    return text_page(
        403, "This sign-in link was used already or is too old. `pome serve` prints a fresh one when it starts.\n");
  }
  const std::string value =
      sign_value(kCookiePurpose, code->team_id, call.now + kCookieSeconds, plane.config.signing_secret);
  http::Response response = text_page(303, "Signed in.\n");
  response.headers.add("location", safe_path(query.get("next").value_or("/")));
  response.headers.add("set-cookie", text::cat(kCookieName, '=', value, "; Path=/; Max-Age=", kCookieSeconds,
                                               "; HttpOnly; SameSite=Strict",
                                               plane.config.public_url.starts_with("https://") ? "; Secure" : ""));
  response.headers.add("referrer-policy", "no-referrer");
  return response;
}

Result<http::Response> approve_login(Plane& plane, Call& call) {
  const std::string_view redirect = json::string_at(call.body, "redirect_uri").value_or("");
  const std::string_view login_state = json::string_at(call.body, "state").value_or("");
  const std::string_view challenge = json::string_at(call.body, "code_challenge").value_or("");
  if (!is_loopback_url(redirect)) {
    return invalid("redirect_uri",
                   "The login has to return to the command on this machine: http://127.0.0.1:<port>/...");
  }
  if (login_state.empty() || login_state.size() > kMaxState) return invalid("state", "The login carries no state.");
  if (json::string_at(call.body, "code_challenge_method").value_or("S256") != "S256" || !is_challenge(challenge)) {
    return invalid("code_challenge", "The login carries no S256 code challenge. Update the command line.");
  }
  if (plane.login_codes.size() >= kMaxCodes)
    return fail(kUnavailable, "Too many logins are open. Try again in a few minutes.");
  const std::string code =
      add_code(plane, plane.login_codes,
               LoginCode{call.principal.team.id, std::string(challenge), call.now + kLoginCodeSeconds});
  std::string body;
  JsonWriter out(body);
  out.begin_object().field("code", code).field("state", login_state);
  out.field("redirect_to", text::cat(redirect, "?code=", code, "&state=", text::percent_encode(login_state)));
  out.end_object();
  return http::json_response(200, std::move(body));
}

Result<http::Response> exchange_login(Plane& plane, Call& call) {
  const std::string_view code = json::string_at(call.body, "code").value_or("");
  if (code.empty()) return invalid("code", "The login code is missing. Run `pome login` again.");
  const std::optional<LoginCode> entry = spend_code(plane.login_codes, code, call.now);
  if (!entry || !proves(json::string_at(call.body, "code_verifier").value_or(""), entry->challenge)) {
    return fail(kInvalidAuth, "This login code is not valid any more. Run `pome login` again for a fresh one.");
  }
  const std::string name = clean_name(json::string_at(call.body, "key_name").value_or(""), "pome login");
  POME_TRY(const NewKey key, mint_key(plane, entry->team_id, name));
  return new_key_response(200, key);
}

}  // namespace pome::control
