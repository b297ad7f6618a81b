import { Failure } from '../../../tools/lib/failure.ts';
import { isObject, objectAt, sha256, stringAt, type JsonObject } from '../../../tools/lib/json.ts';
import { readRecord } from '../../../tools/plan/record.ts';
import type { Deployed } from '../../../tools/rollback/find-earlier.ts';
import type { DeployedStack } from '../../../tools/stack/read-stack.ts';
import type { StoredObject } from '../../../tools/stack/list-objects.ts';
import type { Tree } from '../../../tools/tree/tree.ts';
import { firstChanged, rolledBack, update, withArtifacts, type ModelStack } from '../engine/stack-model.ts';

/** How an update goes: CloudFormation rolls back what `fails`, and cannot roll back what `sticks`. */
export interface Ending {
  readonly update: 'well' | 'fails' | 'sticks';
  /** Of the functions that change, so many have their new version when it fails. */
  readonly done: number;
}

interface ChangeSet {
  readonly template: JsonObject;
  readonly tree: Tree;
}

const hourMs = 3_600_000;

/** The account of one stage: CloudFormation's stack, what Lambda has of it, and the artifact bucket. */
export class ModelCloud {
  status: string | undefined;
  stack: ModelStack | undefined;
  /** When each version of a function, as `Users 3`, and each layer version was seen first. */
  readonly born = new Map<string, Date>();
  /** Templates, the newest first. */
  templates: Deployed[] = [];
  objects: StoredObject[] = [];
  now = new Date('2026-01-01T00:00:00Z');
  /** Who changes the stage; a run that was killed leaves it behind. */
  lock: { alive: boolean } | undefined;
  /** How often a lock was taken from a run that is dead. */
  takeovers = 0;
  readonly #changeSets = new Set<ChangeSet>();
  #pending: (() => void) | undefined;
  /** The function that a rollback could not put back. */
  #left: string | undefined;

  /** What `readStack` would say. */
  read(): DeployedStack | undefined {
    return this.status === undefined ? undefined : { status: this.status, outputs: {}, record: this.stack?.record };
  }

  wait(hours: number): void {
    this.now = new Date(this.now.getTime() + hours * hourMs);
  }

  /** As `sam deploy` does: what is there already is not written again. @returns the packaged template */
  upload(template: JsonObject, tree: Tree): JsonObject {
    const packaged = withArtifacts(template, tree);
    const text = JSON.stringify(template);
    for (const it of [...tree.functions, ...tree.layers]) if (text.includes(`${it.folder}/"`)) this.#put(it.code);
    const key = `${sha256(JSON.stringify(packaged)).slice(0, 32)}.template`;
    if (this.#put(key)) {
      this.templates = [{ key, deployed: readRecord(packaged, key), at: this.now }, ...this.templates];
    }
    return packaged;
  }

  #put(key: string): boolean {
    if (this.objects.some((it) => it.key === key)) return false;
    this.objects = [...this.objects, { key, bytes: 1, at: this.now }];
    return true;
  }

  changeSet(template: JsonObject, tree: Tree): ChangeSet {
    this.#assertQuiet();
    this.status ??= 'REVIEW_IN_PROGRESS';
    const made = { template, tree };
    this.#changeSets.add(made);
    return made;
  }

  /** Begins an update, which then goes on by itself; {@link end} waits for it. */
  begin(changeSet: ChangeSet, ending: Ending): void {
    this.#assertQuiet();
    if (!this.#changeSets.has(changeSet)) throw new Failure('The change set is obsolete.', 'Make it anew.');
    // The others were made for the stack as it was.
    this.#changeSets.clear();
    const before = this.stack;
    const after = update(changeSet.template, changeSet.tree, before);
    this.#assertPackages(after, before);
    this.status = before ? 'UPDATE_IN_PROGRESS' : 'CREATE_IN_PROGRESS';
    this.#pending = () => {
      this.#finish(before, after, ending);
    };
  }

  /** Waits for the update that was begun. @throws Failure where it did not end well */
  end(): void {
    this.#pending?.();
    this.#pending = undefined;
    if (!/^(?:CREATE|UPDATE)_COMPLETE$/.test(this.status ?? ''))
      throw new Failure(`The update ended with ${this.status ?? 'nothing'}.`, 'See what CloudFormation says.');
  }

  /** Whether an update goes on. */
  get busy(): boolean {
    return this.#pending !== undefined;
  }

  /** Lets an update that nobody waits for come to its end. */
  settle(): void {
    this.#pending?.();
    this.#pending = undefined;
  }

  #finish(before: ModelStack | undefined, after: ModelStack, { update: how, done }: Ending): void {
    if (how === 'well') this.stack = after;
    else if (before) {
      this.stack = rolledBack(before, after, done);
      this.#left = how === 'sticks' ? firstChanged(before, after, done) : undefined;
      const [id, version] = [this.#left, after.functions[this.#left ?? '']?.version];
      if (id !== undefined && version !== undefined) this.moveAlias(id, version);
    }
    const ends = before
      ? { well: 'UPDATE_COMPLETE', fails: 'UPDATE_ROLLBACK_COMPLETE', sticks: 'UPDATE_ROLLBACK_FAILED' }
      : { well: 'CREATE_COMPLETE', fails: 'ROLLBACK_COMPLETE', sticks: 'ROLLBACK_FAILED' };
    this.status = ends[how];
    for (const [id, it] of Object.entries(this.stack?.functions ?? {}))
      for (const number of Object.keys(it.versions)) this.#see(`${id} ${number}`);
    for (const arn of Object.keys(this.stack?.layerVersions ?? {})) this.#see(arn);
  }

  #see(what: string): void {
    if (!this.born.has(what)) this.born.set(what, this.now);
  }

  #assertQuiet(): void {
    if (this.#pending) throw new Failure(`The stack is in the state ${this.status ?? ''}.`, 'Wait.');
  }

  /** CloudFormation reads the package of each function whose code changes. */
  #assertPackages(after: ModelStack, before: ModelStack | undefined): void {
    for (const [id, { block }] of [...after.record.functions, ...after.record.layers]) {
      const place = (it: JsonObject | undefined): string | undefined =>
        stringAt(objectAt(it, 'Properties'), 'CodeUri') ?? stringAt(objectAt(it, 'Properties'), 'ContentUri');
      const was = objectAt(before?.template, 'Resources')[id];
      const uri = place(block);
      if (uri === place(isObject(was) ? was : undefined)) continue;
      if (!this.objects.some(({ key }) => `s3://bucket/${key}` === uri)) throw new Error(`${uri ?? id} is not there`);
    }
  }

  /** `ContinueUpdateRollback`; what is skipped stays as it is. */
  continueRollback(skip: boolean): void {
    if (this.status !== 'UPDATE_ROLLBACK_FAILED') return;
    this.status = 'UPDATE_ROLLBACK_COMPLETE';
    const version = this.stack?.functions[this.#left ?? '']?.version;
    if (!skip && this.#left !== undefined && version !== undefined) this.moveAlias(this.#left, version);
    this.#left = undefined;
  }

  /** Deletes the stack; what is in the bucket stays. */
  delete(): void {
    this.status = undefined;
    this.stack = undefined;
    this.born.clear();
  }

  /** Moves the alias of a function. */
  moveAlias(id: string, number: number): void {
    const it = this.stack?.functions[id];
    if (!this.stack || !it?.versions[number]) throw new Error(`There is no version ${number} of ${id}`);
    this.stack = { ...this.stack, functions: { ...this.stack.functions, [id]: { ...it, live: number } } };
  }

  /** The first digits of the release behind a function's alias. */
  liveRelease(id: string): string | undefined {
    const it = this.stack?.functions[id];
    return it && releaseOf(it.versions[it.live]);
  }
}

/** The variable in which a version says which release it is. */
export function releaseOf(configuration: JsonObject | undefined): string | undefined {
  return stringAt(objectAt(objectAt(configuration, 'Environment'), 'Variables'), 'RELEASE');
}
