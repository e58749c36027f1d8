#include <utility>

#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/facts.h"
#include "core/report/page_files.h"
#include "core/report/report.h"

namespace pome::report {
namespace {

constexpr std::string_view kModuleEnd = "export default Module;";

/// The engine's module and the page's script as one inline module.
Result<std::string> script_of(const Engine& engine) {
  const std::string_view module = text::trim_right(engine.module);
  const bool breaks_out = text::contains_ignore_case(module, "</script") || text::contains(module, "<!--");
  // A carriage return would be another byte to the page than to the digest in its policy.
  if (!module.ends_with(kModuleEnd) || breaks_out || text::contains(module, "\r") || engine.binary.empty())
    return fail("bad-engine", "The built engine is not one that fits into a page; build it again with `npm start`.");
  return text::cat("\n", module.substr(0, module.size() - kModuleEnd.size()), "\n", kPageScript);
}

std::string digest(std::string_view text) {
  return "'sha256-" + encoding::base64(encoding::bytes_view(hash::sha256(text))) + "'";
}

std::string policy(std::string_view script) {
  return text::cat("default-src 'none'; script-src ", digest(script), " 'wasm-unsafe-eval'; style-src ",
                   digest(kPageStyle), "; connect-src 'none'; base-uri 'none'; form-action 'none'");
}

std::string_view css_class(Standing standing) {
  constexpr std::string_view kClasses[] = {"good", "bad", "quiet", "quiet", "warn", "quiet"};
  return kClasses[static_cast<std::size_t>(standing)];
}

std::string_view css_class(Verdict verdict) {
  constexpr std::string_view kClasses[] = {"good", "bad", "warn", "warn"};
  return kClasses[static_cast<std::size_t>(verdict)];
}

std::string result_row(const Run& run, const eval::CriterionResult& result) {
  const Standing standing = standing_of(result);
  const bool settled = standing == Standing::passed || standing == Standing::already_true;
  std::string out = text::cat("<li class=\"", css_class(standing), "\"><p class=\"standing\">", words(standing),
                              " <span>line ", result.criterion.line, "</span></p>");
  const std::vector<Detail> known = details(run, result);
  if (known.empty()) return text::cat(out, "<p class=\"sentence\">", html_inline(result.criterion.text), "</p></li>\n");
  text::append(out, settled ? "<details>" : "<details open>", "<summary class=\"sentence\">",
               html_inline(result.criterion.text), "</summary><dl>");
  for (const Detail& detail : known)
    text::append(out, "<div><dt>", detail.label, "</dt><dd>", html_inline(detail.text), "</dd></div>");
  return out + "</dl></details></li>\n";
}

std::string results_of(const eval::Report& report, const Run& run) {
  std::string out;
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    const std::string heading = group_heading(report, i);
    if (!out.empty() && !heading.empty()) out += "</ol>\n";
    if (!heading.empty()) text::append(out, "<h3>", html_inline(heading), "</h3>\n");
    if (i == 0 || !heading.empty()) out += "<ol class=\"results\">\n";
    out += result_row(run, report.results[i]);
  }
  return out.empty() ? out : out + "</ol>\n";
}

std::string facts_of(const Run& run) {
  std::string out = "<dl class=\"facts\">";
  const auto add = [&](std::string_view label, std::string_view value) {
    if (!value.empty()) text::append(out, "<div><dt>", label, "</dt><dd>", html(one_line(value)), "</dd></div>");
  };
  add("scenario", run.file);
  add("agent", run.agent);
  add("model", run.agent_model);
  add("run", run.run_id);
  add("started", run.started_at);
  if (run.duration_ms) add("took", seconds(*run.duration_ms) + " s");
  add("the agent said", run.agent_summary);
  return out + "</dl>\n";
}

/// What the page's script scores again, and the score it compares with.
std::string data_block(const Run& run) {
  if (!run.report || !run.documents.state_final) return {};
  std::string data;
  JsonWriter json(data);
  json.begin_object().field("slug", run.slug).field("stop_reason", eval::stop_reason_name(run.report->stop_reason));
  json.field("markdown", text_of(run.documents.scenario)).field("sidecar", text_of(run.documents.seed));
  json.field("state_initial", text_of(run.documents.state_initial));
  json.field("state_final", text_of(run.documents.state_final));
  json.field("events", tape_of(run.documents)).field("report", eval::to_json(*run.report)).end_object();
  return text::cat("<p class=\"rescored\" role=\"status\">Not scored again yet.</p>\n",
                   "<script type=\"application/json\" class=\"run-data\">", json_in_html(data), "</script>\n");
}

std::string section(const Run& run) {
  const Verdict verdict = verdict_of(run);
  std::string out = text::cat("<section class=\"run ", css_class(verdict), "\">\n<header><span class=\"verdict\">",
                              words(verdict), "</span><h2>", html_inline(run.title), "</h2><p class=\"score\">",
                              score_text(run), run.report ? "</p><p class=\"tally\">" : "",
                              run.report ? tally(*run.report) : std::string(), "</p></header>\n");
  for (const Obstacle& obstacle : obstacles(run))
    text::append(out, "<p class=\"obstacle\">", html_inline(obstacle.message), "</p>\n");
  out += data_block(run);
  if (run.report) out += results_of(*run.report, run);
  return text::cat(out, facts_of(run), "</section>\n");
}

}  // namespace

Result<std::string> html(const std::vector<Run>& runs, const Engine& engine, std::string_view pome_version) {
  POME_TRY(const std::string script, script_of(engine));
  std::string out = text::cat(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"", policy(script), "\">\n",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>",
      html(headline(runs)), "</title>\n<style>", kPageStyle, "</style>\n</head>\n<body>\n<main>\n<h1>", headline(runs),
      "</h1>\n<p class=\"about\">A report by Pome ", html(pome_version),
      ". This page needs no network: the engine in it scores each run again from its scenario, states and "
      "calls.</p>\n");
  for (const Run& run : runs) out += section(run);
  out += "</main>\n<script type=\"application/octet-stream\" id=\"engine\">";
  out += encoding::base64(engine.binary);
  text::append(out, "</script>\n<script type=\"module\">", script, "</script>\n</body>\n</html>\n");
  return out;
}

}  // namespace pome::report
