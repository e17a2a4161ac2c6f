/*
 * What a shell loads to complete `stint`. It asks the command `stint __complete` for what fits, so
 * that it never gets old. One candidate on a line, a tab before its description; the line `:files`
 * alone where files fit.
 */

export const completedShells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type CompletedShell = (typeof completedShells)[number];

export const completionScripts: Readonly<Record<CompletedShell, string>> = {
  // The candidates are quoted already: see bash-line.ts.
  bash: `# bash completion for stint
_stint() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o default 2>/dev/null
      return
    fi
    COMPREPLY+=("$line")
  done < <(stint __complete bash "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
}
complete -F _stint stint
`,
  zsh: `#compdef stint
_stint() {
  local line value
  local -a values shown
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      _files
      return
    fi
    value=\${line%%$'\\t'*}
    values+=("$value")
    if [[ $line == *$'\\t'* ]]; then shown+=("$value  -- \${line#*$'\\t'}"); else shown+=("$value"); fi
  done < <(stint __complete zsh "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)
  compadd -l -d shown -a -- values
}
if [[ $funcstack[1] == _stint ]]; then _stint "$@"; else compdef _stint stint; fi
`,
  fish: `# fish completion for stint
function __stint_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l found (stint __complete fish $words[2..] "$current" 2>/dev/null)
    if test "$found[1]" = ':files'
        __fish_complete_path (string unescape -- $current)
    else
        printf '%s\\n' $found
    end
end
complete -c stint -e
complete -c stint -f -a '(__stint_complete)'
`,
  powershell: `# PowerShell completion for stint
Register-ArgumentCompleter -Native -CommandName stint -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
    $current = $wordToComplete.Trim([char[]]("'", '"'))
    stint __complete powershell @words "-- $current" 2>$null | ForEach-Object {
        if ($_ -eq ':files') { return }
        $value, $description = $_ -split "\`t", 2
        $text = if ($value -match '^[\\w./:@%+=-]+$') { $value } else { "'" + $value.Replace("'", "''") + "'" }
        if (-not $description) { $description = $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $description)
    }
}
`,
};
