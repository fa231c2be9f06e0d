#include "completions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace fakt {
namespace {

/// A text in single quotes, as all three shells take it; what would end them is left out.
std::string quoted(std::string text) {
  std::erase(text, '\'');
  return "'" + text + "'";
}

std::string bash(std::string_view program, const std::vector<std::string>& commands,
                 const std::vector<CompletedOption>& options) {
  std::string names, cases;
  for (const auto& option : options) {
    names += fmt::format("{} ", fmt::join(option.names, " "));
    if (!option.values.empty())
      cases += fmt::format("    {}) COMPREPLY=($(compgen -W {} -- \"$word\")); return ;;\n",
                           fmt::join(option.names, "|"), quoted(fmt::format("{}", fmt::join(option.values, " "))));
  }
  return fmt::format(
      "_{0}() {{\n"
      "  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}\n"
      "  case $before in\n{1}  esac\n"
      "  case $word in\n"
      "    -*) COMPREPLY=($(compgen -W {2} -- \"$word\")) ;;\n"
      "    *) COMPREPLY=($(compgen -f -- \"$word\"))\n"
      "      [ \"$COMP_CWORD\" = 1 ] && COMPREPLY+=($(compgen -W {3} -- \"$word\")) ;;\n"
      "  esac\n"
      "}}\n"
      "complete -o filenames -F _{0} {0}\n",
      program, cases, quoted(names), quoted(fmt::format("{}", fmt::join(commands, " "))));
}

/// What zsh's _arguments would take for a part of its own syntax.
std::string zsh_text(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '[' || c == ']' || c == ':') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh(std::string_view program, const std::vector<std::string>& commands,
                const std::vector<CompletedOption>& options) {
  std::string lines;
  for (const auto& option : options)
    for (const auto& name : option.names) {
      std::string value;
      if (option.has_value) value = ":value:";
      if (option.value_is_path) value += "_files";
      if (!option.values.empty()) value += fmt::format("({})", fmt::join(option.values, " "));
      lines += fmt::format("    {} \\\n", quoted(fmt::format("*{}[{}]{}", name, zsh_text(option.help), value)));
    }
  return fmt::format(
      "#compdef {0}\n"
      "_{0}() {{\n"
      "  (( CURRENT == 2 )) && compadd -- {1}\n"
      "  _arguments \\\n{2}    '*:path:_files'\n"
      "}}\n"
      "compdef _{0} {0}\n",
      program, fmt::join(commands, " "), lines);
}

std::string fish(std::string_view program, const std::vector<std::string>& commands,
                 const std::vector<CompletedOption>& options) {
  std::string out = fmt::format("complete -c {} -n __fish_use_subcommand -a {}\n", program,
                                quoted(fmt::format("{}", fmt::join(commands, " "))));
  for (const auto& option : options) {
    out += fmt::format("complete -c {} -d {}", program, quoted(option.help));
    for (const auto& name : option.names)
      out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (option.has_value) out += option.value_is_path ? " -r" : " -x";
    if (!option.values.empty()) out += " -a " + quoted(fmt::format("{}", fmt::join(option.values, " ")));
    out += '\n';
  }
  return out;
}

}  // namespace

std::string completion_script(std::string_view shell, std::string_view program,
                              const std::vector<std::string>& commands, const std::vector<CompletedOption>& options) {
  if (shell == "bash") return bash(program, commands, options);
  if (shell == "zsh") return zsh(program, commands, options);
  return fish(program, commands, options);
}

}  // namespace fakt
