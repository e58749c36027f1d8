#include "core/scenario/seed.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/scenario/config.h"
#include "core/scenario/fence.h"
#include "core/scenario/sections.h"
#include "core/scenario/yaml.h"

namespace pome::scenario {
namespace {

/// A seed's text as it was found.
struct Found {
  SeedSource source = SeedSource::seed_state;
  Language language = Language::json;
  std::string text;
  std::size_t line = 0;  // 0-based, in its own document
  const SourceText* document = nullptr;
  const markdown::CodeBlock* fence = nullptr;  // null when the text starts at `line`
};

bool starts_like_json(std::string_view text) {
  text = text::trim_left(text);
  return text.starts_with('{') || text.starts_with('[');
}

class Reader {
 public:
  Reader(const SeedInput& input, Diagnostics& diagnostics) : input_(input), diagnostics_(diagnostics) {}
  Seed read();

 private:
  std::optional<Found> in_seed_state();
  std::optional<Found> in_setup() const;
  void note_prose_setup();
  Found of_fence(const markdown::CodeBlock& block, SeedSource source) const;
  std::optional<Json> parse(const Found& found);
  std::optional<Json> parse_json(const Found& found, std::string_view text);
  std::optional<Json> parse_yaml(const Found& found);
  Seed accept(const Found& found);
  bool unwrap(const Found& found, Json& document, bool& changed);
  void report(const Found& found, Severity severity, Position inside, std::string code, std::string message,
              std::string hint);

  const SeedInput& input_;
  Diagnostics& diagnostics_;
};

void Reader::report(const Found& found, Severity severity, Position inside, std::string code, std::string message,
                    std::string hint) {
  Position at = {found.line + inside.line, inside.column};
  if (found.fence) at = markdown::locate(*found.document, *found.fence, inside);
  if (found.source == SeedSource::sidecar) code = "bad-sidecar";
  diagnostics_.push_back({severity, at.line, at.column, 0, std::move(code), std::move(message), std::move(hint)});
}

Found Reader::of_fence(const markdown::CodeBlock& block, SeedSource source) const {
  Language language = language_of(block);
  if (language == Language::none || language == Language::other) language = Language::json;
  return {source, language, block.content, block.line, &input_.source, &block};
}

std::optional<Found> Reader::in_seed_state() {
  if (!input_.seed_state) return std::nullopt;
  const markdown::Section& section = *input_.seed_state;
  for (const markdown::CodeBlock& block : section.code) {
    const Language language = language_of(block);
    const bool data = language == Language::json || language == Language::jsonc || language == Language::yaml;
    if (block.fenced && (data || starts_like_json(block.content))) return of_fence(block, SeedSource::seed_state);
  }
  const std::string_view body = input_.source.text().substr(section.body_begin, section.body_end - section.body_begin);
  if (text::trim(body).empty()) return std::nullopt;
  const std::size_t offset = input_.source.offset_of(text::trim_left(body));
  const std::size_t line = input_.source.line_index(offset);
  if (starts_like_json(body)) {
    const std::size_t start = input_.source.line_start(line);
    const std::string text(text::trim_right(input_.source.text().substr(start, section.body_end - start)));
    return Found{SeedSource::seed_state, Language::json, text, line, &input_.source, nullptr};
  }
  if (input_.sidecar) return std::nullopt;
  const Position at = input_.source.position(offset);
  diagnostics_.push_back({Severity::error, at.line, at.column, 0, "prose-seed",
                          "`## Seed State` describes the seed in words, which cannot be loaded.",
                          text::cat("Put the seed into a ```json block here, or into ", input_.sidecar_name, ".")});
  return std::nullopt;
}

std::optional<Found> Reader::in_setup() const {
  if (!input_.setup) return std::nullopt;
  for (const markdown::CodeBlock& block : input_.setup->code) {
    const Language language = language_of(block);
    const bool json = language == Language::json || language == Language::jsonc;
    const bool bare = language == Language::none && starts_like_json(block.content);
    if (block.fenced && (json || bare)) return of_fence(block, SeedSource::setup);
  }
  return std::nullopt;
}

/// What to do about a syntax error, judged by the character where it was found.
std::string json_hint(std::string_view text, std::size_t offset) {
  const std::string_view rest = text.substr(std::min(offset, text.size()));
  const std::string_view before = text::trim_right(text.substr(0, std::min(offset, text.size())));
  if (rest.starts_with('/')) return "JSON has no comments; use a ```jsonc fence.";
  if (rest.starts_with('\'')) return "JSON strings need double quotes.";
  if ((rest.starts_with('}') || rest.starts_with(']')) && before.ends_with(',')) return "Remove the comma before it.";
  if (text::trim(rest).empty()) return "Check that every bracket and quote is closed.";
  if (!before.empty() && (before.ends_with('"') || before.ends_with('}') || before.ends_with(']'))) {
    return "A comma or colon may be missing before it.";
  }
  return "Check the quotes, commas and brackets around it.";
}

std::optional<Json> Reader::parse_json(const Found& found, std::string_view text) {
  Result<Json> parsed = json::parse(text);
  if (parsed) return std::move(parsed).value();
  const std::optional<json::Problem> problem = json::diagnose(text);
  const std::size_t offset = std::min(problem ? problem->offset : 0, text::trim_right(text).size());
  const std::string_view before = text.substr(0, offset);
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
  report(found, Severity::error, {line, count_code_points(before.substr(start)) + 1}, "bad-seed",
         text::cat("The seed is not valid JSON: ", problem ? problem->what : parsed.error().message, "."),
         json_hint(text, offset));
  return std::nullopt;
}

std::optional<Json> Reader::parse_yaml(const Found& found) {
  const yaml::Document document = yaml::parse(found.text);
  for (const Diagnostic& problem : document.diagnostics) {
    report(found, problem.severity, {problem.line, problem.column}, problem.code, problem.message, problem.hint);
  }
  if (has_errors(document.diagnostics)) return std::nullopt;
  return yaml::to_json(document.root);
}

std::optional<Json> Reader::parse(const Found& found) {
  if (found.language == Language::yaml) return parse_yaml(found);
  if (found.language == Language::jsonc) return parse_json(found, without_comments(found.text));
  return parse_json(found, found.text);
}

/// `{"github": {...}}` to the seed inside. False when the envelope names something else as well.
bool Reader::unwrap(const Found& found, Json& document, bool& changed) {
  const bool envelope = std::any_of(input_.twins.begin(), input_.twins.end(),
                                    [&](const std::string& twin) { return document.contains(twin); });
  if (!envelope) return true;
  for (const auto& [key, seed] : document.items()) {
    if (std::find(input_.twins.begin(), input_.twins.end(), key) == input_.twins.end()) {
      report(found, Severity::error, {1, 1}, "seed-envelope",
             text::cat("The seed is sorted by twin, but `", key, "` is not one of this scenario's twins."),
             "Remove that member, or list the twin under `twins` in `## Config`.");
      return false;
    }
    if (!seed.is_object()) {
      report(found, Severity::error, {1, 1}, "seed-envelope", text::cat("The seed for `", key, "` must be an object."),
             "Write for example `{\"github\": {\"repositories\": [...]}}`.");
      return false;
    }
  }
  if (input_.twins.size() > 1) return true;  // every twin takes its own part
  Json inner = std::move(document.at(input_.twins.front()));
  document = std::move(inner);
  changed = true;
  return true;
}

Seed Reader::accept(const Found& found) {
  std::optional<Json> document = parse(found);
  if (!document) return {};
  if (!document->is_object()) {
    report(found, Severity::error, {1, 1}, "bad-seed", "The seed must be an object.",
           "Write for example `{\"repositories\": [...]}`.");
    return {};
  }
  bool changed = found.language != Language::json;
  if (found.source == SeedSource::sidecar) changed = document->erase("_meta") > 0 || changed;
  if (!unwrap(found, *document, changed)) return {};
  if (found.source == SeedSource::setup && !document->contains("repositories") && !document->contains("users")) {
    report(found, Severity::warning, {1, 1}, "setup-json-ignored",
           "This JSON is not read as a seed: it has no `repositories`.", "Move the seed to `## Seed State`.");
    return {};
  }
  Seed seed;
  seed.source = found.source;
  seed.json = changed ? json::dump(*document) : std::string(text::trim(found.text));
  const std::size_t blank = found.text.size() - text::trim_left(found.text).size();
  const auto skipped = std::count(found.text.begin(), found.text.begin() + static_cast<std::ptrdiff_t>(blank), '\n');
  seed.line = found.line + 1 + static_cast<std::size_t>(skipped);
  return seed;
}

Seed Reader::read() {
  std::optional<Found> inline_seed = in_seed_state();
  if (input_.sidecar) {
    if (inline_seed) {
      report(*inline_seed, Severity::warning, {1, 1}, "seed-shadowed",
             text::cat("This seed is not used, because ", input_.sidecar_name, " exists."), "Remove one of the two.");
    }
    const SourceText sidecar(*input_.sidecar, kMaxSidecarBytes, diagnostics_);
    if (sidecar.too_large()) return {};
    return accept({SeedSource::sidecar, Language::json, std::string(sidecar.text()), 0, &sidecar, nullptr});
  }
  if (inline_seed) return accept(*inline_seed);
  if (has_errors(diagnostics_)) return {};  // the seed is described in words; another one would not be what is meant
  if (const std::optional<Found> setup = in_setup()) return accept(*setup);
  note_prose_setup();
  return {};
}

/// Some tools make a world out of words; here words stay words, and the run starts from the default seed.
void Reader::note_prose_setup() {
  if (!input_.setup || body_of(input_.source, {input_.setup}).empty()) return;
  diagnostics_.push_back({Severity::note, input_.setup->heading.line + 1, 1, 0, "setup-in-words",
                          "The setup is described in words only, so the run starts from the twin's default seed.",
                          text::cat("For a world of its own, put JSON into `## Seed State` or ", input_.sidecar_name,
                                    "; `pome seed schema` says what it may hold.")});
}

}  // namespace

Seed read_seed(const SeedInput& input, Diagnostics& diagnostics) {
  Diagnostics own;
  Seed seed = Reader(input, own).read();
  if (input.sidecar) {
    for (Diagnostic& problem : own) {
      if (problem.code == "bad-encoding" || problem.code == "nul-byte" || problem.code == "too-large")
        problem.code = "bad-sidecar";
    }
  }
  diagnostics.insert(diagnostics.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  return seed;
}

}  // namespace pome::scenario
