import { lambdaCost, type Architecture } from '../cost/prices.ts';
import type { ReportLine } from '../logs/report-lines.ts';
import { percentile } from './percentile.ts';

/** How a function uses its memory, and which size would do. */
export interface MemoryUse {
  /** Its name in Lambda. */
  readonly functionName: string;
  readonly memoryMb: number;
  /** The most that an invocation has used. */
  readonly usedMb: number;
  readonly invocations: number;
  /** Durations in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly recommendedMb: number;
  readonly why: string;
  /** US dollars a month that the recommended size saves if durations stay; below zero where it costs more. */
  readonly saves: number;
}

/** Room above what was used, for an input larger than those that were seen. */
const headroom = 1.25;
/** A size is a multiple of this many MB, and at least the smallest that Lambda has. (AWS Lambda quotas.) */
const step = 16;
const smallest = 128;
const largest = 10_240;
/** Lambda's CPU grows with memory: a function that does nothing but compute is not to take longer than this with less. */
const patientMs = 1_000;

/**
 * The size that a function needs by what was reported of its invocations; undefined of none.
 * @param reports in the order of time
 * @param months how many months the lines cover
 */
export function recommend(
  reports: readonly ReportLine[],
  months: number,
  architecture: Architecture,
): MemoryUse | undefined {
  const last = reports.at(-1);
  if (last === undefined) return undefined;
  const { functionName, memoryMb } = last;
  // What was measured with another size says nothing of this one's durations.
  const own = reports.filter((report) => report.memoryMb === memoryMb);
  const durations = own.map(({ ms }) => ms);
  const [usedMb, p50, p99] = [
    Math.max(...own.map((report) => report.usedMb)),
    percentile(durations, 50),
    percentile(durations, 99),
  ];
  const { recommendedMb, why } = sizeFor({ memoryMb, usedMb, p99 });
  const month = { invocations: own.length / months, ms: own.reduce((sum, { billedMs }) => sum + billedMs, 0) / months };
  const cost = (size: number): number => lambdaCost({ ...month, memoryMb: size }, architecture);
  const saves = cost(memoryMb) - cost(recommendedMb);
  return { functionName, memoryMb, usedMb, invocations: own.length, p50, p99, recommendedMb, why, saves };
}

interface Seen {
  readonly memoryMb: number;
  readonly usedMb: number;
  readonly p99: number;
}

function sizeFor({ memoryMb, usedMb, p99 }: Seen): { readonly recommendedMb: number; readonly why: string } {
  if (usedMb === 0) return { recommendedMb: memoryMb, why: 'what it uses is not reported' };
  const roundUp = (value: number): number => Math.min(largest, Math.max(smallest, Math.ceil(value / step) * step));
  const needed = roundUp(usedMb * headroom);
  if (needed > memoryMb) return { recommendedMb: needed, why: 'it uses nearly all it has' };
  const patient = Math.min(memoryMb, roundUp((memoryMb * p99) / patientMs));
  if (patient > needed) return { recommendedMb: patient, why: `less CPU could take it beyond ${patientMs} ms` };
  return { recommendedMb: needed, why: needed === memoryMb ? 'it fits' : 'a quarter above the most that it used' };
}
