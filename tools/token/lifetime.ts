import { Failure } from '../lib/failure.ts';

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };

/** A token is good wherever it is copied to, and cannot be taken back but by a rotation of the key. */
const longest = 24 * 3_600;

/** Reads `90s`, `15m` or `8h` as seconds, up to a day. @throws Failure for another text */
export function readLifetime(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const lifetime = Number(number) * (seconds[unit] ?? 0);
  if (lifetime > 0 && lifetime <= longest) return lifetime;
  throw new Failure(`--expires ${text} is no time that a token may last.`, 'Take up to a day, such as 90s, 15m or 8h.');
}
