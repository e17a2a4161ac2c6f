# fish: source this file in ~/.config/fish/config.fish. The active sessions stand before your own prompt.
set -g _stint_folder (path dirname (path resolve (status filename)))
set -q STINT_PROMPT_NODE; and set -g _stint_node $STINT_PROMPT_NODE; or set -g _stint_node node
functions -q _stint_own_prompt; or functions -c fish_prompt _stint_own_prompt
function fish_prompt
    set -l before $status # of the command before, for your own prompt
    set -l sessions ($_stint_node $_stint_folder/stint-prompt.mjs 2>/dev/null)
    test -n "$sessions"; and printf '[%s] ' $sessions
    _stint_set_status $before
    _stint_own_prompt
end
function _stint_set_status
    return $argv[1]
end
