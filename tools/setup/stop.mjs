/** Aborted by Ctrl-C during the set-up, or when a part of it has failed: what was started is ended, locks are given back. */
const stop = new globalThis.AbortController();

export const stopSignal = stop.signal;

/** Ends what the set-up has started. The exit code is 128 and the number of the signal, or 2. */
export function stopSetup(exitCode) {
  stop.abort(exitCode);
}

/** The exit code with which the set-up was stopped, or undefined. */
export function stoppedBy() {
  return stop.signal.aborted ? stop.signal.reason : undefined;
}
