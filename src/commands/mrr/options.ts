import {
  GRACE,
  ONE_OFF,
  PERIOD_END,
  PERIOD_END_COLUMN,
  PERIOD_START,
  PLAN,
  SUBSCRIPTION,
} from '../../cli/contracts/options.ts';
import { sectionOption } from '../../cli/output/section-option.ts';
import { refusing, valuationCommand } from '../../cli/shared-options.ts';
import { SECTIONS } from './sections.ts';

const EXAMPLES = `
Examples:
  $ clv mrr fixtures/subscriptions.csv --contract 1m
  $ clv mrr fixtures/subscriptions.csv --contract 1m --by plan --every 1q
  $ clv mrr fixtures/subscriptions.csv --contract 1m --format csv --section events

It fits nothing, so three customers are enough. What has been printed for a month never changes when later rows arrive.
Exit codes: 0 done, 1 a warning of --fail-on, 2 usage, 65 bad data, 66 no input, 73 and 74 output, 75 busy, 78 configuration.`;

/** Options of a valuation that mean nothing where nothing is valued. */
export const REFUSED: readonly string[] = [
  ...['--margin', '--margins', '--costs', '--discount-rate', '--horizon', '--model', '--regularity', '--opportunity'],
  ...['--season', '--use-model', '--spend', '--spend-from'],
];

/** `clv mrr`: what may be typed. */
export function mrrCommand() {
  return refusing(valuationCommand('mrr'), REFUSED)
    .description('recurring revenue of subscriptions and what moved it, month by month, to the cent')
    .argument('<files...>', 'files of one export (CSV, .csv.gz or Parquet), their folder, or - for standard input')
    .option(
      '--contract <lengths>',
      'what a payment pays for: 1m for all, by plan: basic=1m,annual=1y, or auto: by the gaps between payments',
    )
    .option(...PLAN)
    .option(...SUBSCRIPTION)
    .option(...ONE_OFF)
    .option('--pause <plans>', 'plans of 0.00 by which a customer pauses, separated by commas')
    .option(...PERIOD_START)
    .option(...PERIOD_END_COLUMN)
    .option(...PERIOD_END)
    .option(...GRACE)
    .option('--every <period>', 'calendar periods of the roll-forward: 1m, 1q or 1y', '1m')
    .option('--by <columns>', 'segments by these columns, separated by commas')
    .option('--per <span>', 'recurring revenue a month or a year', 'month')
    .option('--week-year <weeks>', '52: lengths in weeks are so many a year (365.25 days make a year when absent)')
    .option('--rates-window <dates>', 'FROM..TO of the retention rates (twelve months to the as-of date when absent)')
    .optionsGroup('Other schools')
    .option('--churn-date <day>', 'after-grace, or period-end: months within the grace are restated', 'after-grace')
    .option('--refunds <how>', 'of a whole payment: end its term, ignore, or restate as if never paid', 'end')
    .option('--level <of>', 'movements of a customer, or of each subscription', 'customer')
    .option('--back-within <span>', 'customers who come back later than this are new (never when absent)')
    .option('--movements <of>', 'each day, or net: only the ends of periods are compared', 'day')
    .optionsGroup('Output')
    .option(...sectionOption('csv and ndjson', SECTIONS))
    .option('--top <n>', 'customers shown in the table', '10')
    .addHelpText('after', EXAMPLES);
}

export type MrrOptions = ReturnType<ReturnType<typeof mrrCommand>['opts']>;
