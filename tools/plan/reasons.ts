import { dependenciesSource, sharedSource } from '../build/layer-options.ts';
import { canonical, isList, isObject, objectAt, type Json, type JsonObject } from '../lib/json.ts';
import type { RecordedBlock, RecordedFunction, RecordedLayer, StackRecord } from './record.ts';
import { configurationOf } from '../tree/release.ts';
import { recordFunction, withoutRecord, type Recordable } from './recorded-block.ts';
import type { TreeBlock, TreeLayer } from '../tree/tree.ts';

/**
 * What a reason speaks of: `code` a source file by its path from the root, `dependency` a package (`zod 4.1.0 → 4.1.1`),
 * `layer` one to whose new version the function moves, `config` a property of the template, `build` how it is built,
 * `content` a file that a resource names, such as a nested stack's template, `rolled-back` a release that was taken back,
 * `pinned` until when and why deploys leave it alone, `pinned-layer` the same of a layer of which it needs what is new, `needed` the function that is held and refers to it.
 */
export const reasonKinds = [
  'new',
  'removed',
  'code',
  'dependency',
  'layer',
  'config',
  'build',
  'content',
  'parameter',
  'rolled-back',
  'pinned',
  'pinned-layer',
  'needed',
] as const;

/** Why something is deployed, in words that a person can read: `config: MemorySize 256 → 512`. */
export interface Reason {
  readonly kind: (typeof reasonKinds)[number];
  readonly detail: string;
}

/** Why a function's release differs from the one that runs; never empty. */
export function functionReasons(
  wanted: Recordable,
  running: RecordedFunction,
  record: StackRecord | undefined,
): Reason[] {
  const files = differing(wanted.files, running.files);
  const packages = packageReasons(wanted.packages, running.packages);
  const layers = layersReached(wanted, running).filter(
    (name) => record && [...record.layers.values()].some((layer) => layer.name === name),
  );
  const reasons: Reason[] = [
    ...files.map((path): Reason => ({ kind: 'code', detail: path })),
    ...packages,
    ...layers.map((detail): Reason => ({ kind: 'layer', detail })),
    ...buildReasons(wanted, running),
    ...configReasons(asDeployed(wanted), configurationOf(unpinned(withoutRecord(running.block), wanted))),
    ...differing(wanted.references, running.references).map((name): Reason => {
      const [before, after] = [running.references[name], wanted.references[name]];
      return {
        kind: 'config',
        detail: `the name of ${name} ${arrow(ownWords(before, after), ownWords(after, before))}`,
      };
    }),
  ];
  if (reasons.length > 0) return reasons;
  const detail =
    wanted.code === running.code ? 'the target of the layers' : 'the same sources give another bundle (esbuild)';
  return [{ kind: 'build', detail }];
}

/** Names of the layers of which a function reaches another part than it runs with. */
export function layersReached(
  wanted: Pick<Recordable, 'files' | 'packages'>,
  running: Pick<RecordedFunction, 'files' | 'packages'>,
): string[] {
  const files = differing(wanted.files, running.files);
  return [
    ...(files.some((path) => path.startsWith(`${sharedSource}/`)) ? ['shared'] : []),
    ...(packageReasons(wanted.packages, running.packages).length > 0 ? ['dependencies'] : []),
  ];
}

/** The configuration as a deployed block would give it back: its description may be cut, or be the function's name. */
function asDeployed(wanted: Recordable): JsonObject {
  return configurationOf(withoutRecord(recordFunction(wanted, '', wanted.release)));
}

/** A deployed block whose layers are pinned by ARN, with the references that the tree has in their place. */
function unpinned(block: JsonObject, wanted: Recordable): JsonObject {
  const properties = objectAt(block, 'Properties');
  const [before, after] = [properties['Layers'], objectAt(wanted.block, 'Properties')['Layers']];
  if (!isList(before) || !isList(after)) return block;
  const layers = before.map((layer, at) => (typeof layer === 'string' ? (after[at] ?? layer) : layer));
  return { ...block, Properties: { ...properties, Layers: layers } };
}

/** Why a layer is published again; never empty. */
export function layerReasons(wanted: TreeLayer, running: RecordedLayer): Reason[] {
  const reasons: Reason[] = [
    ...differing(wanted.files, running.files).map((path): Reason => ({ kind: 'code', detail: sourceOf(wanted, path) })),
    ...packageReasons(wanted.packages, running.packages),
    ...configReasons(configurationOf(wanted.block), configurationOf(withoutRecord(running.block))),
  ];
  return reasons.length > 0 ? reasons : [{ kind: 'build', detail: 'the target of the layers' }];
}

/** Why a resource or output differs; never empty. */
export function blockReasons(wanted: TreeBlock, running: RecordedBlock, deployed: JsonObject | undefined): Reason[] {
  const contents = differing(wanted.contents, running.contents);
  const reasons = [
    ...contents.map((detail): Reason => ({ kind: 'content', detail })),
    ...configReasons(configurationOf(wanted.block), configurationOf(deployed ?? {})).filter(
      // Where a file is uploaded to differs from where it stands in the tree.
      ({ detail }) => !Object.keys(wanted.contents).some((path) => detail.includes(path)),
    ),
  ];
  return reasons.length > 0 ? reasons : [{ kind: 'config', detail: wanted.logicalId }];
}

export function parameterReason(wanted: Json | undefined, running: Json | undefined): Reason {
  return { kind: 'parameter', detail: arrow(running, wanted) };
}

/** Keys whose values differ, or that only one side has; sorted. */
function differing(wanted: Readonly<Record<string, string>>, running: Readonly<Record<string, string>>): string[] {
  const keys = new Set([...Object.keys(wanted), ...Object.keys(running)]);
  return [...keys].filter((key) => wanted[key] !== running[key]).sort();
}

/** `wanted` and `running` map a package to `<version>`, or to `<version> <hash of what it depends on>`. */
function packageReasons(wanted: Readonly<Record<string, string>>, running: Readonly<Record<string, string>>): Reason[] {
  return differing(wanted, running).map((path) => {
    const name = path.replace(/^.*node_modules\//, '');
    const [before, after] = [running[path]?.split(' ')[0], wanted[path]?.split(' ')[0]];
    const detail = before === after ? `what ${name} ${after ?? ''} depends on` : `${name} ${arrow(before, after)}`;
    return { kind: 'dependency', detail };
  });
}

function buildReasons(wanted: Recordable, running: RecordedFunction): Reason[] {
  if (wanted.code === running.code) return [];
  const before = objectAt(objectAt(running.block, 'Metadata'), 'BuildProperties');
  const after = objectAt(objectAt(wanted.block, 'Metadata'), 'BuildProperties');
  return differences(after, before, '').map((detail) => ({ kind: 'build', detail }));
}

function configReasons(wanted: JsonObject, running: JsonObject): Reason[] {
  const { Properties: after = {}, ...wantedRest } = wanted;
  const { Properties: before = {}, ...runningRest } = running;
  return [...differences(after, before, ''), ...differences(wantedRest, runningRest, '')].map((detail) => ({
    kind: 'config',
    detail,
  }));
}

/** Each property that differs: `Environment.Variables.LOG_LEVEL INFO → DEBUG`. */
function differences(wanted: Json, running: Json, path: string): string[] {
  if (canonical(wanted) === canonical(running)) return [];
  if (!isObject(wanted) || !isObject(running)) return [`${path} ${arrow(running, wanted)}`];
  const keys = new Set([...Object.keys(running), ...Object.keys(wanted)]);
  return [...keys].flatMap((key) => {
    const inner = path === '' ? key : `${path}.${key}`;
    const [before, after] = [running[key], wanted[key]];
    if (before === undefined) return [`${inner} ${arrow(undefined, after)}`];
    if (after === undefined) return [`${inner} ${arrow(before, undefined)}`];
    return differences(after, before, inner);
  });
}

/** Of a name that is put together from several, the ones that the other does not have. */
function ownWords(name: string | undefined, other = ''): string | undefined {
  const words = other.split(' ');
  return name
    ?.split(' ')
    .filter((word) => !words.includes(word))
    .join(' ');
}

function arrow(before: Json | undefined, after: Json | undefined): string {
  if (before === undefined) return `added: ${show(after)}`;
  if (after === undefined) return `removed: ${show(before)}`;
  return `${show(before)} → ${show(after)}`;
}

function show(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  const text = canonical(value ?? null);
  if (text.length <= 60) return text;
  return isList(value) ? `a list of ${value.length}` : 'a block';
}

/** The source of a file of a layer: `layers/shared/src/http/respond.ts`. */
function sourceOf({ name }: TreeLayer, path: string): string {
  const inner = path.replace(/^.*@shared\//, '').replace(/\.js$/, '.ts');
  return name === 'shared' ? `${sharedSource}/${inner}` : `${dependenciesSource}/${path}.ts`;
}
