import { packageName, readLockedPackages, type LockedPackage } from '../../../../tools/build/locked-packages.ts';
import type { JsonObject } from '../../../../tools/lib/json.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const locked: JsonObject = {
  '': { name: 'root' },
  'node_modules/app': { version: '1.0.0', integrity: 'i', dependencies: { deep: '^1', shared: '^1' } },
  'node_modules/app/node_modules/deep': { version: '2.0.0', dependencies: { leaf: '*' }, integrity: 'd2' },
  'node_modules/deep': { version: '1.0.0' },
  'node_modules/leaf': { version: '5.0.0', dependencies: { app: '^1' } },
  'node_modules/shared': { version: '3.0.0' },
  'node_modules/@scope/one': { version: '1.1.0', dependencies: { deep: '^1' } },
  'node_modules/idle': { version: '9.0.0' },
};
const lookUp = (name: string, lock: JsonObject = locked, installed: JsonObject = lock): LockedPackage => {
  const root = aFolder({
    'package-lock.json': JSON.stringify({ packages: lock }),
    'node_modules/.package-lock.json': JSON.stringify({ packages: installed }),
  });
  return readLockedPackages(root)(name);
};
const without = (path: string): JsonObject => Object.fromEntries(Object.entries(locked).filter(([it]) => it !== path));

describe('packageName', () => {
  it.each([
    ['zod', 'zod'],
    ['zod/v4/core', 'zod'],
    ['@aws-sdk/client-s3', '@aws-sdk/client-s3'],
    ['@aws-sdk/client-s3/dist/x.js', '@aws-sdk/client-s3'],
  ])('of %s is %s', (path, name) => {
    expect(packageName(path)).toBe(name);
  });
});

describe('readLockedPackages', () => {
  it('answers the version of a package, of an import path below it too', () => {
    expect(lookUp('shared').version).toBe('3.0.0');
    expect(lookUp('@scope/one/sub/path').version).toBe('1.1.0');
  });

  it('answers all that it depends on, each from the nearest node_modules, and cycles once', () => {
    expect(lookUp('app').closure).toEqual({
      'node_modules/app': '1.0.0',
      'node_modules/app/node_modules/deep': '2.0.0',
      'node_modules/leaf': '5.0.0',
      'node_modules/shared': '3.0.0',
    });
  });

  it('takes the outer one for who has no inner one', () => {
    expect(lookUp('@scope/one').closure).toEqual({ 'node_modules/@scope/one': '1.1.0', 'node_modules/deep': '1.0.0' });
  });

  it.each(['optionalDependencies', 'peerDependencies'])('counts %s that are there, and passes over others', (kind) => {
    const more = { ...locked, 'node_modules/p': { version: '1.0.0', [kind]: { deep: '*', gone: '*' } } };

    expect(lookUp('p', more).closure).toEqual({ 'node_modules/p': '1.0.0', 'node_modules/deep': '1.0.0' });
  });

  it.each<[string, string, JsonObject]>([
    [
      'its version',
      'node_modules/app',
      { version: '1.0.1', integrity: 'i', dependencies: { deep: '^1', shared: '^1' } },
    ],
    [
      'its content',
      'node_modules/app',
      { version: '1.0.0', integrity: 'j', dependencies: { deep: '^1', shared: '^1' } },
    ],
    ['what it depends on through others', 'node_modules/leaf', { version: '5.0.1', dependencies: { app: '^1' } }],
    ['the content of that', 'node_modules/app/node_modules/deep', { version: '2.0.0', dependencies: { leaf: '*' } }],
  ])('has another hash for %s', (_name, path, entry) => {
    expect(lookUp('app', { ...locked, [path]: entry }).hash).not.toBe(lookUp('app').hash);
  });

  it('has the same hash where something else changes', () => {
    expect(lookUp('app', { ...locked, 'node_modules/deep': { version: '1.0.9' } }).hash).toBe(lookUp('app').hash);
  });

  it('refuses a package of which another version is installed', () => {
    const installed = { ...locked, 'node_modules/app/node_modules/deep': { version: '2.0.1' } };

    const failure = failureOf(() => lookUp('app', locked, installed));

    expect(failure.problem).toBe('package-lock.json says app/node_modules/deep 2.0.0, installed is 2.0.1.');
    expect(failure.next).toBe('Run npm ci.');
  });

  it('refuses a package that is not installed', () => {
    expect(failureOf(() => lookUp('app', locked, without('node_modules/leaf'))).problem).toContain('installed is none');
  });

  it('takes an optional package that is not for this machine, and has the same hash as where it is', () => {
    const linux = { version: '1.0.0', optional: true, os: ['linux'] };
    const more = { ...locked, 'node_modules/p': { version: '1.0.0', optionalDependencies: { linux: '*' } } };
    const lock = { ...more, 'node_modules/linux': linux };

    expect(lookUp('p', lock, more)).toEqual(lookUp('p', lock));
  });

  it('refuses an optional package of which another version is installed', () => {
    const lock = { ...locked, 'node_modules/o': { version: '1.0.0', optional: true } };

    expect(() => lookUp('o', lock, { ...lock, 'node_modules/o': { version: '1.0.1' } })).toThrow('installed is 1.0.1');
  });

  it('refuses a package that is not locked', () => {
    const failure = failureOf(() => lookUp('gone/sub'));

    expect(failure.problem).toBe('gone is not in package-lock.json.');
    expect(failure.next).toBe('Run npm install --save-exact gone.');
  });

  it.each(['package-lock.json', 'node_modules/.package-lock.json'])('refuses to go on without %s', (missing) => {
    const all = { 'package-lock.json': '{}', 'node_modules/.package-lock.json': '{}' };
    const root = aFolder(Object.fromEntries(Object.entries(all).filter(([path]) => path !== missing)));

    expect(failureOf(() => readLockedPackages(root)).problem).toContain(`${missing} cannot be read`);
  });
});
