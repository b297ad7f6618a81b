import { setTimeout as sleep } from 'node:timers/promises';
import { typingMs, type Moment } from './moments.ts';

/** So that what came before can be read, in milliseconds. */
const readingMs = 2_000;

/** One of the terminals of a recording: notes what it shows, and when. */
export class Terminal {
  readonly #moments: Moment[];
  readonly #terminal: number;
  readonly #signal: AbortSignal;

  /** @param moments what all terminals of the recording show; this one adds to it */
  constructor(moments: Moment[], terminal: number, signal: AbortSignal) {
    this.#moments = moments;
    this.#terminal = terminal;
    this.#signal = signal;
  }

  prompt(): void {
    this.#note('prompt', 'aviary $ ');
  }

  /** Types a command in the time that this takes, and Enter. */
  async type(command: string): Promise<void> {
    await sleep(readingMs, undefined, { signal: this.#signal });
    this.#note('typed', command);
    await sleep(typingMs(command), undefined, { signal: this.#signal });
    this.#note('typed', '\n');
  }

  /** Shows a line of output, given without its line break. */
  print(line: string): void {
    this.#note('output', `${line}\n`);
  }

  #note(kind: Moment['kind'], text: string): void {
    this.#moments.push({ at: performance.now(), terminal: this.#terminal, kind, text });
  }
}
