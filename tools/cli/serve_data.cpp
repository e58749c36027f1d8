#include "tools/cli/serve_data.h"

#include <sys/stat.h>

#include <filesystem>

#include "tools/cli/secret_file.h"
#include "tools/system/files.h"

namespace pome::cli {

Result<ServeData> open_serve_data(const std::string& folder, Environment& environment) {
  ::umask(077);  // the database's files are private, too, whatever the folder's mode
  POME_TRY(SecretFile secret, kept_secret(folder, "signing-secret", environment));
  ServeData data;
  std::error_code error;
  data.folder = std::filesystem::canonical(folder, error).string();
  if (error) data.folder = folder;
  data.key_file = system::join_path(data.folder, "api-key");
  data.signing_secret = std::move(secret.value);
  return data;
}

std::string find_web_folder() {
  const auto page = system::find_upwards(system::program_folder(), "web/dist/index.html");
  return page ? std::filesystem::path(*page).parent_path().string() : std::string();
}

}  // namespace pome::cli
