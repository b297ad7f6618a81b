import fc from 'fast-check';
import { inFull } from '../../../support/depth.ts';
import { anyHistory, type Action, type RunAction } from '../../../support/model/actions.ts';
import { History } from '../../../support/model/history.ts';

/** Mutation testing plays histories for each mutant, always the same; the nightly run looks for what is rare. */
const mutated = process.env['STRYKER_MUTATOR_WORKER'] !== undefined;
const histories = mutated ? 30 : inFull ? 200_000 : 10_000;
/** Another one each time; that of an earlier run plays its histories again. */
const seed = mutated ? 1 : Number(process.env['AVIARY_HISTORY_SEED'] ?? Date.now() % 2 ** 31);
/** So many milliseconds are enough for the most of them. */
const patience = 7_200_000;

/** What the histories have to meet: the rarest is in some two of a thousand. */
const met = [
  ...['deploy', 'deploy of some', 'deploy --uniform', 'deploy --rebuild', 'approved', 'held'],
  ...[
    'revert',
    'edit: text',
    'edit: uses',
    'edit: removed',
    'edit: reached',
    'edit: idle',
    'edit: zod',
    'edit: parameter',
  ],
  ...['rollback', 'pin', 'unpin', 'a pin expires', 'an alias is moved by hand', 'an alias is moved back'],
  ...['refused', 'cancelled', 'killed'].flatMap((how) =>
    ['upload', 'change set', 'update', 'end'].map((step) => `${how} before ${step}`),
  ),
  ...['an update fails', 'an update sticks', 'a first deploy fails', 'a first deploy sticks'],
  ...['a rollback goes on', 'a rollback goes on, one function skipped', 'a stack that is ROLLBACK_COMPLETE is deleted'],
  ...['a run waits for another', 'a lock is taken from a dead run'],
  ...['prune takes versions', 'prune takes layers', 'prune takes objects'],
];

describe('any history of edits, deploys, failures and repairs', () => {
  it(
    'keeps the record true, loses no change, and moves nothing that was not asked for',
    () => {
      const counts = new Map<string, number>();
      const property = fc.property(anyHistory, (actions) => {
        for (const event of new History().play(actions).events) counts.set(event, (counts.get(event) ?? 0) + 1);
      });

      fc.assert(property, { numRuns: histories, seed });

      const told = met.map((event) => `${String(counts.get(event) ?? 0).padStart(7)} ${event}`);
      process.stderr.write(
        `Of ${histories} histories (AVIARY_HISTORY_SEED=${seed}) so many had:\n${told.join('\n')}\n`,
      );
      const missed = mutated ? [] : met.filter((event) => !counts.has(event));
      expect(missed).toEqual([]);
    },
    patience,
  );
});

const well = { ending: { update: 'well', done: 0 }, stop: undefined } as const;
const deploy: RunAction = { ...well, kind: 'deploy', only: undefined, uniform: false, rebuild: false };
const rebuild = (...only: ('users' | 'health' | 'orders')[]): RunAction => ({ ...deploy, only, rebuild: true });
const rollback: RunAction = { ...well, kind: 'rollback', names: undefined, back: 0 };
const text = (value: number): Action => ({ kind: 'edit', edit: { part: 'text', name: 'users', value } });
const reached = (value: number): Action => ({ kind: 'edit', edit: { part: 'reached', module: 'a', value } });

const uses = (name: 'health' | 'orders'): Action => ({ kind: 'edit', edit: { part: 'uses', name, module: 'a' } });

/** Ways on which a rule was broken once. */
const ways: Readonly<Record<string, readonly Action[]>> = {
  'a pinned function is named for a rebuild': [
    deploy,
    { ...well, kind: 'pin', name: 'users', days: 0 },
    rebuild('users'),
  ],
  'a function is built again, and once more at another commit': [deploy, rebuild('orders'), text(1), rebuild('orders')],
  'a layer is as it was again when a function is built again': [
    ...[deploy, reached(1), rebuild('orders'), reached(0)],
    rebuild('users', 'health'),
  ],
  'a release runs a second time': [deploy, text(1), deploy, text(2), deploy, text(1), deploy, text(0)],
  'the versions of a release are gone, and its template is not': [
    ...[deploy, uses('health'), { kind: 'edit', edit: { part: 'zod', value: 1 } } as const, deploy],
    ...[uses('orders'), deploy, { kind: 'prune', keep: 1, hours: 3 } as const],
    ...[{ ...rollback, names: ['orders'] } as const, { kind: 'revert', to: 0 } as const, deploy, rollback],
  ],
  'a release was taken back to twice before a prune': [
    ...[deploy, text(1), deploy, rollback, text(2), deploy],
    ...[{ ...rollback, ending: { update: 'fails', done: 0 } } as const, { kind: 'prune', keep: 3, hours: 0 } as const],
  ],
};

describe('a history that went wrong once', () => {
  it.each(Object.entries(ways))('%s', (_what, way) => {
    expect(() => new History().play(way)).not.toThrow();
  });
});

describe('two runs at once', () => {
  const one: RunAction = { ...deploy, only: ['users'] };
  const other: RunAction = { ...deploy, only: ['health'] };
  const health: Action = { kind: 'edit', edit: { part: 'text', name: 'health', value: 1 } };
  // The second reads before the first has ended, and composes from what it has read.
  const order = [false, true, true, ...Array.from({ length: 6 }, () => false)];
  const way: Action[] = [deploy, text(1), health, { kind: 'together', runs: [one, other], order }];

  it('wait for each other, and lose nothing', () => {
    const { cloud, events, tree } = new History().play(way);

    expect(events).toContain('a run waits for another');
    expect([...(cloud.stack?.record.functions.values() ?? [])].map(({ release }) => release)).toEqual(
      tree.functions.map(({ release }) => release),
    );
  });

  it('would take back what the other has done if they did not', () => {
    expect(() => new History({ locking: false }).play(way)).toThrow(/users/i);
  });
});
