import * as contracts from '../../cli/contracts/options.ts';
import { sectionOption } from '../../cli/output/section-option.ts';
import { SEGMENT_FROM } from '../../cli/segment-columns.ts';
import { valuationCommand } from '../../cli/shared-options.ts';
import { SECTIONS } from './sections.ts';

const EXAMPLES = `
Examples:
  $ clv whatif fixtures/transactions.csv --margins fixtures/margins.csv --set dropout=-1% --set margin=+1%
  $ clv whatif fixtures/transactions.csv --margin 30% --set retention=+2% --campaign-cost 2000
  $ clv whatif fixtures/transactions.csv --margin 30% --scenarios fixtures/scenarios.csv --format csv
  $ clv whatif fixtures/transactions.csv --margin 30% --acquisition-cost 60 --format csv --section tornado
  $ clv whatif fixtures/subscriptions.csv --contract 1m --margin 70% --set price=+5% --set retention=-1%
  $ clv whatif --survivors fixtures/survivors.csv --margin-per-period 100 --set retention=+2%

Drivers: margin, purchase-rate, dropout, retention, discount-rate, acquisition (customers won in a year);
of subscriptions (--contract): margin, price, retention, retention-cost, growth, discount-rate, acquisition;
of a survivor table (--survivors) the same but acquisition, and price with --price-per-period. A sign makes a change
relative (margin=+1%), none sets a value (discount-rate=12%, margin=35% where margin is one rate, acquisition=500). All --set
make one scenario. The past stays as it is: what is known of each customer does not change, only what is to come. Customer
equity is always that of the customers there are; acquisition changes what those won in a year are worth, beside it.
Exit codes: 0 done, 1 a warning of --fail-on, 2 usage, 65 bad data, 66 no input, 73 and 74 output, 75 busy, 78 configuration.`;

/** `clv whatif`: what may be typed. */
export function whatifCommand() {
  const own = valuationCommand('whatif')
    .description('customer equity if margin, purchases, dropout, the discount rate or acquisition were different')
    .argument('[files...]', 'files of one export (CSV, .csv.gz or Parquet), their folder, or - for standard input')
    .optionsGroup('What if')
    .option(
      '--set <change>',
      'change a driver, e.g. --set dropout=-1%; once for each',
      (text: string, others: readonly string[] = []) => [...others, text],
    )
    .option('--scenarios <file>', 'several at once: scenario, a column a driver (blank: unchanged), campaign_cost')
    .option('--campaign-cost <amount>', 'what it takes to bring the --set about: its return on that spending')
    .option('--acquisition-cost <amount>', 'cost of winning a customer: months until it is recovered')
    .option('--by <columns>', 'segments as in clv compute: with --spend mean they matter')
    .option(...SEGMENT_FROM)
    .option(...sectionOption('csv and ndjson', SECTIONS));
  const command = contracts
    .pricedOptions(own)
    .option(...contracts.RETENTION)
    .option(...contracts.FIT_BY);
  return contracts
    .termOptions(command)
    .option(...contracts.SURVIVORS)
    .option(...contracts.MARGIN_PER_PERIOD)
    .option('--price-per-period <amount>', 'with --survivors: what a customer pays a period, for the driver price')
    .addHelpText('after', EXAMPLES);
}

export type WhatifOptions = ReturnType<ReturnType<typeof whatifCommand>['opts']>;
