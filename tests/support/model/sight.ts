import {
  GetFunctionConfigurationCommand,
  ListLayerVersionsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { activePin } from '../../../tools/plan/pin.ts';
import { makePlan, type Plan } from '../../../tools/plan/plan.ts';
import type { RecordedFunction } from '../../../tools/plan/record.ts';
import { shortRelease } from '../../../tools/plan/recorded-block.ts';
import { compareStage } from '../../../tools/stack/compare-stage.ts';
import type { Connection } from '../../../tools/stack/connection.ts';
import type { Stage } from '../aviary-stage.ts';
import type { History } from './history.ts';
import { releaseOf } from './model-cloud.ts';
import type { Numbering } from './numbering.ts';

/** What there is to see of a function. Releases and versions go by when they were seen first. */
interface SeenFunction {
  readonly recorded: number;
  readonly rolledBackFrom: number | undefined;
  readonly pinned: boolean;
  /** What the version behind its alias says that it is. */
  readonly running: number;
  readonly versions: readonly number[];
  readonly live: number;
  /** The version of the shared layer. */
  readonly layer: number;
}

/** What there is to see of a stage, be it the model's or a real one. */
export interface Sight {
  readonly status: string | undefined;
  readonly layers: readonly number[];
  readonly functions: Readonly<Record<string, SeenFunction>>;
  /** What the next deploy would do. */
  readonly plan: readonly string[];
}

interface Live {
  readonly versions: readonly string[];
  readonly live: string;
  readonly release: string | undefined;
  readonly layers: readonly string[];
}

const isShared = (arn: string): boolean => arn.includes(':aviary-shared-local:');

/** What the model has. */
export function seeModel({ cloud, tree }: History, numbers: Numbering): Sight {
  const { stack, status, now } = cloud;
  if (!stack) throw new Error('There is no stack.');
  const layers = numbers.all('layer', Object.keys(stack.layerVersions).filter(isShared).map(versionOf));
  const functions = [...stack.record.functions.values()].map((recorded) => {
    const { live = 0, versions = {} } = stack.functions[recorded.logicalId] ?? {};
    const seen = {
      versions: Object.keys(versions),
      live: String(live),
      release: releaseOf(versions[live]),
      layers: (versions[live]?.['Layers'] ?? []) as string[],
    };
    return seeFunction(recorded, seen, now, numbers);
  });
  const plan = changesOf(makePlan(tree, stack.record, { now }));
  return { status, layers, functions: Object.fromEntries(functions), plan };
}

/** What the local cloud has, and what Aviary makes of it. */
export async function seeCloud(stage: Stage, connection: Connection, numbers: Numbering): Promise<Sight> {
  const { stack, plan } = await compareStage(connection);
  if (!stack?.record) throw new Error('There is no stack.');
  const list = new ListLayerVersionsCommand({ LayerName: 'aviary-shared-local' });
  const { LayerVersions = [] } = await stage.lambda.send(list);
  const layers = numbers.all(
    'layer',
    LayerVersions.map(({ Version }) => String(Version)),
  );
  const functions: [string, SeenFunction][] = [];
  for (const recorded of stack.record.functions.values())
    functions.push(seeFunction(recorded, await readLive(stage, recorded.name), new Date(), numbers));
  return { status: stack.status, layers, functions: Object.fromEntries(functions), plan: changesOf(plan) };
}

async function readLive({ lambda }: Stage, name: string): Promise<Live> {
  const FunctionName = `aviary-${name}-local`;
  const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  const live = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'live' }));
  return {
    versions: Versions.map(({ Version = '' }) => Version).filter((it) => it !== '$LATEST'),
    live: live.Version ?? '',
    release: live.Environment?.Variables?.['RELEASE'],
    layers: (live.Layers ?? []).map(({ Arn = '' }) => Arn),
  };
}

function seeFunction(
  recorded: RecordedFunction,
  { versions, live, release, layers }: Live,
  now: Date,
  numbers: Numbering,
): [string, SeenFunction] {
  const { name, rolledBackFrom } = recorded;
  const releaseNumber = (it: string): number => numbers.of(`release of ${name}`, it.slice(0, shortRelease));
  const seen = {
    recorded: releaseNumber(recorded.release),
    rolledBackFrom: rolledBackFrom === undefined ? undefined : releaseNumber(rolledBackFrom),
    pinned: activePin(recorded, now) !== undefined,
    running: releaseNumber(release ?? 'none'),
    versions: numbers.all(name, versions),
    live: numbers.of(name, live),
    layer: numbers.of('layer', versionOf(layers.find(isShared) ?? 'none')),
  };
  return [name, seen];
}

const versionOf = (arn: string): string => arn.split(':').at(-1) ?? '';

/** Without the layer of packages, which the model has beside what is replayed. */
function changesOf({ items }: Plan): string[] {
  const replayed = items.filter(({ name }) => name !== 'dependencies');
  return replayed.map(({ kind, name, change }) => `${kind} ${name} ${change}`).sort();
}
