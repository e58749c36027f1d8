#include "tools/cli/twin_boot.h"

#include <utility>

#include "core/base/encoding.h"
#include "core/base/text.h"
#include "tools/server/files.h"
#include "tools/server/host_rules.h"

namespace pome::cli {
namespace {

constexpr int kDefaultPort = 3333;
constexpr std::size_t kMinSecretLength = 32;
constexpr std::string_view kDevelopmentSecret = "dev-only-insecure-secret";

/// The first of the variables that is set and not empty, with its name.
std::optional<std::pair<std::string, std::string>> first_set(const ReadVariable& variable,
                                                             std::initializer_list<const char*> names) {
  for (const char* name : names) {
    std::optional<std::string> value = variable(name);
    if (value && !value->empty()) return std::pair(std::string(name), *std::move(value));
  }
  return std::nullopt;
}

std::string value_or(const ReadVariable& variable, std::initializer_list<const char*> names,
                     std::string_view fallback) {
  const auto found = first_set(variable, names);
  return found ? found->second : std::string(fallback);
}

Result<std::uint16_t> checked_port(std::string_view source, std::optional<std::int64_t> port) {
  if (!port || *port < 0 || *port > 65535) {
    return fail("usage", text::cat(source, " must be a port number between 0 and 65535; 0 takes a free one."));
  }
  return static_cast<std::uint16_t>(*port);
}

Result<std::uint16_t> choose_port(const TwinFlags& flags, const ReadVariable& variable) {
  if (flags.port) return checked_port("--port", *flags.port);
  const auto found = first_set(variable, {"PORT", "GITHUB_CLONE_PORT"});
  if (!found) return std::uint16_t{kDefaultPort};
  return checked_port(found->first, text::to_integer(found->second));
}

Result<std::string> choose_seed(const TwinFlags& flags, const ReadVariable& variable) {
  if (!flags.seed_file.empty()) {
    std::optional<std::string> content = server::read_file(flags.seed_file);
    if (!content) return fail("file-read", text::cat("Cannot read the seed file ", flags.seed_file, "."));
    if (text::trim(*content).empty()) return fail("usage", text::cat("The seed file ", flags.seed_file, " is empty."));
    return *std::move(content);
  }
  if (value_or(variable, {"GITHUB_CLONE_NO_SEED"}, "") == "1") return std::string("{}");
  return value_or(variable, {"POME_SEED_JSON"}, "");
}

Error secret_error(std::string_view problem) {
  return fail("twin-secret",
              text::cat(problem, " Set TWIN_AUTH_SECRET to at least ", kMinSecretLength, " random characters."));
}

}  // namespace

Result<TwinBoot> read_twin_boot(const TwinFlags& flags, const ReadVariable& variable) {
  if (flags.twin != "github") {
    return fail("usage", text::cat("There is no twin \"", flags.twin, "\". Available: github."));
  }
  TwinBoot boot;
  POME_TRY(boot.port, choose_port(flags, variable));
  boot.host = flags.host ? *flags.host : value_or(variable, {"GITHUB_CLONE_HOST"}, "127.0.0.1");
  POME_TRY(boot.seed_json, choose_seed(flags, variable));
  boot.admin_token = value_or(variable, {"TWIN_ADMIN_TOKEN"}, "");
  boot.run_id = value_or(variable, {"POME_RUN_ID"}, "spawn");
  boot.runtime.version = value_or(variable, {"POME_TWIN_VERSION"}, boot.runtime.version);
  boot.runtime.git_sha = value_or(variable, {"POME_TWIN_GIT_SHA", "VERCEL_GIT_COMMIT_SHA"}, boot.runtime.git_sha);
  boot.runtime.build_time = value_or(variable, {"POME_TWIN_BUILD_TIME"}, boot.runtime.build_time);
  return boot;
}

Result<TwinSecret> twin_secret(std::string_view host, const ReadVariable& variable, Environment& environment) {
  if (const auto given = first_set(variable, {"TWIN_AUTH_SECRET"})) return TwinSecret{given->second, {}};
  if (server::is_loopback_name(host)) {
    if (value_or(variable, {"NODE_ENV"}, "") == "production") {
      return secret_error("The development secret is not used with NODE_ENV=production.");
    }
    return TwinSecret{std::string(kDevelopmentSecret), {}};
  }
  const std::string folder = value_or(variable, {"POME_TWIN_DATA_DIR"}, ".pome-data/github");
  const std::string path = folder + "/secret";
  const std::string made = encoding::hex(environment.random_bytes(32));
  if (const auto ready = server::make_folder(folder, 0700); !ready) return secret_error(ready.error().message);
  const Result<void> written = server::write_new_file(path, made + "\n", 0600);
  if (written) return TwinSecret{made, path};
  if (written.error().code != "file-exists") return secret_error(written.error().message);
  const std::optional<std::string> stored = server::read_file(path);
  if (!stored) return secret_error(text::cat("Cannot read ", path, "."));
  const std::string_view secret = text::trim(*stored);
  if (secret.size() < kMinSecretLength) return secret_error(text::cat("The secret in ", path, " is too short."));
  return TwinSecret{std::string(secret), {}};
}

}  // namespace pome::cli
