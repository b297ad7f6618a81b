import { packageFunctions } from '../../../../tools/build/bundle-functions.ts';
import {
  budgetsFor,
  judgeLoads,
  readBudgets,
  tightenBudgets,
  type Budget,
} from '../../../../tools/coldstart/budgets.ts';
import { measureLoads, type Loads } from '../../../../tools/coldstart/measure-load.ts';
import { aFolder, repository } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const otherwise: Budget = { package: 1_000, loaded: 10_000, files: 10 };
const loads: Loads = new Map([
  [
    'users',
    [
      { path: 'handler.js', bytes: 900 },
      { path: 'zod.js', bytes: 4_000 },
      { path: 'shared-layer.js', bytes: 2_000 },
    ],
  ],
]);
const judge = (budget?: Budget): string[] =>
  judgeLoads(loads, { default: otherwise, functions: budget === undefined ? {} : { users: budget } });

describe('the budget of a cold start', () => {
  it('is kept by a function that loads as much as it may', () => {
    expect(judge({ package: 900, loaded: 6_900, files: 3 })).toEqual([]);
  });

  it.each([
    [
      'its package',
      { package: 899, loaded: 6_900, files: 3 },
      'users loads a package of 900 bytes at its start, above its budget of 899 bytes',
    ],
    [
      'all that it loads',
      { package: 900, loaded: 6_899, files: 3 },
      'users loads 6,900 bytes at its start, above its budget of 6,899 bytes',
    ],
    [
      'the number of files',
      { package: 900, loaded: 6_900, files: 2 },
      'users loads 3 files at its start, above its budget of 2 files',
    ],
  ])('is broken by %s, and what is largest is told', (_what, budget, said) => {
    const [problem, ...others] = judge(budget);

    expect(others).toEqual([]);
    expect(problem).toContain(
      `${said}; the largest are zod.js 4,000 bytes, shared-layer.js 2,000 bytes, handler.js 900 bytes.`,
    );
    expect(problem).toContain('npm run aviary -- budget --update');
  });

  it('may have a fifth of air, and no more', () => {
    expect(judge({ package: 1_080, loaded: 8_280, files: 3 })).toEqual([]);
    expect(judge({ package: 1_081, loaded: 8_280, files: 3 })).toEqual([
      'users loads a package of 900 bytes at its start, far below its budget of 1,081 bytes. Lower it: npm run aviary -- budget --update.',
    ]);
  });

  it('is the default for a function that has none of its own, however little that loads', () => {
    expect(judge()).toEqual([]);
    expect(judgeLoads(loads, { default: { ...otherwise, files: 2 }, functions: {} })).toHaveLength(1);
  });

  it('is taken out with its function', () => {
    const [problem] = judgeLoads(new Map(), { default: otherwise, functions: { users: otherwise } });

    expect(problem).toContain('users has a budget in tools/coldstart/budgets.json and is no function.');
  });

  it('is drawn in where it is far above what is loaded, and goes with its function', () => {
    const budgets = { default: otherwise, functions: { users: { ...otherwise, package: 5_000 }, gone: otherwise } };

    expect(tightenBudgets(loads, budgets)).toEqual(budgetsFor(loads, budgets));
    const fitting = { default: otherwise, functions: { users: { package: 950, loaded: 7_000, files: 3 } } };
    expect(tightenBudgets(loads, fitting)).toEqual(fitting);
  });

  it('is kept when it was just written anew, and the default stays as it was', () => {
    const fresh = budgetsFor(loads, { default: otherwise, functions: { gone: otherwise } });

    expect(fresh).toEqual({ default: otherwise, functions: { users: { package: 990, loaded: 7_590, files: 3 } } });
    expect(judgeLoads(loads, fresh)).toEqual([]);
  });

  it.each(['', '{"default":{}}', '{"default":{"package":1,"loaded":1,"files":"1"},"functions":{}}'])(
    'is not read out of %p',
    (text) => {
      const root = aFolder({ 'tools/coldstart/budgets.json': text });

      expect(failureOf(() => readBudgets(root)).problem).toBe(
        'tools/coldstart/budgets.json cannot be read as budgets.',
      );
    },
  );
});

describe('what a function of this repository loads when it starts', () => {
  it('is its package, the shared modules and what it needs of the packages, out of the layers alone', async () => {
    const found = await measureLoads(repository);

    const paths = (name: string): string[] => (found.get(name) ?? []).map(({ path }) => path);
    expect(paths('github-webhook')).toEqual(
      expect.arrayContaining(['handler.js', 'shared-layer.js', 'zod.js', '@aws-sdk/client-dynamodb.js']),
    );
    expect(paths('github-webhook')).not.toContain('jose.js');
    expect([...found.keys()].flatMap(paths).filter((path) => path.startsWith('/'))).toEqual([]);
    expect(judgeLoads(found, readBudgets(repository))).toEqual([]);
    // What is generated into it for every function counts to no budget.
    const logicalId = 'GithubWebhook';
    const minified = { Minify: false, MinifyWhitespace: true, MinifySyntax: true, Target: 'node24' };
    const buildProperties = { ...minified, Packages: 'external', External: ['@shared/*'] };
    const entry = 'functions/github-webhook/handler.ts';
    const [whole] = await packageFunctions([{ logicalId, entry, buildProperties }], repository);
    const [own] = found.get('github-webhook') ?? [];
    expect(own?.path).toBe('handler.js');
    expect(own?.bytes).toBeLessThan(whole?.contents.byteLength ?? 0);
  });
});
