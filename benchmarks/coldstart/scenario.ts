import { join } from 'node:path';
import { lambdaEnvironment } from '../../tools/coldstart/lambda-folder.ts';
import { info } from '../../tools/lib/log.ts';
import { findCodeResources } from '../../tools/template/code-resources.ts';
import { productionStage, readStage } from '../../tools/template/read-stages.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import type { Bench } from '../bench.ts';
import { Samples, type Findings, type Scenario } from '../scenario.ts';
import { makeBuilds, plainFunction } from './builds.ts';
import { runtimeApi, type Start } from './runtime-api.ts';
import { describeColdStarts } from './section.ts';

const rounds = 30;

export const coldStartScenario: Scenario = {
  name: 'coldstart',
  title: 'Cold start of each function',
  measure,
  describe: describeColdStarts,
};

async function measure(bench: Bench): Promise<Findings> {
  const stage = readStage(bench.root, productionStage);
  const template = resolveTemplate(readTemplate(join(bench.root, 'template.yaml')), stage.parameters);
  const { functions } = findCodeResources(template.resources, bench.root);
  const builds = await makeBuilds(bench, functions);
  const plain = await plainFunction(bench);
  const start = await runtimeApi(bench);
  const samples = new Samples();
  const add = (name: string, { ms, cpuMs, peakMb }: Start): void => {
    samples.add(`${name} ms`, ms);
    samples.add(`${name} cpu`, cpuMs);
    samples.add(`${name} MB`, peakMb);
  };
  for (const source of functions)
    for (const { folders, nodePath } of builds) {
      const folder = folders.get(source.logicalId) ?? '';
      // Fills the file cache.
      await start({ ...lambdaEnvironment(source, stage, folder), NODE_PATH: nodePath });
    }
  for (let round = 0; round < bench.rounds(rounds); round += 1) {
    info(`  round ${round + 1}`);
    for (const source of functions) {
      add('plain', await start(plain));
      // Each build is the first as often as the others.
      for (const { name, folders, nodePath } of [...builds.slice(round % 3), ...builds.slice(0, round % 3)]) {
        const folder = folders.get(source.logicalId) ?? '';
        const variables = { ...lambdaEnvironment(source, stage, folder), NODE_PATH: nodePath };
        add(`${source.name}: ${name}`, await start(variables));
      }
    }
  }
  return { samples: samples.all, facts: { functions: functions.map(({ name }) => name).join(' ') } };
}
