import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fallbackMakeFolder } from '../../../../tools/lib/fallback-make.ts';

const repository = resolve(__dirname, '..', '..', '..', '..');

describe('the stand-in for make', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aviary-make-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const make = (
    makefile: string,
    target = 'build-Layer',
  ): { status: number | null; stdout: string; stderr: string } => {
    writeFileSync(join(folder, 'Makefile'), makefile);
    const program = join(fallbackMakeFolder(repository), 'make');
    const args = ['--makefile', join(folder, 'Makefile'), target];
    return spawnSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', ARTIFACTS_DIR: join(folder, 'out dir') },
    });
  };

  test("runs the lines of SAM's target in order, with variables put in", () => {
    const lines = [
      'mkdir "$(ARTIFACTS_DIR)"',
      '@echo $$HOME-$(NOT_SET)- > "$(ARTIFACTS_DIR)/a"',
      '-false',
      'echo b >> "$(ARTIFACTS_DIR)/a"',
    ];
    const { status, stdout } = make(
      `# a comment\n.PHONY: build-Layer\n\nbuild-Other:\n\tfalse\nbuild-Layer: # the layer\n${lines.map((line) => `\t${line}\n`).join('')}`,
    );

    expect(status).toBe(0);
    expect(readFileSync(join(folder, 'out dir', 'a'), 'utf8')).toBe('--\nb\n');
    expect(stdout.split('\n')[0]).toBe(`mkdir "${join(folder, 'out dir')}"`);
    expect(stdout).not.toContain('HOME');
  });

  test('stops at the first line that fails', () => {
    expect(make('build-Layer:\n\tfalse\n\techo on\n')).toMatchObject({
      status: 2,
      stdout: 'false\n',
      stderr: expect.stringContaining('"false" failed (1).') as string,
    });
  });

  test.each([
    ['a target that is not there', 'build-Other:\n\ttrue\n', 'there is no target build-Layer'],
    ['prerequisites', 'build-Layer: other\n\ttrue\n', 'it cannot read "build-Layer: other"'],
    ['an assignment', 'A = b\nbuild-Layer:\n\ttrue\n', 'it cannot read "A = b"'],
    ['a function of make', 'build-Layer:\n\techo $(shell date)\n', 'it cannot run "echo $(shell date)"'],
    ['a line that goes on', 'build-Layer:\n\techo \\\n\ta\n', 'it cannot run "echo \\"'],
  ])('refuses %s', (_name, makefile, reason) => {
    const { status, stderr } = make(makefile);

    expect(status).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).toContain('install make');
  });

  test.each(['dependencies', 'shared'])('reads the Makefile of the layer %s', (layer) => {
    const makefile = join(repository, 'layers', layer, 'Makefile');
    const target = /^(build-\w+):/m.exec(readFileSync(makefile, 'utf8'))?.[1] ?? '';
    const artifacts = join(folder, 'artifacts');
    writeFileSync(join(folder, 'Makefile'), readFileSync(makefile, 'utf8').replaceAll('\tnode', '\techo node'));

    const out = execFileSync(join(fallbackMakeFolder(repository), 'make'), ['-f', join(folder, 'Makefile'), target], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', ARTIFACTS_DIR: artifacts },
    });

    expect(out).toContain(artifacts);
  });
});
