#include "tools/cli/secret_file.h"

#include <cstddef>

#include "core/base/encoding.h"
#include "core/base/text.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kMinLength = 32;

}  // namespace

Result<SecretFile> kept_secret(const std::string& folder, const std::string& name, Environment& environment) {
  POME_CHECK(system::make_folder(folder));
  const std::string path = system::join_path(folder, name);
  std::string fresh = encoding::hex(environment.random_bytes(kSecretBytes));
  const Result<void> written = system::write_new_file(path, fresh + "\n");
  if (written) return SecretFile{std::move(fresh), true};
  if (written.error().code != "file-exists") return written.error();
  POME_TRY(const std::string stored, system::read_file(path));
  const std::string_view secret = text::trim(stored);
  if (secret.size() < kMinLength) {
    return fail("bad-secret",
                text::cat(path, " is too short for a secret: it should hold at least ", kMinLength, " characters."),
                path);
  }
  return SecretFile{std::string(secret), false};
}

}  // namespace pome::cli
