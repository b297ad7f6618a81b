import { affectedFunctions } from '../../../../functions/github-webhook/affected-functions.ts';

const affected = affectedFunctions({
  users: ['functions/users/**', 'layers/shared/src/http/api.ts', 'template.yaml'],
  orders: ['functions/orders/**', 'layers/shared/src/http/api.ts', 'template.yaml'],
  odd: ['functions/odd/[id].ts'],
});

describe('affectedFunctions', () => {
  it.each([
    [['functions/users/schema.ts'], ['users']],
    [['functions/users/events/.hidden.json'], ['users']],
    [
      ['functions/orders/handler.ts', 'functions/users/handler.ts'],
      ['orders', 'users'],
    ],
    [['layers/shared/src/http/api.ts'], ['orders', 'users']],
    [
      ['template.yaml', 'README.md'],
      ['orders', 'users'],
    ],
    [['functions/odd/[id].ts'], ['odd']],
    [['docs/guide/README.md', 'tests/unit/a.test.ts', 'CHANGELOG.md', '.github/workflows/deploy.yml'], []],
    [[], []],
  ])('of %j are %j', (paths, functions) => {
    expect(affected(paths)).toEqual({ functions });
  });

  it.each([
    'functions/new/handler.ts',
    'layers/shared/src/new.ts',
    'package.json',
    'functionsusers/a',
    '../docs/a',
    '',
  ])('cannot be told of the path %j, which belongs to none', (path) => {
    expect(affected(['functions/users/schema.ts', path])).toHaveProperty('askThePlan');
  });

  it('judges as many paths as a payload can name within a second', () => {
    const paths = Array.from({ length: 30_000 }, (_, at) => `functions/users/${'a/'.repeat(10)}${at}.ts`);
    const started = performance.now();

    affected(paths);

    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
