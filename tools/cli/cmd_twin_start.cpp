#include "tools/cli/cmd_twin_start.h"

#include <iostream>
#include <memory>

#include "core/base/text.h"
#include "core/twin/session/standalone.h"
#include "tools/cli/context.h"
#include "tools/cli/events_file.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/twin_boot.h"
#include "tools/server/host_rules.h"
#include "tools/server/listener.h"
#include "tools/server/stop_signal.h"
#include "tools/system/environment.h"

namespace pome::cli {
namespace {

constexpr std::int64_t kTokenLifeSeconds = std::int64_t{90} * 24 * 3600;
constexpr int kTickSeconds = 3600;

/// What a client needs, in the form a shell's `export` or a program reads.
void print_ready(const twin::Standalone& twin, const TwinSecret& secret, const std::string& sid,
                 const std::string& origin, Environment& environment) {
  const std::string mount = origin + "/s/" + sid;
  const std::int64_t expires_at = environment.now_millis() / 1000 + kTokenLifeSeconds;
  std::cout << "POME_GITHUB_REST_URL=" << mount << "\n"
            << "POME_GITHUB_MCP_URL=" << mount << "/mcp\n"
            << "POME_AUTH_TOKEN=" << twin.mint_token(sid, twin::kDefaultLogin, expires_at) << "\n";
  if (!secret.new_file.empty()) std::cout << "TWIN_AUTH_SECRET=" << secret.value << "\n";
  std::cout << std::flush;
  std::cerr << "GitHub twin listening at " << origin << " (Ctrl-C stops it)\n";
  if (!secret.new_file.empty()) std::cerr << "A new signing secret was stored in " << secret.new_file << "\n";
}

/// Keeps the tape in `file` as well; a file that cannot be written any more is named once and left alone.
server::Handler recording(twin::Standalone& twin, std::unique_ptr<EventsFile>& file) {
  return [&twin, &file](http::Request request, const server::Peer& peer) {
    const std::string path = request.path;
    http::Response response = twin.handle(std::move(request), peer.address);
    if (!file) return response;
    if (const auto recorded = file->record(twin, path, response.status); !recorded) {
      report_error("twin start", recorded.error());
      std::cerr << "From here on calls are on the twin's own tape only." << std::endl;
      file.reset();
    }
    return response;
  };
}

Result<std::unique_ptr<EventsFile>> open_events_file(const TwinBoot& boot, const TwinSecret& secret) {
  if (boot.events_path.empty()) return std::unique_ptr<EventsFile>();
  auto file = std::make_unique<EventsFile>(std::vector<std::string>{secret.value, boot.admin_token});
  const auto opened = file->open(boot.events_path);
  if (!opened) return fail("usage", text::cat("POME_RECORDER_EVENTS_PATH: ", opened.error().message));
  return file;
}

twin::StandaloneConfig twin_config(const TwinFlags& flags, const TwinBoot& boot, const TwinSecret& secret,
                                   std::string origin) {
  twin::StandaloneConfig config;
  config.origin = std::move(origin);
  config.auth_secret = secret.value;
  config.admin_token = boot.admin_token;
  config.run_id = boot.run_id;
  config.first_sid = flags.sid;
  config.runtime = boot.runtime;
  return config;
}

Result<void> serve_twin(const TwinFlags& flags, const TwinBoot& boot) {
  system::SystemEnvironment environment;
  POME_TRY(const TwinSecret secret, twin_secret(boot.host, read_environment(), environment));
  POME_TRY(auto file, open_events_file(boot, secret));

  server::StopSignal stop;
  server::ListenOptions options;
  options.host = boot.host;
  options.port = boot.port;
  options.max_body_bytes = 2 * twin::kMaxRequestBody;  // so that the twin itself says what is too large for it
  if (!flags.public_url.empty()) options.allowed_hosts = {server::host_of_url(flags.public_url)};
  POME_TRY(const auto listener, server::Listener::bind(std::move(options)));
  const std::string origin = flags.public_url.empty() ? listener->url() : flags.public_url;
  POME_TRY(const auto twin,
           twin::Standalone::open(twin_config(flags, boot, secret, origin), boot.seed_json, environment));

  // One thread: the twin takes one request at a time.
  listener->serve(recording(*twin, file));
  print_ready(*twin, secret, flags.sid, origin, environment);
  stop.wait(kTickSeconds, [] {});
  listener->stop();
  return {};
}

}  // namespace

int twin_start_command(Args args) {
  TwinFlags flags;
  CLI::App app("Serves a standalone twin in the foreground and prints its URLs and a token as NAME=value lines.",
               "pome twin start");
  app.add_option("TWIN", flags.twin, "Which twin: github");
  app.add_option("--port", flags.port, "Port; 0 takes a free one (default: PORT, GITHUB_CLONE_PORT, 3333)")
      ->option_text("NUMBER");
  app.add_option("--host", flags.host, "Address to listen on (default: GITHUB_CLONE_HOST, 127.0.0.1)")
      ->option_text("HOST");
  app.add_option("--seed", flags.seed_file, "JSON file with the world to start from (default: POME_SEED_JSON)")
      ->option_text("FILE");
  app.add_option("--sid", flags.sid, "Session the printed URLs and token belong to (default: standalone)")
      ->option_text("NAME");
  app.add_option("--public-url", flags.public_url, "Origin under which clients reach the twin, if not the bound one")
      ->option_text("URL");
  app.footer(
      "Environment: TWIN_AUTH_SECRET, TWIN_ADMIN_TOKEN, POME_TWIN_DATA_DIR, POME_SEED_JSON, POME_RUN_ID,\n"
      "POME_RECORDER_EVENTS_PATH (the tape as JSON lines), POME_TWIN_VERSION, POME_TWIN_GIT_SHA, "
      "POME_TWIN_BUILD_TIME.");
  if (auto code = parse_flags(app, args)) return *code;
  const auto public_url = checked_public_url(flags.public_url);
  if (!public_url) return report_error("twin start", public_url.error());
  flags.public_url = *public_url;
  const auto boot = read_twin_boot(flags, read_environment());
  if (!boot) return report_error("twin start", boot.error());
  for (const std::string& note : boot->notes) std::cerr << "pome twin start: " << note << "\n";
  if (const auto served = serve_twin(flags, *boot); !served) return report_error("twin start", served.error());
  return kExitPassed;
}

}  // namespace pome::cli
