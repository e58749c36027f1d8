#include "core/base/hash.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/criteria/criterion.h"
#include "core/report/escape.h"
#include "core/report/facts.h"
#include "core/report/report.h"

/// SARIF 2.1.0 (OASIS standard, 27 March 2020). Section numbers below are the standard's.
namespace pome::report {
namespace {

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
constexpr std::string_view kUngraded = "pome.ungraded";
constexpr std::string_view kJudged = "pome.judged";
constexpr std::string_view kRun = "pome.run";

/// Literal text of a message: braces would be placeholders (3.11.5), "[a](b)" a link (3.11.6).
std::string message_text(std::string_view text) {
  std::string out = text::replace_all(clean(text), "\\", "\\\\");
  out = text::replace_all(text::replace_all(std::move(out), "[", "\\["), "]", "\\]");
  return text::replace_all(text::replace_all(std::move(out), "{", "{{"), "}", "}}");
}

void write_message(JsonWriter& json, std::string_view name, std::string_view text) {
  json.key(name).begin_object().field("text", message_text(text)).end_object();
}

void write_rule(JsonWriter& json, std::string_view id, std::string_view description, std::string_view help) {
  json.begin_object().field("id", id);
  write_message(json, "shortDescription", description);
  write_message(json, "help", help);
  json.end_object();
}

/// All rules, in the order results refer to them by index.
class Rules {
 public:
  static void write(JsonWriter& json) {
    json.key("rules").begin_array();
    for (const criteria::Row* row : criteria::all_rows())
      write_rule(json, row->id, row->description, text::cat("As in: ", row->example));
    write_rule(json, kUngraded, "A deterministic criterion that nothing could grade",
               "Such a run cannot pass. `pome lint` says what to write instead.");
    write_rule(json, kJudged, "A criterion that asks for a judge", "Nothing judged this line; read it yourself.");
    write_rule(json, kRun, "What keeps a run from passing beside its criteria",
               "The agent's end, calls the twin does not support, or a run that never got a verdict.");
    json.end_array();
  }

  static std::size_t index_of(std::string_view id) {
    std::size_t index = 0;
    for (const criteria::Row* row : criteria::all_rows()) {
      if (row->id == id) return index;
      ++index;
    }
    return index + (id == kUngraded ? 0 : id == kJudged ? 1 : 2);
  }
};

struct Finding {
  std::string_view rule;
  std::string_view level;  ///< 3.27.10
  std::string_view kind;   ///< 3.27.9
  std::size_t line = 1;
  std::size_t column = 1;
  std::string subject = {};  ///< what stays the same from run to run
  std::string message = {};
};

void write_finding(JsonWriter& json, const Run& run, const Finding& finding) {
  json.begin_object().field("ruleId", finding.rule).field("ruleIndex", Rules::index_of(finding.rule));
  json.field("kind", finding.kind).field("level", finding.level);
  write_message(json, "message", finding.message);
  json.key("locations").begin_array().begin_object().key("physicalLocation").begin_object();
  json.key("artifactLocation").begin_object().field("uri", uri_of(run.file)).end_object();
  json.key("region").begin_object().field("startLine", finding.line).field("startColumn", finding.column);
  json.end_object().end_object().end_object().end_array();
  const std::string print = hash::sha256_hex(text::cat(run.file, "\n", finding.rule, "\n", finding.subject));
  json.key("partialFingerprints").begin_object().field("pomeCriterion/v1", print).end_object();
  json.key("properties").begin_object().field("scenario", run.slug).field("run_id", run.run_id).end_object();
  json.end_object();
}

std::string message_of(const Run& run, const eval::CriterionResult& result, Standing standing) {
  std::string out = text::cat(result.criterion.text, "\n", words(standing));
  for (const Detail& detail : details(run, result)) text::append(out, "\n", detail.label, ": ", one_line(detail.text));
  return out;
}

/// Nothing for what needs no one's attention.
std::optional<Finding> finding_of(const Run& run, const eval::CriterionResult& result) {
  const Standing standing = standing_of(result);
  Finding finding;
  if (standing == Standing::failed || standing == Standing::failed_optional) {
    const bool error = standing == Standing::failed && verdict_of(run) != Verdict::pass;
    finding = {result.check.empty() ? kJudged : std::string_view(result.check), error ? "error" : "warning", "fail"};
  } else if (standing == Standing::ungraded) {
    finding = {kUngraded, "warning", "fail"};
  } else if (standing == Standing::judged) {
    finding = {kJudged, "none", "review"};
  } else {
    return std::nullopt;
  }
  finding.line = result.criterion.line;
  finding.column = result.criterion.column;
  finding.subject = result.criterion.text;
  finding.message = message_of(run, result, standing);
  return finding;
}

void write_results(JsonWriter& json, const Run& run) {
  for (const Obstacle& obstacle : obstacles(run)) {
    write_finding(json, run, {kRun, "error", "fail", 1, 1, obstacle.id, text::cat(run.title, ": ", obstacle.message)});
  }
  for (std::size_t i = 0; run.report && i < run.report->results.size(); ++i) {
    if (const auto finding = finding_of(run, run.report->results[i])) write_finding(json, run, *finding);
  }
}

}  // namespace

std::string sarif(const std::vector<Run>& runs, std::string_view pome_version) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("$schema", kSchema).field("version", "2.1.0").key("runs").begin_array().begin_object();
  json.key("tool").begin_object().key("driver").begin_object().field("name", "pome");
  json.field("semanticVersion", pome_version);
  Rules::write(json);
  json.end_object().end_object();
  json.field("columnKind", "unicodeCodePoints").key("results").begin_array();
  for (const Run& run : runs) write_results(json, run);
  json.end_array().end_object().end_array().end_object();
  return out + "\n";
}

}  // namespace pome::report
