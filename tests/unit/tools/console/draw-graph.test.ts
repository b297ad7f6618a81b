import { drawGraph } from '../../../../tools/console/draw-graph.ts';
import { makePlan } from '../../../../tools/plan/plan.ts';
import { aPlan } from '../../../support/engine/a-plan.ts';
import { aFunction, aTree } from '../../../support/engine/a-tree.ts';

const shared = (module: string): string => `layers/shared/src/${module}.ts`;
const own = (name: string): string => `functions/${name}/handler.ts`;

/** `users` imports `api`, which imports `cors`; of that, nothing is left in `health`, which imports `api` too. */
const users = aFunction({
  name: 'users',
  shared: { 'http/api': 'api', 'http/cors': 'cors', 'auth/scopes': 'scopes' },
  imports: {
    [own('users')]: [shared('http/api'), 'zod'],
    [shared('http/api')]: [shared('http/cors'), shared('auth/scopes')],
  },
  properties: {
    Events: {
      List: { Type: 'Api', Properties: { Method: 'get', Path: '/users' } },
      Read: { Type: 'Kinesis', Properties: { Stream: { 'Fn::GetAtt': ['Messaging', 'Outputs.ActivityArn'] } } },
      Told: { Type: 'SNS', Properties: { Topic: { Ref: 'Told' } } },
      Nightly: { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } },
      Other: { Type: 'IoTRule', Properties: {} },
    },
  },
  references: { 'Messaging.Outputs.ActivityArn': '{"Fn::Sub":"arn:${Activity}"} aviary-activity-local' },
});
const health = aFunction({
  name: 'health',
  shared: { 'http/api': 'api', 'auth/scopes': 'scopes' },
  imports: { [own('health')]: [shared('http/api')], [shared('http/api')]: [shared('auth/scopes')] },
});
const tree = aTree({ functions: [users, health] });
const graph = drawGraph(tree, makePlan(tree, undefined));

describe('the graph of the console', () => {
  it('has a node for each file, function and trigger, once', () => {
    expect(graph.nodes.map(({ id, kind, label }) => [kind, id, label])).toEqual([
      ['file', own('health'), 'health/handler.ts'],
      ['file', own('users'), 'users/handler.ts'],
      ['file', shared('auth/scopes'), 'shared/auth/scopes.ts'],
      ['shared', shared('http/api'), 'http/api.ts'],
      ['file', shared('http/cors'), 'shared/http/cors.ts'],
      ['function', 'function:users', 'users'],
      ['function', 'function:health', 'health'],
      ['trigger', 'trigger:Api GET /users', 'GET /users'],
      ['trigger', 'trigger:Kinesis aviary-activity-local', 'aviary-activity-local'],
      ['trigger', 'trigger:SNS Told', 'Told'],
      ['trigger', 'trigger:Schedule rate(1 day)', 'rate(1 day)'],
      ['trigger', 'trigger:IoTRule Other', 'Other'],
    ]);
  });

  it('leads from a file through the modules that reach it, where each function behind them has it', () => {
    const from = (path: string): string[] => graph.edges.filter(([id]) => id === path).map(([, to]) => to);

    expect(from(shared('auth/scopes'))).toEqual([shared('http/api')]);
    expect(from(shared('http/api'))).toEqual(['function:users', 'function:health']);
    expect(from(shared('http/cors'))).toEqual(['function:users']);
    expect(from(own('users'))).toEqual(['function:users']);
  });

  it.each(tree.functions)('reaches $name from every file of its release, and from no other', ({ name, files }) => {
    const reached = new Set([`function:${name}`]);
    for (const id of reached) for (const [before, to] of graph.edges) if (to === id) reached.add(before);

    expect([...reached].filter((id) => id !== `function:${name}`).sort()).toEqual(Object.keys(files).sort());
  });

  it('marks what differs from what runs', () => {
    const running = aPlan({
      items: [
        {
          ...{ name: 'users', kind: 'function', change: 'changed', code: null, release: null, running: null },
          reasons: [{ kind: 'code', detail: shared('http/cors') }],
        },
        {
          ...{ name: 'health', kind: 'function', change: 'unchanged', code: null, release: null, running: null },
          reasons: [],
        },
      ],
    });

    const marked = drawGraph(tree, running).nodes.filter(({ changed }) => changed);

    expect(marked.map(({ id }) => id)).toEqual([shared('http/cors'), 'function:users']);
  });
});
