import { isDeepStrictEqual } from 'node:util';
import { useStage } from '../support/aviary-stage.ts';
import { inFull } from '../support/depth.ts';
import { well, type Action } from '../support/model/actions.ts';
import { Replay } from '../support/model/replay.ts';
import { replayable } from '../support/model/replayable.ts';

/** With this one, already the first histories meet all of {@link met}. */
const seed = 185;
const count = inFull ? 30 : 8;
const deploy: Action = {
  ending: well,
  stop: undefined,
  kind: 'deploy',
  only: undefined,
  uniform: false,
  rebuild: false,
};

/** What all histories together have to meet. */
const met = [
  ...['deploy', 'deploy of some', 'deploy --uniform', 'deploy --rebuild', 'approved', 'held', 'revert'],
  ...['rollback', 'pin', 'unpin', 'an alias is moved by hand', 'an alias is moved back'],
  ...['cancelled before upload', 'an update fails', 'prune takes versions', 'prune takes layers'],
  ...['text', 'memory', 'uses', 'removed', 'reached', 'idle', 'queue'].map((part) => `edit: ${part}`),
];

describe('a history on the model and on the local cloud', () => {
  const stage = useStage({ deployed: false });
  let replay: Replay;
  beforeAll(async () => {
    replay = await Replay.begin(stage());
  });
  afterAll(() => replay.end());

  /** The unedited tree, deployed; what a rollback holds stays as it is. */
  const beginning = (): Action[] => [
    { kind: 'revert', to: 0 },
    ...replay.pinned.map((name): Action => ({ ending: well, stop: undefined, kind: 'unpin', name })),
    deploy,
  ];
  /** @returns what there is to see after each action, on the model and in the cloud */
  const playBoth = async (actions: readonly Action[]): Promise<readonly [unknown[], unknown[]]> => {
    const [onModel, inCloud]: [unknown[], unknown[]] = [[], []];
    for (const action of actions) {
      const { model, cloud } = await replay.play(action);
      onModel.push({ action, ...model });
      inCloud.push({ action, ...cloud });
      // What follows a difference says nothing.
      if (!isDeepStrictEqual(model, cloud)) break;
    }
    return [onModel, inCloud];
  };

  it('begins with the first deploy', async () => {
    const [model, cloud] = await playBoth([deploy]);

    expect(cloud).toEqual(model);
  });

  it.each(replayable(count, seed).map((actions) => [actions.map(({ kind }) => kind).join(', '), actions] as const))(
    '%s',
    async (_what, actions) => {
      const [model, cloud] = await playBoth([...beginning(), ...actions]);

      expect(cloud).toEqual(model);
    },
  );

  it('has met all that it is about', () => {
    const counts = [...replay.counts].map(([event, count]) => `${String(count).padStart(7)} ${event}`);
    process.stderr.write(`So many actions had:\n${counts.sort().join('\n')}\n`);

    expect([...replay.counts.keys()]).toEqual(expect.arrayContaining(met));
  });
});
