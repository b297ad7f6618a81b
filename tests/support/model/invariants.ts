import { isDeepStrictEqual } from 'node:util';
import { activePin } from '../../../tools/plan/pin.ts';
import { makePlan, type Change } from '../../../tools/plan/plan.ts';
import type { RecordedFunction, StackRecord } from '../../../tools/plan/record.ts';
import { shortRelease } from '../../../tools/plan/recorded-block.ts';
import type { Tree } from '../../../tools/tree/tree.ts';
import { runningConfiguration, type ModelStack } from '../engine/stack-model.ts';
import { releaseOf } from './model-cloud.ts';
import { reachedPart } from './world.ts';

/** Jest's own expectations take longer than all that is looked at. */
export function assertEqual(actual: unknown, expected: unknown, what: string): void {
  if (actual === expected || isDeepStrictEqual(actual, expected)) return;
  throw new Error(`${what}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
}

/**
 * Each function runs what its record says: that code, and layers in which all that it reaches is as recorded. Where its
 * alias may have been moved, the release behind it says so, which is what `status` compares.
 */
export function expectRecordTrue(stack: ModelStack, moved: ReadonlySet<string>): void {
  for (const [id, it] of stack.record.functions) {
    const { live, version, versions } = stack.functions[id] ?? {};
    const [running, told] = [versions?.[live ?? 0], versions?.[version ?? 0]];
    if (!moved.has(id)) assertEqual(live, version, `the version behind live of ${id}`);
    else if (releaseOf(running) === it.release.slice(0, shortRelease))
      assertEqual(running?.['CodeUri'], told?.['CodeUri'], `the code of ${id}, whose alias status takes for right`);
    if (!told) throw new Error(`${id} has no version ${version ?? 0}`);
    assertEqual(told, runningConfiguration(id, stack), `what version ${version ?? 0} of ${id} consists of`);
    assertEqual(told['CodeUri'], `s3://bucket/${it.code}`, `the code of ${id}`);
    assertEqual(releaseOf(told), it.release.slice(0, shortRelease), `what ${id} says that it is`);
    expectLayersTrue(it, told['Layers'] as string[], stack);
  }
}

function expectLayersTrue({ name, files, packages }: RecordedFunction, layers: string[], stack: ModelStack): void {
  const [shared = {}, dependencies = {}] = layers.map((arn) => stack.layerVersions[arn]?.files ?? {});
  for (const [path, hash] of Object.entries(files)) {
    if (!path.startsWith('layers/')) continue;
    const module = path.replace('layers/shared/src/', '').replace('.ts', '');
    const there = reachedPart.get(shared[`nodejs/node_modules/@shared/${module}.js`] ?? '');
    assertEqual(there, hash, `the part of ${module} that ${name} reaches`);
  }
  const installed = Object.values(dependencies);
  for (const version of Object.values(packages))
    assertEqual(installed.includes(version.split(' ')[0] ?? ''), true, `${version} in the layer of ${name}`);
}

/**
 * Every function runs what the tree asks for, or the next plan says that it does not, or that it is held.
 * @returns what the plan has for functions
 */
export function expectNothingLost(tree: Tree, record: StackRecord, now: Date): ReadonlySet<Change> {
  const { items } = makePlan(tree, record, { now });
  const changes = new Map(items.filter(({ kind }) => kind === 'function').map(({ name, change }) => [name, change]));
  for (const { logicalId, name, release } of tree.functions) {
    const running = record.functions.get(logicalId);
    const held = running && (activePin(running, now) !== undefined || running.rolledBackFrom === release);
    const differs = held ? 'held' : 'changed';
    const expected = !running ? 'new' : running.release === release ? 'unchanged' : differs;
    assertEqual(changes.get(name), expected, `the plan for ${name}`);
  }
  for (const [id, running] of record.functions) {
    if (tree.functions.some(({ logicalId }) => logicalId === id)) continue;
    assertEqual(
      changes.get(running.name),
      activePin(running, now) ? 'held' : 'removed',
      `the plan for ${running.name}`,
    );
  }
  return new Set(changes.values());
}

/** What was not to move has the same versions, the same one behind its alias, and the same block. */
export function expectUntouched(before: ModelStack, after: ModelStack, moving: ReadonlySet<string>): void {
  for (const [id, was] of before.record.functions) {
    if (moving.has(id)) continue;
    const { versions: _now, ...now } = after.functions[id] ?? {};
    const { versions: _then, ...then } = before.functions[id] ?? {};
    assertEqual(now, then, `the versions of ${id}, which was not to move`);
    assertEqual(runningConfiguration(id, after), runningConfiguration(id, before), `the configuration of ${id}`);
    const { release, code, files, commit } = after.record.functions.get(id) ?? was;
    const recorded = { release: was.release, code: was.code, files: was.files, commit: was.commit };
    assertEqual({ release, code, files, commit }, recorded, `the record of ${id}`);
  }
  for (const id of after.record.functions.keys())
    if (!before.record.functions.has(id) && !moving.has(id)) throw new Error(`${id} is new, and was not asked for`);
}
