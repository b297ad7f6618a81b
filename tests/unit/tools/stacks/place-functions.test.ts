import { objectAt, type Json, type JsonObject } from '../../../../tools/lib/json.ts';
import { readRecord } from '../../../../tools/plan/record.ts';
import { misplaced } from '../../../../tools/stacks/misplaced.ts';
import { placeFunctions } from '../../../../tools/stacks/place-functions.ts';
import { placementOf, type Placement } from '../../../../tools/stacks/placement.ts';
import { splitTemplate } from '../../../../tools/stacks/split-template.ts';
import { aFunction } from '../../../support/engine/a-tree.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

interface Parts {
  readonly domain?: Json;
  readonly events?: JsonObject;
  readonly properties?: JsonObject;
  readonly attributes?: JsonObject;
}

const fn = ({ domain, events, properties, attributes }: Parts = {}): JsonObject => ({
  Type: 'AWS::Serverless::Function',
  ...attributes,
  Metadata: { Aviary: { name: 'it', code: 'c', release: 'r', ...(domain === undefined ? {} : { Domain: domain }) } },
  Properties: { AutoPublishAlias: 'live', ...(events ? { Events: events } : {}), ...properties },
});
const route = (more: JsonObject = {}): JsonObject => ({
  Get: { Type: 'Api', Properties: { RestApiId: { Ref: 'Api' }, Path: '/it', Method: 'GET', ...more } },
});
const api = (properties: JsonObject = {}): JsonObject => ({ Type: 'AWS::Serverless::Api', Properties: properties });
const queue = { Type: 'AWS::SQS::Queue', Properties: {} };
const templateOf = (resources: JsonObject, parameters: JsonObject = {}): JsonObject => ({
  Metadata: { Aviary: { version: 1 } },
  Parameters: parameters,
  Resources: resources,
});
const placed = (resources: JsonObject, deployed?: JsonObject): Placement =>
  placementOf(placeFunctions(templateOf(resources), deployed));
const domain = 'orders';

describe('placeFunctions', () => {
  it('puts a function that names a domain into its stack, with what is its own', () => {
    const reader = fn({
      domain,
      properties: { Environment: { Variables: { URL: { Ref: 'Queue' }, OF: { Ref: 'Shared' } } } },
    });
    const other = fn({ properties: { Environment: { Variables: { OF: { Ref: 'Shared' } } } } });
    const policy = { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }] } };

    expect(placed({ Reader: reader, Other: other, Queue: queue, Policy: policy, Shared: queue })).toEqual({
      OrdersDomain: ['Reader', 'Queue', 'Policy'],
    });
  });

  it('keeps what outlives functions in the root, and log groups in a stack beside', () => {
    const environment = {
      Environment: { Variables: { TABLE: { Ref: 'Table' } } },
      LoggingConfig: { LogGroup: { Ref: 'Logs' } },
    };
    const resources = {
      Reader: fn({ domain, properties: environment }),
      Table: { Type: 'AWS::DynamoDB::Table' },
      Logs: { Type: 'AWS::Logs::LogGroup' },
    };

    expect(placed(resources)).toEqual({ OrdersDomain: ['Reader'], OrdersDomainLogs: ['Logs'] });
  });

  it('fills the root, and then stack after stack', () => {
    const names = Array.from({ length: 300 }, (_, at) => `F${at}`);
    const placement = placed(Object.fromEntries(names.map((name) => [name, fn()])));

    // Function, role, version and alias: four resources each.
    expect(Object.keys(placement)).toEqual(['Functions2', 'Functions3']);
    expect(Object.values(placement).map((ids) => ids.length)).toEqual([110, 90]);
    expect(placement['Functions2']?.[0]).toBe('F100');
  });

  it('goes on in a second stack of a domain when the first is full', () => {
    const names = Array.from({ length: 120 }, (_, at) => `F${at}`);
    const placement = placed(Object.fromEntries(names.map((name) => [name, fn({ domain: 'order-books' })])));

    expect(Object.keys(placement)).toEqual(['OrderBooksDomain', 'OrderBooksDomain2']);
  });

  it('leaves a deployed function where it is, and puts what it has newly got beside it', () => {
    const before = placeFunctions(templateOf({ Near: fn({ domain }), Far: fn() }), undefined);
    const own = { Environment: { Variables: { URL: { Ref: 'Queue' } } } };
    const later = { Near: fn({ properties: own }), Far: fn({ domain }), Queue: queue };

    expect(placed(later, before)).toEqual({ OrdersDomain: ['Near', 'Queue'] });
  });

  it.each<[string, JsonObject, string]>([
    [
      'an S3 event',
      { It: fn({ domain, events: { Put: { Type: 'S3', Properties: {} } } }) },
      'SAM wants what its S3 event is about',
    ],
    ['connectors', { It: fn({ domain, attributes: { Connectors: {} } }) }, 'it has Connectors'],
    [
      'a route of no API',
      { It: fn({ domain, events: route({ RestApiId: 'abc' }) }), Api: api() },
      'names no API of the template',
    ],
    [
      'an API with a body',
      { It: fn({ domain, events: route() }), Api: api({ DefinitionBody: {} }) },
      'Api has a definition of its own',
    ],
    [
      'an API of OpenAPI 3',
      { It: fn({ domain, events: route() }), Api: api({ OpenApiVersion: '3.0.1' }) },
      'Api has an OpenApiVersion',
    ],
    [
      'callers that sign',
      { It: fn({ domain, events: route() }), Api: api({ Auth: { DefaultAuthorizer: 'AWS_IAM' } }) },
      'callers sign by IAM',
    ],
    [
      'a route whose callers sign',
      { It: fn({ domain, events: route({ Auth: { Authorizer: 'AWS_IAM' } }) }), Api: api() },
      'callers of a route of It sign by IAM',
    ],
    [
      'a route with a key of its own',
      { It: fn({ domain, events: route({ Auth: { ApiKeyRequired: true } }) }), Api: api() },
      'asks for an API key by itself',
    ],
    [
      'a route with parameters',
      { It: fn({ domain, events: route({ RequestParameters: [] }) }), Api: api() },
      'a route of It has RequestParameters',
    ],
    [
      'a function that others refer to',
      { It: fn({ domain }), Other: fn({ properties: { Hook: { Ref: 'It' } } }) },
      'other functions refer to it',
    ],
    [
      'a circle',
      { It: fn({ domain, events: route(), properties: { Url: { Ref: 'Api' } } }), Api: api() },
      'It cannot live in the stack of a domain: Api needs It',
    ],
  ])('refuses a domain for %s, with the reason', (_, resources, reason) => {
    const failure = failureOf(() => placed(resources));

    expect(failure.problem).toContain(reason);
    expect(failure.next).toBe('Take the line Domain out of its Metadata in template.yaml.');
  });

  it('refuses a domain for a function that refers to a list among the parameters', () => {
    const list = { Zones: { Type: 'AWS::SSM::Parameter::Value<List<String>>' } };
    const template = templateOf({ It: fn({ domain, properties: { Zones: { Ref: 'Zones' } } }) }, list);

    expect(failureOf(() => placeFunctions(template, undefined)).problem).toContain(
      'the parameter Zones, which is a list',
    );
  });

  it.each([['Orders'], ['a b'], [''], [1]])('refuses %j as a domain', (name) => {
    expect(failureOf(() => placed({ It: fn({ domain: name }) })).problem).toContain('has a Domain that is no name');
  });

  it('refuses a resource that has the name of a nested stack', () => {
    const failure = failureOf(() => placed({ It: fn({ domain }), OrdersDomain: queue }));

    expect(failure.problem).toContain('template.yaml has a resource OrdersDomain');
  });
});

describe('splitTemplate', () => {
  it('refuses a stack above what CloudFormation takes, and names it', () => {
    const variables = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`V${at}`, { Ref: `Q${at}` }]));
    const properties = { Environment: { Variables: variables } };
    const queues = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`Q${at}`, queue]));
    const template = templateOf({ It: fn({ domain, properties }), Other: fn({ properties }), ...queues });

    const failure = failureOf(() => splitTemplate(placeFunctions(template, undefined)));

    expect(failure.problem).toBe('OrdersDomain would have 201 parameters, and CloudFormation takes 200.');
  });
});

describe('misplaced', () => {
  const named = (name: string, wanted?: string): ReturnType<typeof aFunction> => {
    const it = aFunction({ name });
    const Aviary = wanted === undefined ? {} : { Domain: wanted };
    return { ...it, block: { ...it.block, Metadata: { ...objectAt(it.block, 'Metadata'), Aviary } } };
  };
  const record = readRecord(
    placeFunctions(templateOf({ Users: fn(), Orders: fn({ domain }), Books: fn({ domain }) }), undefined),
    'aviary-local',
  );

  it('tells of functions that are deployed elsewhere than they ask for', () => {
    const said = misplaced({ functions: [named('users', 'people'), named('orders', 'people')] }, record);

    expect(said).toEqual([
      expect.stringContaining('users stays in the root, where it is deployed'),
      expect.stringContaining('orders stays in the stack OrdersDomain, where it is deployed'),
    ]);
  });

  it('tells of none that is where it asks for, asks for nothing, or is new', () => {
    const functions = [named('orders', 'orders'), named('books'), named('users'), named('new', 'orders')];

    expect(misplaced({ functions }, record)).toEqual([]);
    expect(misplaced({ functions }, undefined)).toEqual([]);
  });
});
