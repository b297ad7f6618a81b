import type { Estimate } from '../cost/estimate.ts';
import { alarmMetrics } from '../cost/price-at-rest.ts';
import type { CostLine } from '../cost/line.ts';
import { sumOf } from '../cost/line.ts';
import { table } from './table.ts';

/** `$12.34`. */
export const dollars = (value: number): string => `$${value.toFixed(2)}`;

/** Of what costs less than a cent there is one line for all of it. */
const least = 0.005;

/** Of alarms, of which each function has several, there is one line for all. */
const placeOf = ({ where, what }: CostLine): string => (what.endsWith(alarmMetrics) ? 'alarms' : where);

/** An estimate for people: a line for each resource, the dearest first, and the sum. */
export function describeCost({ lines, total, unknown }: Estimate): string {
  const byResource = [...Map.groupBy(lines, placeOf)]
    .map(([where, own]) => ({ where, own, cost: sumOf(own) }))
    .sort((a, b) => b.cost - a.cost);
  const shown = byResource.filter(({ cost }) => cost >= least);
  const rest = byResource.slice(shown.length);
  const rows = [
    ...shown.map(({ where, own, cost }) => [
      dollars(cost),
      where,
      where === 'alarms' ? `${own.length} of them` : own.map(describeLine).join(', '),
    ]),
    ...(rest.length > 0
      ? [[dollars(rest.reduce((sum, { cost }) => sum + cost, 0)), `${rest.length} more`, 'less than a cent each']]
      : []),
    [dollars(total), 'all', 'list prices of eu-west-1 (tools/cost/prices.ts), without taxes, traffic and what is free'],
  ];
  const text = table(['a month', 'resource', 'for'], rows).join('\n');
  return unknown.length === 0
    ? `${text}\n`
    : `${text}\nNot counted, since their price is not known here: ${unknown.join(', ')}.\n`;
}

function describeLine({ what, basis }: CostLine): string {
  return basis === 'assumed' ? `${what} (assumed)` : what;
}
