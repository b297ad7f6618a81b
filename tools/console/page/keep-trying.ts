import { Refusal } from './client.ts';

/** Whether asking again gives no other answer: the token is that of another start. */
export const isFinal = (error: unknown): boolean => error instanceof Refusal && [401, 403].includes(error.status);

const pauseMs = 1_500;

/**
 * Does something that lasts, such as reading a stream, again and again, until the answer is given up or refused for good.
 * @returns what gives it up
 */
export function keepTrying(
  attempt: (signal: AbortSignal) => Promise<void>,
  onFailure: (error: unknown) => void = () => undefined,
): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const loop = async (): Promise<void> => {
    for (;;) {
      const failure = await attempt(signal).catch((error: unknown) => error);
      if (signal.aborted) return;
      if (failure !== undefined) onFailure(failure);
      if (isFinal(failure)) return;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  void loop();
  return () => {
    ending.abort();
  };
}
