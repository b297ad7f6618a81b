import { dayOf, activePin } from '../../../tools/plan/pin.ts';
import { isSettled, makePlan, type Plan } from '../../../tools/plan/plan.ts';
import type { Tree } from '../../../tools/tree/tree.ts';
import { logicalIdOf } from '../engine/a-tree.ts';
import type { ModelStack } from '../engine/stack-model.ts';
import type { Action, RunAction } from './actions.ts';
import { expectNothingLost, expectRecordTrue, expectUntouched } from './invariants.ts';
import { ModelCloud } from './model-cloud.ts';
import { Past } from './past.ts';
import { playRuns, type Played, type Verdict } from './play-runs.ts';
import { prune } from './prune-model.ts';
import { deployRun, locked, pinRun, rollbackRun, type Run } from './runs.ts';
import { edited, firstWorld, names, treeOf, type Name, type World } from './world.ts';

const dayMs = 86_400_000;
const none: ReadonlySet<string> = new Set();

export interface HistoryOptions {
  /** False to have runs not wait for each other: what comes of it is why there is a lock. */
  readonly locking?: boolean;
}

/** What there was before a run. */
interface Beginning {
  readonly before: ModelStack | undefined;
  readonly status: string | undefined;
  /** Logical ids. */
  readonly allowed: ReadonlySet<string>;
  readonly to: string | undefined;
}

/** One history: what happens is played on a model of the account, and after each action all is held to the rules. */
export class History {
  readonly cloud = new ModelCloud();
  /** Which kinds of events there were. */
  readonly events = new Set<string>();
  readonly #worlds: World[] = [firstWorld];
  readonly #past = new Past();
  readonly #locking: boolean;
  #approved: Plan | undefined;
  /** Functions whose alias may point at something else than the stack says. */
  readonly #moved = new Set<string>();
  /** What an update that nobody waits for may still move. */
  #lingering = none;
  /** How the last run went that was alone. */
  verdict: Verdict | undefined;

  constructor({ locking = true }: HistoryOptions = {}) {
    this.#locking = locking;
  }

  play(actions: readonly Action[]): this {
    for (const action of actions) this.#step(action);
    return this;
  }

  /** What the newest commit has. */
  get world(): World {
    return this.#worlds.at(-1) ?? firstWorld;
  }

  /** What the newest commit asks for. */
  get tree(): Tree {
    return treeOf(this.world, String(this.#worlds.length).padStart(40, '0'));
  }

  #step(action: Action): void {
    this.cloud.wait(1);
    const { stack: before, templates: known } = this.cloud;
    const allowed = new Set([...this.#act(action), ...this.#lingering]);
    const { stack, templates, status, now } = this.cloud;
    if (status === 'UPDATE_ROLLBACK_FAILED') for (const id of allowed) this.#moved.add(id);
    for (const id of this.#moved) {
      const it = stack?.functions[id];
      if (it?.live === it?.version) this.#moved.delete(id);
    }
    this.#past.see(stack);
    if (!stack) return;
    // What is the same as before was looked at then.
    if (stack !== before) {
      if (before) expectUntouched(before, stack, allowed);
      expectRecordTrue(stack, this.#moved);
    }
    if (stack !== before || templates !== known) this.#past.expectReadable(this.cloud);
    const changes = expectNothingLost(this.tree, stack.record, now);
    if (changes.has('held')) this.events.add('held');
    const pins = [...stack.record.functions.values()].filter(({ pin }) => pin !== undefined);
    if (pins.some((it) => !activePin(it, now))) this.events.add('a pin expires');
    if (this.cloud.takeovers > 0) this.events.add('a lock is taken from a dead run');
  }

  /** @returns the logical ids of what it may move */
  #act(action: Action): ReadonlySet<string> {
    const { cloud } = this;
    switch (action.kind) {
      case 'edit':
        return this.#commit(edited(this.world, action.edit), `edit: ${action.edit.part}`);
      case 'revert':
        return this.#commit(this.#worlds[action.to % this.#worlds.length] ?? firstWorld, 'revert');
      case 'plan':
        this.#approved = makePlan(this.tree, cloud.stack?.record, { ...action, now: cloud.now });
        return none;
      case 'together':
        return this.#run(
          action.runs.filter((it) => this.#canBegin(it)),
          action.order,
        );
      case 'move':
        return this.#move(logicalIdOf(action.name), action.to);
      case 'repair':
        return this.#repair();
      case 'recover':
        return this.#recover(action.skip);
      case 'prune':
        return this.#prune(action.keep, action.hours);
      case 'wait':
        cloud.wait(action.hours);
        return this.#settle();
      case 'deploy':
      case 'approved':
      case 'rollback':
      case 'pin':
      case 'unpin':
        return this.#run(
          [action].filter((it) => this.#canBegin(it)),
          [],
        );
    }
  }

  #commit(world: World, event: string): ReadonlySet<string> {
    this.#worlds.push(world);
    this.events.add(event);
    return this.#settle();
  }

  #settle(): ReadonlySet<string> {
    const lingering = this.#lingering;
    this.cloud.settle();
    this.#past.see(this.cloud.stack);
    if (this.cloud.status === 'UPDATE_ROLLBACK_FAILED') for (const id of lingering) this.#moved.add(id);
    this.#lingering = none;
    return lingering;
  }

  #run(actions: readonly RunAction[], order: readonly boolean[]): ReadonlySet<string> {
    const { cloud } = this;
    const before = cloud.stack;
    const status = cloud.status;
    const unpinned = new Set(actions.flatMap((it) => (it.kind === 'unpin' ? [logicalIdOf(it.name)] : [])));
    const allowed = new Set(actions.flatMap((it) => this.#mayMove(it, unpinned)));
    const [lingering, busy] = [this.#lingering, cloud.busy];
    const [first] = actions;
    const to = first?.kind === 'rollback' ? this.#past.earlier(first) : undefined;
    const begun = actions.map((action) => {
      const work = this.#runOf(action);
      return { action, run: this.#locking ? locked(cloud, work) : work };
    });
    const played = playRuns(cloud, begun, order, () => {
      this.#past.see(cloud.stack);
    });
    for (const it of played) this.#note(it, before, allowed);
    // Of the update of a run that is gone, the next action meets the middle.
    if (cloud.busy && !busy) this.#lingering = allowed;
    else this.#settle();
    const [only] = played;
    if (only && played.length === 1) {
      this.verdict = { ...only, to };
      this.#expectVerdict(only, { before, status, allowed, to });
    }
    return new Set([...allowed, ...lingering]);
  }

  /** What a run may move: what it was asked for, but for what is pinned. */
  #mayMove(action: RunAction, unpinned: ReadonlySet<string>): string[] {
    const record = this.cloud.stack?.record;
    if (action.kind === 'pin' || action.kind === 'unpin') return [];
    const asked =
      action.kind === 'rollback' ? action.names : action.kind === 'deploy' ? action.only : this.#approved?.only;
    return (asked ?? names).map(logicalIdOf).filter((id) => {
      const running = record?.functions.get(id);
      return !running || unpinned.has(id) || !activePin(running, this.cloud.now);
    });
  }

  #runOf(action: RunAction): Run {
    const { cloud, tree } = this;
    const { ending } = action;
    switch (action.kind) {
      case 'deploy':
        return deployRun(cloud, tree, { ...action, only: this.#deployable(action.only) }, ending);
      case 'approved':
        return deployRun(cloud, tree, { plan: this.#approved }, ending);
      case 'rollback':
        return rollbackRun(cloud, tree, { names: action.names, to: this.#past.earlier(action) }, ending);
      case 'pin': {
        const until = dayOf(new Date(cloud.now.getTime() + action.days * dayMs));
        return pinRun(cloud, tree, action.name, { reason: 'a reason', until }, ending);
      }
      case 'unpin':
        return pinRun(cloud, tree, action.name, undefined, ending);
    }
  }

  /** Only a plan that was made can be approved. */
  #canBegin({ kind }: RunAction): boolean {
    return kind !== 'approved' || this.#approved !== undefined;
  }

  /** Of the names that were asked for, those that there are: others are refused before anything is read. */
  #deployable(only: readonly Name[] | undefined): readonly Name[] | undefined {
    const { functions } = this.world;
    return only?.filter((name) => functions[name] ?? this.cloud.stack?.record.functions.has(logicalIdOf(name)));
  }

  #note({ action, end, failure, waited }: Played, before: ModelStack | undefined, allowed: ReadonlySet<string>): void {
    const { events } = this;
    const { kind, stop, ending } = action;
    events.add(kind);
    if (kind === 'deploy') {
      if (action.only) events.add('deploy of some');
      if (action.uniform) events.add('deploy --uniform');
      if (action.rebuild) events.add('deploy --rebuild');
    }
    if (stop && (end === stop.how || failure?.message.startsWith('Refused.')))
      events.add(`${stop.how} before ${stop.at}`);
    if (waited) events.add('a run waits for another');
    if (failure?.message.startsWith('The update ended') === true)
      events.add(before ? `an update ${ending.update}` : `a first deploy ${ending.update}`);
    // The alias goes first; whether the stack followed is another matter.
    if (kind === 'rollback' && end !== 'done') for (const id of allowed) this.#moved.add(id);
  }

  /** @param to the release that a rollback named */
  #expectVerdict({ action, end, failure }: Played, { before, status, allowed, to }: Beginning): void {
    const { cloud, tree } = this;
    const settled =
      status === undefined || /^(?:REVIEW_IN_PROGRESS|(?:CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE)$/.test(status);
    if (action.kind === 'deploy' && failure && settled) {
      const pinned = failure.message.includes(' is pinned ');
      const bad = action.ending.update !== 'well' || action.stop !== undefined;
      if (!pinned && !bad) throw failure;
    }
    if (action.kind === 'rollback' && failure && before) this.#past.expectLost(before, action, to, failure);
    if (end !== 'done') return;
    if (action.kind === 'deploy' && action.only === undefined) {
      const { uniform } = action;
      const plan = makePlan(tree, cloud.stack?.record, { uniform, now: cloud.now });
      if (!isSettled(plan)) throw new Error(`A deploy of all leaves a plan: ${JSON.stringify(plan.items)}`);
    }
    if (action.kind === 'rollback' && before) this.#past.expectBack(before, cloud, allowed, to);
  }

  #move(id: string, to: number): ReadonlySet<string> {
    const numbers = Object.keys(this.cloud.stack?.functions[id]?.versions ?? {});
    const number = numbers[to % numbers.length];
    const settled = this.#settle();
    if (number === undefined || !this.cloud.stack?.functions[id]?.versions[Number(number)]) return settled;
    this.cloud.moveAlias(id, Number(number));
    this.#moved.add(id);
    this.events.add('an alias is moved by hand');
    return new Set([...settled, id]);
  }

  #repair(): ReadonlySet<string> {
    const settled = this.#settle();
    const repaired = [...this.#moved].filter((id) => this.cloud.stack?.functions[id]);
    for (const id of repaired) {
      this.cloud.moveAlias(id, this.cloud.stack?.functions[id]?.version ?? 0);
      this.events.add('an alias is moved back');
    }
    return new Set([...settled, ...repaired]);
  }

  #recover(skip: boolean): ReadonlySet<string> {
    const settled = this.#settle();
    const { status } = this.cloud;
    if (status === 'UPDATE_ROLLBACK_FAILED') {
      this.events.add(skip ? 'a rollback goes on, one function skipped' : 'a rollback goes on');
      this.cloud.continueRollback(skip);
    } else if (status !== undefined && /^(?:ROLLBACK_|REVIEW_)/.test(status)) {
      this.events.add(`a stack that is ${status} is deleted`);
      this.cloud.delete();
    }
    return new Set([...settled, ...this.#moved]);
  }

  #prune(keep: number, hours: number): ReadonlySet<string> {
    const settled = this.#settle();
    const { status, stack } = this.cloud;
    if (!stack || status === 'UPDATE_ROLLBACK_FAILED') return settled;
    const { versions, layers, objects } = prune(this.cloud, keep, hours);
    if (versions.length > 0) this.events.add('prune takes versions');
    if (layers.length > 0) this.events.add('prune takes layers');
    if (objects.length > 0) this.events.add('prune takes objects');
    this.#past.expectKept(this.cloud, keep);
    return settled;
  }
}
