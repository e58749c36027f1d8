#include "tools/cli/judge_client.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/judge/prompt.h"
#include "core/judge/verdict.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

constexpr std::size_t kMaxAnswerBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxCachedBytes = std::size_t{64} << 10;
constexpr std::string_view kGitHub = "https://api.github.com";

using eval::Outcome;

bool is_judged(const scenario::Criterion& criterion) { return criterion.kind == scenario::CriterionKind::judged; }

/// Why a line has no verdict, and whether the next one would fare the same.
struct NoVerdict {
  Outcome outcome = Outcome::errored;
  std::string reason;
  bool for_all = false;
};

/// A verdict, or why there is none.
struct Asked {
  std::optional<judge::Judgement> judgement;
  NoVerdict none;
};

class JudgeClient {
 public:
  JudgeClient(const JudgeSettings& settings, const redact::Redactor& redactor)
      : settings_(settings), endpoint_(settings.endpoint), redactor_(redactor) {}

  JudgedRun operator()(const RunToJudge& run);

 private:
  Asked ask(const scenario::Criterion& criterion, const judge::Brief& brief);
  Asked send(const scenario::Criterion& criterion, const judge::Ask& ask, const std::string& full_body);
  Result<http::Response> post(const std::string& body);
  Asked read(const scenario::Criterion& criterion, std::string_view body) const;
  NoVerdict refused(const http::Response& response) const;
  NoVerdict unreachable(const Error& error) const;
  std::optional<judge::Judgement> cached(const scenario::Criterion& criterion, const std::string& path) const;
  void keep(const judge::Judgement& judgement, const std::string& path);
  std::string cache_path(std::string_view body) const;

  const JudgeSettings& settings_;
  const JudgeEndpoint& endpoint_;
  const redact::Redactor& redactor_;
  HttpClient http_;
  std::size_t from_cache_ = 0;
  std::string cache_problem_;
};

/// The run's own address and id say nothing about conduct, and would make every question a new one.
std::string without_address(std::string text, const RunToJudge& run) {
  if (run.rest_url.empty() || run.run_id.empty()) return text;
  text = text::replace_all(std::move(text), run.rest_url, kGitHub);
  text = text::replace_all(std::move(text), run.rest_url.substr(origin_of(run.rest_url).size()), "");
  return text::replace_all(std::move(text), run.run_id, "run");
}

JudgedRun JudgeClient::operator()(const RunToJudge& run) {
  const std::string task = redactor_.sentence(run.scenario.prompt);
  const std::string expected = redactor_.sentence(run.scenario.expected_behavior);
  const std::string summary = without_address(redactor_.text(run.agent_summary), run);
  const std::string before = without_address(redactor_.json(run.documents.state_initial), run);
  const std::string after = without_address(redactor_.json(run.documents.state_final), run);
  const std::string events = without_address(redactor_.json(run.documents.events), run);
  const judge::Brief brief({task, expected, summary, before, after, events, run.stop_reason});

  JudgedRun out;
  out.judgements.model = endpoint_.model;
  std::optional<NoVerdict> stopped;
  for (const scenario::Criterion& criterion : run.scenario.criteria) {
    if (!is_judged(criterion)) continue;
    Asked asked;
    if (stopped) {
      asked.none = *stopped;
    } else {
      asked = ask(criterion, brief);
    }
    if (asked.judgement) {
      out.judgements.lines.push_back(std::move(*asked.judgement));
      continue;
    }
    out.judgements.lines.push_back(judge::not_judged(criterion, asked.none.outcome, asked.none.reason));
    if (asked.none.for_all) stopped = std::move(asked.none);
  }
  const std::size_t lines = out.judgements.lines.size();
  if (lines > 0) {
    std::string note = text::cat("Judge: ", endpoint_.model, " at ", endpoint_.base_url, ".");
    if (from_cache_ > 0) text::append(note, " Verdicts from the cache: ", from_cache_, " of ", lines, ".");
    out.notes.push_back(std::move(note));
  }
  if (!cache_problem_.empty()) out.notes.push_back("Verdicts could not be cached: " + cache_problem_);
  return out;
}

Asked JudgeClient::ask(const scenario::Criterion& criterion, const judge::Brief& brief) {
  const std::string question = brief.question(redactor_.sentence(criterion.text));
  const judge::Ask asking{endpoint_.format, endpoint_.model, judge::instructions(), question};
  const std::string body = judge::request_body(asking, judge::Form::full);
  const std::string path = cache_path(body);
  if (auto known = cached(criterion, path)) {
    ++from_cache_;
    return {std::move(known), {}};
  }
  Asked asked = send(criterion, asking, body);
  if (asked.judgement) keep(*asked.judgement, path);
  return asked;
}

Asked JudgeClient::send(const scenario::Criterion& criterion, const judge::Ask& ask, const std::string& full_body) {
  auto response = post(full_body);
  if (response && response->status != 200 &&
      judge::refusal_of(response->status, response->body) == judge::Refusal::form) {
    response = post(judge::request_body(ask, judge::Form::plain));
  }
  if (!response) return {std::nullopt, unreachable(response.error())};
  if (response->status != 200) return {std::nullopt, refused(*response)};
  return read(criterion, response->body);
}

Result<http::Response> JudgeClient::post(const std::string& body) {
  HttpCall call;
  call.method = "POST";
  call.url = endpoint_.base_url + judge::request_path(endpoint_.format, endpoint_.model);
  call.headers.add("content-type", "application/json");
  switch (endpoint_.format) {
    case judge::Format::openai:
      if (!endpoint_.key.empty()) call.headers.add("authorization", "Bearer " + endpoint_.key);
      break;
    case judge::Format::anthropic:
      call.headers.add("x-api-key", endpoint_.key);
      call.headers.add("anthropic-version", "2023-06-01");
      break;
    case judge::Format::gemini:
      call.headers.add("x-goog-api-key", endpoint_.key);
      break;
  }
  call.body = body;
  call.max_response_bytes = kMaxAnswerBytes;
  return http_.send(call);
}

Asked JudgeClient::read(const scenario::Criterion& criterion, std::string_view body) const {
  const auto answer = judge::read_answer(endpoint_.format, body);
  auto verdict = answer ? judge::parse_verdict(answer->text) : Result<judge::Verdict>(answer.error());
  if (!verdict) return {std::nullopt, {Outcome::errored, redactor_.text(verdict.error().message), false}};
  verdict->reasoning = redactor_.text(verdict->reasoning);
  return {judge::judged(criterion, *verdict, *answer), {}};
}

NoVerdict JudgeClient::refused(const http::Response& response) const {
  const std::string said = redactor_.text(judge::provider_message(response.body));
  const std::string words = said.empty() ? std::string() : text::cat(": ", said);
  switch (judge::refusal_of(response.status, response.body)) {
    case judge::Refusal::key:
      // What an endpoint says about a key may hold parts of it.
      return {Outcome::skipped,
              endpoint_.key.empty()
                  ? text::cat("the judge wants a key (HTTP ", response.status, "): set ", endpoint_.key_name)
                  : text::cat("the judge refused the key (HTTP ", response.status, "): check ", endpoint_.key_name),
              true};
    case judge::Refusal::too_long:
      return {Outcome::skipped, "this run is too long for the judge's model; choose one that reads more", true};
    case judge::Refusal::rate:
      return {Outcome::errored, text::cat("the judge is busy or its quota is used up (HTTP 429)", words), false};
    case judge::Refusal::unavailable:
      return {Outcome::errored, text::cat("the judge's endpoint failed (HTTP ", response.status, ")", words), false};
    case judge::Refusal::form:
    case judge::Refusal::other:
      break;
  }
  return {Outcome::errored, text::cat("the judge's endpoint answered HTTP ", response.status, words), false};
}

NoVerdict JudgeClient::unreachable(const Error& error) const {
  const bool once_more = error.code == "http-timeout" || error.code == "http-too-large";
  return {Outcome::errored, "the judge could not be asked: " + redactor_.text(error.message), !once_more};
}

std::string JudgeClient::cache_path(std::string_view body) const {
  if (settings_.cache_folder.empty()) return {};
  const std::string asked = text::cat(judge::format_name(endpoint_.format), "\n", endpoint_.base_url, "\n",
                                      endpoint_.model, "\n", judge::kPromptVersion, "\n", body);
  return system::join_path(settings_.cache_folder, hash::sha256_hex(asked) + ".json");
}

/// The file holds judgements of one line; the digest in its name covers the sentence, its id may differ by now.
std::optional<judge::Judgement> JudgeClient::cached(const scenario::Criterion& criterion,
                                                    const std::string& path) const {
  if (path.empty()) return std::nullopt;
  const auto content = system::read_file(path, kMaxCachedBytes);
  if (!content) return std::nullopt;
  auto read = judge::read_judgements(*content);
  if (!read || read->lines.size() != 1 || read->model != endpoint_.model) return std::nullopt;
  judge::Judgement line = std::move(read->lines.front());
  if (!line.confidence || line.text != redactor_.sentence(criterion.text)) return std::nullopt;
  line.criterion = criterion.id;
  line.text = criterion.text;
  return line;
}

void JudgeClient::keep(const judge::Judgement& judgement, const std::string& path) {
  if (path.empty()) return;
  judge::Judgements kept{endpoint_.model, {judgement}};
  kept.lines.front().text = redactor_.sentence(judgement.text);
  Result<void> done = system::make_folder(settings_.cache_folder);
  if (done) done = system::write_file(path, judge::to_json(kept));
  if (!done) cache_problem_ = done.error().message;
}

}  // namespace

std::string judge_cache_folder(const Variables& own) {
  const auto value = [&](std::string_view name) {
    const auto found = own.find(name);
    return found == own.end() ? std::string() : found->second;
  };
  const std::string cache = value("XDG_CACHE_HOME");
  if (cache.starts_with('/')) return system::join_path(cache, "pome/judge");  // others are to be ignored (XDG)
  const std::string home = value("HOME");
  return home.empty() ? std::string() : system::join_path(home, ".cache/pome/judge");
}

JudgedRun judge_run(const JudgeSettings& settings, const RunToJudge& run, const redact::Redactor& redactor) {
  return JudgeClient(settings, redactor)(run);
}

}  // namespace pome::cli
