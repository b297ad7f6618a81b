import { parseArgs } from 'node:util';
import { compareSettings, differing } from '../config/compare-settings.ts';
import { findNamed } from '../config/find-named.ts';
import { readDeclared, type DeclaredSetting } from '../config/read-declared.ts';
import { openSettings } from '../config/settings-store.ts';
import { Failure } from '../lib/failure.ts';
import { describeSettings } from '../report/describe-config.ts';
import type { Connection } from '../stack/connection.ts';
import { productionStage } from '../template/read-stages.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Shows and changes the settings of a running stage, without a deploy.

Usage: npm run aviary -- config list [--stage S] [--json]
       npm run aviary -- config get <setting> [--stage S] [--json]
       npm run aviary -- config set <setting> <value> [--stage S] [--yes] [--json]
       npm run aviary -- config diff [--stage S] [--with S] [--json]

  list      every setting, and what the template begins with
  get       one, as text
  set       changes one; functions have it within five minutes. Production needs --yes: without it this says what would
            change, and ends with 1
  diff      what is not as in the template, or as in the stage --with; ends with 1 where there is something

A setting keeps what it is set to through every deploy, until its value in infra/config.yaml changes.

Example: npm run aviary -- config set orders/maxLines 50 --stage staging
`;

/** What each verb takes after itself. */
const words: Readonly<Record<string, readonly string[]>> = {
  list: [],
  get: ['<setting>'],
  set: ['<setting>', '<value>'],
  diff: [],
};

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...stageOptions,
      with: { type: 'string' },
      yes: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [verb = '', name, value] = positionals;
  const wanted = words[verb];
  if (wanted === undefined) throw new Failure('What should be done with settings?', 'Say list, get, set or diff.');
  if (positionals.length > wanted.length + 1) {
    const takes = wanted.length === 0 ? 'options alone' : wanted.join(' and ');
    throw new Failure(`config ${verb} takes ${takes}.`, 'See: npm run aviary -- config --help.');
  }
  const connection = await connectTo(root, values);
  const print = (data: unknown, text: string): void =>
    void process.stdout.write(values.json ? `${JSON.stringify(data, null, 2)}\n` : text);

  if (verb === 'get') {
    const setting = findNamed('setting', name, settingsOf(connection));
    const current = (await readAll(connection, [setting])).get(setting.name) ?? null;
    if (current === null) throw notThere(setting, connection);
    print({ name: setting.name, value: current }, `${current}\n`);
    return 0;
  }
  if (verb === 'set') return await set(connection, { name, value, yes: values.yes }, print);
  return await show(connection, verb === 'diff', values.with, print);
}

type Print = (data: unknown, text: string) => void;

const settingsOf = ({ root, stage }: Connection): readonly DeclaredSetting[] => readDeclared(root, stage).settings;

const readAll = async (
  connection: Connection,
  settings = settingsOf(connection),
): Promise<ReadonlyMap<string, string | null>> => (await openSettings(connection)).read(settings);

const notThere = ({ name }: DeclaredSetting, { stage }: Connection): Failure =>
  new Failure(`${stage.name} has no setting ${name} yet.`, 'Deploy first: npm run deploy.');

async function set(
  connection: Connection,
  { name, value, yes }: { name: string | undefined; value: string | undefined; yes: boolean },
  print: Print,
): Promise<number> {
  const setting = findNamed('setting', name, settingsOf(connection));
  if (value === undefined) throw new Failure(`To what should ${setting.name} be set?`, `${setting.description}.`);
  if (!setting.pattern.test(value)) {
    throw new Failure(`${setting.name} cannot be ${JSON.stringify(value)}.`, `${setting.description}.`);
  }
  const { stage } = connection;
  const store = await openSettings(connection);
  const before = (await store.read([setting])).get(setting.name) ?? null;
  if (before === null) throw notThere(setting, connection);
  const needsYes = stage.name === productionStage && !yes && before !== value;
  const changed = before !== value && !needsYes;
  if (changed) await store.write(setting, value);
  const [would, hint] = needsYes ? ['would be', ' Nothing was changed: add --yes to change it.'] : ['is', ''];
  const text =
    before === value
      ? `${setting.name} is ${value} in ${stage.name} already.\n`
      : `${setting.name} ${would} ${value} in ${stage.name}, in place of ${before}.${hint}\n`;
  print({ name: setting.name, before, value, changed }, text);
  return needsYes ? 1 : 0;
}

async function show(
  connection: Connection,
  onlyDiffering: boolean,
  withStage: string | undefined,
  print: Print,
): Promise<number> {
  const { root, stage } = connection;
  const others =
    withStage === undefined
      ? new Map(settingsOf(connection).map(({ name, value }) => [name, value]))
      : await readAll(await connectTo(root, { stage: withStage }));
  const all = compareSettings(await readAll(connection), others);
  const rows = onlyDiffering ? differing(all) : all;
  const text = rows.length === 0 ? 'Nothing differs.\n' : describeSettings(rows, stage.name, withStage ?? 'template');
  print(rows, text);
  return onlyDiffering && rows.length > 0 ? 1 : 0;
}
