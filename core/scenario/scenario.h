#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

/// The scenario language: a Markdown file with a title, a prompt, criteria, a seed and a little configuration.
namespace pome::scenario {

enum class CriterionKind {
  deterministic,  ///< `[D]` or `[code]`: graded by the criterion vocabulary
  judged,         ///< `[P]` or `[model]`: needs a judge; reported, never graded here
};

/// Which spelling the author used; `[code]` and `[D]` differ in how a criterion that already holds in the seed counts.
enum class Marker { d, p, code, model };

struct Criterion {
  std::string id;  ///< "crit_0", "crit_1", ... in order of appearance
  CriterionKind kind = CriterionKind::deterministic;
  Marker marker = Marker::d;
  std::string text;                 ///< the sentence, white space collapsed, continuation lines joined
  std::optional<std::string> twin;  ///< the `:twin` tag
  bool always_scored = false;
  bool optional = false;             ///< graded and reported, but never part of score or status
  std::optional<std::size_t> group;  ///< index into Scenario::groups: the `###` heading it stands under
  std::size_t line = 1;              ///< 1-based line of the list item
  std::size_t column = 1;            ///< 1-based column (code points) of the sentence's first character

  bool operator==(const Criterion&) const = default;
};

/// Criteria under one `###` heading: "### Labels (weight 2)". A group counts its weight, however many lines it has.
struct Group {
  std::string title;
  std::int64_t weight = 1;  ///< 1..100

  bool operator==(const Group&) const = default;
};

enum class ScenarioClass { unspecified, conformance, restraint, adversarial };

struct Config {
  std::vector<std::string> twins = {"github"};
  std::int64_t timeout_seconds = 60;
  std::int64_t runs = 1;
  double pass_threshold = 100;  ///< 0..100
  std::string judge;            ///< empty when absent
  ScenarioClass scenario_class = ScenarioClass::unspecified;

  bool operator==(const Config&) const = default;
};

enum class SeedSource { sidecar, seed_state, setup, twin_default };

struct Seed {
  SeedSource source = SeedSource::twin_default;
  std::string json;      ///< the seed document; empty for twin_default
  std::size_t line = 1;  ///< where the JSON starts, in the Markdown file or (sidecar) in the sidecar

  bool operator==(const Seed&) const = default;
};

struct Scenario {
  std::string slug;
  std::string title;  ///< falls back to the slug
  std::string prompt;
  std::string setup;
  std::string expected_behavior;
  std::vector<Criterion> criteria;
  std::vector<Group> groups;
  std::vector<std::string> tags;  ///< `tags:` of `## Config`
  Config config;
  Seed seed;

  bool operator==(const Scenario&) const = default;
};

struct Source {
  std::string_view markdown;
  std::string_view path;                         ///< for the slug and for messages; need not exist
  std::optional<std::string_view> sidecar = {};  ///< content of `<path minus .md>.seed.json`, when there is one
};

struct Parsed {
  Scenario scenario;        ///< as much as could be read; only complete when there is no error
  Diagnostics diagnostics;  ///< all problems, by line; sidecar problems carry the code `bad-sidecar`

  bool ok() const { return !has_errors(diagnostics); }
};

/// Reads a scenario of any dialect (`[D] [P] [code] [model]`). Never fails: problems are diagnostics.
Parsed parse(const Source& source);

/// "01 Bug_Happy.md" gives "01-bug-happy": base name, lower case, runs of other characters become one hyphen.
std::string slug_of(std::string_view path);

std::string_view marker_name(Marker marker);                ///< "D", "P", "code", "model"
std::string_view class_name(ScenarioClass scenario_class);  ///< "conformance", ...; "" when unspecified

}  // namespace pome::scenario
