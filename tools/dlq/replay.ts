import type { DeadLetter } from './read-message.ts';

/** How often a message is sent again before it stays, unless it is forced. */
export const replayLimit = 3;

/** What a replay needs. */
export interface ReplayNeeds {
  /** How often this content was sent again before. */
  readonly replaysOf: (hash: string) => Promise<number>;
  /** Writes down, for everybody, that it is sent again. */
  readonly record: (letter: DeadLetter) => Promise<void>;
  /** Whether there is anything to send: Lambda leaves no records of a stream's batch, only where they are. */
  readonly canSend: (letter: DeadLetter) => boolean;
  /** Resolves when its origin has accepted it. */
  readonly send: (letter: DeadLetter) => Promise<void>;
  readonly remove: (letter: DeadLetter) => Promise<void>;
  readonly giveBack: (letter: DeadLetter) => Promise<void>;
  /** Waits before the next one. */
  readonly pause: () => Promise<void>;
}

export interface ReplayOptions {
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly max: number;
}

/** What became of a message; `stays` is one that was sent again too often, or came back just now; `no record` has none in it. */
export interface Replayed {
  readonly id: string;
  readonly result: 'replayed' | 'would be replayed' | 'stays' | 'no record';
  /** How often it was sent again before. */
  readonly replays: number;
}

/**
 * Sends messages again, one by one. Each is written down, sent and only then deleted: a crash between leaves it in the
 * queue as well, so that it may come twice and is never lost.
 */
export async function replay(
  letters: AsyncIterable<DeadLetter> | Iterable<DeadLetter>,
  { dryRun, force, max }: ReplayOptions,
  needs: ReplayNeeds,
): Promise<Replayed[]> {
  const results: Replayed[] = [];
  const sent = new Set<string>();
  let taken = 0;
  for await (const letter of letters) {
    if (!needs.canSend(letter)) {
      await needs.giveBack(letter);
      results.push({ id: letter.id, result: 'no record', replays: 0 });
      continue;
    }
    const replays = await needs.replaysOf(letter.hash);
    const stays = sent.has(letter.hash) || taken >= max || (replays >= replayLimit && !force);
    if (stays || dryRun) {
      await needs.giveBack(letter);
      if (taken < max) results.push({ id: letter.id, result: stays ? 'stays' : 'would be replayed', replays });
      if (!stays) taken += 1;
      continue;
    }
    if (taken > 0) await needs.pause();
    await needs.record(letter);
    await needs.send(letter);
    await needs.remove(letter);
    sent.add(letter.hash);
    taken += 1;
    results.push({ id: letter.id, result: 'replayed', replays });
  }
  return results;
}
