/** Somebody who waits for news can be woken early. */
export interface Waker {
  /** Waits so long, or until woken or one of the signals is given. */
  wait(milliseconds: number, ...signals: readonly (AbortSignal | undefined)[]): Promise<void>;
  wake(): void;
}

/** A waker of its own; waking does not carry over to later waits. */
export function createWaker(): Waker {
  const waiting = new Set<() => void>();
  return {
    wait: (milliseconds, ...signals) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(done);
          for (const signal of signals) signal?.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, Math.min(milliseconds, 2 ** 31 - 1));
        waiting.add(done);
        for (const signal of signals) {
          if (signal?.aborted) return done();
          signal?.addEventListener('abort', done, { once: true });
        }
      }),
    wake: () => {
      for (const done of [...waiting]) done();
    },
  };
}

/** Lets other work of this process go on. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
