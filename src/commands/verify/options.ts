import { Command } from '@commander-js/extra-typings';
import { outputOptions, quietOption } from '../../cli/shared-options.ts';

const EXAMPLES = `
Examples:
  clv compute fixtures/transactions.csv --margin 30% -o clv.json --manifest clv.manifest.json
  clv verify clv.manifest.json

Exit codes: 0 every file is as it was, 1 one is not, 2 usage, 65 no manifest, or one that was changed, 66 no input, 73 and 74 output.`;

/** `clv verify`: what may be typed. */
export function verifyCommand() {
  const command = new Command('verify')
    .description('whether the files that a run read and wrote are still those of its manifest, byte by byte')
    .argument('<manifest>', 'the file that --manifest wrote')
    .option('--in <folder>', 'the folder that the names of files start from (that of the run when absent)');
  return quietOption(outputOptions(command)).option('--no-color', 'no colors').addHelpText('after', EXAMPLES);
}

export type VerifyOptions = ReturnType<ReturnType<typeof verifyCommand>['opts']>;
