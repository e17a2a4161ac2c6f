# zsh: source this file in ~/.zshrc. The active sessions stand before your own prompt.
_stint_folder=${0:A:h}
_stint_node=${STINT_PROMPT_NODE:-node}
_stint_prompt() {
  # `%` begins a sequence of the prompt; `psvar` is shown as text.
  psvar[9]=$("$_stint_node" "$_stint_folder/stint-prompt.mjs" 2>/dev/null)
}
autoload -Uz add-zsh-hook
add-zsh-hook precmd _stint_prompt
PROMPT="%(9V.[%9v] .)$PROMPT"
