#include "tools/cli/stored_run.h"

#include <utility>

#include "core/base/text.h"
#include "core/report/bundle.h"
#include "tools/cli/artifacts.h"
#include "tools/system/files.h"

namespace pome::cli {

Result<report::Documents> read_documents(const std::string& folder) {
  report::Documents documents;
  for (const report::DocumentFile& file : report::kDocumentFiles) {
    auto content = system::read_file(system::join_path(folder, file.name));
    if (content) {
      documents.*file.content = std::move(content).value();
    } else if (content.error().code != "no-file") {
      return fail("usage", content.error().message, folder);
    }
  }
  if (!documents.meta) return fail("usage", text::cat(folder, " is not a run folder: it has no meta.json."), folder);
  return documents;
}

Result<FoundRun> load_stored_run(const std::string& artifacts_dir, const std::string& wanted) {
  FoundRun run;
  if (system::is_file(wanted)) {
    run.where = wanted;
    const auto bytes = system::read_file(wanted, kMaxBundleBytes);
    if (!bytes) return fail("usage", bytes.error().message, wanted);
    auto documents = report::read_bundle(*bytes);
    if (!documents) return about_run(run, documents.error());
    run.documents = std::move(documents).value();
    return run;
  }
  POME_TRY(run.where, find_run(artifacts_dir, wanted));
  POME_TRY(run.documents, read_documents(run.where));
  return run;
}

Error about_run(const FoundRun& run, const Error& error) {
  return fail("usage", text::cat(run.where, ": ", error.message), run.where);
}

}  // namespace pome::cli
