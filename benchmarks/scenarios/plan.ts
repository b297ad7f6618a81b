import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { info } from '../../tools/lib/log.ts';
import { samEnvironment } from '../../tools/lib/sam.ts';
import { broken, cleanEnvironment, type Bench } from '../bench.ts';
import { paragraphs, table } from '../markdown.ts';
import { plainSam } from '../plain-sam.ts';
import { generatedClone } from '../repositories.ts';
import { Samples, type Findings, type Scenario } from '../scenario.ts';
import { bound, cells, seconds, times } from '../statistics.ts';

const sizes = [1, 10, 100] as const;
const rounds = { plan: 15, first: 5 };
const limitMs = 400;
/** Nothing is asked of a cloud. */
const nowhere = 'http://127.0.0.1:9';

export const planScenario: Scenario = {
  name: 'plan',
  title: 'What changed: a plan of 1, 10 and 100 functions',
  measure: async (bench) => {
    const samples = new Samples();
    for (const size of sizes) await measureSize(bench, size, samples);
    return { samples: samples.all, facts: {} };
  },
  describe,
};

async function measureSize(bench: Bench, size: number, samples: Samples): Promise<void> {
  const root = await generatedClone(bench, size);
  const record = join(root, '..', 'empty-record.yaml');
  writeFileSync(record, 'Metadata: { Aviary: { version: 1 } }\n');
  const plan = async (): Promise<number> => {
    const args = [join(root, 'tools', 'aviary.mjs'), 'plan', '--stage', 'local', '--deployed', record];
    const env = cleanEnvironment({ AVIARY_SKIP_INSTALL: '1' });
    const { ms, result } = await bench.timed('aviary plan', process.execPath, args, { cwd: root, env });
    const wanted = `To deploy: ${size} function${size === 1 ? '' : 's'},`;
    if (!result.stdout.includes(wanted)) throw broken(`aviary plan did not plan ${size} functions.`);
    return ms;
  };
  const sam = plainSam(bench, root, 'many', nowhere);
  for (let round = 0; round < bench.rounds(rounds.first); round += 1) {
    rmSync(join(root, '.aviary', 'cache'), { recursive: true, force: true });
    samples.add(`first ${size}`, await plan());
  }
  const all = bench.rounds(rounds.plan);
  const others = size === 100 ? 1 : bench.rounds(3);
  for (let round = 0; round < all; round += 1) {
    samples.add(`plan ${size}`, await plan());
    if (round % Math.ceil(all / others) > 0) continue;
    info(`  ${size} functions: sam build, and esbuild for each`);
    samples.add(`esbuild ${size}`, await esbuildEach(bench, root, size));
    sam.clean();
    samples.add(`sam ${size}`, await sam.build());
  }
}

/** One esbuild process per function, one after the other. */
async function esbuildEach(bench: Bench, root: string, size: number): Promise<number> {
  const program = join(root, 'node_modules', '.bin', 'esbuild');
  const flags = [
    '--bundle',
    '--platform=node',
    '--format=cjs',
    '--minify-whitespace',
    '--minify-syntax',
    '--target=node24',
  ];
  const external = ['--external:@shared/*', '--packages=external', '--log-level=warning'];
  const env = samEnvironment(root, nowhere);
  let total = 0;
  for (let at = 0; at < size; at += 1) {
    const name = `item${String(at).padStart(3, '0')}`;
    const args = [`functions/${name}/handler.ts`, ...flags, ...external, `--outfile=../out/${name}.js`];
    const { ms } = await bench.timed(`esbuild of ${name}`, program, args, { cwd: root, env });
    total += ms;
  }
  return total;
}

function describe({ samples }: Findings): string {
  const of = (name: string): readonly number[] => samples[name] ?? [];
  const rows = sizes.flatMap((size) => {
    const plan = of(`plan ${size}`);
    const row = (what: string, values: readonly number[], ratio: string): string[] => [
      what,
      String(size),
      ...cells(values, seconds),
      ratio,
    ];
    return [
      row('`plan`', plan, '1'),
      row('`plan`, first of a fresh clone', of(`first ${size}`), times(of(`first ${size}`), plan)),
      row('`sam build` of everything', of(`sam ${size}`), times(of(`sam ${size}`), plan)),
      row('esbuild, a process for each function', of(`esbuild ${size}`), times(of(`esbuild ${size}`), plan)),
    ];
  });
  return paragraphs(
    `Generated functions, each with its own code and on both layers. \`plan\` is the whole process, from its start to its
end: it bundles every function and the shared layer, and compares them with an empty record, without asking a cloud.
The first one of a fresh clone has no compiled copy of the tools yet, as on a runner of CI. \`sam build\` builds in source
and in parallel, with both layers; it compares nothing.`,
    table(['', 'functions', 'median', 'spread', 'n', 'to `plan`'], ...rows),
    bound('a plan of 100 functions', of('plan 100'), limitMs, seconds),
  );
}
