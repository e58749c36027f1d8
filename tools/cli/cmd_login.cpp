#include "tools/cli/cmd_login.h"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "tools/cli/agent_command.h"
#include "tools/cli/context.h"
#include "tools/cli/control_client.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/login_callback.h"
#include "tools/cli/terminal.h"
#include "tools/system/environment.h"
#include "tools/system/files.h"

extern char** environ;  // NOLINT: POSIX declares no header for it

namespace pome::cli {
namespace {

constexpr std::chrono::seconds kLoginLimit{300};
constexpr std::size_t kSecretBytes = 32;

struct LoginFlags {
  std::string api_url;
  std::string dashboard_url;
  std::string key_name = "pome login";
  bool no_browser = false;
};

struct Endpoints {
  std::string api_url;
  std::string dashboard_url;
};

/// A control plane other than Pome's cloud serves its own sign-in page, unless another one is named.
Result<Endpoints> endpoints(const LoginFlags& flags, const Variables& own) {
  auth::CredentialInputs inputs = credential_inputs(own, given(flags.api_url), given(flags.dashboard_url));
  const bool named = inputs.flag_dashboard_url || inputs.env_dashboard_url.value_or("") != "";
  if (inputs.flag_api_url || inputs.env_api_url.value_or("") != "")
    inputs.file.reset();  // a new place, not the stored one
  Endpoints out;
  POME_TRY(out.api_url, auth::resolve_api_url(inputs));
  POME_TRY(out.dashboard_url, auth::resolve_dashboard_url(inputs));
  const bool stored = inputs.file.has_value();
  if (!named && !stored && out.api_url != auth::kDefaultApiUrl) out.dashboard_url = out.api_url;
  return out;
}

/// Whether a browser could be asked to open the URL. It runs on its own; nobody waits for it.
bool open_browser(const std::string& url, const Variables& own) {
  const auto has = [&](std::string_view name) {
    const auto found = own.find(name);
    return found != own.end() && !found->second.empty();
  };
  std::vector<std::string> words = {"xdg-open"};
  if (has("BROWSER")) {
    const auto split = split_command(own.find("BROWSER")->second);
    if (!split) return false;
    words = *split;
  } else if (!has("DISPLAY") && !has("WAYLAND_DISPLAY")) {
    return false;
  }
  words.push_back(url);
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
  }
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return error == 0;
}

std::string exchange_body(const std::string& code, const std::string& verifier, const std::string& key_name) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().field("code", code).field("code_verifier", verifier).field("key_name", key_name).end_object();
  return body;
}

Result<void> save_credentials(const std::string& path, const LoginExchange& login, const Endpoints& where,
                              Environment& environment) {
  std::string content;
  JsonWriter json(content, 2);
  json.begin_object().field("api_key", login.api_key).field("api_url", where.api_url);
  json.field("dashboard_url", where.dashboard_url).field("team_id", login.team_id);
  json.field("created_at", time::iso8601_millis(environment.now_millis())).end_object();
  POME_CHECK(system::make_folder(path.substr(0, path.rfind('/'))));
  return system::write_file(path, content + "\n");
}

Result<std::string> sign_in(const LoginFlags& flags, const Variables& own) {
  const InterruptScope scope;
  system::SystemEnvironment environment;
  const std::string path = credentials_path(own);
  if (path.empty()) return fail("usage", "HOME is not set, so there is no place for the credentials.");
  POME_CHECK(system::check_folder(path.substr(0, path.rfind('/'))));
  POME_TRY(const Endpoints where, endpoints(flags, own));
  const std::string state = encoding::base64url(environment.random_bytes(kSecretBytes));
  const std::string verifier = encoding::base64url(environment.random_bytes(kSecretBytes));
  const auto digest = hash::sha256(verifier);
  POME_TRY(const auto callback, LoginCallback::listen(state));
  const std::string url =
      text::cat(where.dashboard_url, "/cli/login?redirect_uri=", text::percent_encode(callback->redirect_uri()),
                "&state=", state, "&code_challenge=", encoding::base64url(encoding::bytes_view(digest)),
                "&code_challenge_method=S256&key_name=", text::percent_encode(flags.key_name));
  std::cerr << "Sign in to approve this computer:\n\n  " << url << "\n\n";
  if (!flags.no_browser && open_browser(url, own)) {
    std::cerr << "Opening it in your browser." << std::endl;
  } else {
    std::cerr << "Open this address in a browser on this computer." << std::endl;
  }
  POME_TRY(const std::string code, callback->wait(kLoginLimit));
  HttpClient http;
  ControlClient client(http, where.api_url, {});
  auto login = client.exchange(exchange_body(code, verifier, flags.key_name));
  if (!login) {
    return fail(login.error().code, text::cat("The sign-in could not be completed: ", login.error().message,
                                              " Run `pome login` again for a fresh code."));
  }
  POME_CHECK(save_credentials(path, *login, where, environment));
  return path;
}

std::string whoami_json(const Identity& identity, const auth::Credentials& credentials, std::string_view source,
                        const std::string& usage) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("version", 1).field("command", "whoami").field("user", identity.user);
  json.key("team").begin_object().field("id", identity.team_id).field("slug", identity.team);
  json.field("plan_tier", identity.plan).end_object();
  json.key("api_key").begin_object().field("id", identity.key_id).field("name", identity.key_name);
  json.field("source", source).end_object();
  json.field("api_url", credentials.api_url).raw_field("usage", usage.empty() ? "null" : usage).end_object();
  return out + "\n";
}

/// "sessions this month: 3 of 100"; empty when the control plane did not say.
std::string usage_line(const std::string& usage) {
  const auto parsed = json::parse(usage);
  const auto used = parsed ? json::integer_at(*parsed, "sessions_used") : std::nullopt;
  if (!used) return {};
  const auto quota = json::integer_at(*parsed, "sessions_quota");
  return text::cat("sessions this month: ", *used, quota ? text::cat(" of ", *quota) : std::string(), "\n");
}

}  // namespace

int login_command(Args args) {
  CLI::App app("Signs in through a browser and stores an API key for this user.", "pome login");
  LoginFlags flags;
  app.add_option("--api-url", flags.api_url, kApiUrlHelp)->option_text("URL");
  app.add_option("--dashboard-url", flags.dashboard_url, "Where the sign-in page is (default: with the control plane)")
      ->option_text("URL");
  app.add_option("--key-name", flags.key_name, "How the new key is listed (default: pome login)")->option_text("NAME");
  app.add_flag("--no-browser", flags.no_browser, "Only print the address");
  if (auto code = parse_flags(app, args)) return *code;
  const auto path = sign_in(flags, read_environment());
  if (!path) return report_error("login", path.error());
  std::cout << "Signed in. Credentials are in " << *path << ".\n"
            << "Next: pome run <scenario>.md --hosted\n";
  return kExitPassed;
}

int logout_command(Args args) {
  CLI::App app("Removes the stored API key from this computer.", "pome logout");
  if (auto code = parse_flags(app, args)) return *code;
  const std::string path = credentials_path(read_environment());
  const bool existed = system::is_file(path);
  if (const auto removed = system::remove_file(path); !removed) return report_error("logout", removed.error());
  if (existed) {
    std::cout << "Removed " << path
              << ". The key itself stays valid: revoke it on the dashboard if this computer is lost.\n";
  } else {
    std::cout << "No credentials are stored.\n";
  }
  return kExitPassed;
}

int whoami_command(Args args) {
  CLI::App app("Shows whose key is used, and against which control plane.", "pome whoami");
  std::string api_url;
  bool json = false;
  app.add_option("--api-url", api_url, kApiUrlHelp)->option_text("URL");
  app.add_flag("--json", json, "Print one JSON document");
  if (auto code = parse_flags(app, args)) return *code;
  const auto credentials = auth::resolve(credential_inputs(read_environment(), given(api_url)));
  if (!credentials) return report_error("whoami", credentials.error());
  HttpClient http;
  ControlClient client(http, credentials->api_url, credentials->api_key);
  const auto identity = client.me();
  if (!identity) return report_error("whoami", identity.error());
  const auto usage = client.usage();
  const std::string_view source =
      credentials->source == auth::KeySource::environment ? "POME_API_KEY" : "credentials file";
  if (json) {
    std::cout << whoami_json(*identity, *credentials, source, usage ? *usage : std::string());
    return kExitPassed;
  }
  std::cout << "user: " << printable(identity->user) << "\nteam: " << printable(identity->team) << " ("
            << printable(identity->team_id) << (identity->plan.empty() ? "" : ", plan ") << printable(identity->plan)
            << ")\nkey: " << printable(identity->key_name) << " (" << printable(identity->key_id) << ", from " << source
            << ")\ncontrol plane: " << credentials->api_url << "\n"
            << usage_line(usage ? *usage : std::string());
  return kExitPassed;
}

}  // namespace pome::cli
