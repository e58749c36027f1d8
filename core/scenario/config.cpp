#include "core/scenario/config.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "core/base/text.h"
#include "core/scenario/fence.h"
#include "core/scenario/yaml.h"

namespace pome::scenario {
namespace {

constexpr std::array<std::string_view, 1> kTwins = {"github"};
constexpr std::array<std::string_view, 7> kKeys = {"twins", "timeout", "runs", "passThreshold",
                                                   "judge", "class",   "tags"};
constexpr std::int64_t kMaxTimeoutSeconds = 86400;
constexpr std::int64_t kMaxRuns = 20;

/// Where the YAML came from: a fence, or the section itself.
struct Origin {
  const SourceText& source;
  const markdown::CodeBlock* fence = nullptr;
  std::size_t first_line = 0;  // 0-based; without a fence

  Position of(Position inside) const {
    if (fence) return markdown::locate(source, *fence, inside);
    return {first_line + inside.line, inside.column};
  }
};

/// "pass_threshold" and "pass-threshold" look like "passthreshold".
std::string folded(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c != '_' && c != '-' && c != ' ') out.push_back(text::lower(c));
  }
  return out;
}

/// Other tools' names of settings, folded. A setting's own name in another spelling is an alias as well.
constexpr std::pair<std::string_view, std::string_view> kAliases[] = {
    {"twin", "twins"},  {"clone", "twins"}, {"clones", "twins"}, {"timeoutseconds", "timeout"},
    {"trials", "runs"}, {"tag", "tags"},
};

/// The setting that `key` means; empty when there is none.
std::string_view setting_of(std::string_view key) {
  if (key.size() > 40) return {};
  const std::string wanted = folded(key);
  for (const std::string_view known : kKeys) {
    if (folded(known) == wanted) return known;
  }
  for (const auto& [alias, name] : kAliases) {
    if (alias == wanted) return name;
  }
  return {};
}

std::string closest_key(std::string_view key) {
  const std::string wanted = folded(key);
  for (const std::string_view known : kKeys) {
    if (wanted.size() < 60 && text::edit_distance(folded(known), wanted) <= 2) return std::string(known);
  }
  return {};
}

std::string quoted_list(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) text::append(out, text::cat(out.empty() ? "`" : ", `", name, "`"));
  return out;
}

class Reader {
 public:
  Reader(const Origin& origin, Diagnostics& diagnostics) : origin_(origin), diagnostics_(diagnostics) {}
  Settings read(const yaml::Node& root);
  void report(Severity severity, Position at, std::size_t length, std::string code, std::string message,
              std::string hint);

 private:
  void member(const yaml::Member& member);
  void alias(const yaml::Member& member, std::string_view name);
  void twins(const yaml::Node& value);
  void twin(const yaml::Node& value);
  void integer(const yaml::Member& member, std::int64_t maximum, bool clamp, std::int64_t& out);
  void threshold(const yaml::Node& value);
  void scenario_class(const yaml::Node& value);
  void tags(const yaml::Node& value);
  void tag(const yaml::Node& value);
  void unknown(const yaml::Member& member);
  void error(const yaml::Node& at, std::string code, std::string message, std::string hint) {
    report(Severity::error, {at.line, at.column}, at.length, std::move(code), std::move(message), std::move(hint));
  }

  const Origin& origin_;
  Diagnostics& diagnostics_;
  Config config_;
  std::vector<std::string> tags_;
  std::set<std::string_view> given_;  // settings
};

void Reader::report(Severity severity, Position at, std::size_t length, std::string code, std::string message,
                    std::string hint) {
  const Position place = origin_.of(at);
  diagnostics_.push_back(
      {severity, place.line, place.column, length, std::move(code), std::move(message), std::move(hint)});
}

Settings Reader::read(const yaml::Node& root) {
  if (root.kind == yaml::Node::Kind::map) {
    for (const yaml::Member& entry : root.members) {
      const std::string_view name = setting_of(entry.key);
      if (name.empty() || name == entry.key) member(entry);
    }
    for (const yaml::Member& entry : root.members) {
      const std::string_view name = setting_of(entry.key);
      if (!name.empty() && name != entry.key) alias(entry, name);
    }
  } else if (root.kind != yaml::Node::Kind::null) {
    error(root, "config-type", text::cat("`## Config` holds ", yaml::kind_name(root.kind), ", not settings."),
          "Write one `key: value` per line, for example `timeout: 120`.");
  }
  return {std::move(config_), std::move(tags_)};
}

void Reader::alias(const yaml::Member& entry, std::string_view name) {
  const std::size_t length = count_code_points(entry.key);
  if (!given_.insert(name).second) {
    return report(Severity::warning, {entry.line, entry.column}, length, "config-duplicate",
                  text::cat("`", entry.key, "` is ignored, because `", name, "` is given as well."),
                  "Keep one of the two.");
  }
  report(Severity::note, {entry.line, entry.column}, length, "config-alias",
         text::cat("`", entry.key, "` is read as `", name, "`."),
         text::cat("Write `", name, "`; `pome import` does it for you."));
  yaml::Member renamed = entry;
  renamed.key = std::string(name);
  member(renamed);
}

void Reader::member(const yaml::Member& entry) {
  given_.insert(setting_of(entry.key));
  if (entry.key == "twins") return twins(entry.value);
  if (entry.key == "timeout") return integer(entry, kMaxTimeoutSeconds, false, config_.timeout_seconds);
  if (entry.key == "runs") return integer(entry, kMaxRuns, true, config_.runs);
  if (entry.key == "passThreshold") return threshold(entry.value);
  if (entry.key == "class") return scenario_class(entry.value);
  if (entry.key == "tags") return tags(entry.value);
  if (entry.key != "judge") return unknown(entry);
  if (entry.value.kind == yaml::Node::Kind::string) {
    config_.judge = entry.value.text;
  } else {
    error(entry.value, "config-type", text::cat("`judge` must be text, not ", yaml::kind_name(entry.value.kind), "."),
          "Name a model, or remove the line.");
  }
}

/// "a, b" as the list it stands for; any other value as it is.
std::vector<yaml::Node> listed(const yaml::Node& value) {
  if (value.kind != yaml::Node::Kind::string) return {value};
  std::vector<yaml::Node> out;
  for (const std::string_view part : text::split(value.text, ',')) {
    yaml::Node item = value;
    item.text = std::string(text::trim(part));
    out.push_back(std::move(item));
  }
  return out;
}

void Reader::twins(const yaml::Node& value) {
  config_.twins.clear();
  if (value.kind == yaml::Node::Kind::list) {
    for (const yaml::Node& item : value.items) twin(item);
    if (value.items.empty()) {
      error(value, "config-range", "`twins` is empty.", text::cat("Name a twin: ", quoted_list(kTwins), "."));
    }
  } else {
    for (const yaml::Node& item : listed(value)) twin(item);
  }
  if (config_.twins.empty()) config_.twins = Config().twins;
}

void Reader::twin(const yaml::Node& value) {
  if (value.kind != yaml::Node::Kind::string) {
    return error(value, "config-type", text::cat("A twin's name must be text, not ", yaml::kind_name(value.kind), "."),
                 text::cat("Write for example `twins: ", kTwins[0], "`."));
  }
  if (!is_known_twin(value.text)) {
    return error(value, "unknown-twin", text::cat("There is no twin called `", value.text, "`."),
                 twin_hint(value.text));
  }
  if (std::find(config_.twins.begin(), config_.twins.end(), value.text) != config_.twins.end()) {
    return report(Severity::warning, {value.line, value.column}, value.length, "config-duplicate",
                  text::cat("The twin `", value.text, "` is listed twice."), "Remove one of the two.");
  }
  config_.twins.push_back(value.text);
}

void Reader::integer(const yaml::Member& entry, std::int64_t maximum, bool clamp, std::int64_t& out) {
  const yaml::Node& value = entry.value;
  const std::string_view unit = entry.key == "timeout" ? " of seconds" : "";
  const bool number = value.kind == yaml::Node::Kind::integer || value.kind == yaml::Node::Kind::number;
  if (!number) {
    return error(
        value, "config-type",
        text::cat("`", entry.key, "` must be a whole number", unit, ", not ", yaml::kind_name(value.kind), "."),
        text::cat("Write for example `", entry.key, ": ", out, "`, without quotes or unit."));
  }
  const bool whole = value.number >= -1e15 && value.number <= 1e15 &&
                     static_cast<double>(static_cast<std::int64_t>(value.number)) == value.number;
  const bool too_large = value.number > static_cast<double>(maximum);
  if (whole && too_large && clamp) {
    out = maximum;
    return report(Severity::warning, {value.line, value.column}, value.length, "config-range",
                  text::cat("`", entry.key, "` is at most ", maximum, "."), text::cat(maximum, " is used."));
  }
  if (!whole || value.number < 1 || too_large) {
    return error(value, "config-range",
                 text::cat("`", entry.key, "` must be a whole number", unit, " from 1 to ", maximum, "."),
                 text::cat("The default is ", out, "."));
  }
  out = static_cast<std::int64_t>(value.number);
}

void Reader::threshold(const yaml::Node& value) {
  const bool number = value.kind == yaml::Node::Kind::integer || value.kind == yaml::Node::Kind::number;
  if (!number) {
    return error(value, "config-type",
                 text::cat("`passThreshold` must be a number, not ", yaml::kind_name(value.kind), "."),
                 "Write for example `passThreshold: 100`, without quotes or %.");
  }
  if (value.number < 0 || value.number > 100) {
    return error(value, "config-range", "`passThreshold` must be from 0 to 100.", "The default is 100.");
  }
  config_.pass_threshold = value.number;
}

void Reader::scenario_class(const yaml::Node& value) {
  constexpr std::array kClasses = {ScenarioClass::conformance, ScenarioClass::restraint, ScenarioClass::adversarial};
  for (const ScenarioClass candidate : kClasses) {
    if (value.kind != yaml::Node::Kind::string || value.text != class_name(candidate)) continue;
    config_.scenario_class = candidate;
    return;
  }
  error(value, "config-class", "This is not a scenario class.", "Use `conformance`, `restraint` or `adversarial`.");
}

void Reader::tags(const yaml::Node& value) {
  const bool list = value.kind == yaml::Node::Kind::list;
  for (const yaml::Node& item : list ? value.items : listed(value)) {
    if (tags_.size() == kMaxTags) {
      return error(item, "config-range", text::cat("A scenario has at most ", kMaxTags, " tags."),
                   "Keep those somebody would search for.");
    }
    tag(item);
  }
}

/// "Prompt Injection" to "prompt-injection"; empty when nothing is left.
std::string as_tag(std::string_view text) {
  std::string out;
  for (const char raw : text.substr(0, kMaxTagBytes)) {
    const char c = text::lower(raw);
    const bool word = text::is_alpha(c) || text::is_digit(c);
    if (word) {
      out.push_back(c);
    } else if (!out.empty() && !out.ends_with('-')) {
      out.push_back('-');
    }
  }
  if (out.ends_with('-')) out.pop_back();
  return out;
}

void Reader::tag(const yaml::Node& value) {
  if (value.kind != yaml::Node::Kind::string) {
    return error(value, "config-type", text::cat("A tag must be text, not ", yaml::kind_name(value.kind), "."),
                 "Write for example `tags: [triage, labels]`.");
  }
  const std::string plain = as_tag(value.text);
  if (plain.empty() || plain != value.text) {
    const std::string hint = plain.empty() ? std::string("Write for example `tags: [triage, labels]`.")
                                           : text::cat("It is read as `", plain, "`.");
    report(plain.empty() ? Severity::error : Severity::warning, {value.line, value.column}, value.length, "config-tag",
           text::cat("A tag is made of lower-case words and hyphens, ", kMaxTagBytes, " bytes at most."), hint);
  }
  if (plain.empty()) return;
  if (std::find(tags_.begin(), tags_.end(), plain) != tags_.end()) {
    return report(Severity::warning, {value.line, value.column}, value.length, "config-duplicate",
                  text::cat("The tag `", plain, "` is listed twice."), "Remove one of the two.");
  }
  tags_.push_back(plain);
}

void Reader::unknown(const yaml::Member& entry) {
  const std::string closest = closest_key(entry.key);
  report(Severity::warning, {entry.line, entry.column}, count_code_points(entry.key), "unknown-config-key",
         text::cat("`", entry.key, "` is not a setting and is ignored."),
         closest.empty() ? text::cat("The settings are ", quoted_list(kKeys), ".")
                         : text::cat("Did you mean `", closest, "`?"));
}

/// The first fence that can hold settings, or nothing when the section has no fence at all.
const markdown::CodeBlock* settings_fence(const SourceText& source, const markdown::Section& section,
                                          Diagnostics& diagnostics, bool& refused) {
  const markdown::CodeBlock* other = nullptr;
  for (const markdown::CodeBlock& block : section.code) {
    if (!block.fenced) continue;
    if (language_of(block) != Language::other) return &block;
    if (!other) other = &block;
  }
  if (!other) return nullptr;
  refused = true;
  const Position at = markdown::locate(source, *other, {1, 1});
  diagnostics.push_back({Severity::error, at.line, at.column, 0, "config-language",
                         text::cat("Settings cannot be written in ", other->info, "."), "Use a ```yaml fence."});
  return nullptr;
}

Origin origin_of(const SourceText& source, const markdown::Section& section, Diagnostics& diagnostics, bool& refused) {
  return {source, settings_fence(source, section, diagnostics, refused), source.line_index(section.body_begin)};
}

yaml::Document settings_in(const markdown::Section& section, const Origin& origin) {
  if (!origin.fence) {
    return yaml::parse(origin.source.text().substr(section.body_begin, section.body_end - section.body_begin));
  }
  const std::string& content = origin.fence->content;
  return yaml::parse(language_of(*origin.fence) == Language::jsonc ? without_comments(content) : content);
}

}  // namespace

std::span<const std::string_view> known_twins() { return kTwins; }

bool is_known_twin(std::string_view name) { return std::find(kTwins.begin(), kTwins.end(), name) != kTwins.end(); }

std::string twin_hint(std::string_view name) {
  for (const std::string_view twin : kTwins) {
    if (name.size() < 60 && text::edit_distance(twin, text::to_lower(name)) <= 2) {
      return text::cat("Did you mean `", twin, "`?");
    }
  }
  return text::cat("The twins that exist: ", quoted_list(kTwins), ".");
}

Settings read_config(const SourceText& source, const markdown::Section& section, Diagnostics& diagnostics) {
  bool refused = false;
  const Origin origin = origin_of(source, section, diagnostics, refused);
  if (refused) return {};
  const yaml::Document document = settings_in(section, origin);
  Reader reader(origin, diagnostics);
  for (const Diagnostic& problem : document.diagnostics) {
    reader.report(problem.severity, {problem.line, problem.column}, problem.length, problem.code, problem.message,
                  problem.hint);
  }
  return reader.read(document.root);
}

std::vector<KeyAlias> aliased_keys(const SourceText& source, const markdown::Section& section) {
  Diagnostics ignored;
  bool refused = false;
  const Origin origin = origin_of(source, section, ignored, refused);
  if (refused) return {};
  const yaml::Document document = settings_in(section, origin);
  std::set<std::string_view> given;
  for (const yaml::Member& entry : document.root.members) given.insert(entry.key);
  std::vector<KeyAlias> aliases;
  for (const yaml::Member& entry : document.root.members) {
    const std::string_view name = setting_of(entry.key);
    if (name.empty() || !given.insert(name).second) continue;
    aliases.push_back({origin.of({entry.line, entry.column}), count_code_points(entry.key), name});
  }
  return aliases;
}

}  // namespace pome::scenario
