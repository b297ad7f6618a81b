import { isDeepStrictEqual } from 'node:util';
import type { Failure } from '../../../tools/lib/failure.ts';
import { objectAt, type JsonObject } from '../../../tools/lib/json.ts';
import { activePin } from '../../../tools/plan/pin.ts';
import type { RecordedFunction } from '../../../tools/plan/record.ts';
import { chain } from '../../../tools/rollback/read-history.ts';
import { logicalIdOf } from '../engine/a-tree.ts';
import type { ModelStack } from '../engine/stack-model.ts';
import { assertEqual } from './invariants.ts';
import { releaseOf, type ModelCloud } from './model-cloud.ts';
import type { Name } from './world.ts';

interface Ran {
  readonly release: string;
  /** Each configuration that ran as this release. */
  readonly configurations: JsonObject[];
}

/** What truly ran, as somebody would know who watched all the time. */
export class Past {
  /** By logical id, the newest first. */
  #ran = new Map<string, Ran[]>();
  #seen: ModelStack | undefined;
  /** Releases at least that prune has left of each function. */
  #kept = Number.POSITIVE_INFINITY;

  /** Looks at what runs now. */
  see(stack: ModelStack | undefined): void {
    if (stack === this.#seen) return;
    this.#seen = stack;
    for (const id of this.#ran.keys()) if (!stack?.functions[id]) this.#ran.delete(id);
    for (const [id, { release }] of stack?.record.functions ?? []) {
      const { version = 0, versions = {} } = stack?.functions[id] ?? {};
      const ran = this.#ran.get(id) ?? [];
      const known = ran.find((it) => it.release === release) ?? { release, configurations: [] };
      const running = versions[version];
      if (running && !known.configurations.includes(running)) known.configurations.push(running);
      this.#ran.set(id, [known, ...ran.filter((it) => it !== known)]);
    }
  }

  /** The release that a rollback names; undefined for the one before. */
  earlier({ names, back }: { readonly names: readonly Name[] | undefined; readonly back: number }): string | undefined {
    const [name] = names ?? [];
    return name === undefined || back === 0 ? undefined : this.#ran.get(logicalIdOf(name))?.[back]?.release;
  }

  /** Every release that ran is in the history, as far as prune has left it. */
  expectReadable(cloud: ModelCloud): void {
    for (const [id, running] of cloud.stack?.record.functions ?? []) {
      const told = chain(running, recordsOf(cloud, id)).map(({ release }) => release);
      const ran = (this.#ran.get(id) ?? []).slice(0, this.#kept).map(({ release }) => release);
      for (const release of ran) assertEqual(told.includes(release), true, `${release} of ${id} in ${told.join(', ')}`);
    }
  }

  /** After a rollback: the bytes and the configuration of then, and the layers. */
  expectBack(before: ModelStack, { stack, now }: ModelCloud, asked: ReadonlySet<string>, to: string | undefined): void {
    for (const id of asked) {
      const running = before.record.functions.get(id);
      const release = to ?? running?.previous;
      if (!running || release === undefined || activePin(running, now)) continue;
      const { live = 0, versions = {} } = stack?.functions[id] ?? {};
      const configurations = this.#ran.get(id)?.find((it) => it.release === release)?.configurations ?? [];
      const restored = lasting(versions[live]);
      const same = configurations.find((it) => isDeepStrictEqual(lasting(it), restored));
      assertEqual(restored, same && lasting(same), `${id} as it ran before`);
    }
  }

  /** Of a rollback that finds nothing to go back to: prune has taken it, since it was too long ago. */
  expectLost(
    before: ModelStack,
    { names }: { readonly names: readonly Name[] | undefined },
    to: string | undefined,
    { message }: Failure,
  ): void {
    const [name] = names ?? [];
    if (name === undefined || !/^(?:The artifact bucket has no|Lambda has no version of)/.test(message)) return;
    const id = logicalIdOf(name);
    const release = to ?? before.record.functions.get(id)?.previous;
    const ago = (this.#ran.get(id) ?? []).findIndex((it) => it.release === release);
    assertEqual(ago >= 0 && ago < this.#kept, false, `${name} ${release ?? ''} could be gone back to: ${message}`);
  }

  /** After a prune: whatever runs, and all of the last releases with a version, a template and layers. */
  expectKept(cloud: ModelCloud, keep: number): void {
    this.#kept = Math.min(this.#kept, keep);
    const { stack } = cloud;
    for (const [id, { live, versions }] of Object.entries(stack?.functions ?? {})) {
      assertEqual(versions[live] !== undefined, true, `the version behind live of ${id}`);
      for (const { release } of (this.#ran.get(id) ?? []).slice(0, this.#kept)) {
        const left = Object.values(versions).filter((it) => releaseOf(it) === release.slice(0, 12));
        assertEqual(left.length > 0, true, `a version of ${release} of ${id}`);
        assertEqual(
          recordsOf(cloud, id).some((it) => it.release === release),
          true,
          `a template with ${release} of ${id}`,
        );
      }
      for (const it of Object.values(versions))
        for (const arn of it['Layers'] as string[])
          assertEqual(stack?.layerVersions[arn] !== undefined, true, `${arn}, which ${id} needs`);
    }
  }
}

/**
 * What a release consists of. A release may have been asked for more than once, at several commits, and not each of these
 * deploys ended well; which of them its description and its COMMIT speak of is all the same.
 */
function lasting(configuration: JsonObject = {}): JsonObject {
  const { Description: _, ...rest } = configuration;
  const { COMMIT: _commit, ...Variables } = objectAt(objectAt(configuration, 'Environment'), 'Variables');
  return { ...rest, Environment: { Variables } };
}

/** A function as each template has it, the newest first. */
function recordsOf({ templates }: ModelCloud, id: string): RecordedFunction[] {
  return templates.flatMap(({ deployed }) => deployed.functions.get(id) ?? []);
}
