import {
  PERIOD_END,
  PERIOD_END_COLUMN,
  PERIOD_START,
  SURVIVORS,
  subscriptionOptions,
} from '../../cli/contracts/options.ts';
import { sectionOption } from '../../cli/output/section-option.ts';
import { MODEL_ERROR, refusing, valuationCommand } from '../../cli/shared-options.ts';
import { SECTIONS } from './sections.ts';

const EXAMPLES = `
Examples:
  $ clv validate fixtures/transactions.csv --margins fixtures/margins.csv --holdout 26w --models all
  $ clv validate fixtures/transactions.csv --margin 30% --holdout 26w --models pareto-nbd,bg-nbd --format csv
  $ clv validate fixtures/transactions.csv --margin 30% --holdout 26w --format csv --section deciles
  $ clv validate fixtures/transactions.csv --margin 30% --origins 4 --models pareto-nbd,mbg-cnbd-k
  $ clv validate fixtures/subscriptions.csv --contract 1m --margin 70% --holdout 6m
  $ clv validate --survivors fixtures/survivors.csv --holdout 2y

The holdout ends on --as-of, or on the last date; of several, the last does. Predictions are not discounted: --discount-rate
and --horizon have no part in it. Models of contracts (--contract, --survivors): sbg, bdw, retention (one rate for all). Exit codes: 0 at least one model fits, 1 a warning of --fail-on, 2 usage, 65 bad data or no model fits, 66 no input, 73 and 74 output, 75 busy, 78 configuration.`;

/** `clv validate`: what may be typed. */
export function validateCommand() {
  const own = refusing(valuationCommand('validate'), ['--opportunity'])
    .description('fit on what came before a holdout, predict it, and compare with what happened')
    .argument('[files...]', 'files of one export (CSV, .csv.gz or Parquet), their folder, or - for standard input')
    .option(
      '--holdout <span>',
      'what is held back and predicted, e.g. 39w, 90d, 1y (a quarter of the data when absent)',
    )
    .option('--origins <n>', 'try so many as-of dates, 2 to 12, each with a holdout after it (one when absent)')
    .option(
      '--models <names>',
      'models to compare, separated by commas, or all (that of --model when absent; all of contracts)',
    )
    .option(...MODEL_ERROR)
    .option(...sectionOption('csv and ndjson', ...Object.values(SECTIONS)));
  return subscriptionOptions(own)
    .option(...PERIOD_START)
    .option(...PERIOD_END_COLUMN)
    .option(...PERIOD_END)
    .option(...SURVIVORS)
    .addHelpText('after', EXAMPLES);
}

export type ValidateOptions = ReturnType<ReturnType<typeof validateCommand>['opts']>;
