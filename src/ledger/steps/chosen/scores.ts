import type { Day } from '../../../base/calendar.ts';
import { AMOUNT_SCALE, unitsText } from '../../../base/money.ts';
import { SCORE_NAMES, type ScoreColumn, type Scores } from '../../../data/chosen/scores.ts';
import { type Loaded, type Store, units } from '../../store.ts';
import { dateLiteral, WIDE_AMOUNT } from '../sql.ts';

/** What a score is of: an expression over `valued`, on which side of a cut point the higher scores are, and its cut points as literals. */
interface Measure {
  readonly value: string;
  readonly beyond: '<' | '>';
  readonly literal: (units: bigint) => string;
  readonly text: (units: bigint) => string;
}

/**
 * Scores of the valued customers by recency, frequency and money, so many each, the best the highest, and tenths by CLV, 1 the
 * highest. A cut point is the value of the last customer of an equal part, the worst first; who is better than it is in a
 * higher one, so that equal customers have equal scores.
 * @param digits decimals of CLV
 */
export async function readScores({ store }: Loaded, asOf: Day, parts: number, digits: number): Promise<Scores> {
  const whole = { literal: String, text: String };
  const measures: Readonly<Record<(typeof SCORE_NAMES)[number], Measure>> = {
    r: { value: `CAST(${dateLiteral(asOf)} - last_purchase AS INTEGER)`, beyond: '<', ...whole },
    f: { value: 'x + 1', beyond: '>', ...whole },
    m: {
      ...{ value: 'revenue', beyond: '>', text: (found) => unitsText(found, AMOUNT_SCALE) },
      literal: (found) => `CAST('${unitsText(found, AMOUNT_SCALE)}' AS ${WIDE_AMOUNT})`,
    },
    clv_decile: { value: 'clv', beyond: '<', literal: String, text: (found) => unitsText(found, digits) },
  };
  const columns: ScoreColumn[] = [];
  for (const name of SCORE_NAMES) {
    const measure = measures[name];
    const cuts = await readCuts(store, measure, name === 'clv_decile' ? 10 : parts);
    const steps = cuts.map(
      (cut) => `CASE WHEN ${measure.value} ${measure.beyond} ${measure.literal(cut)} THEN 1 ELSE 0 END`,
    );
    columns.push({ name, cuts: cuts.map(measure.text), sql: `CAST(${['1', ...steps].join(' + ')} AS INTEGER)` });
  }
  return { parts, columns };
}

/** The values of the customers who end the first parts of equally many, but for the last. */
async function readCuts(store: Store, { value, beyond }: Measure, parts: number): Promise<readonly bigint[]> {
  const rows = await store.rows(`SELECT value, place, n FROM (SELECT ${value} AS value,
  row_number() OVER (ORDER BY ${value} ${beyond === '<' ? 'DESC' : 'ASC'}) AS place, count(*) OVER () AS n FROM valued) AS v
WHERE ${Array.from({ length: parts - 1 }, (_, k) => `(place * ${parts} >= n * ${k + 1} AND (place - 1) * ${parts} < n * ${k + 1})`).join(' OR ')}
ORDER BY place`);
  const places = rows.map((row) => [Number(row['place']), units(row['value'])] as const);
  const n = Number(rows[0]?.['n'] ?? 0);
  return Array.from({ length: parts - 1 }, (_, k) => {
    const place = Math.ceil((n * (k + 1)) / parts);
    return places.find(([at]) => at === place)![1];
  });
}
