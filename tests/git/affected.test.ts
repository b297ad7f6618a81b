// Needs the sample domain, and goes with it: aviary begin.
import { relative } from 'node:path';
import { aviary } from '../support/aviary.ts';
import { Clone } from '../support/clone.ts';

describe('npm test -- --affected', () => {
  const clone = new Clone();
  beforeAll(() => {
    clone.git('checkout', '--quiet', '-b', 'work');
  });
  afterEach(() => {
    clone.git('reset', '--quiet', '--hard', 'main');
  });
  afterAll(() => {
    clone.delete();
  });

  async function affected(): Promise<string[]> {
    const { code, stdout, stderr } = await aviary(clone.root, ['test', '--affected', '--listTests']);
    if (code !== 0) throw new Error(stderr);
    const paths = stdout.split('\n').filter((line) => line.endsWith('.test.ts'));
    return paths.map((path) => relative(clone.root, path)).sort();
  }

  it('runs what imports lead to from a rule of a function, and what that has on the local cloud', async () => {
    clone.append('functions/users/user-writes.ts', '// more\n');

    const tests = await affected();

    expect(tests).toContain('tests/unit/functions/users/dynamodb-users.test.ts');
    expect(tests).toContain('tests/local/users-repository.test.ts');
    expect(tests).not.toContain('tests/unit/functions/orders/create-order.test.ts');
    expect(tests.filter((path) => path.startsWith('tests/template/'))).toEqual([]);
  });

  it('runs those of the templates, and those on the local cloud of what the template makes', async () => {
    clone.append('infra/data.yaml', '# more\n');
    clone.commit('More');

    const tests = await affected();

    expect(tests).toContain('tests/template/least-privilege.test.ts');
    expect(tests).toContain('tests/local/users-repository.test.ts');
  });

  it('runs nothing for a document, and nothing where nothing was changed', async () => {
    const before = await affected();
    clone.append('docs/operations.md', 'more\n');

    expect([before, await affected()]).toEqual([[], []]);
  });

  it('says what it lacks in a clone without main', async () => {
    clone.git('branch', '--quiet', '--move', 'main', 'trunk');

    const { code, stderr } = await aviary(clone.root, ['test', '--affected']);
    clone.git('branch', '--quiet', '--move', 'trunk', 'main');

    expect(code).toBe(2);
    expect(stderr).toBe('This clone does not have main to compare with: git fetch origin main:main.\n');
  });
});
