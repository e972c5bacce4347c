import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { start } from '../clv.mjs';
import { source } from '../source.mjs';
import { holds, same } from '../wrong.mjs';

const COLUMNS = 'customer String, date Date, amount Decimal(18, 4), region String, channel String';
const CUSTOMERS = 2000;
/** No model is chosen: every run does the same work. */
const VALUED = ['--margin', '30%', '--spend', 'mean', '--model', 'pareto-nbd', '--season', 'none'];
export const COMPUTE = [...VALUED, '--model-error', 'none', '--by', 'region', '-qq'];
/** Results are told apart by these. */
export const RATES = ['10%', '25%'];
const SUMS = 'SELECT count() AS n, toString(sum(clv)) AS clv, toString(sum(revenue)) AS revenue FROM shop.clv_local';

/** Two shards with transactions, the right figures of them, and a table for results: made once for all trials of a run. */
export class Shop {
  /** @param folder in which a folder is made for it, and removed with the process */
  static async open(folder) {
    const { openShop, transactions } = await source('../test/cluster/shop.ts');
    const found = new Shop();
    const outer = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder;
    found.servers = await openShop().finally(() => {
      process.env['TMPDIR'] = outer;
    });
    const { servers } = found;
    process.once('exit', () => rmSync(servers.folder, { recursive: true, force: true }));
    found.lines = transactions(CUSTOMERS);
    found.file = await servers.table('tx', COLUMNS, found.lines);
    found.address = servers.address('tx');
    const out = join(servers.folder, 'right.json');
    const tmp = servers.folder;
    const began = performance.now();
    found.right = found.figures(await found.written(found.address, out, tmp));
    found.usual = performance.now() - began;
    same(
      'figures of the cluster and of its file',
      found.right,
      found.figures(await found.written(found.file, out, tmp)),
    );
    await found.#makeResults(tmp);
    return found;
  }

  /** What a run writes that nothing disturbs. */
  async written(from, out, tmp, ...options) {
    const end = await start(['compute', from, ...COMPUTE, ...options, '-o', out], { env: { TMPDIR: tmp } });
    same(`a run that nothing disturbs (${end.err})`, end.code, 0);
    return readFileSync(out, 'utf8');
  }

  /** All of a result but what it was read from. */
  figures(text) {
    const { input: _, ...rest } = JSON.parse(text);
    return JSON.stringify(rest);
  }

  /** The results in each shard by the discount rate, after runs that nothing disturbs. */
  async #makeResults(tmp) {
    const { shards, rows } = this.servers;
    const out = join(this.servers.folder, 'into.json');
    await this.written(this.address, out, tmp, '--into', 'plain');
    const types = await rows("SELECT name, type FROM system.columns WHERE database = 'shop' AND table = 'plain'");
    const columns = types.map(({ name, type }) => `${name} ${type}`).join(', ');
    for (const shard of shards)
      await shard.command({
        query: `CREATE TABLE shop.clv_local (${columns}) ENGINE = MergeTree ORDER BY customer_id`,
      });
    const over = 'Distributed(main, shop, clv_local, cityHash64(customer_id))';
    await shards[0].command({ query: `CREATE TABLE shop.clv (${columns}) ENGINE = ${over}` });
    this.results = new Map();
    for (const rate of RATES) {
      await this.written(this.address, out, tmp, '--into', 'clv', '--discount-rate', rate);
      this.results.set(rate, await this.sums());
    }
    this.kept = RATES.at(-1);
    holds(
      'results by rate are the same',
      JSON.stringify(this.results.get(RATES[0])) !== JSON.stringify(await this.sums()),
    );
  }

  /** Rows of a shard; a connection of before it was killed answers once that it is gone. */
  async #rows(query, shard) {
    for (let tries = 0; ; tries++)
      try {
        return await this.servers.rows(query, shard);
      } catch (error) {
        if (tries === 5 || !/ECONNRESET|socket hang up|EPIPE/.test(`${error.code} ${error.message}`)) throw error;
      }
  }

  /** What each shard has of the results. */
  async sums() {
    return (await Promise.all(this.servers.shards.map((_, shard) => this.#rows(SUMS, shard)))).flat();
  }

  /** Names of tables of the database that a run makes while it works, by shard. */
  async beside() {
    const query = "SELECT name FROM system.tables WHERE database = 'shop' AND name LIKE '%\\_clv\\_%' ORDER BY name";
    const all = await Promise.all(this.servers.shards.map((_, shard) => this.#rows(query, shard)));
    return all.map((rows) => rows.map(({ name }) => String(name)));
  }

  async drop(tables) {
    for (const [shard, names] of tables.entries())
      for (const name of names) await this.servers.shards[shard].command({ query: `DROP TABLE shop.\`${name}\` SYNC` });
  }

  /** Working tables end with their session, which a server may take a moment for. */
  async mustHaveNoWork() {
    const query =
      "SELECT uniqExact(table) AS n FROM system.parts WHERE active AND database = '_temporary_and_external_tables'";
    for (let tries = 0; ; tries++) {
      const left = await Promise.all(this.servers.shards.map((_, shard) => this.#rows(query, shard)));
      if (left.flat().every(({ n }) => Number(n) === 0)) return;
      holds(`working tables are left: ${JSON.stringify(left)}`, tries < 300);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** What stands in a folder. */
export const namesIn = (folder) => readdirSync(folder).sort();
