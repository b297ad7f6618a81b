// Needs the sample domain, and goes with it: aviary begin.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { estimate } from '../../../../tools/cost/estimate.ts';
import { sumOf } from '../../../../tools/cost/line.ts';
import { monthOf } from '../../../../tools/cost/month.ts';
import { priceAtRest } from '../../../../tools/cost/price-at-rest.ts';
import { lambdaCost } from '../../../../tools/cost/prices.ts';
import { stageResources, type StageResource } from '../../../../tools/cost/stage-resources.ts';
import { assumeUsage } from '../../../../tools/cost/usage.ts';
import { describeCost } from '../../../../tools/report/describe-cost.ts';
import { readStage } from '../../../../tools/template/read-stages.ts';
import { repository } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

/** The resources of a stage of this repository with parameters of one's own. */
function resourcesWith(parameters: Readonly<Record<string, string>> = {}, name = 'production'): StageResource[] {
  const stage = readStage(repository, name);
  return stageResources(repository, { ...stage, parameters: { ...stage.parameters, ...parameters } });
}

const atRest = (parameters: Readonly<Record<string, string>>): number => sumOf(priceAtRest(resourcesWith(parameters)));
const everything = {
  Waf: 'on',
  EncryptionKey: 'customer',
  Vpc: 'on',
  Nat: 'on',
  Redis: 'on',
  ProvisionedConcurrency: 'on',
  TableCapacity: 'provisioned',
  DeployPipeline: 'pipeline',
  BlockedCountries: 'XX',
  ReplicaRegion: 'eu-central-1',
};

describe('the cost of a stage', () => {
  it.each(['staging', 'production'])(
    'knows the price of every resource of %s, with all that can be switched on',
    (name) => {
      const { unknown, lines } = estimate(resourcesWith(everything, name), assumeUsage(1_000_000));

      expect(unknown).toEqual([]);
      expect(lines.filter(({ cost }) => !(cost > 0))).toEqual([]);
    },
  );

  it('names a type that it has no price for', () => {
    const one: StageResource = { where: 'Thing', type: 'AWS::Some::Thing', properties: {} };

    const text = describeCost(estimate([one], assumeUsage(1)));

    expect(text).toContain('Not counted, since their price is not known here: AWS::Some::Thing.');
  });

  it('has one line for all alarms, and none for what a deploy alone asks', () => {
    const text = describeCost(estimate(resourcesWith(), assumeUsage(1_000_000)));

    expect(text.match(/alarm/g)).toHaveLength(1);
    expect(text).toMatch(/^\$\d+\.\d\d +alarms +\d+ of them$/m);
    expect(text).not.toMatch(/ TrafficHook /);
    expect(text).toMatch(/ Users .* 200,000 invocations \(assumed\)/);
  });

  it('says of each line what it rests on, and sums them up', () => {
    const { lines, total } = estimate(resourcesWith(), assumeUsage(1_000_000));

    expect(lines).toContainEqual({ where: 'Api', what: '1,000,000 requests', cost: 3.5, basis: 'assumed' });
    expect(lines.find(({ where }) => where === 'Messaging/OrderEventStream')?.basis).toBe('at rest');
    expect(total).toBeCloseTo(
      lines.reduce((sum, { cost }) => sum + cost, 0),
      10,
    );
    expect(lines.map(({ cost }) => cost)).toEqual(lines.map(({ cost }) => cost).sort((a, b) => b - a));
  });

  it('takes memory and architecture of each function as the stage has them', () => {
    const duration = (name: string): number =>
      estimate(resourcesWith({}, name), assumeUsage(1_000_000)).lines.find(
        ({ where, what }) => where === 'Users' && what.endsWith(' ms'),
      )?.cost ?? 0;

    expect(duration('production')).toBeCloseTo(2 * duration('staging'), 10);
    expect(duration('production')).toBeCloseTo(
      lambdaCost({ invocations: 0, ms: 12_000_000, memoryMb: 512 }, 'arm64'),
      10,
    );
  });

  it('takes durations where they are known', () => {
    const cost = (ms: number): number =>
      estimate(resourcesWith(), assumeUsage(1_000_000, new Map([['aviary-users-production', ms]]))).lines.find(
        ({ where, what }) => where === 'Users' && what.endsWith(' ms'),
      )?.cost ?? 0;

    expect(cost(120)).toBeCloseTo(2 * cost(60), 10);
  });

  it('assumes nothing of what failed for good', () => {
    const { lines } = estimate(resourcesWith(), assumeUsage(1_000_000));

    expect(lines.filter(({ where }) => where.endsWith('DeadLetters'))).toEqual([]);
  });
});

describe('docs/costs.md', () => {
  const rows = readFileSync(join(repository, 'docs', 'costs.md'), 'utf8').split('\n');

  it.each([
    ['Waf=on', { Waf: 'on' }, {}],
    ['EncryptionKey=customer', { EncryptionKey: 'customer' }, {}],
    ['Vpc=on', { Vpc: 'on' }, {}],
    ['Nat=on', { Vpc: 'on', Nat: 'on' }, { Vpc: 'on' }],
    ['Redis=on', { Vpc: 'on', Redis: 'on' }, { Vpc: 'on' }],
    ['TableCapacity=provisioned', { TableCapacity: 'provisioned' }, {}],
    ['ProvisionedConcurrency=on', { ProvisionedConcurrency: 'on' }, {}],
  ] as const)('has what %s costs in production', (name, on, off) => {
    const difference = Math.round(atRest(on) - atRest(off));

    const row = rows.find((line) => line.includes(`\`${name}\``));

    expect(difference).toBeGreaterThan(0);
    expect(row?.split('|')[3]).toMatch(new RegExp(`\\b${difference}\\b`));
  });

  it('has what production costs at rest as it is', () => {
    expect(rows.join('\n')).toContain(`costs about ${Math.round(atRest({}) / 5) * 5} US dollars a month`);
  });
});

describe('the month', () => {
  const now = Date.UTC(2026, 0, 15);

  it('is the last whole one, over the turn of a year as well', () => {
    expect(monthOf(undefined, now)).toEqual({ from: Date.UTC(2025, 11), to: Date.UTC(2026, 0) });
  });

  it('is the one that is named, and this one as far as it has come', () => {
    expect(monthOf('2025-12', now)).toEqual({ from: Date.UTC(2025, 11), to: Date.UTC(2026, 0) });
    expect(monthOf('2026-01', now)).toEqual({ from: Date.UTC(2026, 0), to: Date.UTC(2026, 1) });
  });

  it.each([
    ['2026-13', '--month 2026-13 is no month.'],
    ['october', '--month october is no month.'],
    ['2026-02', 'The month 2026-02 has not begun.'],
  ])('is refused as %s', (text, problem) => {
    expect(failureOf(() => monthOf(text, now)).problem).toBe(problem);
  });
});
