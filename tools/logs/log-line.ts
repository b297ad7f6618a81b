import type { JsonObject } from '../lib/json.ts';
import type { Level } from './log-level.ts';

/** A line of a log, read. */
export interface LogLine {
  /** Name of the function as Lambda has it. */
  readonly functionName: string;
  /** Milliseconds since 1970: when it was written, where the line says so, else when CloudWatch had it. */
  readonly at: number;
  /** `log`: of the product's logger. `text`: anything else that was printed. `metrics`: EMF. `platform`: of Lambda. */
  readonly kind: 'log' | 'text' | 'metrics' | 'platform';
  readonly level: Level;
  readonly message: string;
  /** All that a line of JSON has; empty for text. */
  readonly fields: JsonObject;
  /** The invocation; undefined for what was printed outside of one, or before what was read. */
  readonly requestId: string | undefined;
  /** First digits of the release that wrote it; undefined where no line of its environment says so. */
  readonly release: string | undefined;
  /** The line as it was read. */
  readonly raw: string;
}
