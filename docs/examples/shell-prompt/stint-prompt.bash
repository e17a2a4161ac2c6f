# bash: source this file in ~/.bashrc. The active sessions stand before your own prompt.
_stint_folder=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
_stint_node=${STINT_PROMPT_NODE:-node}
_stint_prompt() {
  local status=$? # of the command before, for what comes after
  STINT_SESSIONS=$("$_stint_node" "$_stint_folder/stint-prompt.mjs" 2>/dev/null)
  return $status
}
PROMPT_COMMAND="_stint_prompt${PROMPT_COMMAND:+; $PROMPT_COMMAND}"
# As a variable: a session's name is text, and never run.
PS1='${STINT_SESSIONS:+[$STINT_SESSIONS] }'$PS1
