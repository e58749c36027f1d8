#include "core/redact/redact.h"

#include <gtest/gtest.h>

#include <map>

#include "core/base/encoding.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "tests/unit/criteria/row_data.h"

namespace pome::redact {
namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out.append(part);
  return out;
}

// Put together here, so that no file carries anything that looks like a real secret.
const std::string kSk = "sk-" + std::string("prod-7f3a9b2c4d5e6f81aa00");
const std::string kGhp = "ghp_" + repeated("aB3", 12);
const std::string kJwt = "ey" + std::string("JhbGciOiJIUzI1NiJ9.eyJzaWQiOiJ4In0.c2lnbmF0dXJl");

bool hides(std::string_view secret, std::string_view document) {
  const Redactor redactor({}, {});
  const std::string out = redactor.text(document);
  return !text::contains(out, secret) && text::contains(out, "[REDACTED:");
}

TEST(Redact, HidesKnownShapes) {
  const std::string pem = "-----BEGIN RSA PRIVATE " + std::string("KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----");
  for (const std::string& secret :
       std::vector<std::string>{"redaction_fixture_secret_" + repeated("a", 8),
                                kSk,
                                "sk_" + std::string("live_abcd"),
                                "rk_" + std::string("test_abcd"),
                                kGhp,
                                "gho_" + repeated("a", 36),
                                "ghu_" + repeated("1", 36),
                                "ghs_" + repeated("z", 40),
                                "ghr_" + repeated("z", 36),
                                "github_pat_" + repeated("a1", 11),
                                "ghp_pome_" + repeated("x", 30),
                                "github_pat_pome_" + repeated("x-", 10),
                                "xoxb-" + repeated("1", 24),
                                "xapp-" + repeated("1", 10),
                                "pme_" + repeated("k", 24),
                                "pk_" + repeated("k1", 12),
                                "AIza" + repeated("a", 30),
                                "AKIA" + repeated("A", 16),
                                "ya29." + repeated("b", 24),
                                "https://hooks.slack.com/services/T000/B000/" + repeated("c", 12),
                                kJwt,
                                "edt_" + kJwt,
                                pem,
                                pem.substr(0, 40)}) {
    EXPECT_TRUE(hides(secret, secret)) << secret;
    EXPECT_TRUE(hides(secret, "key: \"" + secret)) << secret;
    EXPECT_TRUE(hides(secret, "x=" + secret + (text::contains(secret, "KEY") ? "" : " tail"))) << secret;
  }
}

TEST(Redact, LeavesOrdinaryTextAlone) {
  const Redactor redactor({"short"}, {});
  for (const std::string_view text :
       {"network_shark_migration_identifier", "task-aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "rk_migration_identifier_of_things",
        "sk-short", "ghp_short", "eyJhbGciOi", "-----BEGIN nothing", "risk-aaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "short", "",
        "AKIAlowercaseisnotakey", "https://hooks.slack.com/", "eyJ.eyJ.eyJ"}) {
    EXPECT_EQ(redactor.text(text), text);
  }
}

TEST(Redact, GivesEqualSecretsEqualPlaceholders) {
  const Redactor redactor({}, {});
  const std::string one = redactor.text(kSk);
  EXPECT_EQ(one.size(), 19u);
  EXPECT_EQ(redactor.text("a " + kSk + " b " + kSk), "a " + one + " b " + one);
  EXPECT_NE(one, redactor.text(kGhp));
  EXPECT_EQ(redactor.text(one), one);
}

TEST(Redact, FindsKnownValuesInEverySpelling) {
  const std::string key = "p\xC3\xA4ss word/with+signs";
  const Redactor redactor({key, "tiny"}, {});
  for (const std::string& document :
       {key, text::percent_encode(key), "Basic " + encoding::base64("user:" + key), encoding::base64(key),
        encoding::base64("a" + key + "bc"), encoding::base64url("xy" + key), "q=" + encoding::base64url("xyz" + key)}) {
    const std::string out = redactor.text("<" + document + ">");
    EXPECT_TRUE(text::contains(out, "[REDACTED:")) << document;
    const std::size_t before = out.find('[') + out.size() - out.find(']');
    EXPECT_LE(before, 12u) << out;
  }
  EXPECT_EQ(redactor.text("tiny"), "tiny");
}

TEST(Redact, KeepsJsonAsItIsWritten) {
  const Redactor redactor({}, {});
  const std::string document =
      "{ \"b\" : [1.50, true,\t\"x\\u0041\"],\n  \"token\": null, \"Secret\": \"\", "
      "\"a\":{\"password\":\"p\",\"x-api-key\" : {\"k\":[1]}}, \"t\":\"\\/ " +
      kSk + "\" }\n";
  const std::string out = redactor.json(document);
  const std::string expected_start =
      "{ \"b\" : [1.50, true,\t\"x\\u0041\"],\n  \"token\": null, \"Secret\": \"\", \"a\":{\"password\":\"[REDACTED:";
  EXPECT_EQ(out.substr(0, expected_start.size()), expected_start);
  EXPECT_FALSE(text::contains(out, kSk));
  EXPECT_FALSE(text::contains(out, "\"k\""));
  ASSERT_TRUE(json::parse(out));
  EXPECT_EQ(redactor.json(out), out);
}

TEST(Redact, ReadsLinesAndFallsBackToText) {
  const Redactor redactor({}, {});
  const std::string lines = "{\"token\":\"abc\"}\n{\"a\":1}\n";
  EXPECT_EQ(redactor.json(lines).substr(0, 20), "{\"token\":\"[REDACTED:");
  EXPECT_EQ(redactor.json(lines).substr(redactor.json(lines).size() - 9), "\n{\"a\":1}\n");
  EXPECT_EQ(redactor.json("not json " + kSk), redactor.text("not json " + kSk));
  EXPECT_EQ(redactor.json("{\"password\":\"[REDACTED]\"}"), "{\"password\":\"[REDACTED]\"}");
}

TEST(Redact, KeepsLiteralsReadable) {
  const Redactor redactor({}, {"sk-prod", "is sk-", "E"});
  const std::string out = redactor.text("the key is " + kSk + "!");
  EXPECT_TRUE(text::contains(out, "sk-prod"));
  EXPECT_TRUE(text::contains(out, "is sk-"));
  EXPECT_FALSE(text::contains(out, "[REDACTED:")) << out;  // it would hold the literal E
}

TEST(Redact, AScenarioThatQuotesTheStartOfAKeyKeepsItsOtherLines) {
  const std::string line = "-----BEGIN RSA PRIVATE " + std::string("KEY-----");
  const Redactor redactor({}, {line});
  const std::string rest = "\" appears on issue #1\n- [D] Issue #1 in `acme/api` is in state open\n";
  const std::string out = redactor.sentence("- [D] No comment containing \"" + line + rest);
  EXPECT_TRUE(text::contains(out, rest)) << out;
  const std::string leaked = redactor.text("see " + line + "\nProc-Type: 4,ENCRYPTED\n\nMIIB+/=\n and more");
  EXPECT_FALSE(text::contains(leaked, "MIIB")) << "an unfinished block is hidden";
  EXPECT_TRUE(text::contains(leaked, redactor.sentence(line))) << "and says that the line was there";
}

TEST(Redact, IsLinear) {
  const Redactor redactor({std::string("0123456789")}, {"never there", "sk-a"});
  for (const std::string_view part :
       {"eyJ-", "eyJ.", "-----BEGIN ", "-----BEGIN A-----", "-----BEGIN A-----\"", "sk-", "\\", "eyJaaaaa.",
        "edt_eyJaaaaaa.", "sk-aaaaaaaaaaaaaaaaaaaaaa ", "pk_aaaaaaaaaaaaaaaaaaaaaa-", "eyJaaaaa.eyJaaaaa.aaaaa ",
        "0123456789", "MDEyMzQ1Njc4OQ"}) {
    const std::string text = repeated(part, 40'000);
    EXPECT_FALSE(redactor.text(text).empty());
  }
}

// ---- the verdict of a stored run is the verdict of the live run

using Swap = std::map<std::string, std::string>;

std::string swapped(std::string text, const Swap& swap) {
  for (const auto& [from, to] : swap) text = text::replace_all(std::move(text), from, to);
  return text;
}

struct Run {
  scenario::Scenario scenario;
  std::string initial;
  std::string final_state;
  std::string events;

  std::string outcome() const {
    const auto report = eval::evaluate(scenario, {initial, final_state, events});
    if (!report) return report.error().message;
    return std::string(eval::outcome_name(report->results.front().outcome)) + (report->unbound > 0 ? " unbound" : "");
  }
};

void expect_same_verdict(const std::string& sentence, const Json& world, const Swap& swap) {
  const test::WorldText text(world);
  Run live = {test::scenario_of({swapped(sentence, swap)}), swapped(text.initial, swap),
              swapped(text.final_state, swap), swapped(text.events, swap)};
  const Redactor redactor({"acme-internal-key"}, eval::criterion_literals(live.scenario));
  Run stored = live;
  stored.scenario.criteria.front().text = redactor.sentence(live.scenario.criteria.front().text);
  stored.initial = redactor.json(live.initial);
  stored.final_state = redactor.json(live.final_state);
  stored.events = redactor.json(live.events);
  EXPECT_EQ(live.outcome(), stored.outcome()) << live.scenario.criteria.front().text << '\n'
                                              << stored.scenario.criteria.front().text << '\n'
                                              << stored.final_state;
  const std::string all = stored.initial + stored.final_state + stored.events + stored.scenario.criteria.front().text;
  for (const std::string& secret : {kSk, kGhp, kJwt}) EXPECT_FALSE(text::contains(all, secret));
}

TEST(Redact, StoredRunsGetTheLiveVerdict) {
  const std::vector<Swap> swaps = {
      {},
      {{"deploy", kSk}, {"bug", kGhp}, {"triage", kJwt}, {"docs/guide.md", "docs/" + kSk}, {"ci/build", kGhp}},
      {{"deploy", "deploy " + kSk}, {"bug", "bug " + kGhp}, {"guide.md", kJwt}},
      {{"Looking at the deploy", "Looking at the deploy " + kSk + " deploy"}, {"Bug", kGhp}},
      {{"deploy now", kSk}, {"\"deploy\"", "\"" + kSk.substr(0, 12) + "\""}},
      {{"at the deploy now", "at the " + kSk}, {"containing \"deploy\"", "containing \"the sk-prod\""}},
      {{"\"deploy\"", "\"RED\""}, {"the deploy now", kSk}},
      {{"\"deploy\"", "\"[\""}, {"the Deploy now", kSk}},
      {{"acme/api", "acme/acme-internal-key"}, {"alice", "acme-internal-key"}, {"\"api\"", "\"acme-internal-key\""}},
  };
  for (const test::RowFile& file : test::row_files()) {
    for (const Swap& swap : swaps) {
      for (const Json& sentence : json::at(file.data, "sentences")) {
        const std::string text = json::at(sentence, "text").get<std::string>();
        expect_same_verdict(text, json::at(file.data, "passing"), swap);
        expect_same_verdict(text, json::at(file.data, "failing"), swap);
      }
      for (const Json& more : json::at(file.data, "more"))
        expect_same_verdict(json::at(more, "sentence").get<std::string>(), json::at(more, "world"), swap);
    }
  }
}

}  // namespace
}  // namespace pome::redact
