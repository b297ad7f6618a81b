import { Failure } from '../lib/failure.ts';
import type { Connection } from '../stack/connection.ts';
import type { DeployResult } from '../stack/deploy-stage.ts';
import { stageInRegion } from '../template/stage-in-region.ts';

/** What became of one region. */
export interface RegionOutcome {
  readonly region: string;
  /** `has it` where the deploy ended well, and where there was nothing to do. */
  readonly state: 'has it' | 'failed' | 'not begun';
  readonly result: DeployResult | null;
  /** Why it failed, and what to do. */
  readonly problem: string | null;
}

/**
 * Deploys to one region after the other. Where one fails, or is not healthy after it, the next is not begun: a release that
 * is bad is bad in one region.
 */
export async function deployRegions(
  connection: Connection,
  regions: readonly string[],
  deploy: (connection: Connection) => Promise<DeployResult>,
): Promise<RegionOutcome[]> {
  const outcomes: RegionOutcome[] = [];
  for (const region of regions) {
    const begins = outcomes.every(({ state }) => state === 'has it');
    const there = { ...connection, stage: stageInRegion(connection.stage, region) };
    outcomes.push(
      begins
        ? await deployOne(region, () => deploy(there))
        : { region, state: 'not begun', result: null, problem: null },
    );
  }
  return outcomes;
}

async function deployOne(region: string, deploy: () => Promise<DeployResult>): Promise<RegionOutcome> {
  try {
    const result = await deploy();
    const { health } = result;
    return health?.ok === false
      ? { region, state: 'failed', result, problem: `It is not healthy: ${health.problem ?? 'no answer'}.` }
      : { region, state: 'has it', result, problem: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { region, state: 'failed', result: null, problem: `${error.problem}\n${error.next}` };
  }
}
