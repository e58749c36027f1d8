#include <mutex>
#include <utility>

#include "core/base/encoding.h"
#include "core/base/text.h"
#include "core/twin/session/session.h"
#include "tools/cli/twin_host.h"
#include "tools/server/listener.h"

namespace pome::cli {
namespace {

constexpr std::size_t kSecretBytes = 32;

class SelfHost final : public TwinHost {
 public:
  explicit SelfHost(Environment& environment) : environment_(environment) {}

  std::string_view mode() const override { return "self-host"; }

  Result<void> open(const ScenarioInput& input, std::int64_t life_seconds) override {
    run_id_ = "run_" + make_uuid(environment_);
    auto listener = server::Listener::start(
        {}, [this](http::Request request, const server::Peer&) { return answer(std::move(request)); });
    if (!listener) return listener.error();
    listener_ = std::move(listener).value();

    twin::SessionConfig config;
    config.id = run_id_;
    config.mount = "/s/" + run_id_;
    config.base_url = rest_url_ = listener_->url() + config.mount;
    config.auth_secret = encoding::hex(environment_.random_bytes(kSecretBytes));
    config.run_id = run_id_;
    const std::scoped_lock lock(mutex_);
    POME_TRY(session_, twin::Session::open(std::move(config), input.scenario.seed.json, environment_));
    auth_token_ = session_->mint_token(twin::kDefaultLogin, environment_.now_millis() / 1000 + life_seconds);
    return {};
  }

  Result<std::string> initial_state() override {
    const std::scoped_lock lock(mutex_);
    return session_->initial_state();
  }
  Result<std::optional<std::string>> reset() override {
    const std::scoped_lock lock(mutex_);
    session_->reset();
    return std::optional<std::string>();
  }
  Result<std::string> final_state() override {
    const std::scoped_lock lock(mutex_);
    return session_->state();
  }
  Result<std::string> events() override {
    const std::scoped_lock lock(mutex_);
    return session_->events();
  }
  std::optional<std::uint64_t> calls() override {
    const std::scoped_lock lock(mutex_);
    return session_->calls();
  }
  Result<Kept> keep(const FinishedRun&) override { return Kept{}; }
  Result<void> close() override {
    if (listener_) listener_->stop();
    listener_.reset();
    return {};
  }

 private:
  http::Response answer(http::Request request) {
    const std::scoped_lock lock(mutex_);
    const std::string mount = "/s/" + run_id_;
    const bool mounted = request.path == mount || request.path.starts_with(mount + "/");
    if (!session_ || !mounted) return http::json_response(404, "{\"message\":\"Not Found\"}");
    return session_->handle(std::move(request));
  }

  Environment& environment_;
  std::mutex mutex_;  // one request at a time per session, and the run reads between them
  std::unique_ptr<twin::Session> session_;
  std::unique_ptr<server::Listener> listener_;  // destroyed first: its threads use the session
};

}  // namespace

std::unique_ptr<TwinHost> make_self_host(Environment& environment) { return std::make_unique<SelfHost>(environment); }

std::string make_uuid(Environment& environment) {
  std::string bytes = environment.random_bytes(16);
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0FU) | 0x40U);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3FU) | 0x80U);
  std::string out = encoding::hex(bytes);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) out.insert(at, 1, '-');
  return out;
}

}  // namespace pome::cli
