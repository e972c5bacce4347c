import { listOf } from '../../data/lists.ts';
import type { Column, Report } from '../../data/report.ts';
import { heading } from '../../report/found.ts';

/** A kind of document that has a schema: its id, and what writes it. */
export interface KnownSchema {
  readonly name: string;
  readonly id: string;
  readonly of: string;
}

export const SCHEMAS: readonly Column[] = [
  { name: 'name', kind: 'text' },
  { name: 'id', kind: 'text' },
  { name: 'of', kind: 'text' },
];

/** The report of `clv schema`: the documents that have a schema. */
export function schemasReport(known: readonly KnownSchema[]): Report {
  const rows = known.map(({ name, id, of }) => [name, id, of]);
  return {
    command: 'schema',
    document: [...heading('schema'), ['schemas', listOf('schemas', SCHEMAS, rows)]],
    main: 'schemas',
    views: [
      {
        type: 'facts',
        title: 'Documents with a schema',
        facts: known.map(({ name, of }) => ({ label: name, value: of })),
      },
    ],
  };
}
