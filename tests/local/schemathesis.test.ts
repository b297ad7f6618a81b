import { join } from 'node:path';
import { run } from '../../tools/lib/process.ts';
import { programsFolder } from '../../tools/lib/python-tools.ts';
import { localEnvironment } from '../../tools/local/environment.ts';
import { useStage } from '../support/aviary-stage.ts';
import { repository } from '../support/cloud.ts';

describe('the API', () => {
  const stage = useStage();

  it('answers requests that are made from docs/openapi.yaml, valid and not, as the document says', async () => {
    const program = process.platform === 'win32' ? 'schemathesis.exe' : 'schemathesis';
    const args = ['--config-file', join(repository, 'tests', 'support', 'schemathesis.toml'), 'run'];
    const target = [join(repository, 'docs', 'openapi.yaml'), '--url', await stage().apiUrl(), '--no-color'];

    const { code, stdout } = await run(
      join(programsFolder(repository, 'schemathesis'), program),
      [...args, ...target],
      {
        cwd: stage().clone.root,
        env: localEnvironment(stage().cloud.endpoint),
      },
    );

    // All of what it says, so that a failure names the request that shows it.
    expect(code === 0 ? '' : stdout).toBe('');
    const [, made = '0'] = /(\d+) generated/.exec(stdout) ?? [];
    expect(stdout).toMatch(/Tested: 15\b/);
    expect(Number(made)).toBeGreaterThan(500);
  });
});
