import fc from 'fast-check';
import { Failure } from '../../../../tools/lib/failure.ts';
import { objectAt, type Json, type JsonObject } from '../../../../tools/lib/json.ts';
import { placeFunctions } from '../../../../tools/stacks/place-functions.ts';
import { homesOf, placementOf } from '../../../../tools/stacks/placement.ts';
import { splitTemplate } from '../../../../tools/stacks/split-template.ts';
import { blocksOf } from '../../../../tools/stacks/fill-stacks.ts';
import { referencedBy } from '../../../../tools/template/reference-names.ts';
import { comparable, joined, ungiven, unresolved } from '../../../support/engine/split-checks.ts';

/** What a function has to do with, by numbers of others; those that are not there are left out. */
interface Wish {
  readonly domain: number;
  readonly route: boolean;
  readonly ownQueue: boolean;
  readonly table: boolean;
  readonly hook: boolean;
  readonly queueOf: number;
  readonly waitsFor: number;
  readonly output: boolean;
  readonly secret: boolean;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  domain: fc.integer({ min: 0, max: 2 }),
  route: fc.boolean(),
  ownQueue: fc.boolean(),
  table: fc.boolean(),
  hook: fc.boolean(),
  queueOf: fc.integer({ min: 0, max: 9 }),
  waitsFor: fc.integer({ min: 0, max: 9 }),
  output: fc.boolean(),
  secret: fc.boolean(),
});
const wishes = fc.array(wish, { minLength: 1, maxLength: 8 });

const named = ['', 'orders', 'people'];
const aSub = (text: string): JsonObject => ({ 'Fn::Sub': text });

/** A flat template of such functions. One refers to queues and log groups of those before it alone: nothing goes in a circle. */
function flatOf(all: readonly Wish[]): JsonObject {
  const resources: Record<string, Json> = {
    Api: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'local' } },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    Hook: { Type: 'AWS::Serverless::Function', Properties: { AutoPublishAlias: 'live' } },
    Queries: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { Parameters: { Groups: { 'Fn::Join': [',', all.map((_, at) => ({ Ref: `F${at}Logs` }))] } } },
    },
  };
  const outputs: Record<string, Json> = { ApiId: { Value: { Ref: 'Api' } } };
  for (const [at, it] of all.entries()) {
    const id = `F${at}`;
    const other = `F${it.queueOf}Queue`;
    const earlier = it.queueOf < at && resources[other] !== undefined;
    const domain = named[it.domain] ?? '';
    resources[`${id}Logs`] = { Type: 'AWS::Logs::LogGroup', Properties: {} };
    if (it.ownQueue) resources[`${id}Queue`] = { Type: 'AWS::SQS::Queue', Properties: { Name: aSub(`\${App}-${id}`) } };
    const variables = {
      ...(it.table ? { TABLE: aSub('${AWS::Region} ${Table} ${!Table} ${Table.Arn}') } : {}),
      ...(earlier ? { QUEUE: { Ref: other }, ARN: { 'Fn::GetAtt': [other, 'Arn'] } } : {}),
      ...(it.ownQueue ? { OWN: { 'Fn::Sub': [`\${x}/\${${id}Queue.Arn}`, { x: { Ref: `${id}Queue` } }] } } : {}),
      ...(it.secret ? { SECRET: { Ref: 'Secret' } } : {}),
    };
    resources[id] = {
      Type: 'AWS::Serverless::Function',
      ...(it.waitsFor < at ? { DependsOn: [`F${it.waitsFor}Logs`, 'Table'] } : {}),
      Metadata: { Aviary: { ...(domain === '' ? {} : { Domain: domain }), release: 'r' } },
      Properties: {
        AutoPublishAlias: 'live',
        LoggingConfig: { LogGroup: { Ref: `${id}Logs` } },
        Environment: { Variables: variables },
        ...(it.hook ? { DeploymentPreference: { Hooks: { PreTraffic: { Ref: 'Hook' } } } } : {}),
        ...(it.route
          ? {
              Events: {
                Get: { Type: 'Api', Properties: { RestApiId: { Ref: 'Api' }, Path: `/${id}`, Method: 'GET' } },
              },
            }
          : {}),
      },
    };
    if (it.output) outputs[`${id}Alias`] = { Value: { Ref: `${id}.Alias` }, Description: id };
  }
  return {
    Transform: 'AWS::Serverless-2016-10-31',
    Metadata: {
      Aviary: { version: 1, resources: Object.fromEntries(Object.keys(resources).map((id) => [id, { hash: id }])) },
    },
    Parameters: { App: { Type: 'String' }, Secret: { Type: 'String', NoEcho: true } },
    Resources: resources,
    Outputs: outputs,
  };
}

const place = (all: readonly Wish[], deployed?: JsonObject): JsonObject => placeFunctions(flatOf(all), deployed);

/** Undefined where a function cannot live in the domain that it was given, beside what is deployed. */
function placeOrRefuse(all: readonly Wish[], deployed: JsonObject): JsonObject | undefined {
  try {
    return place(all, deployed);
  } catch (error) {
    if (error instanceof Failure && error.problem.includes('cannot live in the stack of a domain')) return undefined;
    throw error;
  }
}

/** Who waits for whom among the stacks of a root and its other resources goes round in a circle. */
function hasCircle(root: JsonObject): boolean {
  const open = new Map(blocksOf(root).map(([id, block]) => [id, new Set(referencedBy(block))]));
  for (;;) {
    const free = [...open].filter(([, needs]) => ![...needs].some((id) => open.has(id)));
    if (free.length === 0) return open.size > 0;
    for (const [id] of free) open.delete(id);
  }
}

describe('a template that is split', () => {
  it('is the flat template again when it is joined', () => {
    fc.assert(
      fc.property(wishes, (all) => {
        const flat = place(all);
        expect(joined(splitTemplate(flat))).toEqual(comparable(flat));
      }),
    );
  });

  it('refers to nothing that is not in the same stack', () => {
    fc.assert(
      fc.property(wishes, (all) => {
        const split = splitTemplate(place(all));
        expect([unresolved(split), ungiven(split)]).toEqual([[], []]);
      }),
    );
  });

  it('has no stacks that wait for each other', () => {
    fc.assert(
      fc.property(wishes, (all) => {
        const { root } = splitTemplate(place(all));
        // A function of the root refers to the API that its events belong to; SAM makes the permission of that alone.
        const events = blocksOf(root).map(([id, block]) => {
          const { Events: _, ...properties } = objectAt(block, 'Properties');
          return [id, { ...block, Properties: properties }] as const;
        });
        expect(hasCircle({ Resources: Object.fromEntries(events) })).toBe(false);
      }),
    );
  });

  it('keeps what is deployed where it is, whatever is added, removed, or given a domain', () => {
    fc.assert(
      fc.property(wishes, wishes, (all, later) => {
        const before = place(all);
        const after = placeOrRefuse(later, before);
        fc.pre(after !== undefined);
        const [was, is] = [homesOf(placementOf(before)), homesOf(placementOf(after))];
        const both = Object.keys(objectAt(before, 'Resources')).filter((id) => objectAt(after, 'Resources')[id]);

        expect(both.map((id) => [id, is.get(id)])).toEqual(both.map((id) => [id, was.get(id)]));
        expect(joined(splitTemplate(after))).toEqual(comparable(after));
        expect(unresolved(splitTemplate(after))).toEqual([]);
      }),
    );
  });

  it('is nothing else than it was where no function names a domain and there is room', () => {
    fc.assert(
      fc.property(wishes, (all) => {
        const flat = flatOf(all.map((it) => ({ ...it, domain: 0 })));
        const split = splitTemplate(placeFunctions(flat, undefined));
        expect(split).toEqual({ root: flat, nested: {} });
      }),
    );
  });
});
