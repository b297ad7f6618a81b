import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { layerBuilders } from '../../tools/build/build-layer.ts';
import { info } from '../../tools/lib/log.ts';
import { broken, cleanEnvironment, type Bench } from '../bench.ts';
import { ownCloud } from '../clouds.ts';
import { paragraphs, table } from '../markdown.ts';
import { Samples, type Findings, type Scenario } from '../scenario.ts';
import { cells, times, type Unit } from '../statistics.ts';
import { fillAccount } from './startup-account.ts';

const rounds = 15;

/** What a function begins with, in the words of the section. */
const starts: Readonly<Record<string, string>> = {
  nothing: 'the logger, the metrics and the tracer',
  settings: 'and its settings',
  flags: 'and the flags',
  secret: 'and a secret',
  parallel: 'and all three, at once',
  serial: 'and all three, one after the other',
};

/**
 * Runs as a function does in Lambda: CommonJS, with the layers in NODE_PATH. It says how long it is since the process
 * began, in milliseconds.
 */
const program = `
  require('@shared/observability/logger');
  require('@shared/observability/metrics');
  require('@shared/observability/tracer');
  const { wholeNumber } = require('@shared/config/settings');
  const settings = () => require('@shared/config/stage-settings').stageSettings({ size: wholeNumber(1, 9, 1) })();
  const flags = () => require('@shared/config/stage-flags').stageFlags()('enable_advanced_caching');
  const secret = () => {
    const keys = require('@shared/auth/stage-signing-keys').stageSigningKeys;
    return keys('bench', require('@shared/config/secret').secretsManager())();
  };
  const starts = {
    nothing: async () => undefined, settings, flags, secret,
    parallel: () => Promise.all([settings(), flags(), secret()]),
    serial: async () => { await settings(); await flags(); await secret(); },
  };
  starts[process.argv[2]]().then((found) => {
    const ms = performance.now();
    require('node:fs').writeSync(2, JSON.stringify({ ms, found }));
    process.exit(0);
  });
`;

const milliseconds: Unit = (ms) => `${ms.toFixed(0)} ms`;

export const startupScenario: Scenario = {
  name: 'startup',
  title: 'What configuration adds to a cold start',
  measure: async (bench) => {
    const folder = await functionFolder(bench);
    const { cloud } = await ownCloud(bench, bench.root, join(bench.folder(), 'cloud'));
    await fillAccount(cloud.endpoint);
    const samples = new Samples();
    for (let round = 0; round < bench.rounds(rounds); round += 1) {
      info(`  round ${round + 1}`);
      for (const start of Object.keys(starts))
        samples.add(start, await timeStart(bench, folder, cloud.endpoint, start));
    }
    return { samples: samples.all, facts: {} };
  },
  describe,
};

/** A folder with the layers as Lambda unpacks them, and the program. */
async function functionFolder(bench: Bench): Promise<string> {
  const folder = bench.folder();
  for (const make of Object.values(layerBuilders))
    for (const [path, text] of await make(bench.root)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  writeFileSync(join(folder, 'program.cjs'), program);
  return folder;
}

async function timeStart(bench: Bench, folder: string, endpoint: string, start: string): Promise<number> {
  const env = cleanEnvironment({
    AWS_ENDPOINT_URL: endpoint,
    NODE_PATH: join(folder, 'nodejs', 'node_modules'),
    STAGE: 'bench',
    POWERTOOLS_SERVICE_NAME: 'bench',
    POWERTOOLS_METRICS_NAMESPACE: 'aviary',
    POWERTOOLS_LOG_LEVEL: 'WARN',
  });
  const { result } = await bench.timed(start, process.execPath, [join(folder, 'program.cjs'), start], { env });
  const said = /\{"ms":([\d.]+)/.exec(result.stderr);
  if (said === null || result.stdout.includes('CONFIGURATION_DEFAULTED')) {
    throw broken(`A start with ${start} did not find its configuration:\n${result.stdout}${result.stderr}`);
  }
  return Number(said[1]);
}

function describe({ samples }: Findings): string {
  const of = (name: string): readonly number[] => samples[name] ?? [];
  const rows = Object.entries(starts).map(([name, what]) => [
    what,
    ...cells(of(name), milliseconds),
    times(of(name), of('nothing')),
  ]);
  return paragraphs(
    `A process of Node.js with the layers as Lambda has them, from its beginning until it has what it begins with: modules
loaded, clients made, answers there. SSM, AppConfig and Secrets Manager are the local cloud's, on the same machine, so that their
answers cost next to nothing; what is left is the loading of code, and the calls. The runtime of Lambda, which comes before,
and the way to AWS are not in it.`,
    table(['', 'median', 'spread', 'n', 'to the first'], ...rows),
  );
}
