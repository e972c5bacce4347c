import * as contracts from '../../cli/contracts/options.ts';
import { SEGMENT_FROM } from '../../cli/segment-columns.ts';
import { FIT_BY, POOL_SMALL, valuationCommand } from '../../cli/shared-options.ts';

const EXAMPLES = `
Examples:
  $ clv share fixtures/transactions.csv --margins fixtures/margins.csv --market fixtures/market.csv
  $ clv share fixtures/transactions.csv --margin 30% --market-equity 1500000 --includes-us
  $ clv share fixtures/transactions.csv --margin 30% --market-customers 12000 --market-avg-clv 55 --format json
  $ clv share fixtures/subscriptions.csv --contract 1m --margin 70% --market fixtures/market.csv
  $ clv share --switching fixtures/switching.csv --purchases-per-year 6 --horizon 3y

One of --market-equity, --market, --market-customers with --market-avg-clv, and --switching says what the market is. Our own
customer equity is that of clv compute for the same options; the revenue in a market file must cover the span of FILES. The
switching file values every brand, us among them, so it goes without FILES. Money may have up to four decimals in any currency,
as in costs, and is rounded once, to the minor unit, where it is printed. Exit codes: 0 done, 1 a warning of --fail-on, 2 usage, 65 bad data, 66 no
input, 73 and 74 output, 75 busy, 78 configuration.`;

/** `clv share`: what may be typed. */
export function shareCommand() {
  const own = valuationCommand('share')
    .description('customer equity share beside market share, by what is known of the market')
    .argument(
      '[files...]',
      'files of one export (CSV, .csv.gz or Parquet), their folder, or - for standard input; none with --switching',
    )
    .optionsGroup('Market')
    .option('--us <name>', 'our own name in the output, or in the switching file', 'us')
    .option('--market <file>', 'competitors: name, customers, and equity, average_clv, or margin and retention')
    .option(
      '--timing <case>',
      'when competitors with margin and retention are paid (existing-end); with --contract, we too (existing-start)',
    )
    .option('--market-equity <amount>', 'customer equity of all others in the market')
    .option('--market-customers <n>', 'customers of all others in the market, with --market-avg-clv')
    .option('--market-avg-clv <amount>', 'average CLV of these customers')
    .option('--includes-us', 'the total of the market includes us')
    .optionsGroup('Switching')
    .option('--switching <file>', 'chances or counts of going from brand to brand: brand, a column each brand')
    .option('--purchases-per-year <n>', 'purchases of a customer a year, of whichever brand', '1')
    .option('--population <n>', 'customers of the market (the sum of last_bought when absent)')
    .option('--from-purchase <n>', 'the first purchase that counts: 0 is made now, 1 is the next', '0')
    .optionsGroup('Groups')
    .option('--by <columns>', 'segments as in clv compute: with --spend mean they matter')
    .option(...SEGMENT_FROM)
    .option(...FIT_BY)
    .option(...POOL_SMALL);
  return contracts
    .pricedOptions(own)
    .option(...contracts.RETENTION)
    .option(...contracts.RETENTION_FILE)
    .option(...contracts.RETENTION_COST)
    .option(...contracts.RETENTION_COST_TIMING)
    .option(...contracts.GROWTH)
    .addHelpText('after', EXAMPLES);
}

export type ShareOptions = ReturnType<ReturnType<typeof shareCommand>['opts']>;
