import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { readAnswer, type AskGitHub } from '../../../tools/doctor/gh.ts';
import { run } from '../../../tools/lib/process.ts';
import { answerGh } from './answer-gh.ts';
import { fresh, type FakeRepository } from './fake-repository.ts';

/** A folder with a `gh` that stands for GitHub; the repository in it is as new. */
export class FakeGitHub {
  readonly #folder = mkdtempSync(join(tmpdir(), 'aviary-gh-'));
  readonly #state = join(this.#folder, 'state.json');

  constructor(state: FakeRepository = fresh) {
    const program = join(this.#folder, 'gh');
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${join(__dirname, 'gh.ts')}' "$@"\n`);
    chmodSync(program, 0o755);
    writeFileSync(this.#state, JSON.stringify(state));
  }

  /** What a program needs to find this `gh`, and no other. */
  get env(): { PATH: string; GH_STATE: string } {
    return { PATH: `${this.#folder}${delimiter}${process.env['PATH'] ?? ''}`, GH_STATE: this.#state };
  }

  get state(): FakeRepository {
    return JSON.parse(readFileSync(this.#state, 'utf8')) as FakeRepository;
  }

  change(edit: (state: FakeRepository) => void): void {
    const { state } = this;
    edit(state);
    writeFileSync(this.#state, JSON.stringify(state));
  }

  /** Asks as the tools do, without a program between. */
  readonly ask: AskGitHub = (path) => Promise.resolve(readAnswer(answerGh(this.state, ['api', path])));

  /** Runs a command as a person types it. @param cwd where files that it names are */
  async type(command: string, cwd: string): Promise<void> {
    const result = await run('sh', ['-c', command], { cwd, env: { ...process.env, ...this.env } });
    if (result.code !== 0) throw new Error(`${command} ended with ${String(result.code)}: ${result.stderr}`);
  }

  delete(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
