import { UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { Failure } from '../../../tools/lib/failure.ts';
import { startSamServer, type SamServer } from '../../../tools/lib/sam-server.ts';
import { setPin } from '../../../tools/pin/set-pin.ts';
import { dayOf } from '../../../tools/plan/pin.ts';
import type { Plan } from '../../../tools/plan/plan.ts';
import { shortRelease } from '../../../tools/plan/recorded-block.ts';
import { pruneStage } from '../../../tools/prune/prune-stage.ts';
import { recoverStage } from '../../../tools/recover/recover-stage.ts';
import { rollBack } from '../../../tools/rollback/roll-back.ts';
import { compareStage } from '../../../tools/stack/compare-stage.ts';
import { connect, type Connection } from '../../../tools/stack/connection.ts';
import { deployStage } from '../../../tools/stack/deploy-stage.ts';
import { readStage } from '../../../tools/template/read-stages.ts';
import type { Stage } from '../aviary-stage.ts';
import { logicalIdOf } from '../engine/a-tree.ts';
import type { Action, RunAction } from './actions.ts';
import { History } from './history.ts';
import { Numbering } from './numbering.ts';
import type { Played } from './play-runs.ts';
import { seeCloud, seeModel, type Sight } from './sight.ts';
import { names, type Name } from './world.ts';
import { emptyForWorlds, makeImpossible, writeWorld } from './write-world.ts';

const dayMs = 86_400_000;

/** What a run is handed beside what it is asked for. */
interface Going {
  readonly runSam: SamServer['run'];
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
  readonly step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

/** What was done, and what there is to see then. */
export interface Replayed extends Sight {
  readonly end: Played['end'] | undefined;
}

/** Plays on the model and, with real deploys, on the local cloud. */
export class Replay {
  readonly #history = new History();
  readonly #stage: Stage;
  readonly #connection: Connection;
  readonly #sam: SamServer;
  readonly #modelNumbers = new Numbering();
  readonly #cloudNumbers = new Numbering();
  #approved: Plan | undefined;
  /** How many actions met each kind of event. */
  readonly counts = new Map<string, number>();

  private constructor(stage: Stage, connection: Connection) {
    this.#stage = stage;
    this.#connection = connection;
    this.#sam = startSamServer(connection.root, connection.endpoint);
  }

  static async begin(stage: Stage): Promise<Replay> {
    const { root } = stage.clone;
    emptyForWorlds(stage.clone);
    const replay = new Replay(stage, await connect(root, readStage(root, 'local')));
    replay.#commit();
    return replay;
  }

  async end(): Promise<void> {
    await this.#sam.stop();
  }

  /** The functions that are pinned now. */
  get pinned(): readonly Name[] {
    const { stack } = this.#history.cloud;
    return names.filter((name) => stack?.record.functions.get(logicalIdOf(name))?.pin !== undefined);
  }

  /** Plays one action in both places. */
  async play(action: Action): Promise<{ readonly model: Replayed; readonly cloud: Replayed }> {
    const history = this.#history;
    history.verdict = undefined;
    history.events.clear();
    history.play([action]);
    for (const event of history.events) this.counts.set(event, (this.counts.get(event) ?? 0) + 1);
    const end = await this.#act(action);
    const seen = seeModel(history, this.#modelNumbers);
    return {
      model: { end: this.#history.verdict?.end, ...seen },
      cloud: { end, ...(await seeCloud(this.#stage, this.#connection, this.#cloudNumbers)) },
    };
  }

  async #act(action: Action): Promise<Played['end'] | undefined> {
    const connection = this.#connection;
    switch (action.kind) {
      case 'edit':
      case 'revert':
        this.#commit();
        return undefined;
      case 'plan':
        this.#approved = (await compareStage(connection, action)).plan;
        return undefined;
      case 'move':
        await this.#move(action.name);
        return undefined;
      case 'repair':
        await this.#repair();
        return undefined;
      case 'prune':
        await pruneStage(connection, { keep: action.keep, before: new Date(), remove: true });
        return undefined;
      case 'deploy':
      case 'approved':
      case 'rollback':
      case 'pin':
      case 'unpin':
        return await this.#run(action);
      case 'together':
      case 'recover':
      case 'wait':
        throw new Error(`${action.kind} is for the model alone`);
    }
  }

  #commit(): void {
    writeWorld(this.#stage.clone, this.#history.world);
    this.#stage.clone.commit('An edit');
  }

  async #run(action: RunAction): Promise<Played['end']> {
    const { clone } = this.#stage;
    const fails = this.#history.verdict?.failure?.message.startsWith('The update ended') === true;
    if (fails) makeImpossible(clone, this.#history.world);
    const stop = new AbortController();
    const going: Going = {
      runSam: this.#sam.run,
      signal: stop.signal,
      onLine: () => undefined,
      step: async (title, work) => {
        if (action.stop && /^(?:sam deploy|Having the stack)/.test(title)) stop.abort();
        return await work();
      },
    };
    try {
      await this.#command(action, going);
      return 'done';
    } catch (error) {
      if (stop.signal.aborted) return 'cancelled';
      // Where the model did not fail, what was said is the best account of the difference.
      if (!(error instanceof Failure) || this.#history.verdict?.end !== 'failed') throw error;
      return 'failed';
    } finally {
      if (fails) clone.reset();
    }
  }

  async #command(action: RunAction, going: Going): Promise<unknown> {
    const connection = this.#connection;
    switch (action.kind) {
      case 'deploy': {
        const { uniform, rebuild } = action;
        return await deployStage(connection, { only: this.#deployable(action.only), uniform, rebuild, ...going });
      }
      case 'approved':
        return await deployStage(connection, { ...(this.#approved ? { plan: this.#approved } : {}), ...going });
      case 'rollback':
        return await rollBack(connection, { names: action.names, to: this.#earlier(action.names) }, going);
      case 'pin': {
        const until = dayOf(new Date(Date.now() + action.days * dayMs));
        return await setPin(connection, action.name, { reason: 'a reason', until }, going);
      }
      case 'unpin':
        return await setPin(connection, action.name, undefined, going);
    }
  }

  /** As the model: names that there are not are refused before anything is read. */
  #deployable(only: readonly Name[] | undefined): readonly Name[] | undefined {
    const { cloud, world } = this.#history;
    return only?.filter((name) => world.functions[name] ?? cloud.stack?.record.functions.has(logicalIdOf(name)));
  }

  /** The release that the model went back to, by the name that it has here. */
  #earlier(asked: readonly Name[] | undefined): string | undefined {
    const to = this.#history.verdict?.to;
    if (to === undefined) return undefined;
    const kind = `release of ${asked?.[0] ?? ''}`;
    return this.#cloudNumbers.at(kind, this.#modelNumbers.of(kind, to.slice(0, shortRelease)));
  }

  /** Moves an alias by hand to where the model has it. */
  async #move(name: Name): Promise<void> {
    const live = this.#history.cloud.stack?.functions[logicalIdOf(name)]?.live;
    if (live === undefined) return;
    const FunctionVersion = this.#cloudNumbers.at(name, this.#modelNumbers.of(name, String(live)));
    const to = { FunctionName: `aviary-${name}-local`, Name: 'live', FunctionVersion };
    await this.#stage.lambda.send(new UpdateAliasCommand(to));
  }

  async #repair(): Promise<void> {
    const { open } = await recoverStage(this.#connection, {
      ...{ yes: true, skip: [], retain: [], onEvent: () => undefined },
      step: async (_title, work) => {
        await work();
      },
    });
    if (open.length > 0) throw new Error(`Recover leaves this: ${JSON.stringify(open)}`);
  }
}
