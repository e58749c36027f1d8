#pragma once
#include <string>

#include "core/base/result.h"
#include "core/base/time.h"

/// Where `pome serve` keeps things. Below the data folder (mode 0700): `pome.db` and `blobs/` (see SqliteStore),
/// `signing-secret` and `api-key` (mode 0600), `lock`.
namespace pome::cli {

struct ServeData {
  std::string folder;  ///< absolute
  std::string signing_secret;
  std::string key_file;  ///< `<folder>/api-key`; may not exist yet
};

/// Makes the folder and the signing secret when missing. Fails with `file` or `bad-secret`.
Result<ServeData> open_serve_data(const std::string& folder, Environment& environment);

/// The folder of the built page: `<parent>/web/dist` of the nearest parent of the executable that has one; empty when
/// there is none.
std::string find_web_folder();

}  // namespace pome::cli
