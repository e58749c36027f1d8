#include "tools/cli/agent_command.h"

#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"

namespace pome::cli {
namespace {

constexpr std::string_view kCode = "agent-command";

class Splitter {
 public:
  explicit Splitter(std::string_view command) : rest_(command) {}

  Result<std::vector<std::string>> operator()() {
    while (!rest_.empty()) {
      const char c = take();
      if (text::is_space(c)) {
        finish_word();
      } else if (c == '\'' || c == '"') {
        if (!quoted(c)) return fail(kCode, text::cat("The agent command has an opening ", c, " that is never closed."));
      } else if (c == '\\') {
        if (rest_.empty()) return fail(kCode, "The agent command ends in a lone backslash.");
        add(take());
      } else {
        add(c);
      }
    }
    finish_word();
    if (words_.empty() || words_[0].empty()) return fail(kCode, "The agent command is empty.");
    return std::move(words_);
  }

 private:
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  void add(char c) {
    word_.push_back(c);
    in_word_ = true;
  }
  /// Reads up to the closing quote; false when there is none.
  bool quoted(char quote) {
    in_word_ = true;
    while (!rest_.empty()) {
      char c = take();
      if (c == quote) return true;
      const bool escapes = quote == '"' && c == '\\' && !rest_.empty() && (rest_[0] == '"' || rest_[0] == '\\');
      word_.push_back(escapes ? take() : c);
    }
    return false;
  }
  void finish_word() {
    if (in_word_) words_.push_back(std::move(word_));
    word_.clear();
    in_word_ = false;
  }

  std::string_view rest_;
  std::vector<std::string> words_;
  std::string word_;
  bool in_word_ = false;
};

Result<AgentCommand> from_text(std::string_view command, std::string source) {
  auto words = split_command(command);
  if (!words) return fail(kCode, text::cat(words.error().message, " It comes from ", source, "."));
  return AgentCommand{std::move(words).value(), std::string(command), std::move(source)};
}

/// The command a project file names; nothing when it names none.
Result<std::optional<std::string>> command_in(std::string_view content, std::string_view file, bool inside_agent) {
  auto parsed = json::parse(content);
  if (!parsed) return fail(kCode, text::cat(file, " is not valid JSON: ", parsed.error().message));
  const Json& root = parsed.value();
  if (!root.is_object()) return fail(kCode, text::cat(file, " must hold a JSON object."));
  const Json& command = json::at(inside_agent ? json::at(root, "agent") : root, "command");
  if (command.is_null()) return std::optional<std::string>();
  if (!command.is_string()) {
    return fail(kCode, text::cat("\"", inside_agent ? "agent.command" : "command", "\" in ", file, " must be a text."));
  }
  return std::optional<std::string>(command.get<std::string>());
}

}  // namespace

Result<std::vector<std::string>> split_command(std::string_view command) { return Splitter(command)(); }

Result<AgentCommand> resolve_agent_command(const AgentCommandInputs& inputs) {
  if (inputs.flag) return from_text(*inputs.flag, "--agent");
  if (inputs.manifest) {
    POME_TRY(const auto command, command_in(*inputs.manifest, "pome.json", false));
    if (command) return from_text(*command, "pome.json");
  }
  if (inputs.config) {
    POME_TRY(const auto command, command_in(*inputs.config, "pome.config.json", true));
    if (command) return from_text(*command, "pome.config.json");
  }
  if (inputs.bundled_agent) {
    return AgentCommand{{inputs.node, *inputs.bundled_agent}, "the bundled octokit agent", "bundled"};
  }
  return fail(kCode,
              "No agent command is known: pass --agent \"<command>\", or set \"command\" in pome.json. "
              "(The bundled agent, tools/agents/octokit-agent.mjs, was not found near this program.)");
}

}  // namespace pome::cli
