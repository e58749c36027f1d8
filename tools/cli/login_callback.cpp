#include "tools/cli/login_callback.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "core/base/text.h"
#include "core/http/message.h"
#include "tools/cli/interrupt.h"
#include "tools/server/listener.h"

namespace pome::cli {
namespace {

constexpr std::chrono::milliseconds kLookForInterrupt{100};

http::Response page(int status, std::string_view title, std::string_view text) {
  http::Response response;
  response.status = status;
  response.headers.add("content-type", "text/html; charset=utf-8");
  response.headers.add("content-security-policy", "default-src 'none'");
  response.headers.add("cache-control", "no-store");
  response.headers.add("referrer-policy", "no-referrer");
  response.body = text::cat("<!doctype html><title>Pome</title><h1>", title, "</h1><p>", text, "</p>\n");
  return response;
}

}  // namespace

struct LoginCallback::State {
  std::string expected;
  std::mutex mutex;
  std::condition_variable arrived;
  std::optional<Result<std::string>> answer;
  std::unique_ptr<server::Listener> listener;  // destroyed first: its threads use the rest

  http::Response handle(const http::Request& request);
};

http::Response LoginCallback::State::handle(const http::Request& request) {
  if (request.path != "/callback") return page(404, "Not found", "Only the sign-in page comes here.");
  if (request.method != "GET") return page(405, "Not allowed", "Only the sign-in page comes here.");
  const http::Query query(request.query);
  if (!text::constant_time_equal(query.get("state").value_or(""), expected)) {
    return page(400, "Invalid login callback",
                "This link does not belong to the login that is waiting. Start again with pome login.");
  }
  const std::scoped_lock lock(mutex);
  if (answer) return page(400, "Already used", "This login is over. Start again with pome login.");
  const std::string error(query.get("error").value_or(""));
  const std::string code(query.get("code").value_or(""));
  if (error.empty() && code.empty()) return page(400, "Invalid login callback", "The code is missing.");
  if (error.empty()) {
    answer.emplace(code);
  } else {
    answer.emplace(fail("login", text::cat("The sign-in page reported: ", text::truncate_utf8(error, 200), ".")));
  }
  arrived.notify_all();
  if (!error.empty()) return page(400, "Login refused", "Nothing was changed. You can close this page.");
  return page(200, "Pome login complete", "You can close this page and go back to the terminal.");
}

LoginCallback::LoginCallback(std::unique_ptr<State> state) : state_(std::move(state)) {}
LoginCallback::~LoginCallback() {
  if (state_->listener) state_->listener->stop();
}

Result<std::unique_ptr<LoginCallback>> LoginCallback::listen(std::string state) {
  auto fresh = std::make_unique<State>();
  fresh->expected = std::move(state);
  State* raw = fresh.get();
  auto listener =
      server::Listener::start({}, [raw](http::Request request, const server::Peer&) { return raw->handle(request); });
  if (!listener) return listener.error();
  fresh->listener = std::move(listener).value();
  return std::unique_ptr<LoginCallback>(new LoginCallback(std::move(fresh)));
}

std::string LoginCallback::redirect_uri() const { return state_->listener->url() + "/callback"; }

Result<std::string> LoginCallback::wait(std::chrono::seconds limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  std::unique_lock lock(state_->mutex);
  while (!state_->answer) {
    if (interrupted()) return fail("interrupted", "Login cancelled. No credentials were changed.");
    if (std::chrono::steady_clock::now() >= until) {
      return fail("login",
                  text::cat("Nobody signed in within ", limit.count() / 60, " minutes. Run `pome login` again."));
    }
    state_->arrived.wait_for(lock, kLookForInterrupt);
  }
  return *state_->answer;
}

}  // namespace pome::cli
