import type { Population } from '../data/customers.ts';
import type { Json, Report } from '../data/report.ts';
import type { Input } from './input.ts';
import type { Assumptions } from './methodology.ts';

/** What a command has found, besides what it alone looks for: ready to be reported. */
export interface Found<A = Assumptions, P extends Population | null = Population> {
  readonly assumptions: A;
  readonly input: Input;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  /** Null without transactions. */
  readonly population: P;
}

/** The members that every document begins with. @param input the block of what was read */
export function envelope(
  command: string,
  { warnings }: Pick<Found, 'warnings'>,
  methodology: Json,
  input: Json,
): Report['document'] {
  return [
    ...heading(command),
    ['methodology', methodology],
    ['input', input],
    ['warnings', warnings.map(({ code, message }) => ({ code, message }))],
  ];
}

/** Versions of the documents that have had something added. */
const VERSIONS: ReadonlyMap<string, string> = new Map([['statement', '1.1']]);

/** The version of the documents of a command. */
export function versionOf(command: string): string {
  return VERSIONS.get(command) ?? '1.0';
}

/** The id of their schema, which `clv schema COMMAND` prints. */
export function schemaOf(command: string): string {
  return `urn:clv:${command}:${versionOf(command)}`;
}

/** What a document is, and by which command; the envelope begins with it. */
export function heading(command: string): Report['document'] {
  return [
    ['$schema', schemaOf(command)],
    ['schema_version', versionOf(command)],
    ['command', command],
  ];
}
