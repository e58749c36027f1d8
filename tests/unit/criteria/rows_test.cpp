#include <gtest/gtest.h>

#include <set>

#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/criteria/sentence.h"
#include "tests/unit/criteria/row_data.h"

namespace pome {
namespace {

using criteria::Args;
using criteria::Row;
using eval::Outcome;
using test::row_files;
using test::RowFile;
using test::WorldText;

const Row* row_of(std::string_view id) {
  for (const Row* row : criteria::all_rows()) {
    if (row->id == id) return row;
  }
  return nullptr;
}

/// The one criterion's result, with the outcome "unbound" told apart.
eval::CriterionResult grade(const std::string& sentence, const Json& world) {
  const WorldText documents(world);
  const auto report = eval::evaluate(test::scenario_of({sentence}), documents.evidence());
  EXPECT_TRUE(report.has_value()) << sentence;
  return report->results.front();
}

Args args_of(const Json& values) {
  Args args;
  for (const auto& [name, value] : values.items()) {
    if (name == "denied") {
      args.denied = value.get<bool>();
    } else if (name == "names") {
      args.names = value.get<std::vector<std::string>>();
    } else if (name == "number") {
      args.number = value.get<std::int64_t>();
    } else if (name == "times") {
      args.times = value.get<std::int64_t>();
    } else if (name == "choice") {
      args.choice = value.get<std::string>();
    } else {
      const auto slot = criteria::slot_of_name(name);
      EXPECT_TRUE(slot && store(*slot, value.is_string() ? value.get<std::string>() : json::dump(value), args)) << name;
    }
  }
  return args;
}

std::vector<std::string> strings(const Json& list) {
  return list.is_array() ? list.get<std::vector<std::string>>() : std::vector<std::string>();
}

void expect_evidence(const eval::CriterionResult& result, const Json& expected, const Json& world) {
  EXPECT_EQ(result.state_pointers, strings(json::at(expected, "state")));
  EXPECT_EQ(result.initial_pointers, strings(json::at(expected, "initial")));
  EXPECT_EQ(result.events, strings(json::at(expected, "calls")));
  EXPECT_EQ(static_cast<std::int64_t>(result.calls_inspected),
            json::integer_at(expected, "calls_inspected").value_or(0));
  for (const std::string& pointer : result.state_pointers)
    EXPECT_NE(pointer::resolve(json::at(world, "final"), pointer), nullptr) << pointer;
  for (const std::string& pointer : result.initial_pointers)
    EXPECT_NE(pointer::resolve(json::at(world, "initial"), pointer), nullptr) << pointer;
  for (const std::string& id : result.events) {
    bool found = false;
    for (const Json& event : json::at(world, "events"))
      found = found || json::string_at(event, "request_id") == std::optional<std::string_view>(id);
    EXPECT_TRUE(found) << id;
  }
}

TEST(CriteriaRows, EveryRowHasAFileAndEveryFileARow) {
  std::set<std::string> files;
  for (const RowFile& file : row_files()) files.insert(file.id);
  std::set<std::string> rows;
  for (const Row* row : criteria::all_rows())
    EXPECT_TRUE(rows.insert(std::string(row->id)).second) << "twice: " << row->id;
  EXPECT_EQ(files, rows);
}

TEST(CriteriaRows, ExactlyOneRowClaimsEachSentence) {
  for (const RowFile& file : row_files()) {
    const Row* row = row_of(file.id);
    ASSERT_NE(row, nullptr) << file.id;
    for (const Json& sentence : json::at(file.data, "sentences")) {
      const std::string text = json::at(sentence, "text").get<std::string>();
      SCOPED_TRACE(text);
      const auto claims = criteria::claims(text);
      ASSERT_EQ(claims.size(), 1u);
      EXPECT_EQ(claims.front().row->id, file.id);
      Args expected = args_of(json::at(sentence, "args"));
      expected.pull = claims.front().phrase->has(criteria::SlotKind::pr);
      EXPECT_TRUE(claims.front().args == expected);
    }
    EXPECT_EQ(criteria::claims(row->example).size(), 1u) << row->example;
    EXPECT_EQ(criteria::claims(row->example).front().row, row);
  }
}

/// Does the sentence give every value that the phrase cannot do without?
bool fills(const criteria::Phrase& phrase, const Args& args) {
  bool optional = false;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const criteria::Piece& piece = phrase.piece(i);
    if (piece.kind == criteria::Piece::Kind::open) optional = true;
    if (piece.kind == criteria::Piece::Kind::close) optional = false;
    if (piece.kind != criteria::Piece::Kind::slot || optional) continue;
    const bool word = piece.slot == criteria::SlotKind::polarity || piece.slot == criteria::SlotKind::choice;
    if (!word && criteria::value_of(piece.slot, args).empty()) return false;
  }
  return true;
}

/// Every phrase of the vocabulary, filled with every sentence's values, reads back as itself and as nothing else.
TEST(CriteriaRows, RenderedPhrasesParseBackAndBelongToOneRow) {
  for (const RowFile& file : row_files()) {
    const Row* row = row_of(file.id);
    std::set<std::string_view> filled;
    for (const Json& sentence : json::at(file.data, "sentences")) {
      const Args args = args_of(json::at(sentence, "args"));
      for (const criteria::Phrase& phrase : row->phrases) {
        if (!fills(phrase, args)) continue;
        filled.insert(phrase.text());
        const std::string text = criteria::render(phrase, args);
        const criteria::Match back = criteria::match(phrase, text);
        if (!back.complete && phrase.has(criteria::SlotKind::choice)) continue;  // the choice belongs to another phrase
        SCOPED_TRACE(text);
        ASSERT_TRUE(back.ok());
        const auto claims = criteria::claims(text);
        ASSERT_EQ(claims.size(), 1u);
        EXPECT_EQ(claims.front().row, row);
        EXPECT_EQ(criteria::render(phrase, back.args), text);
      }
    }
    for (const criteria::Phrase& phrase : row->phrases)
      EXPECT_EQ(filled.count(phrase.text()), 1u) << file.id << " lacks a sentence for: " << phrase.text();
  }
}

TEST(CriteriaRows, PassingPassesAndFailingFailsWithTheirEvidence) {
  for (const RowFile& file : row_files()) {
    SCOPED_TRACE(file.id);
    const std::string sentence = test::sentence_of(file);
    const eval::CriterionResult good = grade(sentence, json::at(file.data, "passing"));
    EXPECT_EQ(good.outcome, Outcome::passed) << good.reason;
    EXPECT_EQ(good.check, file.id);
    EXPECT_FALSE(good.reason.empty());
    expect_evidence(good, json::at(file.data, "evidence"), json::at(file.data, "passing"));
    const eval::CriterionResult bad = grade(sentence, json::at(file.data, "failing"));
    EXPECT_EQ(bad.outcome, Outcome::failed) << bad.reason;
    expect_evidence(bad, json::at(file.data, "failing_evidence"), json::at(file.data, "failing"));
  }
}

TEST(CriteriaRows, MoreWorlds) {
  for (const RowFile& file : row_files()) {
    for (const Json& entry : json::at(file.data, "more")) {
      const std::string sentence = json::at(entry, "sentence").get<std::string>();
      SCOPED_TRACE(file.id + ": " + json::at(entry, "why").get<std::string>());
      const WorldText documents(json::at(entry, "world"));
      const auto report = eval::evaluate(test::scenario_of({sentence}), documents.evidence());
      ASSERT_TRUE(report.has_value());
      const eval::CriterionResult& result = report->results.front();
      const std::string outcome = report->unbound > 0 ? "unbound" : std::string(eval::outcome_name(result.outcome));
      EXPECT_EQ(outcome, json::at(entry, "outcome").get<std::string>()) << result.reason;
      if (const auto reason = json::string_at(entry, "reason")) {
        EXPECT_EQ(result.reason, *reason);
      }
      if (outcome == "failed" || outcome == "passed") {
        EXPECT_FALSE(result.state_pointers.empty() && result.initial_pointers.empty() && result.events.empty() &&
                     row_of(result.check)->reads != criteria::Reads::tape);
      }
    }
  }
}

TEST(CriteriaRows, NothingPassesOnAnEmptyWorldThatTheAgentHasToMakeTrue) {
  const Json empty = *json::parse(R"({"initial":{"repositories":[]},"final":{"repositories":[]},"events":[]})");
  for (const RowFile& file : row_files()) {
    for (const Json& sentence : json::at(file.data, "sentences")) {
      const std::string text = json::at(sentence, "text").get<std::string>();
      const auto bound = criteria::bind_sentence(text);
      ASSERT_TRUE(bound.has_value()) << text;
      if (bound->polarity() == criteria::Polarity::must_not) continue;
      EXPECT_NE(grade(text, empty).outcome, Outcome::passed) << text;
    }
  }
}

/// One word of the sentence's wording spelt wrong, one left out: the hint names the row and is ready to use.
TEST(CriteriaRows, CorruptedSentencesAreAnsweredWithTheRightRow) {
  for (const RowFile& file : row_files()) {
    const std::string sentence = test::sentence_of(file);
    std::vector<std::string> corrupted = {sentence + " today", text::replace_all(sentence, " is ", " iss "),
                                          text::replace_all(sentence, " was ", " wass "),
                                          text::replace_all(sentence, " has ", " haas "),
                                          text::replace_all(sentence, " exists ", " exist ")};
    for (const std::string& wrong : corrupted) {
      if (wrong == sentence) continue;
      SCOPED_TRACE(wrong);
      EXPECT_TRUE(criteria::claims(wrong).empty());
      const criteria::NearMiss miss = criteria::near_miss(wrong);
      ASSERT_NE(miss.row, nullptr);
      EXPECT_EQ(miss.row->id, file.id) << miss.suggestion;
      EXPECT_EQ(miss.suggestion, sentence);
    }
  }
}

}  // namespace
}  // namespace pome
