import { styleText } from 'node:util';
import { isSettled, staying, type Change, type Plan, type PlanItem } from '../plan/plan.ts';
import { shortRelease } from '../plan/recorded-block.ts';

/** Reasons that are shown per item; a first deploy of many has the same one everywhere. */
const mostReasons = 12;

const signs: Readonly<Record<Change, string>> = { new: '+', changed: '~', removed: '-', unchanged: '=', held: '!' };
const colours = { new: 'green', changed: 'yellow', removed: 'red', unchanged: 'dim', held: 'magenta' } as const;

/** A plan for people: each function and layer with its reasons. Coloured on a terminal. */
export function describePlan(plan: Plan): string {
  const functions = plan.items.filter(({ kind }) => kind === 'function');
  const layers = plan.items.filter(({ kind }) => kind === 'layer');
  const resources = plan.items.filter(({ kind }) => kind === 'resource');
  const width = Math.max(8, ...plan.items.map(({ name }) => name.length));
  return [
    `${plan.stage} at ${shortCommit(plan.commit)}`,
    ...section('Functions', functions, width),
    ...section('Layers', layers, width),
    ...section('Resources', resources, width),
    '',
    isSettled(plan) ? 'Nothing to deploy.' : `To deploy: ${countChanges(plan)}.`,
    '',
  ].join('\n');
}

/** `2 functions, 1 layer`: what differs, by kind. */
export function countChanges({ items }: Plan): string {
  const count = (kind: PlanItem['kind']): string[] => {
    const number = items.filter((item) => item.kind === kind && !staying.includes(item.change)).length;
    return number === 0 ? [] : [`${number} ${kind}${number === 1 ? '' : 's'}`];
  };
  return [...count('function'), ...count('layer'), ...count('resource')].join(', ') || 'nothing';
}

/** The first digits of a commit, with the mark of a tree that differs from it. */
export function shortCommit(commit: string): string {
  const [id = '', mark] = commit.split('-');
  return `${id.slice(0, 10)}${mark === undefined ? '' : `-${mark}`}`;
}

function section(title: string, items: readonly PlanItem[], width: number): string[] {
  if (items.length === 0) return [];
  return ['', styleText('bold', title), ...items.flatMap((item) => lines(item, width))];
}

function lines({ name, change, reasons, release, running }: PlanItem, width: number): string[] {
  const colour = colours[change];
  const explained = change === 'changed' || change === 'held';
  const ids = explained ? `${short(running)} → ${short(release)}` : short(release ?? running);
  const head = `  ${signs[change]} ${name.padEnd(width)}  ${change.padEnd(9)}  ${ids}`;
  const shown = reasons.slice(0, mostReasons).map(({ kind, detail }) => `${' '.repeat(width + 6)}${kind}: ${detail}`);
  const left = reasons.length - shown.length;
  return [
    styleText(colour, head),
    ...(explained ? shown : []),
    ...(explained && left > 0 ? [`${' '.repeat(width + 6)}and ${left} more (--json has them all)`] : []),
  ];
}

function short(hash: string | null): string {
  return hash === null ? '' : hash.slice(0, shortRelease);
}
