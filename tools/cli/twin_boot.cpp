#include "tools/cli/twin_boot.h"

#include <utility>

#include "core/base/text.h"
#include "tools/cli/secret_file.h"
#include "tools/server/host_rules.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

constexpr int kDefaultPort = 3333;
constexpr std::string_view kDevelopmentSecret = "dev-only-insecure-secret";

/// The first of the variables that is set and not empty, with its name.
std::optional<std::pair<std::string, std::string>> first_set(const Variables& own,
                                                             std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto value = own.find(name);
    if (value != own.end() && !value->second.empty()) return std::pair(std::string(name), value->second);
  }
  return std::nullopt;
}

std::string value_or(const Variables& own, std::initializer_list<const char*> names, std::string_view fallback) {
  const auto found = first_set(own, names);
  return found ? found->second : std::string(fallback);
}

Result<std::uint16_t> checked_port(std::string_view source, std::optional<std::int64_t> port) {
  if (!port || *port < 0 || *port > 65535) {
    return fail("usage", text::cat(source, " must be a port number between 0 and 65535; 0 takes a free one."));
  }
  return static_cast<std::uint16_t>(*port);
}

Result<std::uint16_t> choose_port(const TwinFlags& flags, const Variables& own) {
  if (flags.port) return checked_port("--port", *flags.port);
  const auto found = first_set(own, {"PORT", "GITHUB_CLONE_PORT"});
  if (!found) return std::uint16_t{kDefaultPort};
  return checked_port(found->first, text::to_integer(found->second));
}

Result<std::string> choose_seed(const TwinFlags& flags, const Variables& own) {
  if (!flags.seed_file.empty()) {
    auto content = system::read_file(flags.seed_file, kMaxSeedBytes);
    if (!content) return fail("usage", text::cat("The seed cannot be read: ", content.error().message));
    if (text::trim(*content).empty()) return fail("usage", text::cat("The seed file ", flags.seed_file, " is empty."));
    return std::move(content).value();
  }
  if (value_or(own, {"GITHUB_CLONE_NO_SEED"}, "") == "1") {
    return fail(
        "usage",
        "GITHUB_CLONE_NO_SEED=1 asks for an empty world, and a world here has at least one repository. Name one "
        "with --seed.");
  }
  return value_or(own, {"POME_SEED_JSON"}, "");
}

Error secret_error(std::string_view problem) {
  return fail("twin-secret", text::cat(problem, " Set TWIN_AUTH_SECRET to at least 32 random characters."));
}

}  // namespace

Result<TwinBoot> read_twin_boot(const TwinFlags& flags, const Variables& own) {
  if (flags.twin != "github") {
    return fail("usage", text::cat("There is no twin \"", flags.twin, "\". Available: github."));
  }
  TwinBoot boot;
  POME_TRY(boot.port, choose_port(flags, own));
  boot.host = flags.host ? *flags.host : value_or(own, {"GITHUB_CLONE_HOST"}, "127.0.0.1");
  POME_TRY(boot.seed_json, choose_seed(flags, own));
  boot.admin_token = value_or(own, {"TWIN_ADMIN_TOKEN"}, "");
  boot.run_id = value_or(own, {"POME_RUN_ID"}, "spawn");
  boot.runtime.version = value_or(own, {"POME_TWIN_VERSION"}, boot.runtime.version);
  boot.runtime.git_sha = value_or(own, {"POME_TWIN_GIT_SHA", "VERCEL_GIT_COMMIT_SHA"}, boot.runtime.git_sha);
  boot.runtime.build_time = value_or(own, {"POME_TWIN_BUILD_TIME"}, boot.runtime.build_time);
  boot.events_path = value_or(own, {"POME_RECORDER_EVENTS_PATH"}, "");
  const std::string database = value_or(own, {"GITHUB_CLONE_DB"}, ":memory:");
  if (database != ":memory:") boot.notes.emplace_back("GITHUB_CLONE_DB is not used: worlds live in memory.");
  return boot;
}

Result<TwinSecret> twin_secret(std::string_view host, const Variables& own, Environment& environment) {
  if (const auto given = first_set(own, {"TWIN_AUTH_SECRET"})) return TwinSecret{given->second, {}};
  if (server::is_loopback_name(host)) {
    if (value_or(own, {"NODE_ENV"}, "") == "production") {
      return secret_error("The development secret is not used with NODE_ENV=production.");
    }
    return TwinSecret{std::string(kDevelopmentSecret), {}};
  }
  const std::string folder = value_or(own, {"POME_TWIN_DATA_DIR"}, ".pome-data/github");
  const auto kept = kept_secret(folder, "secret", environment);
  if (!kept) return secret_error(kept.error().message);
  return TwinSecret{kept->value, kept->made ? system::join_path(folder, "secret") : std::string()};
}

}  // namespace pome::cli
