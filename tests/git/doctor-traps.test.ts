import { judgeTraps } from '../../tools/doctor/judge-traps.ts';
import { readTraps } from '../../tools/doctor/read-traps.ts';
import { Clone } from '../support/clone.ts';

describe('the traps that doctor looks for', () => {
  const clone = new Clone();
  afterAll(() => {
    clone.delete();
  });
  const found = async (): Promise<unknown[]> =>
    judgeTraps(await readTraps(clone.root))
      .filter(({ state }) => state !== 'ok')
      .map(({ state, detail }) => [state, detail]);

  it('are none in this repository', async () => {
    expect(await found()).toEqual([]);
  });

  it('are found in the tree, in every stage that has them', async () => {
    clone.write('functions/users/package.json', '{}');
    clone.write('functions/node_modules/one/package.json', '{}');
    clone.edit('infra/data.yaml', 'IndexName: gsi1', 'IndexName: gsi8');

    expect(await found()).toEqual([
      ['missing', 'functions/users/package.json.'],
      [
        'missing',
        expect.stringMatching(
          /^infra\/data\.yaml \w+ of local takes 2 updates, .* of staging takes 2 updates, .* of production takes 2 updates\.$/,
        ),
      ],
    ]);
  });

  it('are not looked for among indexes where there is no main', async () => {
    clone.reset();
    clone.git('checkout', '--quiet', '-b', 'other');
    clone.git('branch', '--quiet', '--delete', '--force', 'main');

    expect(await found()).toEqual([['not checked', 'main is no commit of this clone.']]);
  });
});
