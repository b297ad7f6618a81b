import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTree } from '../../tools/tree/read-tree.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { aviary, type Outcome } from '../support/aviary.ts';
import { Clone } from '../support/clone.ts';
import { repository } from '../support/cloud.ts';
import { inFull } from '../support/depth.ts';
import { pathsFilter } from '../support/paths-filter.ts';
import { TrackedCopy, trackedFiles } from '../support/tracked-copy.ts';

const filtersFor = pathsFilter(readFileSync(join(repository, '.github/filters.yml'), 'utf8'));
const functionsFor = (path: string): string[] =>
  filtersFor(path).filter((name) => !['code', 'docs', 'every-function'].includes(name));

/**
 * What is changed at once: a shared file by itself, of the files of functions one each. No function imports from another
 * (the linter sees to that), so which of them moved a release is plain.
 */
function rounds(sources: readonly string[]): string[][] {
  const own = new Map<string, string[]>();
  for (const path of sources) {
    const [, folder = ''] = /^functions\/([^/]+)\//.exec(path) ?? [];
    own.set(folder, [...(own.get(folder) ?? []), path]);
  }
  const { '': everyShared = [], ...functions } = Object.fromEntries(own);
  const longest = Math.max(...Object.values(functions).map(({ length }) => length));
  // A pass of the bundler each.
  const shared = inFull ? everyShared : everyShared.filter((_path, at) => at % 16 === 0);
  const together = Array.from({ length: longest }, (_, at) =>
    Object.values(functions).flatMap((paths) => paths.slice(at, at + 1)),
  );
  return [...shared.map((path) => [path]), ...together];
}

describe('.github/filters.yml, asked by the rules of paths-filter', () => {
  let copy: TrackedCopy;
  let before: Record<string, string>;

  const releases = async (): Promise<Record<string, string>> => {
    const { functions } = await readTree(copy.root, readStage(copy.root, 'staging'));
    return Object.fromEntries(functions.map(({ name, release }) => [name, release]));
  };
  const moved = async (): Promise<string[]> => {
    const after = await releases();
    return Object.keys(after).filter((name) => after[name] !== before[name]);
  };

  beforeAll(async () => {
    copy = new TrackedCopy();
    before = await releases();
  });
  afterAll(() => {
    copy.remove();
  });

  test('names exactly the functions whose release moves, for a change of each source file', async () => {
    const sources = trackedFiles().filter((path) => /^(functions|layers)\/.*\.ts$/.test(path));
    const wrong: unknown[] = [];

    for (const paths of rounds(sources)) {
      const before = paths.map((path) => copy.read(path));
      for (const [at, path] of paths.entries())
        copy.write(path, `${before[at] ?? ''}\nprocess.emitWarning('changed');\n`);
      const [expected, actual] = [await moved(), paths.flatMap(functionsFor)];
      for (const [at, path] of paths.entries()) copy.write(path, before[at] ?? '');
      if (expected.sort().join() !== actual.sort().join()) wrong.push({ paths, expected, actual });
    }

    expect(sources.length).toBeGreaterThan(40);
    expect(wrong).toEqual([]);
    // A pass of the bundler for each round.
  }, 240_000);

  test('leaves out no file whose change moves a release: all the others are changed at once, and none moves', async () => {
    const others = trackedFiles().filter((path) => functionsFor(path).length === 0);

    for (const path of others) {
      const text = copy.read(path);
      copy.write(
        path,
        path.endsWith('.yaml') ? `${text}\nRules: { Changed: { Assertions: [] } }\n` : `${text}\nchanged\n`,
      );
    }

    expect(others).toEqual(
      expect.arrayContaining(['README.md', 'infra/alarms.yaml', 'functions/health/events/get-health.json']),
    );
    expect(await moved()).toEqual([]);
  });

  test.each([
    ['template.yaml', 'Timeout: 30', 'Timeout: 29'],
    ['samconfig.toml', '"Stage=staging"', '"Stage=staging", "App=other"'],
    ['tsconfig.json', '"strict": true,', '"strict": true, "jsx": "preserve", "useDefineForClassFields": false,'],
  ])('names every function for %s, of which each can depend', async (path, from, to) => {
    const text = copy.read(path);
    copy.edit(path, from, to);
    const expected = await moved();
    copy.write(path, text);

    expect(expected).not.toEqual([]);
    expect(functionsFor(path).sort()).toEqual(Object.keys(before).sort());
  });

  test('says of every tracked file whether it is code or prose', () => {
    const unclear = trackedFiles().filter((path) => {
      return filtersFor(path).filter((name) => name === 'code' || name === 'docs').length !== 1;
    });

    expect(unclear).toEqual([]);
  });
});

describe('aviary generate', () => {
  let clone: Clone;
  beforeEach(() => {
    clone = new Clone();
  });
  afterEach(() => {
    clone.delete();
  });

  const files = ['.github/filters.yml', 'functions/github-webhook/filters.json'];
  const texts = (): string[] => files.map((file) => clone.read(file));
  const generate = (...args: string[]): Promise<Outcome> => aviary(clone.root, ['generate', ...args]);

  test('--check passes on what it wrote', async () => {
    for (const file of files) clone.write(file, '{}');

    await expect(generate()).resolves.toEqual({
      code: 0,
      stdout: files.map((file) => `${file}\n`).join(''),
      stderr: '',
    });
    await expect(generate('--check')).resolves.toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('--check names the files and the next step when an import was added, and leaves them', async () => {
    const before = texts();
    clone.edit('functions/health/handler.ts', /^/, "import '@shared/resilience/retry';\n");

    const { code, stderr } = await generate('--check');

    expect(code).toBe(1);
    expect(stderr).toContain(`Out of date: ${files.join(', ')}.\nRun npm run aviary -- generate.`);
    expect(texts()).toEqual(before);
  });
});
