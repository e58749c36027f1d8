#include "core/trials/stats.h"

#include <gtest/gtest.h>

#include <string>

#include "core/trials/group.h"
#include "core/trials/trial.h"
#include "tests/unit/trials/trials.h"

namespace pome::trials {
namespace {

using test::trial;
using test::ungradable;

TEST(Stats, UngradableTrialsAreCountedApart) {
  const Stats stats = summarize({trial("pp"), trial("pf"), ungradable("no twin"), trial("pp")});
  EXPECT_EQ(stats.trials, 4);
  EXPECT_EQ(stats.ungradable, 1);
  EXPECT_EQ(stats.passes, (Rate{2, 3}));
  EXPECT_EQ(stats.pass_hat_k, (std::vector<std::int64_t>{666'667, 333'333, 0}));
  ASSERT_TRUE(stats.interval);
  EXPECT_EQ(stats.criteria[1].rate(), (Rate{2, 3}));
}

TEST(Stats, FlipsAndDisagreement) {
  const Stats stats = summarize({trial("ppfs"), trial("pffs"), trial("pffs"), trial("ppfp")});
  EXPECT_EQ(stats.counted, 4);
  EXPECT_EQ(stats.flipping, 2);
  EXPECT_EQ(stats.flip_rate(), 500'000);
  EXPECT_FALSE(stats.criteria[0].flips);
  EXPECT_EQ(stats.criteria[0].disagreement, 0);
  EXPECT_EQ(stats.criteria[1].disagreement, 666'667);  // 2 * 2 * 2 / (4 * 3)
  EXPECT_EQ(stats.criteria[2].disagreement, 0);
  EXPECT_EQ(stats.criteria[3].disagreement, 500'000);  // passed once, skipped three times
  EXPECT_EQ(stats.criteria[3].not_graded, 3);
  EXPECT_EQ(stats.most_failed, 2U);
}

TEST(Stats, LinesNobodyGradedAreNoPartOfTheFlipRate) {
  const Stats stats = summarize({trial("ps"), trial("fs")});
  EXPECT_EQ(stats.counted, 1);
  EXPECT_EQ(stats.flip_rate(), 1'000'000);
}

TEST(Stats, OneTrialHasNoFlipRate) {
  const Stats stats = summarize({trial("pf")});
  EXPECT_EQ(stats.flip_rate(), std::nullopt);
  EXPECT_EQ(stats.criteria[0].disagreement, std::nullopt);
  EXPECT_EQ(stats.pass_hat_k, (std::vector<std::int64_t>{0}));
}

TEST(Stats, NothingGraded) {
  const Stats stats = summarize({ungradable("no twin")});
  EXPECT_EQ(stats.passes, (Rate{0, 0}));
  EXPECT_FALSE(stats.interval);
  EXPECT_TRUE(stats.pass_hat_k.empty());
  EXPECT_EQ(stats.most_failed, std::nullopt);
}

TEST(Stats, MediansAndExtremes) {
  std::vector<Trial> trials = {trial("p"), trial("p"), trial("p"), ungradable("x")};
  trials[0].calls = 9;
  trials[1].calls = 4;
  trials[2].calls = 5;
  trials[3].calls = 100;
  EXPECT_EQ(summarize(trials).calls.twice_median, 10);
  EXPECT_EQ(summarize(trials).calls.most, 9);
  trials[0].graded = false;
  EXPECT_EQ(summarize(trials).calls.twice_median, 9);  // 4.5
}

TEST(TrialOf, AReportAndARun) {
  const Json report =
      *json::parse(R"({"status":"fail","satisfaction":50,"evaluated":true,"gaps":[],"results":[)"
                   R"({"criterion":{"id":"crit_0","type":"D","text":"A"},"outcome":"passed"},)"
                   R"({"criterion":{"id":"crit_1","type":"D","text":"B","optional":true},"outcome":"failed"}]})");
  const auto found = trial_of_report(report);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_TRUE(found->graded);
  EXPECT_FALSE(found->passed);
  EXPECT_EQ(found->score, 50);
  EXPECT_TRUE(found->criteria[1].optional);
  EXPECT_EQ(found->criteria[1].outcome, eval::Outcome::failed);

  Json run = *json::parse(R"({"exit_code":1,"run_id":"run_1","duration_ms":4200,"calls":7,"error":null})");
  run["report"] = report;
  const auto whole = trial_of_run(run);
  ASSERT_TRUE(whole) << whole.error().message;
  EXPECT_EQ(whole->run_id, "run_1");
  EXPECT_EQ(whole->calls, 7);
  run["calls"] = -1;
  EXPECT_FALSE(trial_of_run(run));
}

TEST(TrialOf, SaysWhyThereIsNoVerdict) {
  const auto reason = [](std::string_view text) {
    const auto found = trial_of_run(*json::parse(text));
    EXPECT_TRUE(found) << text;
    EXPECT_FALSE(found->graded) << text;
    return found->reason;
  };
  EXPECT_EQ(reason(R"({"exit_code":2,"report":null,"error":{"code":"preflight","message":"It failed."}})"),
            "It failed.");
  EXPECT_EQ(reason(R"({"exit_code":2,"report":{"status":"incomplete","satisfaction":0,"evaluated":true,"results":[],)"
                   R"("gaps":[{"method":"GET","path":"/x"},{"method":"GET","path":"/y"}]}})"),
            "the twin does not support GET /x (and 1 more)");
  EXPECT_EQ(reason(R"({"exit_code":1,"report":{"status":"incomplete","satisfaction":0,"evaluated":false,"results":[],)"
                   R"("gaps":[]}})"),
            "no criterion could be graded");
  EXPECT_EQ(reason(R"({"exit_code":1,"report":{"status":"incomplete","satisfaction":100,"evaluated":true,"gaps":[],)"
                   R"("results":[{"criterion":{"id":"crit_0","type":"P","text":"Kind"},"outcome":"skipped"},)"
                   R"({"criterion":{"id":"crit_1","type":"D","text":"Odd"},"outcome":"skipped","reason":"r"}]}})"),
            "a criterion could not be graded: Odd");
}

TEST(GroupDocument, ComesBackAsItWas) {
  Group group;
  group.id = "grp_1";
  group.scenario = "one";
  group.scenario_hash = "00ff";
  group.trials = {trial("pf"), ungradable("no \"twin\"")};
  group.trials[0].run_id = "run_1";
  group.trials[1].number = 2;
  const std::string text = group_json(group);
  const auto back = read_group(text);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(group_json(*back), text);
  EXPECT_EQ(back->trials[1].reason, "no \"twin\"");
}

TEST(GroupDocument, HoldsEveryNumber) {
  Group group;
  group.id = "grp_1";
  for (int i = 0; i < 10; ++i) group.trials.push_back(trial(i == 3 ? "pf" : "pp"));
  const auto document = json::parse(group_json(group));
  ASSERT_TRUE(document);
  const Json& stats = json::at(*document, "stats");
  EXPECT_EQ(json::dump(json::at(json::at(stats, "pass_at_1"), "value")), "0.9");
  EXPECT_EQ(json::dump(json::at(json::at(stats, "pass_hat_k"), "values")), "[0.9,0.8,0.7,0.6,0.5,0.4,0.3,0.2,0.1,0]");
  EXPECT_EQ(json::dump(json::at(stats, "wilson_95")), "{\"high\":0.982124,\"low\":0.59585}");
  EXPECT_EQ(json::dump(json::at(stats, "flip_rate")), "{\"criteria\":2,\"flipping\":1,\"value\":0.5}");
  EXPECT_EQ(json::string_at(stats, "failed_most"), "crit_1");
  EXPECT_EQ(json::dump(json::at(json::at(stats, "criteria")[1], "disagreement")), "0.2");
}

TEST(GroupDocument, RefusesWhatItCannotTrust) {
  const char* const kRows[] = {
      "",
      "{",
      "[]",
      "{\"version\":1,\"trials\":[]}",
      "{\"version\":1,\"group_id\":\"g\",\"trials\":{}}",
      "{\"version\":2,\"group_id\":\"g\",\"trials\":[]}",
      "{\"group_id\":\"g\",\"trials\":[]}",
      "{\"version\":1,\"group_id\":\"g\",\"trials\":[{}]}",
      "{\"version\":1,\"group_id\":\"g\",\"trials\":[{\"graded\":true,\"passed\":true,\"score\":101,\"criteria\":[]}]}",
      "{\"version\":1,\"group_id\":\"g\",\"trials\":[{\"graded\":true,\"passed\":true,\"criteria\":[{\"id\":\"c\"}]}]}",
      R"({"version":1,"group_id":"g","trials":[{"graded":true,"passed":true,"calls":9e99,"criteria":[]}]})",
  };
  for (const char* row : kRows) {
    const auto group = read_group(row);
    ASSERT_FALSE(group) << row;
    EXPECT_EQ(group.error().code, "bad-group");
  }
}

}  // namespace
}  // namespace pome::trials
