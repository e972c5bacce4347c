import { resolve } from 'node:path';
import { openFile } from './file.ts';
import { openDevice, openStdout } from './stream.ts';
import { type Output, targetOf } from './target.ts';

const STDOUT = new Set(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);

/**
 * Claims standard output (no file, or `-`), a device, or a file. An abort of the signal removes temporary files at once
 * and ends `write` with the reason of the signal. Errors: E411 cannot be created, E421 writing failed, E432 locked.
 */
export async function openOutput(file?: string, signal?: AbortSignal): Promise<Output> {
  if (file === undefined || file === '-' || STDOUT.has(resolve(file))) return openStdout(signal);
  const target = await targetOf(file);
  return target.regular ? openFile(target, signal) : openDevice(file, signal);
}
