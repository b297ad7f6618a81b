import { join } from 'node:path';
import { run } from '../../tools/lib/process.ts';
import { programsFolder } from '../../tools/lib/python-tools.ts';
import { localEnvironment } from '../../tools/local/environment.ts';
import { useStage } from '../support/aviary-stage.ts';
import { repository } from '../support/cloud.ts';
import { openApiDocument } from '../support/openapi.ts';
import { everydayToken } from '../support/token.ts';

/** What schemathesis reads, in the clone. */
const document = '.aviary/openapi.json';

/**
 * The document without its security: requests that leave the token out are answered by the local gateway, which knows no
 * envelope. And without its `default` responses, which are for the gateway and would take any status of a function.
 */
function asTried(key: string, value: unknown): unknown {
  if (key === 'security') return [];
  if (key !== 'responses') return value;
  const { default: _gateway, ...own } = value as Record<string, unknown>;
  return own;
}

describe('the API', () => {
  const stage = useStage();

  it('answers requests that are made from docs/openapi.yaml, valid and not, as the document says', async () => {
    const program = process.platform === 'win32' ? 'schemathesis.exe' : 'schemathesis';
    const args = ['--config-file', join(repository, 'tests', 'support', 'schemathesis.toml'), 'run'];
    const token = await everydayToken();
    const proof = ['--header', `Authorization: Bearer ${token}`];
    const paths = JSON.stringify(openApiDocument.paths, asTried);
    stage().clone.write(document, JSON.stringify({ ...openApiDocument, paths: JSON.parse(paths) as unknown }));
    const target = [document, '--url', await stage().apiUrl(), '--no-color'];

    const { code, stdout } = await run(
      join(programsFolder(repository, 'schemathesis'), program),
      [...args, ...target, ...proof],
      {
        cwd: stage().clone.root,
        env: localEnvironment(stage().cloud.endpoint),
      },
    );

    // All of what it says, so that a failure names the request that shows it.
    expect(code === 0 ? '' : stdout).toBe('');
    const [, made = '0'] = /(\d+) generated/.exec(stdout) ?? [];
    const operations = Object.values(openApiDocument.paths).flatMap((it) => Object.keys(it));
    expect(stdout).toContain(`Tested: ${operations.length}\n`);
    expect(Number(made)).toBeGreaterThan(30 * operations.length);
  });
});
