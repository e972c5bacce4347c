const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that a signal can end: the abort lets everyone clean up, synchronously, and then the process dies by the same
 * signal, so that a shell sees 130 or 143.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const end = (signal: NodeJS.Signals): void => {
    release();
    controller.abort(signal);
    process.kill(process.pid, signal);
  };
  const release = (): void => {
    for (const signal of SIGNALS) process.removeListener(signal, end);
  };
  for (const signal of SIGNALS) process.once(signal, end);
  try {
    return await work(controller.signal);
  } finally {
    release();
  }
}
