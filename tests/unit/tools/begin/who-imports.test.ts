import { importersOf, readImports } from '../../../../tools/begin/who-imports.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';

const root = aFolder({
  'functions/gone/rule.ts': "import { one } from '@shared/kept/one';\n",
  'layers/shared/src/kept/one.ts': 'export const one = 1;\n',
  'layers/shared/src/gone/two.ts': 'export const two = 2;\n',
  'tests/unit/by-alias.test.ts': "import { two } from '@shared/gone/two';\n",
  'tests/support/by-path.ts': "export * from '../../functions/gone/rule.ts';\n",
  'tests/unit/by-another.test.ts': "import type { Rule } from '../support/by-path.ts';\n",
  'tests/unit/late.test.ts': "const it = await import('../../functions/gone/events/one.json');\n",
  'tests/unit/alone.test.ts': "import { one } from '@shared/kept/one';\nimport 'zod';\n",
});

describe('importersOf', () => {
  const imports = readImports(root);
  const isGone = (path: string): boolean => path.includes('/gone/');

  it('are those that import it by path, by the short path of the shared layer, late, or by another that does', () => {
    expect(importersOf(isGone, imports).sort()).toEqual([
      'tests/support/by-path.ts',
      'tests/unit/by-alias.test.ts',
      'tests/unit/by-another.test.ts',
      'tests/unit/late.test.ts',
    ]);
  });

  it('are none of what is not imported', () => {
    expect(importersOf((path) => path === 'tests/unit/alone.test.ts', imports)).toEqual([]);
  });
});
