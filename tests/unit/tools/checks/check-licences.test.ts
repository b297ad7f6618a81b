import { checkLicences, satisfies } from '../../../../tools/checks/check-licences.ts';
import { aFolder, repository } from '../../../support/engine/a-folder.ts';

type Locked = Readonly<Record<string, { readonly license?: string; readonly dependencies?: Record<string, string> }>>;

/** A repository whose layer has the package `shipped`. */
function withPackages(locked: Locked): string {
  const packages = Object.fromEntries(
    Object.entries(locked).map(([name, it]) => [`node_modules/${name}`, { version: '1.0.0', ...it }]),
  );
  return aFolder({
    'package-lock.json': JSON.stringify({ packages: { '': {}, ...packages } }),
    'node_modules/.package-lock.json': JSON.stringify({ packages }),
    'layers/dependencies/src/shipped.ts': "export { it } from 'shipped';\n",
  });
}

describe('checkLicences', () => {
  it('finds nothing against this repository', async () => {
    await expect(checkLicences(repository)).resolves.toBe('');
  });

  it('takes for a tool what is not taken for the layer', async () => {
    const root = withPackages({ shipped: { license: 'MIT' }, tool: { license: 'BlueOak-1.0.0' } });

    await expect(checkLicences(root)).resolves.toBe('');
  });

  it.each([
    [
      'a copyleft licence of a tool',
      { shipped: { license: 'MIT' }, tool: { license: 'GPL-3.0-only' } },
      'tool 1.0.0 in the tools',
    ],
    [
      'a licence of a tool in the layer',
      { shipped: { license: 'BlueOak-1.0.0' } },
      'shipped 1.0.0 in the dependencies layer',
    ],
    [
      'the same below it',
      { shipped: { license: 'MIT', dependencies: { below: '1' } }, below: { license: 'CC-BY-4.0' } },
      'below 1.0.0 in the dependencies layer',
    ],
    ['no licence at all', { shipped: {} }, 'has the licence (none named)'],
  ])('names %s', async (_what, locked: Locked, said) => {
    const problem = await checkLicences(withPackages(locked));

    expect(problem).toContain(said);
    expect(problem.split('\n')).toHaveLength(1);
  });
});

describe('satisfies', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['(MIT AND GPL-3.0-only)', false],
    ['(MIT AND (MIT OR ISC))', false],
    ['SEE LICENSE IN LICENSE', false],
  ])('%s: %p', (expression, expected) => {
    expect(satisfies(expression, ['MIT', 'ISC'])).toBe(expected);
  });
});
