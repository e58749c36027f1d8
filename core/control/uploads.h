#pragma once
#include <string>
#include <string_view>

/// The names of a run's documents.
namespace pome::control {

inline constexpr std::string_view kScenarioFile = "scenario.md";
inline constexpr std::string_view kScenarioSeed = "scenario.seed.json";
inline constexpr std::string_view kStateInitial = "state_initial.json";
inline constexpr std::string_view kStateFinal = "state_final.json";
inline constexpr std::string_view kEvents = "events.jsonl";
inline constexpr std::string_view kSignals = "signals.jsonl";
inline constexpr std::string_view kMeta = "meta.json";
inline constexpr std::string_view kScore = "score.json";
inline constexpr std::string_view kReport = "report.json";

/// What a client calls an upload afterwards.
std::string upload_key(std::string_view sid, std::string_view name);

}  // namespace pome::control
