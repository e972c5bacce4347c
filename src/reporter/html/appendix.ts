import { grouped } from '../../base/money.ts';
import { visible } from '../../base/visible.ts';
import { Exact, type Json, type Report } from '../../data/report.ts';
import { isSection, type Run } from '../format.ts';
import { type Part, tag } from './markup.ts';
import { inWords } from './words.ts';

/** What a report stands on, and where it is signed: definitions, what was assumed and fitted, what was read, warnings, options. */

/** Members of a document that are told in full. */
const TOLD: readonly (readonly [name: string, title: string])[] = [
  ['methodology', 'Definitions and assumptions'],
  ['model', 'Model'],
  ['model_error', 'Error of the model'],
];

/** The methodology, in words. */
export function methodologyParts(report: Report): Part {
  const parts = TOLD.flatMap(([name, title]): Part[] => {
    const value = memberOf(report, name);
    return isObject(value) ? [tag('h3', {}, title), objectPart(value)] : [];
  });
  return parts.length === 0 ? null : [tag('h2', { class: 'new' }, 'How this was worked out'), ...parts];
}

/** What was read, by which version and options, with which warnings; and lines for those who sign. */
export function signOffParts(report: Report, run: Run | undefined): Part {
  const input = memberOf(report, 'input');
  const warnings = memberOf(report, 'warnings');
  return [
    tag('h2', { class: 'new' }, 'Sign-off'),
    tag('h3', {}, 'What was read'),
    isObject(input) ? objectPart(input) : tag('p', {}, 'No file.'),
    tag('h3', {}, 'Warnings'),
    Array.isArray(warnings) && warnings.length > 0 ? warningsPart(warnings) : tag('p', {}, 'None.'),
    tag('h3', {}, 'How it was made'),
    tag(
      'dl',
      {},
      entry('Command', `clv ${report.command}`),
      run ? entry('Version of clv', run.version) : null,
      run ? entry('Options', run.stated.length === 0 ? 'none' : optionsPart(run)) : null,
    ),
    tag('h3', {}, 'Signatures'),
    tag(
      'table',
      { class: 'sign' },
      tag(
        'thead',
        {},
        tag(
          'tr',
          {},
          ['', 'Name', 'Date', 'Signature'].map((name) => tag('th', { scope: 'col' }, name)),
        ),
      ),
      tag(
        'tbody',
        {},
        ['Prepared by', 'Reviewed by', 'Approved by'].map((who) =>
          tag(
            'tr',
            {},
            tag('th', { scope: 'row' }, who),
            [1, 2, 3].map(() => tag('td', {})),
          ),
        ),
      ),
    ),
  ];
}

function memberOf({ document }: Report, name: string): Json {
  const value = document.find(([key]) => key === name)?.[1] ?? null;
  return isSection(value) ? null : value;
}

type JsonObject = { readonly [key: string]: Json };

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Exact);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function entry(term: string, value: Part): Part {
  return [tag('dt', {}, term), tag('dd', {}, value)];
}

/** Members that say something, each in words. */
function objectPart(value: JsonObject): Part {
  const members = Object.entries(value).filter(
    ([, member]) => member !== null && !(isList(member) && member.length === 0),
  );
  return tag(
    'dl',
    {},
    members.map(([name, member]) => entry(inWords(name), valuePart(name, member))),
  );
}

function valuePart(name: string, value: Json): Part {
  if (value === null) return '–';
  if (value instanceof Exact) return name === 'discount_rate_annual' ? percentOf(value.text) : grouped(value.text);
  if (isList(value)) {
    if (value.every((one) => !isObject(one) && !isList(one))) return value.map((one) => textOf(one)).join(', ');
    return value.map((one) => valuePart(name, one));
  }
  if (isObject(value)) return objectPart(value);
  const text = textOf(value);
  return /sha256|checksum/.test(name) ? tag('span', { class: 'hash' }, text) : text;
}

/** A rate as a person reads it, without a digit lost: 0.1 → 10%. */
function percentOf(rate: string): string {
  const [whole, fraction = ''] = rate.split('.') as [string, string?];
  const digits = fraction.padEnd(2, '0');
  const rest = digits.slice(2);
  return `${BigInt(whole + digits.slice(0, 2))}${rest === '' ? '' : `.${rest}`}%`;
}

function textOf(value: Json): string {
  if (value instanceof Exact) return grouped(value.text);
  if (typeof value === 'number' && Number.isInteger(value)) return grouped(String(value));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null ? '–' : visible(String(value));
}

function warningsPart(warnings: readonly Json[]): Part {
  return tag(
    'dl',
    {},
    warnings.filter(isObject).map(({ code, message }) => entry(textOf(code ?? null), textOf(message ?? null))),
  );
}

function optionsPart({ stated }: Run): Part {
  return stated.map(([option, value], i) => [
    i === 0 ? null : tag('br', {}),
    value === '' ? visible(option) : `${visible(option)} ${visible(value)}`,
  ]);
}
