import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { programsFolder } from '../../../../tools/lib/python-tools.ts';
import { repository } from '../../../support/engine/a-folder.ts';

describe('the log of an invocation in the local cloud', () => {
  it.each(['answer', 'fail'])('has every line that was printed before the %s, however long each takes', (end) => {
    const python = join(
      programsFolder(repository, 'ministack'),
      process.platform === 'win32' ? 'python.exe' : 'python',
    );
    const output = execFileSync(python, [join(repository, 'tests', 'support', 'local', 'slow_worker.py'), end], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: join(repository, 'tools', 'local'), PYTHONDONTWRITEBYTECODE: '1' },
    });

    expect(JSON.parse(output)).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4']);
  });
});
