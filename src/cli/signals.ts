const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How long the end waits for work elsewhere to be stopped, in milliseconds. */
const PATIENCE = 5000;

/**
 * Runs work that a signal can end: the abort lets everyone clean up, synchronously, and then the process dies by the same
 * signal, so that a shell sees 130 or 143. What must be stopped elsewhere is waited for, but not for long.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal, atEnd: (cleanUp: () => void | Promise<void>) => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cleanUps: (() => void | Promise<void>)[] = [];
  let dying: Promise<void> | null = null;
  const end = (signal: NodeJS.Signals): void => {
    release();
    controller.abort(signal);
    const waits = cleanUps.map((cleanUp) => cleanUp()).filter((wait) => wait instanceof Promise);
    const die = (): void => {
      process.kill(process.pid, signal);
    };
    if (waits.length === 0) die();
    else dying = Promise.race([Promise.allSettled(waits), patience()]).then(die);
  };
  const release = (): void => {
    for (const signal of SIGNALS) process.removeListener(signal, end);
  };
  for (const signal of SIGNALS) process.once(signal, end);
  try {
    return await work(controller.signal, (cleanUp) => cleanUps.push(cleanUp));
  } finally {
    release();
    await dying;
  }
}

async function patience(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, PATIENCE));
}
