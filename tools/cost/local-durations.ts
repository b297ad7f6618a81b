import { stringAt } from '../lib/json.ts';
import { cloudDirectory, readCloud } from '../local/cloud.ts';
import { readReports } from '../logs/report-lines.ts';
import { connect } from '../stack/connection.ts';
import { localStage, readStage } from '../template/read-stages.ts';
import { stageResources, type StageResource } from './stage-resources.ts';

/**
 * What an invocation of each function took in the local cloud, on average and in milliseconds, by the name that the function
 * has in another stage; empty where no local cloud runs.
 */
export async function localDurations(root: string, resources: readonly StageResource[]): Promise<Map<string, number>> {
  if ((await readCloud(cloudDirectory(root))) === undefined) return new Map();
  const local = readStage(root, localStage);
  const names = functionNames(stageResources(root, local));
  const reports = await readReports(await connect(root, local), [...names.values()], 0);
  const byName = Map.groupBy(reports, ({ functionName }) => functionName);
  const durations = [...functionNames(resources)].flatMap(([where, name]): [string, number][] => {
    const own = byName.get(names.get(where) ?? '') ?? [];
    return own.length === 0 ? [] : [[name, own.reduce((sum, { billedMs }) => sum + billedMs, 0) / own.length]];
  });
  return new Map(durations);
}

/** The functions' names in Lambda, by where they stand in the template. */
export function functionNames(resources: readonly StageResource[]): Map<string, string> {
  return new Map(
    resources
      .filter(({ type }) => type === 'AWS::Serverless::Function')
      .map(({ where, properties }) => [where, stringAt(properties, 'FunctionName') ?? where]),
  );
}
