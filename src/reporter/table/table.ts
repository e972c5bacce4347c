import type { Format } from '../format.ts';

/** What a person reads on a terminal: the views of the report. What lays them out is loaded only then. */
export const table: Format = {
  name: 'table',
  extensions: ['.txt'],
  async *write(report, options) {
    const { tableText } = await import('./text.ts');
    yield* tableText(report, options);
  },
};
