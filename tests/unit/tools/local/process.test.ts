import { Failure } from '../../../../tools/lib/failure.ts';
import { run } from '../../../../tools/lib/process.ts';
import { gone } from './gone.ts';

const node = (script: string): [string, string[]] => [process.execPath, ['-e', script]];

describe('run', () => {
  test('gives the exit code and all output, and each line as it comes', async () => {
    const lines: string[] = [];
    const [command, args] = node("console.log('a\\nb'); process.stderr.write('half'); process.exitCode = 3");

    const result = await run(command, args, { onLine: (line, stream) => lines.push(`${stream} ${line}`) });

    expect(result).toEqual({ code: 3, stdout: 'a\nb\n', stderr: 'half' });
    expect(lines.sort()).toEqual(['stderr half', 'stdout a', 'stdout b']);
  });

  test('passes arguments as they are, without a shell', async () => {
    const args = ['-p', 'JSON.stringify(process.argv.slice(1))', '$HOME; "x"', '*'];

    expect((await run(process.execPath, args)).stdout).toBe('["$HOME; \\"x\\"","*"]\n');
  });

  test('ends the program and what it has started when the signal aborts', async () => {
    const controller = new AbortController();
    const child = 'setInterval(() => {}, 1000)';
    const script = `const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', '${child}'], { stdio: 'ignore' });
      console.log(child.pid); ${child}`;
    const pids: number[] = [];
    const running = run(...node(script), {
      signal: controller.signal,
      onLine: (line) => {
        pids.push(Number(line));
        controller.abort();
      },
    });

    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(pids).toHaveLength(1);
    expect(await Promise.all(pids.map(gone))).toEqual([true]);
  });

  test('does not start a program after the abort', async () => {
    await expect(run('/nowhere', [], { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('names a program that is not there', async () => {
    await expect(run('/nowhere/program', [])).rejects.toThrow(Failure);
    await expect(run('/nowhere/program', [])).rejects.toThrow('/nowhere/program could not be started.');
  });
});
