import { parseArgs } from 'node:util';
import { estimate } from '../cost/estimate.ts';
import { localDurations } from '../cost/local-durations.ts';
import { monthOf } from '../cost/month.ts';
import { readUsage } from '../cost/read-usage.ts';
import { stageResources, type StageResource } from '../cost/stage-resources.ts';
import { assumeUsage, type Usage } from '../cost/usage.ts';
import { Failure } from '../lib/failure.ts';
import { info } from '../lib/log.ts';
import { describeCost } from '../report/describe-cost.ts';
import { connect } from '../stack/connection.ts';
import { localStage, productionStage, readStage, type Stage } from '../template/read-stages.ts';

export const help = `Estimates what a stage costs in a month: what its template has, and what it used in a month as CloudWatch counted it.

Usage: npm run aviary -- cost [--stage S] [--month 2026-10 | --requests N] [--json]

  --stage S      production (default), staging
  --month M      the month whose use counts; the last whole one when left out
  --requests N   ask no account: assume N requests to the API a month, and of everything else what they bring along.
                 Where npm start runs, invocations take as long as they did there
  --json         the lines as data

It is an estimate: list prices of eu-west-1, no taxes, no traffic, nothing of what is free. docs/costs.md tells more.

Example: npm run aviary -- cost --stage production --month 2026-10
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stage: { type: 'string', default: productionStage },
      env: { type: 'string' },
      month: { type: 'string' },
      requests: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const stage = readStage(root, values.env ?? values.stage);
  if (stage.name === localStage)
    throw new Failure('The local stage costs nothing.', 'Name another: --stage production.');
  const resources = stageResources(root, stage);
  const result = estimate(resources, await usageOf(root, stage, resources, values));
  process.stdout.write(
    values.json ? `${JSON.stringify({ stage: stage.name, ...result }, null, 2)}\n` : describeCost(result),
  );
  return 0;
}

interface Asked {
  readonly month?: string | undefined;
  readonly requests?: string | undefined;
}

async function usageOf(
  root: string,
  stage: Stage,
  resources: readonly StageResource[],
  { month, requests }: Asked,
): Promise<Usage> {
  if (requests === undefined) return await readUsage(await connect(root, stage), resources, monthOf(month, Date.now()));
  if (month !== undefined)
    throw new Failure('What was used and what is assumed exclude each other.', 'Leave out --month or --requests.');
  if (!/^\d{1,12}$/.test(requests))
    throw new Failure(`--requests ${requests} is no number of requests.`, 'Name one as 1000000.');
  const durations = await localDurations(root, resources);
  if (durations.size > 0) info(`Durations of ${durations.size} functions are those of the local cloud.`);
  return assumeUsage(Number(requests), durations);
}
