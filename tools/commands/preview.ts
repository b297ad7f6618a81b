import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { step } from '../lib/log.ts';
import { expired, readLastDay, readPreviewName } from '../preview/preview.ts';
import { putUp } from '../preview/put-up.ts';
import { readPreviews } from '../preview/read-previews.ts';
import { removePreview } from '../preview/remove-preview.ts';
import { sweepPreviews } from '../preview/sweep-previews.ts';
import { describeDeploy } from '../report/describe-deploy.ts';
import { describeExpired, describePreviews, describeSwept } from '../report/describe-previews.ts';
import { connect, type Connection } from '../stack/connection.ts';
import { previewStage } from '../template/preview-stage.ts';
import { readPreviewBlock } from '../template/read-stages.ts';
import { samOptions } from './options.ts';

export const help = `Makes and removes previews of pull requests: each a small stage of its own, with its own data, which goes again.

Usage: npm run aviary -- preview up --name pr-123 [--days N] [--local] [--json]
       npm run aviary -- preview down --name pr-123 [--local] [--json]
       npm run aviary -- preview list [--local] [--json]
       npm run aviary -- preview sweep [--yes] [--local] [--json]

  up         makes it, or brings it to what the tree has
  down       removes it with its data; where there is none it says so
  list       which there are, and until when
  sweep      removes those whose last day has passed; without --yes it shows them. One that cannot be removed is
             named, the others go, and it ends with 1

  --name N   pr- and the number of the pull request
  --days N   how many days it stays from now on; 3
  --local    in the local cloud of npm start, beside the local stage

The block preview of samconfig.toml says what they are made from. See docs/guide/previews.md.

Example: npm run aviary -- preview up --name pr-123
`;

interface Values {
  readonly name?: string | undefined;
  readonly days: string;
  readonly yes: boolean;
}

/** What a command has to say: data, the same for people, and the exit code. */
interface Answer {
  readonly data: unknown;
  readonly text: string;
  readonly code: number;
}

const verbs: Readonly<Record<string, (base: Connection, values: Values, now: Date) => Promise<Answer>>> = {
  up,
  down,
  list: async (base) => {
    const previews = await readPreviews(base);
    return { data: previews, text: describePreviews(previews), code: 0 };
  },
  sweep,
};

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      days: { type: 'string', default: '3' },
      local: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [verb = '', ...more] = positionals;
  const work = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!work || more.length > 0) {
    throw new Failure('What should be done with previews?', 'Say up, down, list or sweep.');
  }
  const base = await connect(root, readPreviewBlock(root), values.local);
  const { data, text, code } = await work(base, values, new Date());
  process.stdout.write(values.json ? `${JSON.stringify(data, null, 2)}\n` : text);
  return code;
}

async function up(base: Connection, values: Values, now: Date): Promise<Answer> {
  const name = readPreviewName(values.name);
  const expires = readLastDay(values.days, now);
  const result = await putUp(base, { name, expires }, { ...samOptions(base), step });
  const preview = (await readPreviews(base)).find((it) => it.name === name);
  const text = `${describeDeploy(result)}${name} is there until ${expires}: ${preview?.url ?? 'it has no address'}\n`;
  return { data: { ...preview, deploy: result }, text, code: result.health?.ok === false ? 1 : 0 };
}

async function down(base: Connection, values: Values): Promise<Answer> {
  const name = readPreviewName(values.name);
  const stage = previewStage(base.stage, name);
  const removed = await step(`Removing ${stage.stackName}`, () => removePreview({ ...base, stage }));
  return { data: { name, removed }, text: removed ? `${name} is gone.\n` : `There is no preview ${name}.\n`, code: 0 };
}

async function sweep(base: Connection, { yes }: Values, now: Date): Promise<Answer> {
  const previews = expired(await readPreviews(base), now);
  if (!yes) return { data: previews, text: describeExpired(previews), code: 0 };
  const swept = await step('Removing what has expired', () => sweepPreviews(base, previews));
  return { data: swept, text: describeSwept(swept), code: swept.some(({ problem }) => problem !== null) ? 1 : 0 };
}
