import { affectedPaths } from '../../../../tools/plan/affected-paths.ts';

const common = ['infra/**', 'package-lock.json', 'samconfig.toml', 'template.yaml', 'tsconfig.json'];

describe('affectedPaths', () => {
  it('has the folder, the shared files on the way, the entries of packages, and what all draw on', () => {
    const users = {
      name: 'users',
      folder: 'functions/users',
      imports: {
        'functions/users/handler.ts': ['functions/users/rule.ts', 'layers/shared/src/http/api.ts', 'zod'],
        'functions/users/rule.ts': [],
        'layers/shared/src/http/api.ts': ['layers/shared/src/errors/app-error.ts'],
      },
      packages: { zod: '4.0.0 abc', '@aws-sdk/lib-dynamodb': '3.0.0 abc' },
    };

    expect(affectedPaths([users])).toEqual({
      users: [
        'functions/users/**',
        'layers/dependencies/src/@aws-sdk/lib-dynamodb.ts',
        'layers/dependencies/src/zod.ts',
        'layers/shared/src/errors/app-error.ts',
        'layers/shared/src/http/api.ts',
        ...common,
      ].sort(),
    });
  });

  it('is in order of the names, whatever the order of the template', () => {
    const bare = (name: string) => ({ name, folder: `functions/${name}`, imports: {}, packages: {} });

    expect(Object.keys(affectedPaths([bare('users'), bare('health')]))).toEqual(['health', 'users']);
  });
});
