import fc from 'fast-check';
import { anyEdit, anyName, some, well, type Action } from './actions.ts';
import { names } from './world.ts';
import { written } from './write-world.ts';

const edit: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 9,
    // What has the value 0 is as it was.
    arbitrary: fc.record({
      kind: fc.constant('edit'),
      edit: anyEdit.filter((it) => written.has(it.part) && !('value' in it && it.value === 0)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('revert'), to: fc.nat(30) }) },
);

/** An edit that asks for a deploy, most of the time. */
const text: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('edit'),
  edit: fc.record({ part: fc.constant('text'), name: anyName, value: fc.constantFrom(1, 2) }),
});

const going = fc.constant({ ending: well, stop: undefined });
const cancelled = fc.constant({ ending: well, stop: { at: 'upload', how: 'cancelled' } } as const);
/** When all functions have their new version. */
const fails = fc.constant({ ending: { update: 'fails', done: names.length }, stop: undefined } as const);
const all = { kind: 'deploy', only: undefined, uniform: false, rebuild: false } as const;
const back = { kind: 'rollback', names: undefined, back: 0 } as const;

/** One or more actions of each kind. */
const kinds: readonly fc.Arbitrary<Action[]>[] = [
  going.map((it) => [{ ...it, ...all }]),
  fc.tuple(cancelled, text).map(([it, one]) => [one, { ...it, ...all }]),
  fc.tuple(fails, text).map(([it, one]) => [one, { ...it, ...all }]),
  fc.tuple(going, some).map(([it, only]) => [{ ...it, ...all, only }]),
  fc.tuple(going, some).map(([it, only]) => [{ ...it, ...all, only, rebuild: true }]),
  going.map((it) => [{ ...it, ...all, uniform: true }]),
  fc.tuple(going, some).map(([it, only]) => [
    { kind: 'plan', only, uniform: false },
    { ...it, kind: 'approved' },
  ]),
  going.map((it) => [{ ...it, ...back }]),
  fc.tuple(cancelled, anyName).map(([it, name]) => [{ ...it, ...back, names: [name] }]),
  fc.tuple(going, anyName, fc.nat(3)).map(([it, name, ago]) => [{ ...it, ...back, names: [name], back: ago }]),
  fc.tuple(going, anyName).map(([it, name]) => [{ ...it, kind: 'pin', name, days: 30 }]),
  fc.tuple(going, anyName).map(([it, name]) => [{ ...it, kind: 'unpin', name }]),
  fc.tuple(anyName, fc.nat(9)).map(([name, to]) => [{ kind: 'move', name, to }]),
  fc.constant([{ kind: 'repair' }]),
  fc.constantFrom(1, 2).map((keep) => [{ kind: 'prune', keep, hours: 0 }]),
];

/** All kinds once in random order, each after an edit, in as many histories of two each as that gives. */
const round: fc.Arbitrary<Action[][]> = fc
  .shuffledSubarray([...kinds], { minLength: kinds.length })
  .chain((shuffled) => fc.tuple(...shuffled.map((kind) => fc.tuple(edit, kind))))
  .map((parts) => {
    const halves = parts.map(([first, rest]) => [first, ...rest]);
    return halves.flatMap((it, at) => (at % 2 === 0 ? [[...it, ...(halves[at + 1] ?? [])]] : []));
  });

/**
 * So many histories that the local cloud can play, short ones: of two halves, each an edit and what somebody does then.
 * What only the model can play: updates that cannot be rolled back, runs that AWS refuses something or that die, two runs at
 * once, a first deploy that fails, pins that expire.
 */
export function replayable(count: number, seed: number): Action[][] {
  return fc
    .sample(round, { numRuns: Math.ceil((2 * count) / kinds.length), seed })
    .flat()
    .slice(0, count);
}
