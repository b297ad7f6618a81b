import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lintWorkflows } from '../../../../tools/checks/lint-workflows.ts';
import { environmentFolder } from '../../../../tools/lib/python-tools.ts';
import { repository } from '../../../support/cloud.ts';

const good = `name: Good
on: push
permissions: {}
concurrency:
  group: good
  cancel-in-progress: true
jobs:
  one:
    name: One
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: echo "$TITLE"
        env:
          TITLE: \${{ vars.TITLE }}
`;

describe('lintWorkflows', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'aviary-workflows-'));
    mkdirSync(join(root, '.github', 'workflows'), { recursive: true });
    mkdirSync(join(root, '.aviary'));
    symlinkSync(dirname(environmentFolder(repository, 'zizmor')), join(root, '.aviary', 'venv'), 'junction');
    symlinkSync(join(repository, 'tools'), join(root, 'tools'), 'junction');
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const lint = async (text: string): Promise<string> => {
    writeFileSync(join(root, '.github', 'workflows', 'one.yml'), text);
    return await lintWorkflows(root);
  };

  test('has nothing to say of a workflow in order', async () => {
    expect(await lint(good)).toBe('');
  });

  test.each([
    ['a job that waits for none', 'runs-on', 'needs: two\n    runs-on', /one\.yml:8:3: .*\[actionlint: job-needs\]/],
    ['a property that does not exist', 'vars.TITLE', 'github.titel', /actionlint: expression/],
    ['a value inside of a script', '"$TITLE"', '${{ github.head_ref }}', /template-injection/],
    [
      'an action that is not pinned',
      '- run: echo "$TITLE"',
      '- uses: actions/checkout@v7\n      - run: echo',
      /unpinned-uses/,
    ],
    ['rights without a limit', 'permissions: {}', 'permissions: write-all', /excessive-permissions/],
  ])('finds %s', async (_name, from, to, finding) => {
    expect(await lint(good.replace(from, to))).toMatch(finding);
  });
});
