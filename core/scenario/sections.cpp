#include "core/scenario/sections.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/text.h"

namespace pome::scenario {
namespace {

struct Name {
  std::string_view text;  // lower case
  SectionKind kind;
  bool alias;  // gives way to the primary name when both are present
};
constexpr Name kNames[] = {
    {"prompt", SectionKind::prompt, false},
    {"task", SectionKind::prompt, true},
    {"success criteria", SectionKind::success_criteria, false},
    {"checks", SectionKind::success_criteria, true},
    {"setup", SectionKind::setup, false},
    {"expected behavior", SectionKind::expected_behavior, false},
    {"expected behaviour", SectionKind::expected_behavior, false},
    {"seed state", SectionKind::seed_state, false},
    {"config", SectionKind::config, false},
};

/// Names people use for a section that is called otherwise.
constexpr std::pair<std::string_view, std::string_view> kMistaken[] = {
    {"seed", "Seed State"},
    {"criteria", "Success Criteria"},
    {"success criterion", "Success Criteria"},
    {"configuration", "Config"},
    {"settings", "Config"},
    {"instructions", "Prompt"},
    {"expected", "Expected Behavior"},
};

constexpr std::string_view kTitles[kSectionKinds] = {
    "Prompt", "Success Criteria", "Setup", "Expected Behavior", "Seed State", "Config"};

const Name* find_name(std::string_view heading) {
  for (const Name& name : kNames) {
    if (text::equals_ignore_case(name.text, heading)) return &name;
  }
  return nullptr;
}

std::string_view without_colon(std::string_view name) {
  return name.ends_with(':') ? text::trim_right(name.substr(0, name.size() - 1)) : name;
}

std::string similar_section(std::string_view heading) {
  if (const std::optional<std::string> title = mistaken_section_title(heading)) return *title;
  if (heading.size() > 40 || heading.size() < 4) return {};
  const std::string lower = text::to_lower(heading);
  for (const Name& name : kNames) {
    const std::size_t distance = text::edit_distance(name.text, lower);
    if (distance <= (name.text.size() > 6 ? 2U : 1U)) return std::string(kTitles[static_cast<std::size_t>(name.kind)]);
  }
  return {};
}

bool may_repeat(SectionKind kind) {
  return kind == SectionKind::success_criteria || kind == SectionKind::setup || kind == SectionKind::expected_behavior;
}

void report(Diagnostics& diagnostics, Severity severity, const markdown::Heading& heading, std::string code,
            std::string message, std::string hint) {
  diagnostics.push_back({severity, heading.line + 1, 1, 0, std::move(code), std::move(message), std::move(hint)});
}

void report_unknown(const markdown::Heading& heading, std::string_view plain, Diagnostics& diagnostics) {
  if (heading.underlined) {
    return report(diagnostics, Severity::warning, heading, "underlined-heading",
                  "The line of dashes below turns this text into a section heading, which ends the section above.",
                  "Put a blank line before the dashes if you want a rule, or write the heading as `## ...`.");
  }
  const std::string similar = similar_section(plain);
  if (similar.empty()) return;
  report(diagnostics, Severity::warning, heading, "unknown-section",
         text::cat("The section `", heading.name, "` has no meaning and is ignored."),
         text::cat("Did you mean `## ", similar, "`?"));
}

}  // namespace

Sections::Sections(const markdown::Document& document, Diagnostics& diagnostics) {
  std::array<std::vector<const markdown::Section*>, kSectionKinds> aliases;
  for (const markdown::Section& section : document.sections) {
    const markdown::Heading& heading = section.heading;
    const std::string_view plain = without_colon(heading.name);
    const Name* name = find_name(plain);
    if (!name) {
      report_unknown(heading, plain, diagnostics);
      continue;
    }
    if (plain.size() != heading.name.size()) {
      report(diagnostics, Severity::warning, heading, "section-colon", "A section name does not end with a colon.",
             text::cat("Write `## ", plain, "`."));
    }
    (name->alias ? aliases : found_)[index(name->kind)].push_back(&section);
  }
  for (std::size_t kind = 0; kind < kSectionKinds; ++kind) {
    if (found_[kind].empty()) std::swap(found_[kind], aliases[kind]);
    for (const markdown::Section* section : aliases[kind]) {
      report(diagnostics, Severity::warning, section->heading, "shadowed-section",
             text::cat("This section is ignored, because `## ", kTitles[kind], "` is present as well."),
             "Keep one of the two.");
    }
    const bool merges = may_repeat(static_cast<SectionKind>(kind));
    for (std::size_t i = 1; i < found_[kind].size(); ++i) {
      report(diagnostics, merges ? Severity::warning : Severity::error, found_[kind][i]->heading, "duplicate-section",
             text::cat("`## ", kTitles[kind], "` is present already in line ", found_[kind].front()->heading.line + 1,
                       "."),
             merges ? "Both are used; put them together to make that plain." : "Keep one of the two.");
    }
    if (!merges && found_[kind].size() > 1) found_[kind].resize(1);
  }
}

std::optional<std::string> section_title(std::string_view name) {
  const Name* found = find_name(without_colon(name));
  if (!found) return std::nullopt;
  return std::string(kTitles[static_cast<std::size_t>(found->kind)]);
}

std::optional<std::string> mistaken_section_title(std::string_view name) {
  for (const auto& [mistaken, title] : kMistaken) {
    if (text::equals_ignore_case(mistaken, without_colon(name))) return std::string(title);
  }
  return std::nullopt;
}

std::string body_of(const SourceText& source, const std::vector<const markdown::Section*>& sections) {
  std::string out;
  for (const markdown::Section* section : sections) {
    std::string_view body = source.text().substr(section->body_begin, section->body_end - section->body_begin);
    // An indented code block at the start keeps its indentation, everything else is trimmed.
    while (!body.empty()) {
      const std::size_t end = std::min(body.find('\n'), body.size() - 1);
      if (!text::trim(body.substr(0, end + 1)).empty()) break;
      body.remove_prefix(end + 1);
    }
    if (!body.starts_with("    ") && !body.starts_with('\t')) body = text::trim_left(body);
    body = text::trim_right(body);
    if (body.empty()) continue;
    if (!out.empty()) out += "\n\n";
    out += body;
  }
  return out;
}

}  // namespace pome::scenario
