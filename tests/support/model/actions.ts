import fc from 'fast-check';
import type { Ending } from './model-cloud.ts';
import { steps, type Step } from './runs.ts';
import { modules, names, shared, type Edit, type Name } from './world.ts';

/** What comes between: AWS refuses a step, somebody stops the run, or its process dies. */
export interface Stop {
  readonly at: Step;
  readonly how: 'refused' | 'cancelled' | 'killed';
}

/** A run of a command, and how it goes. */
export type RunAction = {
  readonly ending: Ending;
  readonly stop: Stop | undefined;
} & (
  | {
      readonly kind: 'deploy';
      readonly only: readonly Name[] | undefined;
      readonly uniform: boolean;
      readonly rebuild: boolean;
    }
  /** Deploys the plan that was made last. */
  | { readonly kind: 'approved' }
  /** @property back to the release before for 0, else to one of those that ran before */
  | { readonly kind: 'rollback'; readonly names: readonly Name[] | undefined; readonly back: number }
  | { readonly kind: 'pin'; readonly name: Name; readonly days: number }
  | { readonly kind: 'unpin'; readonly name: Name }
);

/** What happens in a history, as plain data: a history that fails is printed, and can be kept as it is. */
export type Action =
  | RunAction
  | { readonly kind: 'edit'; readonly edit: Edit }
  | { readonly kind: 'revert'; readonly to: number }
  | { readonly kind: 'plan'; readonly only: readonly Name[] | undefined; readonly uniform: boolean }
  | { readonly kind: 'together'; readonly runs: readonly [RunAction, RunAction]; readonly order: readonly boolean[] }
  | { readonly kind: 'move'; readonly name: Name; readonly to: number }
  | { readonly kind: 'repair' }
  | { readonly kind: 'recover'; readonly skip: boolean }
  | { readonly kind: 'prune'; readonly keep: number; readonly hours: number }
  | { readonly kind: 'wait'; readonly hours: number };

export const anyName = fc.constantFrom(...names);
const anyModule = fc.constantFrom(...modules);
const value = fc.nat(2);
export const some = fc.subarray([...names], { minLength: 1 });

export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ part: fc.constantFrom('text', 'memory'), name: anyName, value }) },
  { weight: 2, arbitrary: fc.record({ part: fc.constant('uses'), name: anyName, module: anyModule }) },
  { weight: 1, arbitrary: fc.record({ part: fc.constant('removed'), name: anyName }) },
  { weight: 3, arbitrary: fc.record({ part: fc.constantFrom('reached', 'idle'), module: anyModule, value }) },
  { weight: 3, arbitrary: fc.record({ part: fc.constantFrom(...shared), value }) },
);

export const well: Ending = { update: 'well', done: 0 };
const ending: fc.Arbitrary<Ending> = fc.oneof(
  { weight: 9, arbitrary: fc.constant(well) },
  { weight: 2, arbitrary: fc.record({ update: fc.constant('fails'), done: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ update: fc.constant('sticks'), done: fc.nat(3) }) },
);
const stop: fc.Arbitrary<Stop | undefined> = fc.oneof(
  { weight: 9, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.record({
      at: fc.constantFrom(...steps),
      how: fc.constantFrom('refused', 'cancelled', 'killed'),
    }),
  },
);
const going = { ending, stop };

const deploy = fc.record({
  ...going,
  kind: fc.constant('deploy'),
  only: fc.option(some, { nil: undefined }),
  uniform: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  rebuild: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});
const run: fc.Arbitrary<RunAction> = fc.oneof(
  { weight: 8, arbitrary: deploy },
  { weight: 1, arbitrary: fc.record({ ...going, kind: fc.constant('approved') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...going,
      kind: fc.constant('rollback'),
      names: fc.option(
        anyName.map((it) => [it]),
        { nil: undefined, freq: 4 },
      ),
      back: fc.nat(3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ...going, kind: fc.constant('pin'), name: anyName, days: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ ...going, kind: fc.constant('unpin'), name: anyName }) },
);

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('edit'), edit: anyEdit }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('revert'), to: fc.nat(30) }) },
  { weight: 12, arbitrary: run },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('together'),
      runs: fc.tuple(run, run),
      order: fc.array(fc.boolean(), { maxLength: 10 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('plan'),
      only: fc.option(some, { nil: undefined }),
      uniform: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move'), name: anyName, to: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'repair' }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('recover'), skip: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('prune'), keep: fc.integer({ min: 1, max: 3 }), hours: fc.nat(4) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait'), hours: fc.nat(60) }) },
);

/** Histories that begin with a first deploy, which may fail as any other. */
export const anyHistory: fc.Arbitrary<Action[]> = fc
  .tuple(deploy, fc.integer({ min: 0, max: 3 }), fc.array(action, { minLength: 3, maxLength: 15, size: 'max' }))
  .map(([first, luck, rest]) => {
    const how = luck === 0 ? {} : { ending: well, stop: undefined };
    return [{ ...first, ...how, only: undefined, rebuild: false }, ...rest];
  });
