import { Command } from '@commander-js/extra-typings';
import { SHELLS } from './scripts.ts';

const EXAMPLES = `
Examples:
  $ clv completion bash
  $ clv completion zsh
  $ clv completion fish

Completes commands, options, their values, and of options that name a column those of the files that are typed already. What to do
with the script: bash: eval "$(clv completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc, after compinit; fish: clv
completion fish > ~/.config/fish/completions/clv.fish; powershell: clv completion powershell | Out-String | Invoke-Expression.`;

/** `clv completion`: what may be typed. */
export function completionCommand() {
  return new Command('completion')
    .description('a script that completes what is typed after clv: for bash, zsh, fish or powershell')
    .argument('<shell>', `${SHELLS.join(', ')}; or words, for what the scripts ask: what may follow the words after --`)
    .argument('[words...]', 'with words: those that are typed so far, the last of them being completed')
    .addHelpText('after', EXAMPLES);
}
