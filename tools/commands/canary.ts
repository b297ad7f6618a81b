import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { drawRehearsal } from '../canary/draw-rehearsal.ts';
import { rehearseFunction } from '../canary/rehearse-function.ts';
import { Failure } from '../lib/failure.ts';
import { interruption } from '../lib/interruption.ts';
import { info } from '../lib/log.ts';
import { describeRehearsal, percent } from '../report/describe-rehearsal.ts';
import { connect } from '../stack/connection.ts';
import { localStage, readStage } from '../template/read-stages.ts';

export const help = `Rehearses on the local cloud how production would move traffic to the tree's version of a function.

Usage: npm run aviary -- canary rehearse <function> [--version-from R] [--traffic N] [--by TYPE] [--out FILE.svg] [--json]

  --version-from R  a release whose version stands for the one that runs (default: what was deployed last)
  --traffic N       requests in all, the function's sample events in turn (default 200)
  --by TYPE         how traffic moves, such as Canary10Percent10Minutes (default: what the template says for production)
  --out FILE.svg    draw the timeline as well

The hook asks the new version first. Then both versions get traffic, minutes pass as fast as it is sent, and the alarms of
the template, resolved for production, are evaluated over what happened. It ends with 1 where production would roll back.
Nothing moves in the local stage and the new version is deleted; what the sample events write stays.

Example: npm run aviary -- canary rehearse users --traffic 600 --out users.svg
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'version-from': { type: 'string' },
      traffic: { type: 'string', default: '200' },
      by: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [verb, name, ...more] = positionals;
  if (verb !== 'rehearse' || name === undefined || more.length > 0) {
    throw new Failure('What should be rehearsed?', 'Say: npm run aviary -- canary rehearse <function>.');
  }
  const traffic = Number(values.traffic);
  if (!Number.isInteger(traffic) || traffic < 1) {
    throw new Failure(`--traffic ${values.traffic} is no number of requests.`, 'Take one such as --traffic 200.');
  }
  const connection = await connect(root, readStage(root, localStage));
  const signal = interruption();
  const rehearsal = await rehearseFunction(connection, name, {
    traffic,
    type: values.by,
    from: values['version-from'],
    signal,
    onMinute: ({ minute, share }) => {
      if (process.stderr.isTTY) info(`minute ${minute}: ${percent(share)} on the new version`);
    },
  });
  if (values.out !== undefined) writeFileSync(resolve(values.out), drawRehearsal(rehearsal));
  process.stdout.write(values.json ? `${JSON.stringify(rehearsal, null, 2)}\n` : describeRehearsal(rehearsal));
  return rehearsal.result === 'shifted' ? 0 : 1;
}
