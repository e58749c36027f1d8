#include "core/trials/divergence.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/trials/json_reads.h"

namespace pome::trials {
namespace {

constexpr std::size_t kShownValueBytes = 120;
constexpr std::string_view kMount = "/s/";

/// The session a row's path names: "run_1" of "/s/run_1/user". Empty without one.
std::string_view session_in(std::string_view path) {
  if (!path.starts_with(kMount)) return {};
  path.remove_prefix(kMount.size());
  return path.substr(0, path.find('/'));
}

/// Texts without what only names the session: its address (http://host:port/s/id) and its id.
class Normaliser {
 public:
  explicit Normaliser(std::string_view session) : session_(session), mount_(text::cat(kMount, session)) {}

  std::string operator()(std::string text) const {
    if (session_.empty()) return text;
    for (std::size_t at = text.find(mount_); at != std::string::npos; at = text.find(mount_, at)) {
      const std::size_t begin = address_begin(text, at);
      text.replace(begin, at + mount_.size() - begin, kTwin);
      at = begin + kTwin.size();
    }
    if (session_.size() < kLeastIdBytes) return text;  // "default" is a word, too
    return text::replace_all(std::move(text), session_, kSession);
  }

  /// All texts inside a value, keys excepted.
  void apply(Json& value) const {
    if (value.is_string()) {
      value = (*this)(value.get<std::string>());
    } else if (value.is_structured()) {
      for (Json& child : value) apply(child);
    }
  }

 private:
  static constexpr std::string_view kTwin = "{twin}";
  static constexpr std::size_t kLeastIdBytes = 16;
  static constexpr std::string_view kSession = "{session}";

  /// Where the URL that has the mount at `at` begins; `at` when it is a path alone.
  static std::size_t address_begin(std::string_view text, std::size_t at) {
    std::size_t host = at;
    const auto in_host = [](char c) {
      return text::is_alpha(c) || text::is_digit(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    };
    while (host > 0 && in_host(text[host - 1])) --host;
    for (const std::string_view scheme : {"http://", "https://"}) {
      if (host < at && text.substr(0, host).ends_with(scheme)) return host - scheme.size();
    }
    return at;
  }

  std::string session_;
  std::string mount_;
};

struct Row {
  TapeCall call;
  Json body;
  Json answer;
};

Row read_row(Json row) {
  Row out;
  const std::string path = string_or_empty(row, "path");
  const std::string_view session = session_in(path);
  const Normaliser normalise(session.empty() ? json::string_at(row, "run_id").value_or("") : session);
  const std::string inside = session.empty() ? path : path.substr(kMount.size() + session.size());
  out.call.method = string_or_empty(row, "method");
  out.call.path = normalise(inside.empty() ? "/" : inside);
  const std::string query = string_or_empty(row, "query");
  if (!query.empty()) out.call.path += text::cat("?", normalise(query));
  out.call.status = json::integer_at(row, "status").value_or(0);
  if (const auto found = row.find("request_body"); found != row.end()) out.body = std::move(*found);
  if (const auto found = row.find("response_body"); found != row.end()) out.answer = std::move(*found);
  normalise.apply(out.body);
  normalise.apply(out.answer);
  return out;
}

Error bad_tape(std::size_t line, std::string_view why) {
  return fail("bad-evidence", text::cat("line ", line, " of the tape is not a recorded call: ", why), "events");
}

Result<std::vector<Row>> read_rows(std::string_view events) {
  std::vector<Json> found;
  if (text::trim(events).starts_with('[')) {
    POME_TRY(Json list, json::parse(events));
    for (Json& row : list) found.push_back(std::move(row));
  } else {
    const auto lines = text::lines(events);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (text::trim(lines[i]).empty()) continue;
      auto row = json::parse(lines[i]);
      if (!row) return bad_tape(i + 1, row.error().message);
      found.push_back(std::move(row).value());
    }
  }
  std::vector<Row> rows;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i].is_object()) return bad_tape(i + 1, "not a JSON object");
    const auto kind = json::string_at(found[i], "kind");
    if (!kind || *kind == "TwinHttpEvent") rows.push_back(read_row(std::move(found[i])));
  }
  return rows;
}

struct Difference {
  std::string pointer;
  const Json* a = nullptr;  ///< nothing: absent
  const Json* b = nullptr;
};

const Json* member(const Json& value, const std::string& key) {
  const auto found = value.find(key);
  return found == value.end() ? nullptr : &*found;
}

std::optional<Difference> first_difference(const Json& a, const Json& b, const std::string& at) {
  if (a == b) return std::nullopt;
  if (a.is_array() && b.is_array()) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
      if (auto found = first_difference(a[i], b[i], pointer::child(at, i))) return found;
    }
    const std::size_t i = std::min(a.size(), b.size());
    return Difference{pointer::child(at, i), i < a.size() ? &a[i] : nullptr, i < b.size() ? &b[i] : nullptr};
  }
  if (!a.is_object() || !b.is_object()) return Difference{at, &a, &b};
  for (const auto& [key, value] : a.items()) {
    const Json* other = member(b, key);
    const std::string place = pointer::child(at, key);
    if (other == nullptr) return Difference{place, &value, nullptr};
    if (auto found = first_difference(value, *other, place)) return found;
  }
  for (const auto& [key, value] : b.items()) {
    if (member(a, key) == nullptr) return Difference{pointer::child(at, key), nullptr, &value};
  }
  return std::nullopt;
}

std::string shown(const Json* value) {
  if (value == nullptr) return {};
  std::string text = json::dump(*value);
  if (text.size() <= kShownValueBytes) return text;
  return text::cat(text::truncate_utf8(text, kShownValueBytes), "...");
}

void note(Divergence& divergence, DivergenceKind kind, const std::optional<Difference>& difference) {
  divergence.kind = kind;
  if (!difference) return;
  divergence.pointer = difference->pointer;
  divergence.a_value = shown(difference->a);
  divergence.b_value = shown(difference->b);
}

/// Whether two calls differ, and how: a request before its answer.
bool tell_apart(const Row& a, const Row& b, Divergence& divergence) {
  if (a.call.method != b.call.method || a.call.path != b.call.path) {
    note(divergence, DivergenceKind::request, std::nullopt);
  } else if (a.body != b.body) {
    note(divergence, DivergenceKind::body, first_difference(a.body, b.body, ""));
  } else if (a.call.status != b.call.status) {
    note(divergence, DivergenceKind::status, std::nullopt);
  } else if (a.answer != b.answer) {
    note(divergence, DivergenceKind::answer, first_difference(a.answer, b.answer, ""));
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::string_view divergence_name(DivergenceKind kind) {
  constexpr std::string_view kNames[] = {"request", "body", "status", "answer", "end"};
  return kNames[static_cast<std::size_t>(kind)];
}

Result<std::optional<Divergence>> first_divergence(std::string_view events_a, std::string_view events_b) {
  POME_TRY(const std::vector<Row> a, read_rows(events_a));
  POME_TRY(const std::vector<Row> b, read_rows(events_b));
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    Divergence found;
    found.kind = DivergenceKind::end;
    if (i < common && !tell_apart(a[i], b[i], found)) continue;
    found.index = i + 1;
    if (i < a.size()) found.a = a[i].call;
    if (i < b.size()) found.b = b[i].call;
    if (i > 0) found.before = a[i - 1].call;
    return std::optional(std::move(found));
  }
  return std::optional<Divergence>();
}

}  // namespace pome::trials
