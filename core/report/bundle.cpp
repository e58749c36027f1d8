#include "core/report/bundle.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/git/archive.h"
#include "core/report/escape.h"

namespace pome::report {
namespace {

constexpr std::string_view kFormat = "pome-run-bundle";
constexpr std::string_view kManifest = "manifest.json";
constexpr std::string_view kZipStart = "PK";

Error bad_bundle(std::string message) { return fail("bad-bundle", std::move(message)); }

/// A name from a file that may be hostile, fit for a message.
std::string shown(std::string_view name) { return one_line(text::truncate_utf8(name, 80)); }

/// The document of both forms; `with_content` for the JSON one.
std::string manifest(const Documents& documents, std::string_view pome_version, bool with_content) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("format", kFormat).field("version", kBundleVersion).field("pome", pome_version);
  json.key("files").begin_object();
  for (const DocumentFile& file : kDocumentFiles) {
    const auto& content = documents.*file.content;
    if (!content) continue;
    json.key(file.name).begin_object().field("sha256", hash::sha256_hex(*content)).field("bytes", content->size());
    if (with_content) json.field("content", *content);
    json.end_object();
  }
  json.end_object().end_object();
  return out + "\n";
}

/// The `files` of a document of this format and version.
Result<Json> files_of(const Json& document) {
  if (json::string_at(document, "format") != kFormat)
    return bad_bundle(text::cat("This is not a run bundle: its \"format\" is not \"", kFormat, "\"."));
  const auto version = json::integer_at(document, "version");
  if (!version) return bad_bundle("The bundle says no version.");
  if (*version != kBundleVersion)
    return bad_bundle(text::cat("The bundle has version ", *version, ", and this Pome reads version ", kBundleVersion,
                                ". Take the Pome that wrote it, or a newer one."));
  const Json& files = json::at(document, "files");
  if (!files.is_object()) return bad_bundle("The bundle has no \"files\".");
  return files;
}

std::optional<std::string>* place_of(Documents& documents, std::string_view name) {
  for (const DocumentFile& file : kDocumentFiles) {
    if (file.name == name) return &(documents.*file.content);
  }
  return nullptr;
}

/// Puts a document in its place if its digest is right.
Result<void> take(Documents& documents, std::string_view name, const Json& file, std::string_view content) {
  std::optional<std::string>* place = place_of(documents, name);
  if (place == nullptr) return bad_bundle(text::cat("The bundle has a file that no run has: ", shown(name), "."));
  const auto digest = json::string_at(file, "sha256");
  if (!digest) return bad_bundle(text::cat(name, " has no digest in the bundle."));
  if (*digest != hash::sha256_hex(content))
    return bad_bundle(text::cat(name, " was changed after the bundle was written: its SHA-256 digest differs."));
  *place = std::string(content);
  return {};
}

Result<Documents> complete(Documents documents) {
  if (!documents.meta) return bad_bundle("The bundle has no meta.json.");
  return documents;
}

Result<Documents> read_json(std::string_view bytes) {
  auto document = json::parse(bytes);
  if (!document)
    return bad_bundle(text::cat("This is not a run bundle, or one that was cut off: ", document.error().message));
  POME_TRY(const Json files, files_of(*document));
  Documents documents;
  for (const auto& item : files.items()) {
    const auto content = json::string_at(item.value(), "content");
    if (!content) return bad_bundle(text::cat("The bundle has no content for ", shown(item.key()), "."));
    POME_CHECK(take(documents, item.key(), item.value(), *content));
  }
  return complete(std::move(documents));
}

Result<Documents> read_zip(std::string_view bytes) {
  auto unpacked = git::unzip_stored(bytes);
  if (!unpacked) return bad_bundle(shown(unpacked.error().message));
  const auto manifest_file =
      std::find_if(unpacked->begin(), unpacked->end(), [](const git::ZipFile& file) { return file.path == kManifest; });
  if (manifest_file == unpacked->end())
    return bad_bundle("This is not a run bundle: the zip file has no manifest.json.");
  const auto document = json::parse(manifest_file->content);
  if (!document) return bad_bundle(text::cat("manifest.json is not valid JSON: ", document.error().message));
  POME_TRY(const Json files, files_of(*document));
  Documents documents;
  std::size_t taken = 0;
  for (const git::ZipFile& file : *unpacked) {
    if (file.path == kManifest) continue;
    if (const auto* place = place_of(documents, file.path); place != nullptr && place->has_value())
      return bad_bundle(text::cat("The bundle has ", file.path, " twice."));
    POME_CHECK(take(documents, file.path, json::at(files, file.path), file.content));
    ++taken;
  }
  if (taken != files.size()) return bad_bundle("A file that manifest.json names is not in the zip file.");
  return complete(std::move(documents));
}

}  // namespace

Result<std::string> bundle_json(const Documents& documents, std::string_view pome_version) {
  for (const DocumentFile& file : kDocumentFiles) {
    if (text::is_valid_utf8(text_of(documents.*file.content))) continue;
    return fail("bad-run", text::cat(file.name, " is not UTF-8, which a JSON bundle cannot hold; write a .pome.zip."));
  }
  return manifest(documents, pome_version, true);
}

Result<std::string> bundle_zip(const Documents& documents, std::string_view pome_version) {
  const std::string listing = manifest(documents, pome_version, false);
  std::vector<git::ZipFile> files = {{std::string(kManifest), listing}};
  for (const DocumentFile& file : kDocumentFiles) {
    if (const auto& content = documents.*file.content) files.push_back({std::string(file.name), *content});
  }
  return git::zip_files(files);
}

Result<Documents> read_bundle(std::string_view bytes) {
  return bytes.starts_with(kZipStart) ? read_zip(bytes) : read_json(bytes);
}

}  // namespace pome::report
