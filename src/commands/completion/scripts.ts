export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/**
 * Scripts that ask `clv completion words -- WORDS` for what may follow, a line each. What comes back is data: each shell takes
 * it as text to be quoted where it is inserted, and none of it is ever evaluated.
 */
export const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], string>> = {
  bash: `_clv() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    printf -v line '%q' "$line"
    COMPREPLY+=("$line")
  done < <(clv completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _clv clv
`,
  zsh: `#compdef clv
_clv() {
  local -a found
  found=("\${(@f)$(clv completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then
    compadd -- "\${found[@]}"
  else
    _files
  fi
}
compdef _clv clv
`,
  fish: `function __clv_words
  set -l typed (commandline -opc) (commandline -ct)
  clv completion words -- $typed[2..-1] 2>/dev/null
end
complete -c clv -a '(__clv_words)'
`,
  powershell: `Register-ArgumentCompleter -Native -CommandName clv -ScriptBlock {
  param($word, $tree, $cursor)
  $typed = @($tree.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.StartOffset -lt $cursor } | ForEach-Object {
    if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.ToString() }
  })
  # A blank stands for a word that is not begun: an empty one is lost on the way before PowerShell 7.3.
  if ($word -eq '') { $typed += ' ' }
  $before = [Console]::OutputEncoding
  try {
    [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()
    # Without its quotes -- is taken by PowerShell where clv is a script.
    & clv completion words '--' @typed 2>$null | Where-Object { $_ } | ForEach-Object {
      $text = if ($_ -match '^[\\w./%-]+$') { $_ } else {
        "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($_) + "'"
      }
      [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
    }
  } finally {
    [Console]::OutputEncoding = $before
  }
}
`,
};
