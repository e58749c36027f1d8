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

using Rows = std::vector<Json>;

constexpr std::size_t kMost = 512;  // calls a tape is filled up with
constexpr std::array<int, 6> kOtherStatuses = {404, 422, 403, 401, 500, 200};

/// Recorder rows as a session writes them, for calls nobody made.
Json made_up(std::string_view method, std::string_view path, std::string_view action, int status) {
  Json row = {{"ts", "2026-01-01T00:00:00.000Z"},
              {"run_id", "proof"},
              {"twin", "github"},
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

/// Every row its own number, in order.
void renumber(Rows& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string digits = text::cat(i + 1);
    digits.insert(0, digits.size() < 6 ? 6 - digits.size() : 0, '0');
    rows[i]["request_id"] = rows[i]["event_id"] = text::cat("req_", digits);
  }
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

class TapeEditor {
 public:
  explicit TapeEditor(Mutator& mutator) : mutator_(mutator), rows_(mutator.subject().rows()) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto id = json::string_at(rows_[i], "request_id");
      const auto& wanted = mutator.result().events;
      if (id && std::find(wanted.begin(), wanted.end(), *id) != wanted.end()) named_.push_back(i);
    }
    mentions_ = mentions_of(mutator.result().criterion.text, mutator.subject().final_state());
  }

  void run() {
    for (const std::size_t i : named_) change_call(i);
    if (named_.size() > 1) without_named();
    for (const std::size_t i : named_) move_call(i);
    add_mentioned();
    add_others();
    fill_up();
    reorder();
  }

 private:
  bool done() const { return mutator_.done(); }

  void emit(std::string words, Rows rows) {
    if (done()) return;
    renumber(rows);
    mutator_.tape(std::move(words), rows);
  }

  std::string call_words(std::size_t i) const { return call_in_words(rows_[i], i); }

  void change_call(std::size_t i) {
    Rows rows = rows_;
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i));
    emit(text::cat(call_words(i), " is not made"), std::move(rows));
    rows = rows_;
    rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(i), rows_[i]);
    emit(text::cat(call_words(i), " is made twice"), std::move(rows));
    for (const int status : kOtherStatuses) {
      rows = rows_;
      rows[i]["status"] = status;
      rows[i]["error"] = status < 400 ? Json() : Json("refused");
      emit(text::cat(call_words(i), " is answered ", status), std::move(rows));
    }
    change_body(i);
  }

  void change_body(std::size_t i) {
    const Json body = json::at(rows_[i], "request_body");
    if (!body.is_object()) return;
    for (const auto& [name, value] : body.items()) {
      Rows rows = rows_;
      rows[i]["request_body"].erase(name);
      emit(text::cat(call_words(i), " does not say `", name, '`'), std::move(rows));
      rows = rows_;
      rows[i]["request_body"][name] = value.is_array()
                                          ? Json::array({std::string(kSomethingElse)})
                                          : other_values(value.is_structured() ? Json() : value, {}).back();
      emit(text::cat(call_words(i), " says something else as `", name, '`'), std::move(rows));
    }
  }

  void without_named() {
    Rows rows;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (std::find(named_.begin(), named_.end(), i) == named_.end()) rows.push_back(rows_[i]);
    }
    emit("none of the calls the verdict rests on is made", std::move(rows));
  }

  void move_call(std::size_t i) {
    Rows rows = rows_;
    std::rotate(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(i),
                rows.begin() + static_cast<std::ptrdiff_t>(i + 1));
    emit(text::cat(call_words(i), " comes first"), std::move(rows));
    rows = rows_;
    std::rotate(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.begin() + static_cast<std::ptrdiff_t>(i + 1),
                rows.end());
    emit(text::cat(call_words(i), " comes last"), std::move(rows));
  }

  void add(std::string words, const Json& row) {
    if (done()) return;
    Rows rows = rows_;
    rows.push_back(row);
    emit(words, std::move(rows));
    rows = rows_;
    rows.insert(rows.begin(), row);
    emit(words + " before all others", std::move(rows));
  }

  /// Calls of every action the sentence could mean, with what else it says in their bodies.
  void add_mentioned() {
    const std::string path = text::cat("/repos/", mentions_.repository, "/issues/", mentions_.number);
    for (const std::string& action : mentions_.texts) {
      for (const int status : {200, 422}) {
        const Json row = made_up("POST", path, action, status);
        const std::string words = text::cat("`", action, "` is called", status < 400 ? "" : " and refused");
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
        out.push_back({{member, value}});
        out.push_back({{member, Json::array({value})}});
        out.push_back({{member, Json::array({Json{{"name", value}}})}});
      }
    }
    return out;
  }

  void add_others() {
    const std::string path = text::cat("/repos/", mentions_.repository, "/issues/", mentions_.number);
    Json unsupported = made_up("POST", "/repos/" + mentions_.repository + "/unheard-of", "", 501);
    unsupported["fidelity"] = "unsupported";
    add("a call is made that the twin does not support", unsupported);
    for (const int status : {404, 422, 403, 401, 500}) {
      add(text::cat("a call is made and answered ", status), made_up("GET", path, "issues/get", status));
    }
    Json write = made_up("PATCH", path, "issues/update", 200);
    write["request_body"] = {{"state", "closed"}};
    add("one more write is made", write);
    add("one more write is made", made_up("DELETE", "/repos/" + mentions_.repository, "repos/delete", 204));
    add("one more read is made", made_up("GET", path, "issues/get", 200));
  }

  /// Very many calls, for sentences that count.
  void fill_up() {
    for (const std::size_t i : named_) fill_up_with(rows_[i], call_words(i));
    for (const std::string& action : mentions_.texts)
      fill_up_with(made_up("POST", "/", action, 200), text::cat('`', action, '`'));
    fill_up_with(made_up("GET", "/", "issues/get", 200), "a read");
    fill_up_with(made_up("PATCH", "/", "issues/update", 200), "a write");
  }

  void fill_up_with(const Json& row, std::string_view name) {
    for (std::size_t count = 4; count <= kMost && !done(); count *= 4) {
      Rows rows = rows_;
      rows.insert(rows.end(), count, row);
      emit(text::cat(name, " is made ", count, " times more"), std::move(rows));
    }
  }

  void reorder() {
    emit("no call is made", Rows());
    emit("the calls are made in the opposite order", Rows(rows_.rbegin(), rows_.rend()));
  }

  Mutator& mutator_;
  Rows rows_;
  std::vector<std::size_t> named_;  // rows the verdict rests on
  Mentions mentions_;
};

}  // namespace

void mutate_tape(Mutator& mutator) { TapeEditor(mutator).run(); }

}  // namespace pome::proof
