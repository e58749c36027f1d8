#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/function_ref.h"
#include "core/base/json.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/shapes.h"

/// Alerts, advisories and projects: rows whose facts are JSON that the seed wrote.
namespace pome::twin::github::rest {

/// A record with its facts read.
struct Shown {
  model::RecordPtr row;
  Json document;

  Input facts() const { return Input(document); }
  std::string text(std::string_view name, std::string_view otherwise = "") const;
};

Shown show(model::RecordPtr row);
std::vector<Shown> shown_records(const Context& context, model::RecordType type, model::Id scope);

/// The asked part of a list that is walked with `after` and `before` instead of page numbers. `id(i)` tells rows
/// apart.
Reply cursor_page(const Context& context, std::size_t count, FunctionRef<std::int64_t(std::size_t)> id,
                  FunctionRef<void(JsonWriter&, std::size_t)> write);

/// Whether the comma-separated parameter is absent or lists the value (case does not matter).
bool listed(const Context& context, std::string_view parameter, std::string_view value);
/// Whether the comma-separated parameter names the value.
bool excluded(const Context& context, std::string_view parameter, std::string_view value);
/// Whether the flag parameter is absent or equals the value.
bool flag_fits(const Context& context, std::string_view parameter, bool value);
/// Whether the text parameter is absent or the value.
bool text_fits(const Context& context, std::string_view parameter, std::string_view value);
/// Whether the date filter parameter is absent or holds the time.
bool date_fits(const Context& context, std::string_view parameter, model::Time time);

/// A number of the facts in millionths, and whether a filter like "0.5", ">0.1" or "0.1..0.9" holds it.
std::int64_t millionths(std::string_view decimal);
bool number_fits(const Context& context, std::string_view parameter, std::int64_t value);

/// Members the facts give as text, or null.
void text_or_null(JsonWriter& json, const Shown& shown, std::string_view name);
void texts_member(JsonWriter& json, std::string_view name, const std::vector<std::string>& list);
void people_member(JsonWriter& json, const Context& context, std::string_view name, const Shown& shown,
                   std::string_view fact);
/// [{"type": "GHSA", ...}, {"type": "CVE", ...}]
void write_identifiers(JsonWriter& json, const Shown& shown);
/// [{"cwe_id": ..., "name": ...}]
void write_cwes(JsonWriter& json, const Shown& shown);
/// "high" as CVSS scores it, without a vector.
void write_scores(JsonWriter& json, const Shown& shown);

}  // namespace pome::twin::github::rest
