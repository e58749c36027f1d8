#include "tools/cli/cmd_twin_start.h"

#include <cstdlib>
#include <iostream>

#include "core/base/text.h"
#include "core/twin/session/standalone.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/twin_boot.h"
#include "tools/server/environment.h"
#include "tools/server/host_rules.h"
#include "tools/server/listener.h"
#include "tools/server/static_files.h"
#include "tools/server/stop_signal.h"

namespace pome::cli {
namespace {

constexpr std::int64_t kTokenLifeSeconds = 90 * 24 * 3600;
constexpr int kTickSeconds = 3600;

std::optional<std::string> process_variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? std::optional<std::string>(value) : std::nullopt;
}

int report(const Error& error, int code) {
  std::cerr << "pome twin start: " << error.message << "\n";
  return code;
}

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

int serve_twin(const TwinFlags& flags, const TwinBoot& boot, server::SystemEnvironment& environment) {
  const Result<TwinSecret> secret = twin_secret(boot.host, process_variable, environment);
  if (!secret) return report(secret.error(), kExitOrchestration);

  server::StopSignal stop;
  server::ListenOptions options;
  options.host = boot.host;
  options.port = boot.port;
  options.max_body_bytes = 2 * twin::kMaxRequestBody;  // so that the twin itself says what is too large for it
  if (!flags.public_url.empty()) options.allowed_hosts = {server::host_of_url(flags.public_url)};
  auto listener = server::Listener::bind(std::move(options));
  if (!listener) return report(listener.error(), kExitOrchestration);

  twin::StandaloneConfig config;
  config.origin = flags.public_url.empty() ? (*listener)->url() : flags.public_url;
  config.auth_secret = secret->value;
  config.admin_token = boot.admin_token;
  config.run_id = boot.run_id;
  config.first_sid = flags.sid;
  config.runtime = boot.runtime;
  const std::string origin = config.origin;
  auto twin = twin::Standalone::open(std::move(config), boot.seed_json, environment);
  if (!twin) return report(twin.error(), kExitUsage);

  // One thread: the twin takes one request at a time.
  (*listener)->serve([&world = **twin](http::Request request, const server::Peer& peer) {
    return world.handle(std::move(request), peer.address);
  });
  print_ready(**twin, *secret, flags.sid, origin, environment);
  stop.wait(kTickSeconds, [] {});
  (*listener)->stop();
  return kExitPassed;
}

}  // namespace

int twin_start_command(Args args) {
  TwinFlags flags;
  CLI::App app("Serves a standalone twin in the foreground and prints its URLs and a token as NAME=value lines.",
               "pome twin start");
  app.add_option("twin", flags.twin, "Which twin: github");
  app.add_option("--port", flags.port, "Port; 0 takes a free one (default: PORT, GITHUB_CLONE_PORT, 3333)");
  app.add_option("--host", flags.host, "Address to listen on (default: GITHUB_CLONE_HOST, 127.0.0.1)");
  app.add_option("--seed", flags.seed_file, "JSON file with the world to start from (default: POME_SEED_JSON)");
  app.add_option("--sid", flags.sid, "Name of the session the printed URLs and token belong to")->capture_default_str();
  app.add_option("--public-url", flags.public_url, "Origin under which clients reach the twin, if not the bound one");
  if (auto code = parse_flags(app, args)) return *code;
  while (flags.public_url.ends_with('/')) flags.public_url.pop_back();
  if (!flags.public_url.empty() && !server::is_origin(flags.public_url)) {
    return report(fail("usage", "--public-url must be an http or https URL without a path."), kExitUsage);
  }
  const Result<TwinBoot> boot = read_twin_boot(flags, process_variable);
  if (!boot) return report(boot.error(), kExitUsage);
  server::SystemEnvironment environment;
  return serve_twin(flags, *boot, environment);
}

}  // namespace pome::cli
