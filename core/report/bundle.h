#pragma once
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/report/run.h"

/// A stored run as one file that can be sent around: `<x>.pome.json`, one JSON document
/// (tools/schemas/run-bundle.schema.json), or `<x>.pome.zip`, the run's files beside a manifest.json with the same
/// members but for the contents. Each document goes with its SHA-256 digest.
namespace pome::report {

inline constexpr std::int64_t kBundleVersion = 1;

/// Fails with `bad-run` when a document is not UTF-8, which JSON cannot hold.
Result<std::string> bundle_json(const Documents& documents, std::string_view pome_version);
Result<std::string> bundle_zip(const Documents& documents, std::string_view pome_version);

/// Reads either form. Fails with `bad-bundle`, in one sentence, when it is cut off, changed by hand, of another
/// version, or no bundle at all.
Result<Documents> read_bundle(std::string_view bytes);

}  // namespace pome::report
