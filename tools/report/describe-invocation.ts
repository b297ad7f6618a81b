import { styleText } from 'node:util';
import type { Json } from '../lib/json.ts';
import { printableLines } from '../lib/printable.ts';
import type { LogLine } from '../logs/log-line.ts';
import { describeMessage } from './describe-logs.ts';

export interface DescribedInvocation {
  readonly function: string;
  readonly stage: string;
  readonly answer: Json;
  readonly functionError: string | null;
  /** Milliseconds to the answer. */
  readonly ms: number;
  readonly correlation: string | null;
  readonly lines: readonly LogLine[];
  /** The stack of each line, where it has one. */
  readonly stacks: readonly (string | undefined)[];
}

/** An invocation for people: what it answered, what it logged, and where its trace is. */
export function describeInvocation(it: DescribedInvocation): string {
  const { stage, answer, functionError, ms, correlation, lines, stacks } = it;
  const ended = functionError === null ? 'answered' : styleText('red', `failed (${functionError})`);
  const logged = lines.flatMap((line, at) => describeMessage(line, stacks[at]).map((text) => `  ${text}`));
  return [
    ...printableLines(JSON.stringify(answer, null, 2)),
    '',
    ...logged,
    `${it.function} ${ended} in ${ms} ms.`,
    ...(correlation === null
      ? []
      : [`What it has led to: npm run aviary -- trace ${correlation}${stage === 'local' ? '' : ` --stage ${stage}`}`]),
    '',
  ].join('\n');
}
