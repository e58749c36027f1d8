#include "core/control/documents.h"

#include <optional>

#include "core/base/encoding.h"
#include "core/base/text.h"
#include "core/control/uploads.h"

namespace pome::control {
namespace {

/// Where a document may come from.
struct Source {
  std::string_view inline_member;  ///< base64 in the request
  std::string_view key_member;     ///< names an upload
  std::string_view file;
};

constexpr Source kInitial{"state_initial_json_b64", "state_initial_storage_key", kStateInitial};
constexpr Source kFinal{"state_final_json_b64", "state_final_storage_key", kStateFinal};
constexpr Source kTape{"trace_jsonl_b64", "trace_storage_key", kEvents};

/// What the client sent, or nothing when it sent none.
Result<std::optional<std::string>> sent(const Live& session, const Json& body, const Source& source) {
  if (const Json& encoded = json::at(body, source.inline_member); !encoded.is_null()) {
    std::optional<std::string> text;
    if (encoded.is_string()) text = encoding::from_base64(encoded.get_ref<const std::string&>());
    if (!text) return invalid(source.inline_member, text::cat('"', source.inline_member, "\" has to be base64."));
    return text;
  }
  const auto upload = session.uploads.find(source.file);
  if (const Json& key = json::at(body, source.key_member); !key.is_null()) {
    const bool known = key.is_string() && key.get_ref<const std::string&>() == upload_key(session.row.id, source.file);
    if (!known || upload == session.uploads.end()) {
      return invalid(source.key_member, text::cat(source.file, " was not uploaded. Upload it, then send this again."));
    }
  }
  if (upload == session.uploads.end()) return std::optional<std::string>();
  return std::optional<std::string>(upload->second);
}

Result<void> check_object(std::string_view document, std::string_view file) {
  const Result<Json> parsed = json::parse(document);
  if (parsed && parsed->is_object()) return {};
  const std::string why = parsed ? std::string("it is not an object") : parsed.error().message;
  return fail(kInvalid, text::cat(file, " is not complete JSON (", why, "). Nothing was stored; send it again."));
}

Result<void> check_lines(std::string_view document, std::string_view file) {
  std::size_t number = 0;
  for (const std::string_view line : text::lines(document)) {
    ++number;
    if (text::trim(line).empty()) continue;
    const Result<Json> row = json::parse(line);
    if (row && row->is_object()) continue;
    return fail(kInvalid,
                text::cat(file, " is not complete NDJSON (line ", number, "). Nothing was stored; send it again."));
  }
  return {};
}

/// A tape sent as one JSON array, as lines.
std::string as_lines(std::string document) {
  if (!text::trim_left(document).starts_with('[')) return document;
  const Result<Json> rows = json::parse(document);
  if (!rows || !rows->is_array()) return document;
  std::string lines;
  for (const Json& row : *rows) lines += json::dump(row) + '\n';
  return lines;
}

}  // namespace

Result<Documents> collect_documents(const Plane& plane, const Live& session, const Call& call,
                                    const redact::Redactor& redactor) {
  POME_TRY(std::optional<std::string> initial, sent(session, call.body, kInitial));
  POME_TRY(std::optional<std::string> final_state, sent(session, call.body, kFinal));
  POME_TRY(std::optional<std::string> tape, sent(session, call.body, kTape));
  plane.with_twin(session, [&](twin::Session& twin) {
    if (!initial) initial = twin.initial_state();
    if (!final_state) final_state = twin.state();
    if (!tape) tape = twin.events_ndjson();
  });
  tape = as_lines(*std::move(tape));
  POME_CHECK(check_object(*initial, kStateInitial));
  POME_CHECK(check_object(*final_state, kStateFinal));
  POME_CHECK(check_lines(*tape, kEvents));
  Documents documents;
  documents.scenario = session.scenario->stored_markdown;
  documents.scenario_seed = session.scenario->stored_seed;
  documents.state_initial = redactor.json(*initial);
  documents.state_final = redactor.json(*final_state);
  documents.events = redactor.json(*tape);
  return documents;
}

}  // namespace pome::control
