#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/eval/evaluate.h"
#include "tests/support/data.h"

/// The rows in tests/data/criteria: one file a vocabulary row, with sentences, worlds and the evidence they give.
namespace pome::test {

struct RowFile {
  std::string id;
  Json data;
};

inline std::vector<RowFile> row_files() {
  std::vector<RowFile> files;
  constexpr std::string_view kFolder = "tests/data/criteria";
  for (const std::string& path : list_files(kFolder, ".json")) {
    files.push_back({path.substr(kFolder.size() + 1, path.size() - kFolder.size() - 6), read_json(path)});
  }
  return files;
}

/// A world as the documents of a run. A member the world lacks is a missing document.
struct WorldText {
  explicit WorldText(const Json& world)
      : initial(text_of(world, "initial")), final_state(text_of(world, "final")), events(text_of(world, "events")) {}

  eval::Evidence evidence() const { return {initial, final_state, events}; }

  std::string initial;
  std::string final_state;
  std::string events;

 private:
  static std::string text_of(const Json& world, std::string_view member) {
    return json::at(world, member).is_null() ? std::string() : json::dump(json::at(world, member));
  }
};

inline scenario::Scenario scenario_of(const std::vector<std::string>& sentences,
                                      scenario::Marker marker = scenario::Marker::d) {
  scenario::Scenario scenario;
  scenario.slug = "test";
  scenario.title = "Test";
  for (const std::string& sentence : sentences) {
    scenario::Criterion criterion;
    criterion.id = "crit_" + std::to_string(scenario.criteria.size());
    criterion.marker = marker;
    criterion.text = sentence;
    scenario.criteria.push_back(criterion);
  }
  return scenario;
}

inline std::string sentence_of(const RowFile& file, std::size_t index = 0) {
  return json::at(file.data, "sentences").at(index).at("text").get<std::string>();
}

}  // namespace pome::test
