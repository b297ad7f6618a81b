const impatientMs = 1_000;

/**
 * A signal that aborts when the person presses Ctrl-C or the process is asked to end, so that what was started can be
 * stopped in order. npm passes Ctrl-C on to a process that the terminal has told already, so that a second one counts
 * as impatience, and ends the process, only after a second.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) {
        first = performance.now();
        controller.abort();
      } else if (performance.now() - first > impatientMs) process.exit(code);
    });
  }
  return controller.signal;
}
