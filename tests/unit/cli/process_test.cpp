#include "tools/cli/process.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "core/base/text.h"
#include "tools/cli/capture.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/process_tree.h"

namespace pome::cli {
namespace {

using std::chrono::milliseconds;

ProcessSpec shell(std::string script) {
  ProcessSpec spec;
  spec.argv = {"sh", "-c", std::move(script)};
  const char* path = std::getenv("PATH");
  spec.environment = {{"PATH", path != nullptr ? path : "/usr/bin:/bin"}};
  spec.timeout = milliseconds(10'000);
  spec.grace = milliseconds(200);
  return spec;
}

ProcessResult run(const ProcessSpec& spec) {
  auto result = run_process(spec);
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result ? std::move(result).value() : ProcessResult{};
}

TEST(CappedText, KeepsEverythingThatFits) {
  CappedText text(10);
  text.append("01234");
  text.append("56789");
  EXPECT_FALSE(text.truncated());
  EXPECT_EQ(text.text(), "0123456789");
}

TEST(CappedText, KeepsHeadAndTailWhateverThePieces) {
  std::string all;
  for (int i = 0; i < 1000; ++i) text::append(all, i % 10);
  for (std::size_t piece : {1U, 3U, 7U, 10U, 64U, 1000U}) {
    CappedText text(20);
    for (std::size_t at = 0; at < all.size(); at += piece) text.append(std::string_view(all).substr(at, piece));
    EXPECT_EQ(text.text(), "0123456789\n[... 980 bytes left out ...]\n0123456789") << piece;
    EXPECT_EQ(text.total_bytes(), 1000U);
  }
}

TEST(CappedText, NeverCutsInsideACharacter) {
  CappedText text(7);  // 3 + 4 bytes of a text of two-byte characters
  for (int i = 0; i < 20; ++i) text.append("\u00e9");
  EXPECT_EQ(text.text(), "\u00e9\n[... 34 bytes left out ...]\n\u00e9\u00e9");
}

TEST(Process, GivesExitCodeAndBothStreams) {
  const ProcessResult result = run(shell("echo out; echo err >&2; exit 3"));
  EXPECT_EQ(result.end, ProcessEnd::exited);
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.stdout_text, "out\n");
  EXPECT_EQ(result.stderr_text, "err\n");
  EXPECT_EQ(result.strays, 0U);
  EXPECT_FALSE(result.succeeded());
}

TEST(Process, InheritsNothingThatIsNotListed) {
  ASSERT_EQ(setenv("POME_TEST_SECRET", "leak", 1), 0);
  ProcessSpec spec = shell("env; ls /proc/self/fd | wc -l; cat; pwd");
  spec.environment.emplace_back("POME_TASK", "two words\nand a line");
  spec.working_directory = "/usr";
  const std::string out = run(spec).stdout_text;
  EXPECT_EQ(out.find("POME_TEST_SECRET"), std::string::npos);
  EXPECT_NE(out.find("POME_TASK=two words\nand a line\n"), std::string::npos);
  EXPECT_NE(out.find("\n4\n/usr\n"), std::string::npos) << "0, 1, 2 and ls's own folder; stdin is empty\n" << out;
}

TEST(Process, FailsWhenTheProgramDoesNotExist) {
  ProcessSpec spec;
  spec.argv = {"/no/such/agent"};
  const auto result = run_process(spec);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "agent-not-started");
  EXPECT_NE(result.error().message.find("/no/such/agent"), std::string::npos);
  spec.argv.clear();
  EXPECT_FALSE(run_process(spec));
}

TEST(Process, TellsASignalFromAnExit) {
  const ProcessResult result = run(shell("kill -SEGV $$"));
  EXPECT_EQ(result.end, ProcessEnd::signalled);
  EXPECT_EQ(result.signal, SIGSEGV);
}

TEST(Process, StopsAtTheTimeoutAndLetsThePoliteOnesFinish) {
  ProcessSpec spec = shell("trap 'echo bye; exit 0' TERM; while :; do sleep 0.02; done");
  spec.timeout = milliseconds(300);
  spec.grace = milliseconds(3000);
  const ProcessResult result = run(spec);
  EXPECT_EQ(result.end, ProcessEnd::timed_out);
  EXPECT_EQ(result.stdout_text, "bye\n");
  EXPECT_LT(result.duration, milliseconds(2500));
}

TEST(Process, KillsAgentsThatIgnoreTheTimeout) {
  ProcessSpec spec = shell("trap '' TERM INT; (trap '' TERM; sleep 60) & while :; do sleep 60; done");
  spec.timeout = milliseconds(200);
  const ProcessResult result = run(spec);
  EXPECT_EQ(result.end, ProcessEnd::timed_out);
  EXPECT_LT(result.duration, milliseconds(3000));
  EXPECT_TRUE(descendants().empty());
}

TEST(Process, WakesAStoppedAgentToEndIt) {
  ProcessSpec spec = shell("kill -STOP $$; sleep 60");
  spec.timeout = milliseconds(200);
  const ProcessResult result = run(spec);
  EXPECT_EQ(result.end, ProcessEnd::timed_out);
  EXPECT_LT(result.duration, milliseconds(3000));
}

TEST(Process, DoesNotWaitForGrandchildrenThatHoldThePipesOrLeftTheGroup) {
  const auto start = std::chrono::steady_clock::now();
  const ProcessResult result =
      run(shell("(trap '' TERM HUP; sleep 61) & setsid sh -c 'trap \"\" TERM HUP; setsid sleep 62 & sleep 63' & sleep "
                "0.2; echo done"));
  EXPECT_EQ(result.end, ProcessEnd::exited);
  EXPECT_EQ(result.stdout_text, "done\n");
  EXPECT_GE(result.strays, 3U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(5000));
  EXPECT_TRUE(descendants().empty()) << "nothing survives the run";
}

TEST(Process, HundredMegabytesCostNeitherTimeNorMemory) {
  rusage before = {};
  getrusage(RUSAGE_SELF, &before);
  const ProcessResult result =
      run(shell("head -c 100000000 /dev/zero | tr '\\0' x; head -c 30000000 /dev/zero >&2; echo; echo end"));
  rusage after = {};
  getrusage(RUSAGE_SELF, &after);
  EXPECT_TRUE(result.succeeded());
  EXPECT_TRUE(result.output_truncated);
  EXPECT_LT(result.stdout_text.size(), (std::size_t{1} << 20) + 100);
  EXPECT_TRUE(result.stdout_text.ends_with("\nend\n"));
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 32 * 1024) << "KiB";
  EXPECT_LT(result.duration, milliseconds(8000));
}

TEST(Process, AnEndlessWriterStillTimesOut) {
  ProcessSpec spec = shell("trap '' TERM; yes");
  spec.timeout = milliseconds(300);
  const ProcessResult result = run(spec);
  EXPECT_EQ(result.end, ProcessEnd::timed_out);
  EXPECT_LT(result.duration, milliseconds(4000));
}

TEST(Process, CtrlCReachesTheAgent) {
  InterruptScope scope;
  ProcessSpec spec = shell("trap 'echo stopped; exit 9' INT; while :; do sleep 0.02; done");
  std::thread presser([] {
    std::this_thread::sleep_for(milliseconds(300));
    kill(getpid(), SIGINT);
  });
  const ProcessResult result = run(spec);
  presser.join();
  EXPECT_EQ(result.end, ProcessEnd::interrupted);
  EXPECT_EQ(result.stdout_text, "stopped\n");
  EXPECT_TRUE(interrupted());
  EXPECT_EQ(interrupt_count(), 1);
}

TEST(Process, ASecondCtrlCWaitsForNobody) {
  InterruptScope scope;
  ProcessSpec spec = shell("trap '' INT TERM; while :; do sleep 0.02; done");
  spec.grace = milliseconds(20'000);
  std::thread presser([] {
    for (int i = 0; i < 2; ++i) {
      std::this_thread::sleep_for(milliseconds(200));
      kill(getpid(), SIGINT);
    }
  });
  const ProcessResult result = run(spec);
  presser.join();
  EXPECT_EQ(result.end, ProcessEnd::interrupted);
  EXPECT_LT(result.duration, milliseconds(5000));
  EXPECT_EQ(interrupt_count(), 2);
}

TEST(Process, ThoseThatTidyUpRunBesideEachOther) {
  ProcessSpec slow = shell("sleep 0.5; echo slow");
  ProcessSpec quick = shell("echo quick");
  slow.tidies_up = quick.tidies_up = true;
  ProcessResult second;
  std::thread beside([&] { second = run(slow); });
  EXPECT_EQ(run(quick).stdout_text, "quick\n");
  beside.join();
  EXPECT_EQ(second.stdout_text, "slow\n");
  EXPECT_EQ(second.exit_code, 0);
}

TEST(Process, EveryCtrlCIsPassedOnToThoseThatTidyUp) {
  const InterruptScope scope;
  ProcessSpec spec =
      shell("n=0; trap 'n=$((n+1)); [ $n = 2 ] && echo twice && exit 0' INT; echo; while :; do sleep 0.05; done");
  spec.tidies_up = true;
  spec.grace = milliseconds(5000);
  std::thread presser([] {
    for (int i = 0; i < 2; ++i) {
      std::this_thread::sleep_for(milliseconds(300));
      kill(getpid(), SIGINT);
    }
  });
  const ProcessResult result = run(spec);
  presser.join();
  EXPECT_EQ(result.end, ProcessEnd::interrupted);
  EXPECT_EQ(result.stdout_text, "\ntwice\n");
  EXPECT_LT(result.duration, milliseconds(3000));
}

TEST(InterruptScope, AClosedPipeDoesNotEndTheProgram) {
  const InterruptScope scope;
  std::array<int, 2> ends = {-1, -1};
  ASSERT_EQ(pipe(ends.data()), 0);
  close(ends[0]);
  EXPECT_EQ(write(ends[1], "x", 1), -1);
  EXPECT_EQ(errno, EPIPE);
  close(ends[1]);
}

TEST(Process, TicksWhileItRuns) {
  int ticks = 0;
  ProcessSpec spec = shell("sleep 0.5");
  spec.on_tick = [&] { ++ticks; };
  run(spec);
  EXPECT_GE(ticks, 3);
  EXPECT_LE(ticks, 12);
}

}  // namespace
}  // namespace pome::cli
