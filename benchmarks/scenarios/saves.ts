import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, parseJson, type Json, type JsonObject } from '../../tools/lib/json.ts';

/** A change of a file, and how a function shows that it runs it. */
export interface Save {
  readonly kind: 'rule' | 'shared';
  /** Of the function. */
  readonly name: string;
  readonly path: string;
  readonly from: RegExp;
  readonly to: string;
  /** Path of the event that it is asked with, or the event. */
  readonly event: string | Json;
  /** Is in the answer of the new code and of no earlier one. */
  readonly wanted: string;
}

const activity = { userId: 'bench', action: 'look', timestamp: '2025-06-01T12:00:00Z' };

const sample = (name: string, event: string): JsonObject => {
  const file = join(import.meta.dirname, '..', '..', 'functions', name, 'events', `${event}.json`);
  const value = parseJson(readFileSync(file, 'utf8'));
  return isObject(value) ? value : {};
};

/** A rule of a route, which answers with another status after each save. */
const route =
  (name: string, file: string, sample: string) =>
  (round: number): Save => ({
    kind: 'rule',
    name,
    path: `functions/${name}/${file}.ts`,
    from: /status: \d+(?=, data)/g,
    to: `status: ${210 + round}`,
    event: `functions/${name}/events/${sample}.json`,
    wanted: `"statusCode":${210 + round}`,
  });

/** The files that are saved in turns: of five functions, and a module that they share. */
export const kinds: readonly ((round: number) => Save)[] = [
  // What becomes of an activity.
  (round: number): Save => ({
    kind: 'rule',
    name: 'processor',
    path: 'functions/processor/process-event.ts',
    from: /\(\{ id: (?:userId|`\$\{userId\}\.\d+\.`), status: 'updated' \}\)/,
    to: `({ id: \`\${userId}.${round}.\`, status: 'updated' })`,
    event: activity,
    wanted: `bench.${round}.`,
  }),
  // What is said of an unknown parameter: shared by all that parse.
  (round: number): Save => ({
    kind: 'shared',
    name: 'users',
    path: 'layers/shared/src/validation/parse.ts',
    from: /'is not a known field[^']*'/,
    to: `'is not a known field (${round})'`,
    event: { ...sample('users', 'list-users'), queryStringParameters: { unknown: '1' } },
    wanted: `is not a known field (${round})`,
  }),
  route('users', 'list-users', 'list-users'),
  route('orders', 'list-orders', 'list-orders-by-user'),
  route('analytics', 'list-order-windows', 'list-order-windows'),
  route('health', 'report-health', 'get-health'),
];
