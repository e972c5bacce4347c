import { sharesOf } from '../../aggregator/shares.ts';
import { type Day, isoOf } from '../../base/calendar.ts';
import { AMOUNT_SCALE, exactText } from '../../base/money.ts';
import { plural } from '../../base/plural.ts';
import type { Rival, Switching } from '../../data/market.ts';
import { Exact, type Json } from '../../data/report.ts';
import { TIMINGS } from '../../engine/contracts/timing.ts';
import type { RouteNote } from './found.ts';
import type { Market } from './market.ts';
import type { SwitchingBrands, SwitchingTerms } from './switching/brands.ts';

/** The route of a market beside the transactions, weakest to strongest in the order of `Market`. */
export function marketRoute(market: Market): RouteNote {
  if (market.kind === 'file') return fileRoute(market);
  const of = market.includesUs ? 'of the market, less ours' : 'of all others';
  const includes = { includes_us: market.includesUs };
  if (market.kind === 'equity') {
    const inputs = { market_equity: new Exact(market.equity.toFixed()), ...includes };
    return { name: 'market-total', words: `the customer equity ${of}, as given`, inputs };
  }
  return {
    name: 'market-size',
    words: `customers × average CLV ${of}, both as given`,
    inputs: {
      market_customers: market.customers,
      market_avg_clv: new Exact(market.average.toFixed()),
      ...includes,
    },
  };
}

const MARKET_MONEY =
  'exact as given, with up to 4 decimals in any currency, like costs; rounded once, half-even, to the minor unit where it is ' +
  'printed, customer equity before its shares';

/** What a methodology says of the money of a market, and of the span of our revenue. */
export function marketNotes(first: Day, asOf: Day): { readonly [key: string]: Json } {
  return {
    revenue: `ours from ${isoOf(first)} to ${isoOf(asOf)}; that of a market file is taken to be of the same span`,
    market_money: MARKET_MONEY,
  };
}

/** A file is as strong as its weakest line. */
function fileRoute({ rivals, source, terms }: Extract<Market, { readonly kind: 'file' }>): RouteNote {
  const { timing, years } = terms;
  const valued = rivals.filter(({ worth }) => worth.basis === 'parameters').length;
  const given = `customer equity or average CLV as given in ${source.name}`;
  const span = years === null ? 'for life' : `truncated at ${years} ${plural(years, 'year', 'years')}`;
  const engine =
    `margin and retention in ${source.name}, valued at our discount rate by years, ${span}, ` +
    `timing ${timing}: ${TIMINGS[timing].words}`;
  return {
    name: valued === rivals.length ? 'competitor-parameters' : 'competitor-table',
    words: [...(valued < rivals.length ? [given] : []), ...(valued > 0 ? [engine] : [])].join('; '),
    inputs: { file: source.name, timing: valued > 0 ? timing : null, competitors: rivals.map(rivalInputs) },
  };
}

function rivalInputs({ name, customers, worth, revenue }: Rival): Json {
  const byParameters = worth.basis === 'parameters';
  return {
    name,
    basis: worth.basis,
    customers,
    customer_equity: worth.basis === 'equity' ? money(worth.equity) : null,
    average_clv: worth.basis === 'average_clv' ? money(worth.average) : null,
    margin: byParameters ? money(worth.margin) : null,
    retention: byParameters ? new Exact(worth.retention.toFixed()) : null,
    growth: byParameters ? new Exact(worth.growth.toFixed()) : null,
    revenue: revenue === null ? null : money(revenue),
  };
}

function money(units: bigint): Exact {
  return new Exact(exactText(units, AMOUNT_SCALE, 2));
}

const GIVEN: Readonly<Record<Switching['given'], string>> = {
  probabilities: 'probabilities',
  counts: 'counts of purchases, made into probabilities row by row',
  lost: 'the fraction lost and where it goes',
};

/** The route of a switching file. */
export function switchingRoute(
  file: string,
  switching: Switching,
  terms: SwitchingTerms,
  { population, weights, mixSource }: SwitchingBrands,
): RouteNote {
  const { brands, matrix, contribution, given } = switching;
  const byBrand = (values: readonly Json[]): Json => Object.fromEntries(brands.map((brand, i) => [brand, values[i]!]));
  return {
    name: 'switching-matrix',
    words:
      'every brand by the purchases that customers of the market are expected to make of it, who go from brand to brand ' +
      `as ${file} says (Rust, Lemon & Zeithaml 2004)`,
    inputs: {
      file,
      given: GIVEN[given],
      switching: byBrand(matrix.map((row) => byBrand(row))),
      last_bought: byBrand(sharesOf(weights).map((share) => new Exact(share!))),
      last_bought_from: mixSource,
      contribution: contribution && byBrand(contribution.map(money)),
      purchases_per_year: new Exact(terms.purchasesPerYear.toFixed()),
      population,
      from_purchase: terms.from,
      last_purchase: terms.last,
    },
  };
}
