#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/proof/additions.h"
#include "core/proof/mutants.h"
#include "core/proof/words.h"

namespace pome::proof {
namespace {

using Rows = std::vector<std::string>;  // JSON texts

constexpr std::size_t kMost = 512;  // calls a tape is filled up with
constexpr std::array<int, 6> kOtherStatuses = {404, 422, 403, 401, 500, 200};

/// Recorder rows as a session writes them, for calls nobody made.
Json made_up(std::string_view method, std::string_view path, std::string_view action, int status) {
  Json row = {{"ts", "2026-01-01T00:00:00.000Z"},
              {"run_id", "proof"},
              {"twin", "github"},
              {"request_id", "req_made_up"},
              {"event_id", "req_made_up"},
              {"method", std::string(method)},
              {"path", text::cat("/s/proof", path)},
              {"request_body", nullptr},
              {"request_headers", Json::object()},
              {"operation", nullptr},
              {"tool", nullptr},
              {"tools", Json::array()},
              {"status", status},
              {"response_body", Json::object()},
              {"latency_ms", 0},
              {"fidelity", "semantic"},
              {"state_mutation", method != "GET" && status < 400},
              {"state_delta", nullptr},
              {"error", nullptr},
              {"kind", "TwinHttpEvent"}};
  if (!action.empty()) {
    row["operation"] = std::string(action);
    row["tool"] = std::string(action);
    row["tools"].push_back(std::string(action));
  }
  if (status >= 400) row["error"] = "refused";
  return row;
}

/// What a sentence mentions, as a call could carry it.
struct Mentions {
  std::vector<std::string> texts;
  std::string repository = "acme/api";
  std::string number = "1";
};

Mentions mentions_of(std::string_view sentence, const Json& state) {
  Mentions found;
  const Json& repositories = json::at(state, "repositories");
  if (repositories.is_array() && !repositories.empty())
    found.repository = std::string(json::string_at(repositories.front(), "full_name").value_or(found.repository));
  for (std::string& literal : literals_of(sentence)) {
    if (text::to_integer(literal)) found.number = literal;
    found.texts.push_back(std::move(literal));
  }
  return found;
}

Rows::iterator place(Rows& rows, std::size_t i) { return rows.begin() + static_cast<std::ptrdiff_t>(i); }

class TapeEditor {
 public:
  explicit TapeEditor(Mutator& mutator)
      : mutator_(mutator), rows_(mutator.subject().rows()), texts_(mutator.subject().row_texts()) {
    const std::vector<std::string>& wanted = mutator.result().events;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto id = json::string_at(rows_[i], "request_id");
      if (id && std::find(wanted.begin(), wanted.end(), *id) != wanted.end()) named_.push_back(i);
    }
    mentions_ = mentions_of(mutator.result().criterion.text, mutator.subject().final_state());
    counts_ = text::contains(mutator.result().criterion.text, " at most ") ||
              text::starts_with_ignore_case(mutator.result().criterion.text, "at most ");
    path_ = text::cat("/repos/", mentions_.repository, "/issues/", mentions_.number);
  }

  void run() {
    for (const std::size_t i : named_) leave_out(i);
    if (named_.size() > 1) without_named();
    for (const std::size_t i : named_) move_call(i);
    if (counts_) fill_up();
    for (const std::size_t i : named_) change_call(i);
    add_mentioned();
    add_others();
    if (!counts_) fill_up();
    emit("no call is made", Rows());
    emit("the calls are made in the opposite order", Rows(texts_.rbegin(), texts_.rend()));
  }

 private:
  bool done() const { return mutator_.done(); }
  void emit(std::string words, const Rows& rows) { mutator_.tape(std::move(words), rows); }
  std::string call_words(std::size_t i) const { return call_in_words(rows_[i], i); }

  /// The same call once more is another row of the tape.
  std::string again(std::size_t i) const {
    Json row = rows_[i];
    row["request_id"] = row["event_id"] = text::cat(json::string_at(row, "request_id").value_or(""), "_again");
    return json::dump(row);
  }

  void replace(std::size_t i, const std::string& words, const Json& row) {
    Rows rows = texts_;
    rows[i] = json::dump(row);
    emit(text::cat(call_words(i), ' ', words), rows);
  }

  void leave_out(std::size_t i) {
    if (done()) return;
    Rows rows = texts_;
    rows.erase(place(rows, i));
    emit(text::cat(call_words(i), " is not made"), rows);
  }

  void change_call(std::size_t i) {
    if (done()) return;
    Rows rows = texts_;
    rows.insert(place(rows, i + 1), again(i));
    emit(text::cat(call_words(i), " is made twice"), rows);
    for (const int status : kOtherStatuses) {
      Json row = rows_[i];
      row["status"] = status;
      row["error"] = status < 400 ? Json() : Json("refused");
      replace(i, text::cat("is answered ", status), row);
    }
    change_body(i);
  }

  void change_body(std::size_t i) {
    const Json body = json::at(rows_[i], "request_body");
    if (!body.is_object()) return;
    for (const auto& [name, value] : body.items()) {
      Json row = rows_[i];
      row["request_body"].erase(name);
      replace(i, text::cat("does not say `", name, '`'), row);
      row["request_body"][name] = other_body(value);
      replace(i, text::cat("says something else as `", name, '`'), row);
    }
  }

  static Json other_body(const Json& value) {
    if (value.is_array()) return Json::array({std::string(kSomethingElse)});
    if (value.is_structured()) return std::string(kSomethingElse);
    return other_values(value, {}).front();
  }

  void without_named() {
    Rows rows;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      if (std::find(named_.begin(), named_.end(), i) == named_.end()) rows.push_back(texts_[i]);
    }
    emit("none of the calls the verdict rests on is made", rows);
  }

  void move_call(std::size_t i) {
    if (done()) return;
    Rows rows = texts_;
    std::rotate(rows.begin(), place(rows, i), place(rows, i + 1));
    emit(text::cat(call_words(i), " comes first"), rows);
    rows = texts_;
    std::rotate(place(rows, i), place(rows, i + 1), rows.end());
    emit(text::cat(call_words(i), " comes last"), rows);
  }

  void add(const std::string& words, const Json& row) {
    if (done()) return;
    Rows rows = texts_;
    rows.push_back(json::dump(row));
    emit(words, rows);
    std::rotate(rows.begin(), rows.end() - 1, rows.end());
    emit(words + " before all others", rows);
  }

  /// Calls of every action the sentence could mean, with what else it says in their bodies.
  void add_mentioned() {
    for (const std::string& action : mentions_.texts) {
      if (text::contains(action, "/"))
        add(text::cat('`', action, "` is read"), made_up("GET", "/repos/" + action, "repos/get", 200));
      for (const int status : {200, 422}) {
        const Json row = made_up("POST", path_, action, status);
        const std::string words = text::cat('`', action, "` is called", status < 400 ? "" : " and refused");
        add(words, row);
        for (const Json& body : bodies(action)) {
          Json with = row;
          with["request_body"] = body;
          add(text::cat(words, " with ", json::dump(body)), with);
        }
      }
    }
  }

  /// Each pair of other values as member and value, as a text, a list and a list of named things.
  std::vector<Json> bodies(const std::string& action) const {
    std::vector<Json> out;
    for (const std::string& member : mentions_.texts) {
      for (const std::string& value : mentions_.texts) {
        if (member == value || member == action || value == action) continue;
        Json body = Json::object();
        body[member] = value;
        out.push_back(body);
        body[member] = Json::array({value});
        out.push_back(body);
        body[member][0] = Json::object();
        body[member][0]["name"] = value;
        out.push_back(std::move(body));
      }
    }
    return out;
  }

  void add_others() {
    const std::string repository = "/repos/" + mentions_.repository;
    Json unsupported = made_up("POST", repository + "/unheard-of", "", 501);
    unsupported["fidelity"] = "unsupported";
    add("a call is made that the twin does not support", unsupported);
    for (const int status : {404, 422, 403, 401, 500}) {
      add(text::cat("a call is made and answered ", status), made_up("GET", path_, "issues/get", status));
    }
    Json write = made_up("PATCH", path_, "issues/update", 200);
    write["request_body"] = Json::object();
    write["request_body"]["state"] = "closed";
    add("one more write is made", write);
    add("one more write is made", made_up("DELETE", repository, "repos/delete", 204));
    add("one more read is made", made_up("GET", path_, "issues/get", 200));
  }

  /// Very many calls, for sentences that count.
  void fill_up() {
    for (const std::size_t i : named_) fill_up_with(again(i), call_words(i));
    for (const std::string& action : mentions_.texts)
      fill_up_with(json::dump(made_up("POST", path_, action, 200)), text::cat('`', action, '`'));
    fill_up_with(json::dump(made_up("GET", path_, "issues/get", 200)), "a read");
    fill_up_with(json::dump(made_up("PATCH", path_, "issues/update", 200)), "a write");
  }

  void fill_up_with(const std::string& row, std::string_view name) {
    for (std::size_t count = 2; count <= kMost && !done(); count *= 4) {
      Rows rows = texts_;
      rows.insert(rows.end(), count, row);
      emit(text::cat(name, " is made ", count, " times more"), rows);
    }
  }

  Mutator& mutator_;
  const std::vector<Json>& rows_;
  const Rows& texts_;
  std::vector<std::size_t> named_;  // rows the verdict rests on
  Mentions mentions_;
  bool counts_ = false;  // the sentence says how often
  std::string path_;     // of the issue the sentence speaks of
};

}  // namespace

void mutate_tape(Mutator& mutator) {
  if (!mutator.subject().evidence().events.empty()) TapeEditor(mutator).run();
}

}  // namespace pome::proof
