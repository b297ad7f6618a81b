import { comparedRequests, type CostChange } from '../../cost/compare-costs.ts';
import { staying, type PlanItem } from '../../plan/plan.ts';
import { countIndexChanges } from './index-changes.ts';
import { limits } from './limits.ts';
import { broken, type FunctionFacts, type PullRequestChange } from './pull-request-change.ts';

/** Lines per list; a comment takes 65,536 characters. */
const mostLines = 40;
const mostReasons = 6;
/** Parts of a difference in cost. */
const mostParts = 6;

/** The first line of a report, by which the comment is found again. */
export function markerOf(stage: string): string {
  return `<!-- aviary report: ${stage} -->`;
}

/** A pull request's report in Markdown. What comes from the repository stands in code, where it links and pings nobody. */
export function describeChange(change: PullRequestChange): string {
  const { stage, comparedWith, plan, functions, rights, replacements, costs, tools } = change;
  const moving = plan.items.filter((it) => it.kind === 'function' && !staying.includes(it.change));
  const others = plan.items.filter((it) => it.kind !== 'function' && !staying.includes(it.change));
  const against = comparedWith === 'base' ? 'the base branch' : `what runs in ${stage}`;
  return [
    markerOf(stage),
    `## ${headline(moving, functions.length)}`,
    '',
    `Compared with ${against}, for the stage ${code(stage)}.`,
    ...section(
      'Would fail',
      broken(change).map((it) => `- :x: ${code(it)}`),
    ),
    ...functionTable(moving, functions),
    ...section(
      'Also deployed',
      others.map((it) => `- ${it.kind} ${code(it.name)}: ${it.change}${why(it)}`),
    ),
    ...section(
      'Replaced or deleted, with what they hold',
      replacements.map(({ where, type, properties }) => {
        return `- :warning: ${code(where)} (${code(type)}): ${properties.length === 0 ? 'deleted' : `replaced, for ${properties.map(code).join(', ')}`}`;
      }),
    ),
    ...section(
      'New rights',
      rights.map(({ where, right }) => `- :lock: ${code(where)}: ${code(right)}`),
    ),
    ...section(`Cost a month, with ${comparedRequests.toLocaleString('en-US')} requests`, costs.map(costLine)),
    ...section(
      'How it is built',
      tools.map((path) => `- ${code(path)}`),
    ),
    ...(tools.length > 0
      ? [
          '',
          'These files build and hash. Both sides were built with the new ones, so a deploy may move more than is listed.',
        ]
      : []),
    ...section('Limits', limitLines(change)),
    '',
  ].join('\n');
}

function headline(moving: readonly PlanItem[], all: number): string {
  if (moving.length === 0) return 'No function changes';
  return `${moving.length} of ${all} functions ${moving.length === 1 ? 'changes' : 'change'}`;
}

function functionTable(moving: readonly PlanItem[], functions: readonly FunctionFacts[]): string[] {
  if (moving.length === 0) return [];
  const stages = [...new Set(functions.flatMap(({ traffic }) => Object.keys(traffic)))];
  const facts = new Map(functions.map((it) => [it.name, it]));
  const rows = moving.map((it) => {
    const own = facts.get(it.name);
    const cells = [
      code(it.name),
      it.change,
      reasons(it).join('<br>'),
      size(own),
      ...stages.map((stage) => own?.traffic[stage] ?? ''),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const head = [
    'function',
    'change',
    'why',
    'code, bytes (base → now)',
    ...stages.map((stage) => `traffic in ${stage}`),
  ];
  return ['', `| ${head.join(' | ')} |`, `|${head.map(() => ' --- |').join('')}`, ...cut(rows)];
}

function reasons(item: PlanItem): string[] {
  const shown = item.reasons.slice(0, mostReasons).map(({ kind, detail }) => `${kind}: ${code(detail)}`);
  const left = item.reasons.length - shown.length;
  return left > 0 ? [...shown, `and ${left} more`] : shown;
}

function why(item: PlanItem): string {
  return item.reasons.length === 0 ? '' : ` (${reasons(item).join('; ')})`;
}

function size(facts: FunctionFacts | undefined): string {
  if (facts === undefined) return '';
  const { before, after } = facts;
  const text = before === after ? `${after ?? 0}` : `${before ?? '—'} → ${after ?? '—'}`;
  return (after ?? 0) > limits.code ? `${text} :warning: over the budget of ${limits.code}` : text;
}

function limitLines({ resources, functions, indexes }: PullRequestChange): string[] {
  const largest = [...functions].sort((a, b) => b.environment - a.environment)[0];
  return [
    ...Object.entries(resources).map(([path, { before, after }]) => {
      return `- ${code(path)}: ${before === null || before === after ? after : `${before} → ${after}`} of ${limits.resources} resources`;
    }),
    ...(largest
      ? [`- largest environment: ${code(largest.name)}, ${largest.environment} of ${limits.environment} bytes`]
      : []),
    ...indexes.map((it) => {
      const parts = Object.entries({ added: it.added, removed: it.removed, altered: it.altered });
      const text = parts
        .filter(([, names]) => names.length > 0)
        .map(([what, names]) => `${what} ${names.map(code).join(', ')}`);
      return `- indexes of ${code(it.table)}: ${text.join('; ')} (${countIndexChanges(it)} of 1 per update)`;
    }),
  ];
}

/** `- production: +$7.30 ($107.06 → $114.36): Firewall/WebAcl +$11.60`, with the largest parts. */
function costLine({ stage, before, after, parts }: CostChange): string {
  const shown = parts.slice(0, mostParts).map((it) => `${code(it.where)} ${signed(it.difference)}`);
  const left = parts.length - shown.length;
  const listed = [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join(', ');
  return `- ${stage}: **${signed(after - before)}** ($${before.toFixed(2)} → $${after.toFixed(2)}): ${listed}`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}$${Math.abs(value).toFixed(2)}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `### ${title}`, '', ...cut(lines)];
}

function cut(lines: readonly string[]): string[] {
  const left = lines.length - mostLines;
  return left > 0 ? [...lines.slice(0, mostLines), '', `and ${left} more`] : [...lines];
}

/** As code, whatever it holds: one line, no end of the code, no end of the cell. */
function code(text: string): string {
  const plain = text.replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', '\\|').slice(0, 300);
  return `\`${plain}\``;
}
