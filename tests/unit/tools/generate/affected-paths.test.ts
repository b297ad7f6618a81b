import { affectedFunctions } from '../../../../functions/github-webhook/affected-functions.ts';
import { affectedPaths } from '../../../../tools/generate/affected-paths.ts';

const affected = affectedFunctions(
  affectedPaths([
    { name: 'one', folder: 'functions/one', paths: ['functions/one/handler.ts', 'layers/shared/src/a[1].ts'] },
    { name: 'two', folder: 'functions/two', paths: ['functions/two/handler.ts', 'infra/data.yaml'] },
  ]),
);

describe('the paths that the webhook goes by', () => {
  it.each([
    ['functions/one/handler.ts', ['one']],
    ['functions/one/not-yet-here.ts', ['one']],
    ['layers/shared/src/a[1].ts', ['one']],
    ['infra/data.yaml', ['two']],
    ['package.json', ['one', 'two']],
    ['template.yaml', ['one', 'two']],
  ])('take %s for one of %j', (path, functions) => {
    expect(affected([path])).toEqual({ functions });
  });

  it.each(['layers/shared/src/a1.ts', 'functions/three/handler.ts', 'infra/alarms.yaml', 'tools/tree/release.ts'])(
    'leave %s to the plan',
    (path) => {
      expect(affected([path])).toHaveProperty('askThePlan');
    },
  );
});
