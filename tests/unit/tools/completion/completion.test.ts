// Needs the sample domain, and goes with it: aviary begin.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { completionScripts } from '../../../../tools/completion/scripts.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';
import { repository } from '../../../support/engine/a-folder.ts';
import { run } from '../../../../tools/commands/completion.ts';

/** What has each shell print what it would show after Tab: the script, the words, and its own call of the completion. */
const asks: Readonly<Record<string, (script: string, words: readonly string[]) => string[]>> = {
  bash: (script, words) => [
    '-c',
    `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _aviary; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
    ...words,
  ],
  // Its completion runs in its line editor alone: what that brings along stands in here.
  zsh: (script, words) => [
    '-f',
    '-c',
    `compdef() { true }; compadd() { shift; print -l -- "$@" }; _files() { true }
${script}\nwords=("$@"); CURRENT=$#; _aviary`,
    'zsh',
    ...words,
  ],
  fish: (script, words) => ['--no-config', '-c', `${script}\ncomplete -C "$argv"`, ...words],
};
const installed = Object.keys(asks).filter((shell) => spawnSync(shell, ['--version']).status === 0);
const functions = readdirSync(join(repository, 'functions')).sort();

function complete(shell: string, line: string, cwd = repository): string[] {
  const args = asks[shell]?.(completionScripts[shell] ?? '', line.split(' ')) ?? [];
  const shown = execFileSync(shell, args, { cwd, encoding: 'utf8' });
  return shown.split('\n').filter(Boolean).sort();
}

it('is tried with bash at least', () => {
  expect(installed).toContain('bash');
});

describe.each(installed)('the completion of %s', (shell) => {
  it.each([
    ['aviary rec', ['recover']],
    ['aviary mut', ['mutation']],
    ['aviary dlq ', ['list', 'purge', 'replay', 'show']],
    ['aviary completion ', ['bash', 'fish', 'zsh']],
    ['aviary dlq replay us', ['user-activity', 'users']],
    ['aviary logs users order', ['order-stream', 'orders']],
    ['aviary logs --level warn orde', ['order-stream', 'orders']],
    ['aviary logs --l', ['--level']],
    ['aviary deploy --stage ', ['local', 'production', 'staging']],
    ['aviary deploy --only health,order', ['health,order-stream', 'health,orders']],
    ['aviary start --inspect hea', ['health']],
    ['aviary start --inspect-', ['--inspect-port']],
    ['aviary invoke users --sample get', ['get-user']],
    ['aviary test-event show users l', ['list-users']],
  ])('shows after %p what may come', (line, wanted) => {
    expect(complete(shell, line)).toEqual(wanted);
  });

  it('shows all functions where one is to come, from a folder in the repository', () => {
    expect(complete(shell, 'aviary rollback ', join(repository, 'functions', 'users'))).toEqual(functions);
  });

  it('makes a command of the repository that one is in, with the arguments as they are', () => {
    const script = `${completionScripts[shell] ?? ''}\naviary test-event show users 'no such sample'`;
    const cwd = join(repository, 'layers', 'shared');

    const { status, stderr } = spawnSync(shell, ['-c', script], { cwd, encoding: 'utf8' });

    expect(status).toBe(2);
    expect(stderr).toContain('no such sample');
  });

  it('says where there is no repository', () => {
    const script = `${completionScripts[shell] ?? ''}\naviary status`;

    const { status, stderr } = spawnSync(shell, ['-c', script], { cwd: '/', encoding: 'utf8' });

    expect(status).toBe(2);
    expect(stderr).toContain('neither this folder nor one above it is a clone');
  });
});

describe('aviary completion', () => {
  it('names the nearest shell', () => {
    const failure = failureOf(() => run(['bsh']));

    expect(failure).toMatchObject({ problem: 'There is no completion for bsh.' });
    expect(failure.next).toContain('Did you mean bash?');
  });

  it('asks for a shell', () => {
    const failure = failureOf(() => run([]));

    expect(failure).toMatchObject({ problem: 'Which shell?', next: 'There are bash, zsh, fish.' });
  });
});
