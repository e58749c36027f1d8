#include <algorithm>
#include <string>
#include <utility>

#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/scenario/config.h"
#include "core/scenario/criteria.h"
#include "core/scenario/markdown.h"
#include "core/scenario/scenario.h"
#include "core/scenario/sections.h"
#include "core/scenario/seed.h"
#include "core/scenario/source.h"

namespace pome::scenario {
namespace {

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view stem(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

std::string sidecar_name(std::string_view path) {
  const std::string_view name = base_name(path);
  const bool markdown = name.size() > 3 && text::equals_ignore_case(name.substr(name.size() - 3), ".md");
  return text::cat("`", markdown ? name.substr(0, name.size() - 3) : name, ".seed.json`");
}

class Reader {
 public:
  explicit Reader(const Source& input)
      : input_(input),
        source_(input.markdown, kMaxSourceBytes, out_.diagnostics),
        document_(markdown::parse(source_)) {}

  Parsed read();

 private:
  void error(std::size_t line, std::string code, std::string message, std::string hint) {
    out_.diagnostics.push_back({Severity::error, line, 1, 0, std::move(code), std::move(message), std::move(hint)});
  }
  void read_name();
  void require(const Sections& sections);

  const Source& input_;
  Parsed out_;
  SourceText source_;
  markdown::Document document_;
};

void Reader::read_name() {
  Scenario& scenario = out_.scenario;
  scenario.slug = slug_of(input_.path);
  if (scenario.slug.empty()) {
    error(1, "bad-file-name", "The file name gives no name for the scenario.",
          "Use at least one letter or digit (a-z, 0-9) in it.");
  }
  if (document_.title) scenario.title = document_.title->raw;
  if (scenario.title.empty()) scenario.title = scenario.slug;
}

void Reader::require(const Sections& sections) {
  const markdown::Section* prompt = sections.first(SectionKind::prompt);
  if (!prompt) {
    error(1, "missing-prompt", "There is no `## Prompt` section.", "Add one that tells the agent what to do.");
  } else if (out_.scenario.prompt.empty()) {
    error(prompt->heading.line + 1, "missing-prompt", "The prompt is empty.", "Tell the agent what to do.");
  }
  const markdown::Section* criteria = sections.first(SectionKind::success_criteria);
  if (!criteria) {
    error(1, "missing-criteria", "There is no `## Success Criteria` section.",
          "Add one with a list of criteria: `- [D] sentence`.");
  } else if (out_.scenario.criteria.empty()) {
    error(criteria->heading.line + 1, "missing-criteria", "There is no criterion to grade.",
          "Add list items that start with a marker: `- [D] sentence`.");
  }
}

Parsed Reader::read() {
  if (!document_.complete)
    error(1, "markdown-failed", "The Markdown could not be read to its end.", "Make the file smaller.");
  read_name();
  if (source_.too_large()) return std::move(out_);  // nothing else is known about it
  const Sections sections(document_, out_.diagnostics);
  Scenario& scenario = out_.scenario;
  scenario.prompt = body_of(source_, sections.all(SectionKind::prompt));
  scenario.setup = body_of(source_, sections.all(SectionKind::setup));
  scenario.expected_behavior = body_of(source_, sections.all(SectionKind::expected_behavior));
  if (const markdown::Section* config = sections.first(SectionKind::config)) {
    Settings settings = read_config(source_, *config, out_.diagnostics);
    scenario.config = std::move(settings.config);
    scenario.tags = std::move(settings.tags);
  }
  CriteriaList list =
      read_criteria(source_, sections.all(SectionKind::success_criteria), scenario.config.twins, out_.diagnostics);
  scenario.criteria = std::move(list.criteria);
  scenario.groups = std::move(list.groups);
  const SeedInput seed{source_,
                       sections.first(SectionKind::seed_state),
                       sections.first(SectionKind::setup),
                       input_.sidecar,
                       sidecar_name(input_.path),
                       scenario.config.twins};
  scenario.seed = read_seed(seed, out_.diagnostics);
  require(sections);
  sort_stably(out_.diagnostics, [](const Diagnostic& a, const Diagnostic& b) {
    return a.line != b.line ? a.line < b.line : a.column < b.column;
  });
  return std::move(out_);
}

}  // namespace

Parsed parse(const Source& source) { return Reader(source).read(); }

std::string slug_of(std::string_view path) {
  std::string slug;
  for (const char raw : stem(base_name(path))) {
    const char c = text::lower(raw);
    if (text::is_alpha(c) || text::is_digit(c)) {
      slug.push_back(c);
    } else if (!slug.empty() && slug.back() != '-') {
      slug.push_back('-');
    }
  }
  if (slug.ends_with('-')) slug.pop_back();
  return slug;
}

std::string_view marker_name(Marker marker) {
  switch (marker) {
    case Marker::d:
      return "D";
    case Marker::p:
      return "P";
    case Marker::code:
      return "code";
    case Marker::model:
      return "model";
  }
  return "";
}

std::string_view class_name(ScenarioClass scenario_class) {
  switch (scenario_class) {
    case ScenarioClass::unspecified:
      return "";
    case ScenarioClass::conformance:
      return "conformance";
    case ScenarioClass::restraint:
      return "restraint";
    case ScenarioClass::adversarial:
      return "adversarial";
  }
  return "";
}

}  // namespace pome::scenario
