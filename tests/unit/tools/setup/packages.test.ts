import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { useClone } from './throw-away-clone.ts';

describe('npm packages', () => {
  const clone = useClone();

  test('are installed at the first run and not at the second', async () => {
    const first = await clone().launch(['plan']);
    const second = await clone().launch(['plan']);

    expect(first).toMatchObject({ code: 0, stdout: 'plan\n' });
    expect(first.stderr).toContain('Installing npm packages (first run) …');
    expect(second).toEqual({ code: 0, stdout: 'plan\n', stderr: '' });
    expect(clone().calls('npm ci')).toBe(1);
  });

  test('are installed again when package-lock.json has changed', async () => {
    await clone().launch(['plan']);
    clone().write('package-lock.json', '{ "packages": { "node_modules/zod": { "integrity": "new" } } }');

    const { stderr } = await clone().launch(['plan']);

    expect(stderr).toContain('package-lock.json changed');
    expect(clone().calls('npm ci')).toBe(2);
  });

  test.each([
    ['the same', '{ "node_modules/zod": { "integrity": "a" } }', 0],
    ['an older version', '{ "node_modules/zod": { "integrity": "b" } }', 1],
    ['nothing', '{}', 1],
    ['a package too many', '{ "node_modules/zod": { "integrity": "a" }, "node_modules/left": {} }', 1],
  ])('that were installed by hand: %s', async (_name, installed, calls) => {
    const elsewhere = '"node_modules/other": { "integrity": "c", "optional": true, "os": ["aix"] }';
    const itsDependency = '"node_modules/wasm": { "integrity": "d", "optional": true }';
    const locked = `{ "": {}, "node_modules/zod": { "integrity": "a" }, ${elsewhere}, ${itsDependency} }`;
    clone().write('package-lock.json', `{ "packages": ${locked} }`);
    clone().write('node_modules/.package-lock.json', `{ "packages": ${installed} }`);

    await clone().launch(['plan']);

    expect(clone().calls('npm ci')).toBe(calls);
  });

  test('that belong to another clone are not touched', async () => {
    mkdirSync(join(clone().root, 'elsewhere'));
    symlinkSync('elsewhere', join(clone().root, 'node_modules'));

    expect(await clone().launch(['plan'])).toEqual({ code: 0, stdout: 'plan\n', stderr: '' });
    expect(clone().calls('npm')).toBe(0);
  });

  test('are not touched when AVIARY_SKIP_INSTALL says so', async () => {
    expect(await clone().launch(['start'], { AVIARY_SKIP_INSTALL: '1' })).toMatchObject({ code: 0, stderr: '' });
    expect(clone().calls('')).toBe(0);
  });

  test("that cannot be installed give npm's own words and the next step, and are tried again", async () => {
    const failed = await clone().launch(['plan'], { FAKE_NPM_FAILS: 'code EACCES' });
    const again = await clone().launch(['plan']);

    expect(failed).toMatchObject({ code: 2, stdout: '' });
    expect(failed.stderr).toMatch(/npm error code EACCES\nnpm could not install the packages: .* run `npm ci`\.\n$/);
    expect(again.code).toBe(0);
    expect(clone().calls('npm ci')).toBe(2);
  });

  test('need npm', async () => {
    rmSync(join(clone().programs, 'npm'));

    const { code, stderr } = await clone().launch(['plan']);

    expect(code).toBe(2);
    expect(stderr).toContain('npm could not be started');
  });
});
