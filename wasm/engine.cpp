#include "wasm/engine.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/auth/resolver.h"
#include "core/base/json_writer.h"
#include "core/base/sort.h"
#include "core/eval/evaluate.h"
#include "core/redact/redact.h"
#include "core/scenario/scenario.h"
#include "core/scenario/scenario_json.h"
#include "wasm/envelope.h"

namespace pome::engine {
namespace {

std::string text_at(const Json& object, std::string_view key) {
  return std::string(json::string_at(object, key).value_or(std::string_view()));
}

std::optional<std::string> optional_text_at(const Json& object, std::string_view key) {
  const auto found = json::string_at(object, key);
  if (!found) return std::nullopt;
  return std::string(*found);
}

Result<scenario::Parsed> parse_source(const Json& source) {
  const auto markdown = json::string_at(source, "markdown");
  if (!markdown) return fail("bad-input", "A scenario source needs its Markdown text.", "markdown");
  return scenario::parse({.markdown = *markdown,
                          .path = json::string_at(source, "path").value_or("scenario.md"),
                          .sidecar = json::string_at(source, "sidecar")});
}

/// The first error of a document in one sentence, for functions that cannot go on with a broken scenario.
Error first_error(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity != Severity::error) continue;
    return fail("bad-scenario", diagnostic.message, "line " + std::to_string(diagnostic.line));
  }
  return fail("bad-scenario", "The scenario has an error.");
}

std::string failed_or_diagnostics(std::string_view source, bool with_scenario) {
  return guarded([&]() -> std::string {
    auto input = input_object(source);
    if (!input) return failed(input.error());
    auto parsed = parse_source(*input);
    if (!parsed) return failed(parsed.error());
    std::string value;
    JsonWriter writer(value);
    if (with_scenario) {
      writer.begin_object().key("scenario");
      scenario::write_json(writer, *parsed);
      writer.field("seed_json", parsed->scenario.seed.json);
      writer.end_object();
      return succeeded(value);
    }
    Diagnostics all = parsed->diagnostics;
    for (Diagnostic& diagnostic : eval::check_criteria(parsed->scenario)) all.push_back(std::move(diagnostic));
    sort_stably(all, [](const Diagnostic& a, const Diagnostic& b) { return a.line < b.line; });
    scenario::write_json(writer, all);
    return succeeded(value);
  });
}

auth::CredentialInputs credential_inputs(const Json& input) {
  auth::CredentialInputs out;
  out.env_api_key = optional_text_at(input, "env_api_key");
  out.env_api_url = optional_text_at(input, "env_api_url");
  out.env_dashboard_url = optional_text_at(input, "env_dashboard_url");
  out.flag_api_url = optional_text_at(input, "flag_api_url");
  out.flag_dashboard_url = optional_text_at(input, "flag_dashboard_url");
  out.expected_path = text_at(input, "expected_path");
  if (const Json& file = json::at(input, "file"); file.is_object()) {
    out.file = auth::CredentialsFile{.path = text_at(file, "path"),
                                     .content = text_at(file, "content"),
                                     .mode = static_cast<unsigned>(json::integer_at(file, "mode").value_or(0600))};
  }
  return out;
}

}  // namespace

std::string version() { return succeeded(R"({"engine":")" POME_VERSION R"("})"); }

std::string parse_scenario(std::string_view source) { return failed_or_diagnostics(source, true); }

std::string lint(std::string_view source) { return failed_or_diagnostics(source, false); }

std::string resolve_credentials(std::string_view inputs) {
  return guarded([&]() -> std::string {
    auto input = input_object(inputs);
    if (!input) return failed(input.error());
    auto resolved = auth::resolve(credential_inputs(*input));
    if (!resolved) return failed(resolved.error());
    std::string value;
    JsonWriter writer(value);
    writer.begin_object();
    writer.field("api_key", resolved->api_key).field("api_url", resolved->api_url);
    writer.field("dashboard_url", resolved->dashboard_url).field("team_id", resolved->team_id);
    writer.field("source", resolved->source == auth::KeySource::environment ? "environment" : "credentials_file");
    writer.end_object();
    return succeeded(value);
  });
}

std::string evaluate(std::string_view input_text) {
  return guarded([&]() -> std::string {
    auto input = input_object(input_text);
    if (!input) return failed(input.error());
    auto parsed = parse_source(json::at(*input, "scenario"));
    if (!parsed) return failed(parsed.error());
    if (!parsed->ok()) return failed(first_error(parsed->diagnostics));
    auto stop_reason = eval::stop_reason_of(json::string_at(*input, "stop_reason").value_or("agent_exit_0"));
    if (!stop_reason) return failed(stop_reason.error());
    const auto document = [&input](std::string_view key) {
      return json::string_at(*input, key).value_or(std::string_view());
    };
    auto report = eval::evaluate(parsed->scenario, {.state_initial = document("state_initial"),
                                                    .state_final = document("state_final"),
                                                    .events = document("events"),
                                                    .stop_reason = *stop_reason});
    if (!report) return failed(report.error());
    return succeeded_text(eval::to_json(*report));
  });
}

std::string redact(std::string_view input_text) {
  return guarded([&]() -> std::string {
    auto input = input_object(input_text);
    if (!input) return failed(input.error());
    std::vector<std::string> literals;
    if (const Json& source = json::at(*input, "scenario"); source.is_object()) {
      auto parsed = parse_source(source);
      if (!parsed) return failed(parsed.error());
      literals = eval::criterion_literals(parsed->scenario);
    }
    std::vector<std::string> known;
    if (const Json& values = json::at(*input, "known_values"); values.is_array()) {
      for (const Json& value : values) {
        if (value.is_string()) known.push_back(value.get<std::string>());
      }
    }
    const redact::Redactor redactor(std::move(known), std::move(literals));
    if (const auto document = json::string_at(*input, "json")) return succeeded_text(redactor.json(*document));
    if (const auto text = json::string_at(*input, "text")) return succeeded_text(redactor.text(*text));
    return failed(fail("bad-input", "Say what to redact: json or text.", "json"));
  });
}

}  // namespace pome::engine
