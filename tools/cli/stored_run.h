#pragma once
#include <cstddef>
#include <string>

#include "core/report/run.h"

/// Stored runs as commands take them: a run's folder, its id, "latest", or a bundle file.
namespace pome::cli {

inline constexpr const char* kStoredRunHelp = "A run's folder, its id, \"latest\", or a bundle";
inline constexpr const char* kArtifactsDirHelp = "Where runs are looked for (default: runs)";

inline constexpr std::size_t kMaxBundleBytes = std::size_t{128} << 20;

struct FoundRun {
  std::string where;  ///< the folder or file
  report::Documents documents;
};

/// Finds and reads a run. Fails with `usage`, in one sentence, when there is none or when a bundle is broken.
Result<FoundRun> load_stored_run(const std::string& artifacts_dir, const std::string& wanted);

/// The documents in a run's folder. Fails with `usage` when one cannot be read.
Result<report::Documents> read_documents(const std::string& folder);

/// What `load_stored_run` and the functions of report/run.h fail with, naming the run; exit code 5.
Error about_run(const FoundRun& run, const Error& error);

}  // namespace pome::cli
