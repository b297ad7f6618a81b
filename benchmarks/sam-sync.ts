import { samEnvironment, samProgram } from '../tools/lib/sam.ts';
import { localStage, readStage } from '../tools/template/read-stages.ts';
import { Background } from './background.ts';
import type { Bench } from './bench.ts';

/**
 * `sam sync --watch` of everything in a clone, as it is typed: building in source, and into one stack, as this repository does
 * otherwise. Resolves to it when all is deployed and it watches; it runs until the end of the scenario.
 */
export async function samSync(bench: Bench, root: string, bucket: string, endpoint: string): Promise<Background> {
  const { stackName } = readStage(root, localStage);
  const how = ['--watch', '--build-in-source', '--no-dependency-layer'];
  const where = ['--config-env', localStage, '--stack-name', stackName, '--s3-bucket', bucket];
  const parameters = ['--parameter-overrides', `Stage=${localStage}`, "EndpointUrl=''"];
  const capabilities = ['--capabilities', 'CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'];
  const command = [samProgram(root), 'sync', ...how, ...where, ...parameters, ...capabilities];
  // It asks whether that is a stack for development.
  const process = new Background(bench, 'sam sync', command, {
    cwd: root,
    env: samEnvironment(root, endpoint),
    input: 'y\n',
  });
  bench.atEnd(() => process.stop());
  await process.says(/Infra sync completed/);
  return process;
}
