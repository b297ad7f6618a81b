/**
 * What the console's page asks its server for, all below `/console/`. Every request carries the token of the start
 * (`authorization: Bearer …`), and is refused with 401 without it, with 403 from another origin or by another host's name.
 * Bodies and answers are JSON; a refusal is a {@link Problem} with 4xx or 5xx. Streams are lines of JSON
 * (`application/x-ndjson`), as things come; one that fails ends with a {@link Problem}.
 *
 * - `GET  /console/stage`                         → {@link StageView}
 * - `GET  /console/graph`                         → {@link Graph}
 * - `GET  /console/functions/<name>/samples`      → {@link SampleEvent}[]
 * - `POST /console/invocations` {@link Invoke}    → {@link Invocation}
 * - `GET  /console/logs?since=<ISO>`              → stream of {@link Line}, what was there first, then what comes
 * - `GET  /console/traces/<correlation id>`       → {@link Branch}[], none where nothing has logged that id in a day
 * - `GET  /console/traces?since=<ISO>`            → {@link Request}[], the newest first
 * - `GET  /console/stores`                        → {@link Store}[]
 * - `GET  /console/stores/<kind>/<name>?from=<t>` → {@link StorePage}
 * - `GET  /console/dead-letters`                  → {@link DeadLetterQueue}[]
 * - `GET  /console/dead-letters/<queue>`          → {@link DeadLetterMessage}[]
 * - `POST /console/dead-letters/<queue>/replay` {@link Replay} → {@link ReplayedMessage}[]
 * - `POST /console/dead-letters/<queue>/purge`    → `{purged: number}`
 * - `GET  /console/flags`                         → {@link Flag}[]
 * - `POST /console/flags/<name>` `{on: boolean}`  → {@link Flag}
 * - `POST /console/rehearsals` {@link Rehearse}   → stream of {@link RehearsalEvent}
 * - `GET  /console/events`                        → stream of {@link StageEvent}: when to ask anew
 *
 * Pages beside it, which need no token: `/docs` (where the API has a document), `/dashboards/<overview|business|performance>`.
 */
import type { JsonObject, Json } from '../lib/json.ts';
import type { Minute, Rehearsal } from '../canary/rehearse.ts';
import type { Status, FunctionStatus } from '../stack/read-status.ts';

export interface Problem {
  readonly problem: string;
  /** What to do. */
  readonly next: string;
}

/** A function: what runs of it, and how it is reached. */
export interface FunctionView extends FunctionStatus {
  /** Its name in Lambda. */
  readonly functionName: string;
  readonly triggers: readonly Trigger[];
  readonly samples: readonly string[];
}

/** What invokes a function: a route, or an event source of the template. */
export interface Trigger {
  /** The template's word: `Api`, `SQS`, `SNS`, `Kinesis`, `DynamoDB`, `Schedule` … */
  readonly type: string;
  /** `POST /orders`, `aviary-notifications-local` … */
  readonly label: string;
}

export interface StageView extends Omit<Status, 'functions'> {
  readonly functions: readonly FunctionView[];
}

/** Which files reach which functions. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  /** Ids: what the first changes, the second has. */
  readonly edges: readonly (readonly [string, string])[];
}

export interface GraphNode {
  /** Unique: a file's path from the root, a function's name after `function:`, a trigger after `trigger:`. */
  readonly id: string;
  readonly kind: 'file' | 'shared' | 'function' | 'trigger';
  readonly label: string;
  /** Whether the tree differs here from what runs. */
  readonly changed: boolean;
}

export interface SampleEvent {
  readonly name: string;
  readonly event: JsonObject;
  readonly isReading: boolean;
  readonly isRefused: boolean;
}

export interface Invoke {
  readonly function: string;
  readonly event: Json;
}

export interface Invocation {
  readonly answer: Json;
  /** Lambda's word for a failure; null where the function answered. */
  readonly functionError: string | null;
  /** Milliseconds to the answer. */
  readonly ms: number;
  /** By which its trace is found; null where it logged none. */
  readonly correlation: string | null;
  readonly lines: readonly Line[];
}

/** A log line. */
export interface Line {
  /** ISO 8601 */
  readonly time: string;
  readonly function: string;
  readonly kind: 'log' | 'text' | 'metrics' | 'platform';
  readonly level: string;
  readonly message: string;
  readonly requestId: string | null;
  readonly release: string | null;
  readonly correlations: readonly string[];
  readonly fields: JsonObject;
  /** Of an error, in the TypeScript sources. */
  readonly stack: string | null;
}

/** An invocation of a trace, and what it has caused. */
export interface Branch {
  readonly function: string;
  readonly requestId: string;
  readonly release: string | null;
  /** ISO 8601 */
  readonly from: string;
  /** Milliseconds; null where it has no end yet. */
  readonly duration: number | null;
  /** Milliseconds that its start took; null where it was warm. */
  readonly coldStart: number | null;
  readonly failed: boolean;
  readonly lines: readonly Line[];
  readonly children: readonly Branch[];
}

/** A request that was seen in the logs. */
export interface Request {
  readonly correlation: string;
  /** ISO 8601: its first line. */
  readonly from: string;
  /** In the order in which they logged first. */
  readonly functions: readonly string[];
  readonly failed: boolean;
}

export type StoreKind = 'table' | 'queue' | 'stream' | 'topic';

/** A table, queue, stream or topic of the stage. */
export interface Store {
  readonly kind: StoreKind;
  readonly name: string;
  /** Items or messages; null where that is not known without reading all (streams), or is none (topics). */
  readonly count: number | null;
  /** Functions that are invoked by it. */
  readonly readBy: readonly string[];
}

/** Some of what a store has; of a topic its subscriptions. Messages of a queue stay in it. */
export interface StorePage {
  readonly items: readonly JsonObject[];
  /** Where the next page begins, for `from`; null at the end. */
  readonly next: string | null;
}

export interface DeadLetterQueue {
  readonly queue: string;
  readonly function: string;
  readonly messages: number;
}

export interface DeadLetterMessage {
  readonly id: string;
  readonly cause: string;
  readonly payload: string;
  /** ISO 8601 */
  readonly sentAt: string;
  /** How often it was sent again. */
  readonly replays: number;
}

export interface Replay {
  readonly dryRun: boolean;
  /** Also what was sent again three times already. */
  readonly force: boolean;
}

export interface ReplayedMessage {
  readonly id: string;
  readonly result: 'replayed' | 'would be replayed' | 'stays' | 'no record';
  readonly replays: number;
}

export interface Flag {
  readonly name: string;
  readonly on: boolean;
  readonly description: string;
}

export interface Rehearse {
  readonly function: string;
  /** Requests in all. */
  readonly traffic: number;
}

export type RehearsalEvent =
  { readonly minute: Minute } | { readonly rehearsal: Rehearsal; readonly svg: string } | Problem;

/** `stage`: what runs, or what the stack has, is another; `tree`: something was saved that does not run. */
export interface StageEvent {
  readonly changed: 'stage' | 'tree';
}
