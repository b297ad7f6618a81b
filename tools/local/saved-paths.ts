import { statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** An editor that saves all writes several files at once. What comes later comes with the next reload. */
const settleMs = 10;
/** A program empties a file before it writes it, and may take so long in between on a busy machine. */
const emptyMs = 500;
/** After it has told of a change, chokidar tells of no other of the same file for 50 ms: a formatter may save in these. */
const untoldMs = 60;

/** Paths that were saved and not taken yet, from the root and with slashes. */
export class SavedPaths {
  readonly #root: string;
  readonly #signal: AbortSignal;
  readonly #pending = new Set<string>();
  /** The state of each path when it was taken last. */
  readonly #taken = new Map<string, string>();
  #wake = (): void => undefined;

  /** @param signal once it has aborted, nobody waits any more */
  constructor(root: string, signal: AbortSignal) {
    this.#root = root;
    this.#signal = signal;
    signal.addEventListener('abort', () => {
      this.#wake();
    });
  }

  /** Adds a path, unless it is as it was taken: chokidar may tell of a change when what came of it is taken already. */
  add(path: string): void {
    if (this.#taken.get(path) === this.#state(path)) return;
    this.#pending.add(path);
    this.#wake();
  }

  /** Waits until there are some. @returns false once the signal has aborted */
  async areThere(): Promise<boolean> {
    if (this.#pending.size === 0 && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return !this.#signal.aborted;
  }

  /** Takes them, when they have settled. What is saved from then on is there again, whether chokidar tells of it or not. */
  async take(): Promise<readonly string[]> {
    const isWritten = (path: string): boolean => this.#stat(path)?.size !== 0;
    const begun = performance.now();
    do await sleep(settleMs);
    while (performance.now() - begun < emptyMs && ![...this.#pending].every(isWritten));
    const paths = [...this.#pending];
    this.#pending.clear();
    for (const path of paths) {
      this.#taken.set(path, this.#state(path));
      setTimeout(() => {
        this.add(path);
      }, untoldMs).unref();
    }
    return paths;
  }

  /** Differs after each save, but for one to the same size within a tick of the file system's clock (4 ms) of the last. */
  #state(path: string): string {
    const stat = this.#stat(path);
    return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : 'gone';
  }

  #stat(path: string): Stats | undefined {
    return statSync(join(this.#root, path), { throwIfNoEntry: false });
  }
}
