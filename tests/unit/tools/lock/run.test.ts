import { spawnSync } from 'node:child_process';
import { hostname, userInfo } from 'node:os';
import { processSpace } from '../../../../tools/lib/machine.ts';
import { describeRun, isDead, leaseSeconds, readRun, thisRun } from '../../../../tools/lock/run.ts';
import { aRun } from '../../../support/engine/a-run.ts';

const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/shop', GITHUB_RUN_ID: '12' };
/** The id of a process that has ended, and was collected. */
const ended = (): number => spawnSync(process.execPath, ['--version']).pid;

describe('a run', () => {
  it('is known by its person and machine', () => {
    expect(thisRun({}, ['node', 'aviary', 'rollback'])).toMatchObject({
      who: `${userInfo().username}@${hostname()}`,
      command: 'rollback',
      pid: process.pid,
    });
  });

  it('is known by its address where it runs on GitHub', () => {
    expect(thisRun(github).who).toBe('https://github.com/acme/shop/actions/runs/12');
  });

  it('is another one each time', () => {
    expect(thisRun().id).not.toBe(thisRun().id);
  });

  it('is the same after it was written and read', () => {
    expect(readRun(JSON.stringify(aRun()))).toEqual(aRun({ id: expect.any(String) as string }));
  });

  it.each(['', 'null', '[]', '{"lease":"long"}'])(
    'of a lock that says %j is of somebody, with the usual lease',
    (text) => {
      expect(readRun(text)).toMatchObject({ who: 'somebody', lease: leaseSeconds });
      expect(describeRun(readRun(text))).toBe('the run of somebody');
    },
  );

  it('is told with its command and the time when it began', () => {
    expect(describeRun(aRun())).toBe('the deploy of ann@laptop, begun 14:02 UTC');
  });
});

describe('isDead', () => {
  const here = processSpace();

  it('is told at once of a process that is gone from this machine', () => {
    expect(isDead(aRun({ processSpace: here, pid: ended() }), 0)).toBe(true);
  });

  it('is not said of a process that runs', () => {
    expect(isDead(aRun({ processSpace: here, pid: process.pid }), leaseSeconds)).toBe(false);
  });

  it.each([
    ['of another machine', 'another machine', here],
    ['where machines cannot be told from each other', undefined, undefined],
  ])('waits for the lease of a run %s', (_, theirs, ours) => {
    const run = aRun({ processSpace: theirs, pid: ended() });

    expect(isDead(run, leaseSeconds, ours)).toBe(false);
    expect(isDead(run, leaseSeconds + 1, ours)).toBe(true);
  });
});
