#include "tools/cli/cmd_serve.h"

#include <algorithm>
#include <iostream>
#include <thread>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/control/control_plane.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/serve_data.h"
#include "tools/server/front_door.h"
#include "tools/server/host_rules.h"
#include "tools/server/listener.h"
#include "tools/server/sqlite_store.h"
#include "tools/server/stop_signal.h"
#include "tools/system/environment.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

constexpr int kDefaultPort = 7663;
constexpr int kMaxPort = 65535;
constexpr int kReapSeconds = 60;
constexpr std::size_t kBodySlack = std::size_t{1} << 20;  // so that the control plane itself says what is too large

struct ServeFlags {
  int port = kDefaultPort;
  std::string host = "127.0.0.1";
  std::string data = ".pome";
  std::string web;
  std::string public_url;
  unsigned threads = 0;
  std::int64_t quota = 0;
  bool json = false;
};

/// The first key goes to a private file; later starts find it there.
Result<void> keep_first_key(control::ControlPlane& plane, const ServeData& data) {
  POME_TRY(const std::optional<std::string> key, plane.ensure_first_key("first key"));
  if (key) return system::write_file(data.key_file, *key + "\n");
  if (!system::is_file(data.key_file)) {
    std::cerr << "pome serve: the first key is no longer in " << data.key_file
              << "; make another with `pome login` or on the page\n";
  }
  return {};
}

void print_ready(const ServeFlags& flags, const ServeData& data, const std::string& url,
                 const std::string& signin_url) {
  if (flags.json) {
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("url", url).field("signin_url", signin_url);
    json.field("api_key_file", data.key_file).field("data", data.folder).end_object();
    std::cout << out << std::endl;
  } else {
    std::cout << "POME_URL=" << url << "\nPOME_SIGNIN_URL=" << signin_url << "\nPOME_API_KEY_FILE=" << data.key_file
              << "\nPOME_DATA=" << data.folder << std::endl;
  }
  if (server::is_wildcard(flags.host) && flags.public_url.empty()) {
    std::cerr << "pome serve: clients on other machines need --public-url; the addresses given out work on this one\n";
  }
  std::cerr << "Pome is at " << url << " (Ctrl-C stops it)\n"
            << "  sign in, once:  " << signin_url << "\n"
            << "  API key:        " << data.key_file << "\n"
            << "  data:           " << data.folder << "\n";
}

server::ListenOptions listen_options(const ServeFlags& flags, std::size_t max_upload_bytes) {
  server::ListenOptions options;
  options.host = flags.host;
  options.port = static_cast<std::uint16_t>(flags.port);
  options.threads = flags.threads > 0 ? flags.threads : std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
  options.max_body_bytes = max_upload_bytes + kBodySlack;
  if (!flags.public_url.empty()) options.allowed_hosts = {server::host_of_url(flags.public_url)};
  return options;
}

Result<void> serve(const ServeFlags& flags) {
  system::SystemEnvironment environment;
  POME_TRY(const ServeData data, open_serve_data(flags.data, environment));
  POME_TRY(const auto store, server::SqliteStore::open(data.folder));
  control::Config config;
  server::StopSignal stop;
  POME_TRY(const auto listener, server::Listener::bind(listen_options(flags, config.max_upload_bytes)));

  server::FrontDoor door(flags.web.empty() ? find_web_folder() : flags.web);
  config.public_url = flags.public_url.empty() ? listener->url() : flags.public_url;
  config.monthly_quota = flags.quota;
  config.signing_secret = data.signing_secret;
  config.session_lock = door.session_lock();
  const std::string url = config.public_url;
  control::ControlPlane plane(std::move(config), *store, environment);
  door.attach(plane);
  POME_CHECK(keep_first_key(plane, data));
  const std::string signin_url = text::cat(url, "/signin?code=", plane.mint_signin_code());

  listener->serve(
      [&door](http::Request request, const server::Peer& peer) { return door.handle(std::move(request), peer); });
  print_ready(flags, data, url, signin_url);
  stop.wait(kReapSeconds, [&door] { door.reap(); });
  listener->stop();
  return {};
}

}  // namespace

int serve_command(Args args) {
  ServeFlags flags;
  CLI::App app("Serves the control plane, its twin sessions and the page, in the foreground.", "pome serve");
  app.add_option("--port", flags.port, text::cat("Port; 0 takes a free one (default: ", kDefaultPort, ")"))
      ->check(CLI::Range(0, kMaxPort))
      ->option_text("NUMBER");
  app.add_option("--host", flags.host, "Address to listen on (default: 127.0.0.1)")->option_text("HOST");
  app.add_option("--data", flags.data, "Folder for the database, stored runs and keys (default: .pome)")
      ->option_text("FOLDER");
  app.add_option("--public-url", flags.public_url, "Origin under which clients reach this server, if not the bound one")
      ->option_text("URL");
  app.add_option("--web", flags.web, "Folder of the built page (default: web/dist near the program)")
      ->option_text("FOLDER");
  app.add_option("--threads", flags.threads, "Threads that answer requests (default: one per core, at most 4)")
      ->check(CLI::Range(1, 64))
      ->option_text("NUMBER");
  app.add_option("--quota", flags.quota, "Sessions a month for the team made at the first start; 0 = no limit")
      ->check(CLI::NonNegativeNumber)
      ->option_text("NUMBER");
  app.add_flag("--json", flags.json, "Print one JSON object when ready instead of NAME=value lines");
  if (auto code = parse_flags(app, args)) return *code;
  const auto public_url = checked_public_url(flags.public_url);
  if (!public_url) return report_error("serve", public_url.error());
  flags.public_url = *public_url;
  if (const auto served = serve(flags); !served) return report_error("serve", served.error());
  return kExitPassed;
}

}  // namespace pome::cli
