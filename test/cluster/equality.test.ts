import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isoOf, monthsAfter, parseIsoDay } from '../../src/base/calendar.ts';
import { main } from '../../src/main.ts';
import { withoutInput } from '../run.ts';
import { FIRST_ROWS } from './config.ts';
import { openShop, payments, type Shop, transactions, until } from './shop.ts';
import { MODEL } from './valued.ts';

const COLUMNS = 'customer String, date Date, amount Decimal(18, 4), region LowCardinality(String), channel String';

let shop: Shop;
let file: string;
let payment: string;
let invoices: string;

beforeAll(async () => {
  shop = await openShop();
  file = await shop.table('tx', COLUMNS, transactions(1500));
  payment = await shop.table('paid', 'customer String, date Date, amount Decimal(18, 4), plan String', payments(400));
  const columns = 'customer String, date Date, amount Decimal(18, 4), plan String, period_start Date, period_end Date';
  invoices = await shop.table('lines', columns, payments(200).map(asLine));
  const tables: Readonly<Record<string, string>> = {
    'rates.csv':
      'region,channel,from,to,margin\nnorth,web,,,20%\nnorth,,,2021-12-31,30%\nx,,,,7%\n,,2020-01-01,2020-12-31,10%\n',
    'periods.csv': 'from,to,margin\n,2021-12-31,10%\n2022-01-01,,22.5%\n',
    'unit.csv': 'channel,unit_cost\nweb,3.25\nshop,0.7501\n',
    'both.csv':
      'region,channel,margin,unit_cost\nnorth,web,20%,\nnorth,,,1.25\n,shop,,0.7501\n,,12.5%,\nnorth,shop,7%,\n',
    'costs.csv': 'customer,date,cost\n000001,2021-02-28,5.25\nZoë-7,2020-02-29,12.01\n',
    'market.csv': 'brand,customers,equity\nthem,1200,500000\n',
  };
  for (const [name, text] of Object.entries(tables)) writeFileSync(join(shop.folder, name), text);
  mkdirSync(join(shop.folder, 'out'));
});

/** A payment as a line of an invoice; those of the 15th are stubs to the end of the month. */
function asLine(row: string): string {
  const date = parseIsoDay(row.split(',')[1]!)!;
  const end = row.includes('-15,') ? isoOf(monthsAfter(date, 1)).replace(/15$/, '01') : isoOf(monthsAfter(date, 1));
  return `${row},${isoOf(date)},${end}`;
}

afterAll(async () => {
  await shop?.close();
});

/** What a command writes, `@NAME` standing for a file of the folder. */
async function written(command: string, from: string, options: string): Promise<string> {
  const out = join(shop.folder, 'out', 'result.json');
  const args = options
    .split(' ')
    .map((option) => (option.startsWith('@') ? join(shop.folder, option.slice(1)) : option));
  expect(await main([command, from, '-qq', '-o', out, ...args]), `${command} ${from} ${options}`).toBe(0);
  return readFileSync(out, 'utf8');
}

/** Where the choice of a model and what it is made from are not what is compared: the other cases read all that. */
const GIVEN = MODEL.join(' ');

describe('the figures of files and of a cluster are the same', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['compute', '--margin 30%'],
    ['compute', `--margin 30% --by region,channel --spend mean --as-of 2022-06-30 --currency JPY ${GIVEN}`],
    ['compute', `--margin 15% --margins @rates.csv --costs @costs.csv --by region --spend-from all ${GIVEN}`],
    ['compute', '--margins @periods.csv --fit-by channel --spend mean'],
    ['compute', '--margins @unit.csv --costs @costs.csv --model bg-bb --opportunity 1q --round-amounts 1'],
    ['compute', `--margins @both.csv --by channel --segment-from first ${GIVEN}`],
    [
      'compute',
      '--margin 30% --model mbg-cnbd-k --regularity 2 --fit-by channel --spend mean --season none --model-error none',
    ],
    ['statement', '--margin 30% --from 2021-12-31 --to 2022-12-31 --by region --costs @costs.csv'],
    ['share', '--margin 30% --market @market.csv --model pareto-nbd --season none'],
    ['whatif', '--margin 30% --model pareto-nbd --season none'],
    ['audit', '--margin 15% --margins @rates.csv --costs @costs.csv --by region'],
    [
      'compute',
      `--margin 30% --by region,channel --rfm 4 --only clv>20,first_purchase>=2020-06-01,channel!=web,r>=2 --fields clv,r,f,m,clv_decile,customer_id ${GIVEN}`,
    ],
    [
      'cohorts',
      '--margin 15% --margins @rates.csv --costs @costs.csv --by region --every 1q --model pareto-nbd --season none',
    ],
    ['cohorts', '--margin 30% --every 1q --as-of 2022-08-20 --currency JPY --model pareto-nbd --season none'],
    ['validate', '--margin 30% --holdout 26w --models all --season none --model-error none'],
    ['validate', '--margin 30% --holdout 26w --season month'],
    ['compute', '--margin 30% --season auto --horizon 90d'],
    ['compute', `--margin 30% --customer-intervals --by region ${GIVEN}`],
    [
      'compute',
      `--margin 30% --next-purchase --churn-risk 30%,70% --only churn_risk!=low,next_purchase<2024-01-01 ${GIVEN}`,
    ],
    [
      'compute',
      `--margin 15% --costs @costs.csv --customer-intervals --fit-by channel --spend-from all --horizon 2y ${GIVEN}`,
    ],
    ['explain', '--margin 30% --id Zoë-7 --by region --fit-by channel --pool-small --model pareto-nbd --season none'],
  ];

  it.each(cases)('%s %s', async (command, options) => {
    const wanted = withoutInput(await written(command, file, options));
    for (const table of ['tx', 'tx_part?cluster=main'])
      expect(withoutInput(await written(command, shop.address(table), options))).toBe(wanted);
  });

  it('of a Merge of tables on every shard too', async () => {
    for (const shard of shop.shards) {
      for (const [name, where] of [
        ['half_a', "date < '2021-06-01'"],
        ['half_b', "date >= '2021-06-01'"],
      ])
        await shard.command({
          query: `CREATE TABLE shop.${name} ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM shop.tx_part WHERE ${where}`,
        });
      await shard.command({ query: "CREATE TABLE shop.halves AS shop.tx_part ENGINE = Merge('shop', '^half_[ab]$')" });
    }
    const options = `--margin 30% --by region --spend mean ${GIVEN}`;
    const wanted = withoutInput(await written('compute', file, options));
    expect(withoutInput(await written('compute', shop.address('halves?cluster=main'), options))).toBe(wanted);
  });

  const subscriptions: readonly (readonly [string, string])[] = [
    ['compute', '--contract 1m --margin 50% --by plan'],
    ['compute', '--contract 1m --grace 20d --margin 50% --model retention'],
    ['compute', '--contract auto --margin 50% --fit-by plan --value-at last'],
    ['compute', '--contract basic=1m,pro=1m --subscription plan --margin 50% --model bdw --as-of 2022-01-20'],
    ['compute', '--contract basic=1m --one-off pro --margin 50% --retention basic=40%'],
    ['explain', '--contract 1m --margin 50% --id s7'],
    ['validate', '--contract 1m --margin 50% --holdout 4m'],
    ['mrr', '--contract basic=1m,pro=1m --by plan'],
  ];

  it.each(subscriptions)('of subscriptions too: %s %s', async (command, options) => {
    const wanted = withoutInput(await written(command, payment, options));
    expect(withoutInput(await written(command, shop.address('paid'), options))).toBe(wanted);
  });

  it('of recurring revenue too, of payments and of invoice lines', async () => {
    for (const options of ['--contract auto --by plan', '--contract basic=1m,pro=1q --every 1q --subscription plan']) {
      const wanted = withoutInput(await written('mrr', payment, options));
      expect(withoutInput(await written('mrr', shop.address('paid'), options))).toBe(wanted);
    }
    const wanted = withoutInput(await written('mrr', invoices, '--contract 1m --by plan --as-of 2021-12-31'));
    const found = await written('mrr', shop.address('lines'), '--contract 1m --by plan --as-of 2021-12-31');
    expect(withoutInput(found)).toBe(wanted);
  });

  it('payments that were given back within their rows too', async () => {
    const columns = 'customer String, date Date, amount Decimal(18, 4), plan String, refund Nullable(Decimal(18, 4))';
    const rows = payments(200).map((row, i) => `${row},${i % 9 === 4 ? row.split(',')[2] : ''}`);
    const back = await shop.table('given_back', columns, rows);
    for (const options of ['--amount amount-refund', '--zero refund=*']) {
      const all = `--contract 1m --by plan ${options}`;
      const wanted = withoutInput(await written('mrr', back, all));
      expect(withoutInput(await written('mrr', shop.address('given_back'), all))).toBe(wanted);
      const ended = JSON.parse(wanted) as { readonly months: readonly { readonly contraction: string }[] };
      expect(ended.months.every(({ contraction }) => Number(contraction) === 0)).toBe(true);
    }
  });

  it('customers that are written as CSV too', async () => {
    const [files, table] = [join(shop.folder, 'files.csv'), join(shop.folder, 'table.csv')];
    const options = ['-qq', '--margin', '30%', ...MODEL, '-o'];
    expect(await main(['compute', file, ...options, files])).toBe(0);
    expect(await main(['compute', shop.address('tx'), ...options, table])).toBe(0);
    expect(readFileSync(table, 'utf8')).toBe(readFileSync(files, 'utf8'));
  });

  it('intervals of customers, written as CSV and kept in a table', async () => {
    const [files, table] = [join(shop.folder, 'files.csv'), join(shop.folder, 'table.csv')];
    const costs = join(shop.folder, 'costs.csv');
    const options = ['-qq', '--margin', '30%', '--costs', costs, '--customer-intervals', ...MODEL, '-o'];
    expect(await main(['compute', file, ...options, files])).toBe(0);
    expect(await main(['compute', shop.address('tx'), ...options, table, '--into', 'bounded'])).toBe(0);
    expect(readFileSync(table, 'utf8')).toBe(readFileSync(files, 'utf8'));
    const [kept] = await shop.rows(
      'SELECT toString(sum(clv_interval_low)) AS low, toString(sum(prediction_interval_high)) AS high FROM shop.bounded',
    );
    const [header, ...rows] = readFileSync(files, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const total = (name: string): number => rows.reduce((sum, row) => sum + Number(row[header!.indexOf(name)]), 0);
    expect(Number(kept!['low']) / total('clv_interval_low')).toBeCloseTo(1, 12);
    expect(Number(kept!['high']) / total('prediction_interval_high')).toBeCloseTo(1, 12);
    await shop.shards[0]!.command({ query: 'DROP TABLE shop.bounded SYNC' });
  });

  it('the input names the table, its rows and a checksum that does not depend on how it is read or stored', async () => {
    const inputOf = async (table: string) =>
      (
        JSON.parse(await written('compute', shop.address(table), `--margin 30% ${GIVEN}`)) as {
          input: Record<string, unknown>;
        }
      ).input;
    await shop.shards[0]!.command({
      query: `CREATE TABLE shop.other ENGINE = MergeTree ORDER BY tuple() AS SELECT toNullable(customer) AS customer,
        toDateTime64(date, 3, 'Asia/Tokyo') AS date, CAST(amount AS Decimal(38, 6)) AS amount FROM shop.tx ORDER BY rand()`,
    });
    const [whole, parts, other] = [await inputOf('tx'), await inputOf('tx_part?cluster=main'), await inputOf('other')];
    const rows = readFileSync(file, 'utf8').trim().split('\n').length - 1;
    expect(whole).toMatchObject({
      files: [],
      table: { name: 'shop.tx', rows, checksum: expect.stringMatching(/^[0-9a-f]{16}$/) },
    });
    expect(parts).toEqual({ ...whole, table: { ...(whole['table'] as object), name: 'shop.tx_part' } });
    expect(other).toEqual({ ...whole, table: { ...(whole['table'] as object), name: 'shop.other' } });
  });

  it('a Distributed table with a cluster is read once', async () => {
    const options = `--margin 30% ${GIVEN}`;
    const wanted = await written('compute', shop.address('tx'), options);
    expect(await written('compute', shop.address('tx?cluster=main'), options)).toBe(wanted);
  });

  it('a profile that shows the first rows only changes nothing', async () => {
    const wanted = await written('compute', shop.address('tx'), '--margin 30%');
    expect(await written('compute', shop.address('tx', FIRST_ROWS), '--margin 30%')).toBe(wanted);
  });

  it('nothing is left in the cluster', async () => {
    const parts = "SELECT table FROM system.parts WHERE active AND database = '_temporary_and_external_tables'";
    for (const shard of [0, 1]) await until(async () => (await shop.rows(parts, shard)).length === 0);
  });
});
