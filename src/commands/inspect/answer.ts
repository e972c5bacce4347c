import { AMOUNT_SCALE, exactText, grouped, groupedCount } from '../../base/money.ts';
import type { Inspection } from './found.ts';

/** What a manager is told first of a file: what is in it, and whether it can be valued. */
export function inspectAnswer(found: Inspection): readonly string[] {
  const { warnings } = found;
  return [
    heldText(found),
    nextText(found),
    ...(warnings.length === 0
      ? []
      : [`${groupedCount(warnings.length, 'thing')} in it would be warned of, as told below.`]),
  ];
}

function heldText({ files, customers, totals, dates, digits }: Inspection): string {
  const name = files.length === 1 ? files[0]!.name : groupedCount(files.length, 'file');
  if (customers === null || totals === null) return `${name}: what is in there cannot be told yet.`;
  const who = groupedCount(customers.all + customers.withoutPurchase, 'customer');
  const span = dates.first === null || dates.last === null ? '' : `, ${dates.first} to ${dates.last}`;
  const money = grouped(exactText(totals.amount, AMOUNT_SCALE, digits));
  return `${name}: ${groupedCount(totals.records, 'transaction')} of ${who}${span}, ${money} in all.`;
}

function nextText({ lines, decisions }: Inspection): string {
  if (lines.length === 0) return 'It cannot be valued before what stands below is cured.';
  if (lines.length > 1)
    return `It can be read in ${lines.length} ways: somebody who knows the shop chooses among the lines below.`;
  const agreed = decisions.length > 0 ? ', if you agree with what is decided there' : '';
  return `It can be valued: the line to run stands below${agreed}.`;
}
