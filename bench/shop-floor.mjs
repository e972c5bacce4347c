// The floor of a shop's order export: what DuckDB alone takes to read the columns that matter, take the first line of every
// order, keep what was paid, and group by customer and day, then by customer. No proof, no model, nothing written.
//   node bench/shop-floor.mjs EXPORT.csv [--one-reader]
// All threads read: the bench holds the figures against the generator's, since DuckDB guesses where a line begins when quotes
// hold line breaks. --one-reader reads in one thread, where it needs no guess.
import { DuckDBInstance } from '@duckdb/node-api';

const [path, ...flags] = process.argv.slice(2);
const parallel = !flags.includes('--one-reader');
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const start = performance.now();
const amount = (column) => `cast("${column}" as decimal(18, 4))`;
await connection.run(`create table days as
  select coalesce(lower("Email"), "Phone") customer, "Created at"[:10] as day, count(*) n,
    sum(${amount('Total')} - ${amount('Refunded Amount')} - ${amount('Outstanding Balance')}) s, any_value("Currency") c
  from read_csv('${path.replaceAll("'", "''")}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"',
    strict_mode = true, parallel = ${parallel})
  where "Financial Status" in ('paid', 'refunded', 'partially_refunded', 'partially_paid') group by 1, 2`);
await connection.run(`create table customers as
  select customer, min(day) f, max(day) l, count(*) frequency, sum(n) n, sum(s) s, any_value(c) c from days group by 1`);
const seconds = (performance.now() - start) / 1e3;
const found = await connection.runAndReadAll(`select count(*)::varchar customers, sum(n)::varchar purchases,
  sum(s)::decimal(18, 2)::varchar revenue, count(distinct c)::varchar currencies from customers where customer is not null`);
const [{ customers, purchases, revenue, currencies }] = found.getRowObjectsJson();
if (currencies !== '1') throw new Error(`${currencies} currencies`);
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(
  JSON.stringify({ seconds, megabytes, customers: Number(customers), purchases: Number(purchases), revenue, parallel }),
);
