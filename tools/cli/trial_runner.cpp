#include "tools/cli/trial_runner.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/process.h"
#include "tools/cli/process_tree.h"

namespace pome::cli {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::seconds;

constexpr int kMostRetries = 5;
constexpr seconds kFirstPause{2};  // doubled each time
constexpr std::chrono::milliseconds kTick{100};
constexpr seconds kTimeBesideTheAgent{3600};  // preflight, uploads, a judge
constexpr seconds kTimeToTidyUp{60};          // for deleting a session
constexpr std::size_t kMaxDocumentBytes = std::size_t{256} << 20;
constexpr std::array<std::string_view, 4> kBefallsAll = {"http-refused", "http-dns", "interrupted", "http-interrupted"};

struct Job {
  std::int64_t number = 1;
  int retries = 0;
  Clock::time_point not_before;
};

trials::Trial ungraded(std::string reason, std::string_view code, int exit_code) {
  trials::Trial trial;
  trial.reason = std::move(reason);
  trial.error_code = std::string(code);
  trial.exit_code = exit_code;
  return trial;
}

/// The trial in what `pome run --json` printed.
trials::Trial trial_of(const ProcessResult& result) {
  const auto document = json::parse(result.stdout_text);
  if (document && json::at(*document, "runs").size() == 1) {
    const Json& runs = json::at(*document, "runs");
    auto trial = trials::trial_of_run(runs.front());
    if (trial) return std::move(trial).value();
    return ungraded(text::cat("the trial's result cannot be read: ", trial.error().message), trial.error().code,
                    kExitOrchestration);
  }
  if (result.end == ProcessEnd::interrupted) return ungraded("Interrupted.", "interrupted", kExitOrchestration);
  const auto lines = text::lines(text::trim(result.stderr_text));
  std::string reason = text::cat("the trial's process ", describe(result), " without a result");
  if (!lines.empty()) reason += text::cat(": ", text::truncate_utf8(lines.back(), 300));
  const bool refused = result.end == ProcessEnd::exited && result.exit_code > kExitOrchestration;
  return ungraded(std::move(reason), "no-result", refused ? result.exit_code : kExitOrchestration);
}

ProcessSpec process_of(const TrialsPlan& plan) {
  ProcessSpec spec;
  spec.argv = {"/proc/self/exe", "run", plan.file, "--json", "--quiet", "-n", "1"};
  spec.argv.insert(spec.argv.end(), plan.flags.begin(), plan.flags.end());
  spec.environment.assign(plan.environment.begin(), plan.environment.end());
  spec.timeout = seconds(plan.timeout_seconds) + kTimeBesideTheAgent;
  spec.grace = kTimeToTidyUp;
  spec.max_output_bytes = kMaxDocumentBytes;
  spec.tidies_up = true;
  return spec;
}

/// Decides in one thread; trials run in others and hand in what they come to.
class Runner {
 public:
  Runner(const TrialsPlan& plan, Progress& progress, const std::function<void(const trials::Trial&)>& on_end)
      : plan_(plan), spec_(process_of(plan)), progress_(progress), on_end_(on_end), room_(plan.jobs) {}

  std::vector<trials::Trial> operator()() {
    for (std::int64_t number = 1; number <= plan_.count; ++number) waiting_.push_back({number, 0, {}});
    say();
    while (!waiting_.empty() || !running_.empty()) {
      if (interrupted() && !stopped_) stopped_ = "it was interrupted";
      if (stopped_) leave_waiting();
      start_what_fits();
      collect();
      progress_.tick();
    }
    kill_descendants();  // what a trial that was killed may have left behind
    std::stable_sort(done_.begin(), done_.end(),
                     [](const trials::Trial& a, const trials::Trial& b) { return a.number < b.number; });
    return std::move(done_);
  }

 private:
  struct Running {
    Job job;
    std::thread thread;
    std::optional<trials::Trial> trial;  // guarded by mutex_; set at the end
  };

  void start_what_fits() {
    while (!waiting_.empty() && !stopped_ && static_cast<std::int64_t>(running_.size()) < room_) {
      if (Clock::now() < waiting_.front().not_before) return;
      Running& slot = running_.emplace_back();
      slot.job = waiting_.front();
      waiting_.pop_front();
      slot.thread = std::thread([this, &slot] {
        const auto result = run_process(spec_);
        trials::Trial trial =
            result ? trial_of(*result) : ungraded(result.error().message, result.error().code, kExitOrchestration);
        const std::scoped_lock lock(mutex_);
        slot.trial = std::move(trial);
        ended_.notify_one();
      });
    }
  }

  /// Waits a tick for trials to end.
  void collect() {
    const auto is_over = [](const Running& slot) { return slot.trial.has_value(); };
    std::list<Running> over;
    {
      std::unique_lock lock(mutex_);
      ended_.wait_for(lock, kTick, [&] { return std::any_of(running_.begin(), running_.end(), is_over); });
      for (auto slot = running_.begin(); slot != running_.end();) {
        const auto next = std::next(slot);
        if (is_over(*slot)) over.splice(over.end(), running_, slot);
        slot = next;
      }
    }
    for (Running& slot : over) {
      slot.thread.join();
      slot.trial->number = slot.job.number;
      finish(slot.job, std::move(*slot.trial));
    }
  }

  void finish(Job job, trials::Trial trial) {
    const bool no_room = trial.error_code == "quota" && trial.run_id.empty();
    if (no_room && !stopped_ && job.retries < kMostRetries) {
      try_later(job, trial.reason);
      return;
    }
    if (befalls_all(trial) && !stopped_) stopped_ = text::cat("of what befell trial ", trial.number);
    progress_.done();
    on_end_(trial);
    done_.push_back(std::move(trial));
    if (!waiting_.empty() || !running_.empty()) say();
  }

  /// No more at a time than there is room for; when nothing runs that could make room, after a pause.
  void try_later(Job job, const std::string& reason) {
    const auto pause = running_.empty() ? kFirstPause * (1 << job.retries) : seconds(0);
    room_ = std::max<std::int64_t>(1, static_cast<std::int64_t>(running_.size()));
    ++job.retries;
    job.not_before = Clock::now() + pause;
    const std::string when =
        running_.empty() ? text::cat("in ", pause.count(), " s") : std::string("when another trial has ended");
    progress_.note(text::cat("trial ", job.number, ": no room for its session now; trying again ", when, " (",
                             job.retries, " of ", kMostRetries, "). ", reason));
    waiting_.push_front(job);
  }

  void leave_waiting() {
    for (const Job& job : waiting_) {
      done_.push_back(ungraded(text::cat("not started because ", *stopped_), kNotStarted, kExitOrchestration));
      done_.back().number = job.number;
    }
    waiting_.clear();
  }

  void say() { progress_.step(text::cat(done_.size(), " of ", plan_.count, " trials ended")); }

  const TrialsPlan& plan_;
  const ProcessSpec spec_;
  Progress& progress_;
  const std::function<void(const trials::Trial&)>& on_end_;
  std::int64_t room_;  ///< trials at a time
  std::deque<Job> waiting_;
  std::list<Running> running_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::vector<trials::Trial> done_;
  std::optional<std::string> stopped_;  ///< why nothing more is started
};

}  // namespace

std::vector<trials::Trial> run_trials(const TrialsPlan& plan, Progress& progress,
                                      const std::function<void(const trials::Trial&)>& on_end) {
  return Runner(plan, progress, on_end)();
}

bool befalls_all(const trials::Trial& trial) {
  return trial.exit_code == kExitAuth || trial.exit_code == kExitQuota ||
         std::find(kBefallsAll.begin(), kBefallsAll.end(), trial.error_code) != kBefallsAll.end();
}

}  // namespace pome::cli
