import { Failure } from '../lib/failure.ts';

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a point in time: so long before now (`30s`, `10m`, `2h`, `1d`), or ISO 8601.
 * @returns milliseconds since 1970
 * @throws Failure for anything else
 */
export function readTime(option: string, text: string, now: number): number {
  const [, amount, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (amount !== undefined) return now - Number(amount) * (units[unit] ?? 0);
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new Failure(
    `${option} ${text} is no time.`,
    `Say how long ago, as ${option} 30s, 10m, 2h or 1d, or when, as ${option} 2026-01-31T12:00:00Z.`,
  );
}
