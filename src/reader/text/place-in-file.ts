import type { Place } from '../../base/errors.ts';
import { type Located, StableFile } from '../files/stable-file.ts';
import { Window } from './window.ts';

const READ_BYTES = 1 << 20;

/** The place of a byte, found by reading the file again up to its line: for errors that end the run. */
export async function placeInFile(file: Located, offset: number): Promise<Place> {
  const input = await StableFile.open(file);
  try {
    let window = Window.start(file);
    let seenEnd = false;
    while (!seenEnd) {
      const part = Buffer.allocUnsafe(READ_BYTES);
      const length = await input.read(part, 0, READ_BYTES);
      const bytes = part.subarray(0, length);
      seenEnd =
        length === 0 ||
        (window.end + length > offset && bytes.subarray(Math.max(0, offset - window.end)).includes(0x0a));
      window = window.next(window.lineStart(Math.min(offset, window.end)), bytes);
    }
    return window.place(offset);
  } finally {
    await input.close();
  }
}
