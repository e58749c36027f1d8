#include "tools/cli/cmd_completion.h"

#include <iostream>
#include <map>
#include <set>

#include "core/base/text.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"

namespace pome::cli {
namespace {

/// 'text' as one shell word.
std::string shell_word(std::string_view text) {
  return text::cat("'", text::replace_all(std::string(text), "'", "'\\''"), "'");
}

/// First words with what may follow them: "run" alone, "twin" with "start".
std::map<std::string, std::set<std::string>> words_of(const std::vector<CommandInfo>& commands) {
  std::map<std::string, std::set<std::string>> words;
  for (const CommandInfo& command : commands) {
    const auto parts = text::split(command.name, ' ');
    auto& followers = words[std::string(parts[0])];
    if (parts.size() > 1) followers.insert(std::string(parts[1]));
  }
  return words;
}

std::string joined(const std::set<std::string>& words) { return text::join({words.begin(), words.end()}, " "); }

std::string flag_words(const CommandInfo& command) {
  std::vector<std::string> names;
  for (const FlagInfo& flag : command.flags) names.push_back(flag.name);
  return text::join(names, " ");
}

/// What a command's argument may be, where it is no file.
std::string_view argument_words(const CommandInfo& command) {
  if (command.name == "completion") return "bash zsh fish";
  return command.name == "twin start" ? "github" : "";
}

std::string bash_script(const std::vector<CommandInfo>& commands) {
  std::string firsts;
  std::string seconds;
  for (const auto& [first, followers] : words_of(commands)) {
    text::append(firsts, text::cat(firsts.empty() ? "" : " ", first));
    if (!followers.empty()) {
      text::append(seconds, text::cat("    ", first, ") COMPREPLY=($(compgen -W ", shell_word(joined(followers)),
                                      " -- \"$current\")); [ \"$COMP_CWORD\" = 2 ] && return ;;\n"));
    }
  }
  std::string flags;
  for (const CommandInfo& command : commands) {
    text::append(flags, text::cat("    ", shell_word(command.name), "|", shell_word(command.name + " "),
                                  "*) flags=", shell_word(flag_words(command)),
                                  " arguments=", shell_word(argument_words(command)), " ;;\n"));
  }
  return text::cat(
      "# bash completion for pome; load it with: source <(pome completion bash)\n"
      "_pome() {\n"
      "  local current=\"${COMP_WORDS[COMP_CWORD]}\" flags='' arguments=''\n"
      "  COMPREPLY=()\n"
      "  if [ \"$COMP_CWORD\" = 1 ]; then\n"
      "    COMPREPLY=($(compgen -W ",
      shell_word(firsts + " --help --version"),
      " -- \"$current\"))\n    return\n  fi\n"
      "  case \"${COMP_WORDS[1]}\" in\n",
      seconds,
      "  esac\n  COMPREPLY=()\n"
      "  case \"${COMP_WORDS[*]:1}\" in\n",
      flags,
      "  esac\n"
      "  case \"$current\" in -*) arguments=\"$flags\" ;; esac\n"  // no word to offer: bash offers files
      "  COMPREPLY=($(compgen -W \"$arguments\" -- \"$current\"))\n"
      "}\n"
      "complete -o default -F _pome pome\n");
}

/// A colon or bracket would end the description in zsh's own syntax.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

std::string zsh_script(const std::vector<CommandInfo>& commands) {
  std::string firsts;
  std::string cases;
  for (const auto& [first, followers] : words_of(commands)) {
    std::string summary;
    for (const CommandInfo& command : commands) {
      if (command.name == first || command.name.starts_with(first + " ")) summary = command.summary;
    }
    text::append(firsts, text::cat("    ", shell_word(text::cat(first, ":", zsh_text(summary))), "\n"));
    if (!followers.empty()) {
      text::append(
          cases, text::cat("    ", first, ") (( CURRENT == 3 )) && { compadd ", joined(followers), "; return } ;;\n"));
    }
  }
  std::string flags;
  for (const CommandInfo& command : commands) {
    text::append(flags, text::cat("    ", shell_word(command.name + " "), "*) _arguments -S"));
    for (const FlagInfo& flag : command.flags) {
      const std::string spec =
          text::cat(flag.name, "[", zsh_text(flag.summary), "]", flag.takes_value ? ":value:_files" : "");
      text::append(flags, text::cat(" ", shell_word(spec)));
    }
    const std::string_view arguments = argument_words(command);
    const std::string spec = arguments.empty() ? "*:file:_files" : text::cat("*:argument:(", arguments, ")");
    text::append(flags, text::cat(" ", shell_word(spec), " ;;\n"));
  }
  return text::cat(
      "#compdef pome\n# zsh completion for pome; load it with: source <(pome completion zsh)\n"
      "_pome() {\n  local -a commands\n  commands=(\n",
      firsts, "  )\n  if (( CURRENT == 2 )); then _describe command commands; return; fi\n  case \"$words[2]\" in\n",
      cases, "  esac\n  case \"$words[2,-1] \" in\n", flags, "  esac\n}\ncompdef _pome pome\n");
}

std::string fish_script(const std::vector<CommandInfo>& commands) {
  std::string out =
      "# fish completion for pome; load it with: pome completion fish | source\n"
      "complete -c pome -n __fish_use_subcommand -f\n";
  for (const auto& [first, followers] : words_of(commands)) {
    for (const CommandInfo& command : commands) {
      if (command.name != first && !command.name.starts_with(first + " ")) continue;
      text::append(out, text::cat("complete -c pome -n __fish_use_subcommand -f -a ", first, " -d ",
                                  shell_word(command.summary), "\n"));
      break;
    }
    if (!followers.empty()) {
      text::append(out, text::cat("complete -c pome -n '__fish_seen_subcommand_from ", first,
                                  "; and not __fish_seen_subcommand_from ", joined(followers), "' -f -a ",
                                  shell_word(joined(followers)), "\n"));
    }
  }
  for (const CommandInfo& command : commands) {
    const std::string seen = text::replace_all(command.name, " ", "; and __fish_seen_subcommand_from ");
    const std::string head = text::cat("complete -c pome -n ", shell_word("__fish_seen_subcommand_from " + seen));
    for (const FlagInfo& flag : command.flags) {
      text::append(out, text::cat(head, flag.takes_value ? " -r" : "", " -l ", flag.name.substr(2), " -d ",
                                  shell_word(flag.summary), "\n"));
    }
    const std::string_view arguments = argument_words(command);
    if (!arguments.empty()) text::append(out, text::cat(head, " -f -a ", shell_word(arguments), "\n"));
  }
  return out;
}

}  // namespace

std::vector<CommandInfo> describe_commands() {
  std::vector<CommandInfo> found;
  for (const Command& command : commands()) {
    CommandInfo info{std::string(command.name), std::string(command.summary), {}};
    const FlagVisitor visitor([&](const CLI::App& app) {
      for (const CLI::Option* option : app.get_options()) {
        if (option->get_lnames().empty()) continue;
        info.flags.push_back(
            {"--" + option->get_lnames().front(), option->get_description(), option->get_type_size() != 0});
      }
    });
    command.run({});
    found.push_back(std::move(info));
  }
  return found;
}

int completion_command(Args args) {
  CLI::App app("Prints a shell's completion script, made from the commands themselves.", "pome completion");
  std::string shell;
  app.add_option("SHELL", shell, "bash, zsh or fish")->required();
  if (auto code = parse_flags(app, args)) return *code;
  if (shell != "bash" && shell != "zsh" && shell != "fish") {
    return report_error("completion", fail("usage", text::cat("There is no completion for \"", shell,
                                                              "\". Available: bash, zsh, fish.")));
  }
  const auto commands = describe_commands();
  std::cout << (shell == "bash"  ? bash_script(commands)
                : shell == "zsh" ? zsh_script(commands)
                                 : fish_script(commands));
  return kExitPassed;
}

}  // namespace pome::cli
