#include "tools/cli/serve_data.h"

#include <sys/stat.h>

#include <filesystem>

#include "core/base/encoding.h"
#include "core/base/text.h"
#include "tools/server/files.h"

namespace pome::cli {
namespace {

constexpr std::size_t kMinSecretLength = 32;

}  // namespace

Result<ServeData> open_serve_data(const std::string& folder, Environment& environment) {
  ::umask(077);  // the database's files are private, too, whatever the folder's mode
  POME_CHECK(server::make_folder(folder, 0700));
  ServeData data;
  std::error_code error;
  data.folder = std::filesystem::canonical(folder, error).string();
  if (error) data.folder = folder;
  data.key_file = data.folder + "/api-key";

  const std::string path = data.folder + "/signing-secret";
  const std::string made = encoding::hex(environment.random_bytes(32));
  const Result<void> written = server::write_new_file(path, made + "\n", 0600);
  if (written) {
    data.signing_secret = made;
    return data;
  }
  if (written.error().code != "file-exists") return written.error();
  const std::optional<std::string> stored = server::read_file(path);
  if (!stored || text::trim(*stored).size() < kMinSecretLength) {
    return fail("bad-secret", text::cat(path, " should hold at least ", kMinSecretLength,
                                        " characters. Remove it and a new one is made; browsers then sign in again."));
  }
  data.signing_secret = text::trim(*stored);
  return data;
}

std::string find_web_folder() {
  std::error_code error;
  std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  while (!error && !folder.empty()) {
    const std::filesystem::path candidate = folder / "web" / "dist";
    if (std::filesystem::exists(candidate / "index.html", error)) return candidate.string();
    if (folder == folder.root_path()) break;
    folder = folder.parent_path();
  }
  return {};
}

}  // namespace pome::cli
