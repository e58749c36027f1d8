#include "core/twin/github/rest/reply.h"

#include <utility>
#include <variant>

#include "core/twin/github/rest/errors.h"

namespace pome::twin::github::rest {

struct Reply::State {
  std::variant<Answer, ApiError> value;
};

Reply::Reply(Answer answer) : state_(new State{std::move(answer)}) {}
Reply::Reply(ApiError error) : state_(new State{std::move(error)}) {}
Reply::Reply(const model::Refusal& refusal) : Reply(errors::from(refusal)) {}
Reply::Reply(Reply&& other) noexcept = default;
Reply& Reply::operator=(Reply&& other) noexcept = default;
Reply::~Reply() = default;

const ApiError* Reply::error() const { return std::get_if<ApiError>(&state_->value); }

Answer& Reply::answer() { return *std::get_if<Answer>(&state_->value); }

Reply& Reply::location(std::string url) {
  if (auto* answer = std::get_if<Answer>(&state_->value)) answer->location = std::move(url);
  return *this;
}

Reply& Reply::modified_at(std::int64_t time) {
  if (auto* answer = std::get_if<Answer>(&state_->value)) answer->modified_at = time;
  return *this;
}

Reply& Reply::link(std::string header) {
  if (auto* answer = std::get_if<Answer>(&state_->value)) answer->link = std::move(header);
  return *this;
}

Reply json_answer(int status, FunctionRef<void(JsonWriter&)> write) {
  constexpr std::size_t kTypicalBody = 8 * 1024;
  Answer answer;
  answer.status = status;
  answer.body.reserve(kTypicalBody);
  JsonWriter json(answer.body);
  write(json);
  return answer;
}

Reply redirect(std::string url) {
  Answer answer;
  answer.status = 302;
  answer.location = std::move(url);
  return answer;
}

Reply no_content() { return Answer{.status = 204}; }

Reply no_content_unless(const model::Refused& refusal) { return refusal ? Reply(*refusal) : no_content(); }

}  // namespace pome::twin::github::rest
