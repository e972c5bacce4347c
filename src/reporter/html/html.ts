import type { Format } from '../format.ts';

/** A page for a browser, a printer and a signature: the answer, pictures, tables, methodology, sign-off. What draws it is loaded only then. */
export const html: Format = {
  name: 'html',
  extensions: ['.html', '.htm'],
  async *write(report, options) {
    const { pageText } = await import('./page.ts');
    yield* pageText(report, options);
  },
};
