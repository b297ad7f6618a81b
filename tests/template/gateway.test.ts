import { publicErrors } from '@shared/errors/public-error';
import { respond } from '@shared/http/respond';
import { isList, isObject, objectAt, stringAt, type Json, type JsonObject } from '../../tools/lib/json.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { readTree } from '../../tools/tree/read-tree.ts';
import { repository } from '../support/engine/a-folder.ts';
import { firstDeploy } from '../support/engine/stack-model.ts';
import { resourcesOf, translate } from '../support/engine/translate.ts';
import { openApiDocument } from '../support/openapi.ts';

const origin = 'https://app.example.com';
/** Nobody who asks these has a token, or a key. */
const publicRoutes = ['GET /health', 'POST /webhooks/github'];

/** What CloudFormation makes of production with these parameters. */
async function translated(parameters: Readonly<Record<string, string>>): Promise<JsonObject> {
  const stage = readStage(repository, 'production');
  const tree = await readTree(repository, { ...stage, parameters: { ...stage.parameters, ...parameters } });
  const [template = {}] = translate([firstDeploy(tree)]);
  return template;
}

const propertiesOf = (template: JsonObject, type: string): JsonObject =>
  objectAt(Object.values(resourcesOf(template, type))[0], 'Properties');
const swaggerOf = (template: JsonObject): JsonObject =>
  objectAt(propertiesOf(template, 'AWS::ApiGateway::RestApi'), 'Body');

/** Method and path of each route to what the gateway is told of it; the preflights are not among them. */
function operationsOf(template: JsonObject): Map<string, JsonObject> {
  const operations = Object.entries(objectAt(swaggerOf(template), 'paths')).flatMap(([path, methods]) =>
    Object.entries(isObject(methods) ? methods : {}).map(
      ([method, it]) => [`${method.toUpperCase()} ${path}`, isObject(it) ? it : {}] as const,
    ),
  );
  return new Map(operations.filter(([route]) => !route.startsWith('OPTIONS')));
}

const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
const needsKey = (operation: JsonObject): boolean => JSON.stringify(operation['security'] ?? []).includes('api_key');

let plain: JsonObject;
let open: JsonObject;
beforeAll(async () => {
  [plain, open] = await Promise.all([translated({}), translated({ ApiKeys: 'on', CorsOrigin: origin })]);
}, 120_000);

describe('bodies', () => {
  const withBody = Object.entries(openApiDocument.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => operation.requestBody !== undefined)
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
  /** GitHub's deliveries are judged by their signature first, and those of other events are taken as they are. */
  const byTheFunction = ['POST /webhooks/github'];

  it('are checked by the gateway on every route that takes one, against a model', () => {
    const models = Object.keys(objectAt(swaggerOf(plain), 'definitions'));
    const checked = [...operationsOf(plain)].filter(([, operation]) => {
      const body = listOf(operation['parameters']).find((it) => stringAt(it, 'in') === 'body');
      const name = stringAt(objectAt(body, 'schema'), '$ref')?.replace('#/definitions/', '');
      const validator = objectAt(
        objectAt(swaggerOf(plain), 'x-amazon-apigateway-request-validators'),
        stringAt(operation, 'x-amazon-apigateway-request-validator') ?? '',
      );
      return models.includes(name ?? '') && validator['validateRequestBody'] === true;
    });

    expect([...checked.map(([route]) => route), ...byTheFunction].sort()).toEqual(withBody.sort());
  });

  it('have models without a word that draft 4 does not know, or that refers elsewhere', () => {
    const text = JSON.stringify(objectAt(swaggerOf(plain), 'definitions'));

    expect(text).not.toMatch(/\$ref|\$defs|"const"|exclusiveM|"format"|"pattern"/);
  });
});

describe('answers of the gateway itself', () => {
  const responsesOf = (template: JsonObject): JsonObject =>
    objectAt(swaggerOf(template), 'x-amazon-apigateway-gateway-responses');
  const headersOf = (template: JsonObject, type: string): JsonObject =>
    objectAt(objectAt(responsesOf(template), type), 'responseParameters');
  const known = new Map(publicErrors().map(({ status, code, message }) => [code, { status, message }]));

  it.each([
    ['BAD_REQUEST_BODY', 400],
    ['BAD_REQUEST_PARAMETERS', 400],
    ['INVALID_API_KEY', 403],
    ['MISSING_AUTHENTICATION_TOKEN', 404],
    ['REQUEST_TOO_LARGE', 413],
    ['UNSUPPORTED_MEDIA_TYPE', 415],
    ['THROTTLED', 429],
    ['QUOTA_EXCEEDED', 429],
    ['DEFAULT_5XX', 500],
  ])('to %s are those of the functions for a %s', (type, status) => {
    const template = objectAt(objectAt(responsesOf(plain), type), 'responseTemplates');
    const body = JSON.parse(stringAt(template, 'application/json') ?? '') as {
      success: boolean;
      error: { code: string };
      message: string;
    };

    expect(known.get(body.error.code)).toEqual({ status, message: body.message });
    expect(body.success).toBe(false);
  });

  it('all carry a correlation id, and the headers that answers of the functions have', () => {
    const own = { ...respond({ status: 204 }, 'c').headers, 'content-security-policy': 'sandbox' };
    const said = Object.entries(own).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]);
    const types = Object.keys(responsesOf(plain));

    expect(types.length).toBeGreaterThan(9);
    for (const type of types) {
      expect(headersOf(plain, type)).toMatchObject({
        ...Object.fromEntries(said),
        'gatewayresponse.header.x-correlation-id': 'context.requestId',
      });
      expect(Object.keys(headersOf(plain, type)).join()).not.toContain('access-control');
    }
  });

  it('name the other origin, where there is one', () => {
    for (const type of Object.keys(responsesOf(open)))
      expect(headersOf(open, type)['gatewayresponse.header.access-control-allow-origin']).toBe(`'${origin}'`);
  });
});

describe('other origins', () => {
  const preflights = (template: JsonObject): Json[] =>
    Object.values(objectAt(swaggerOf(template), 'paths')).flatMap((methods) => listed(objectAt(methods, 'options')));
  const listed = (value: JsonObject): Json[] => (Object.keys(value).length === 0 ? [] : [value]);

  it('get no preflight, and functions know of none, unless one is named', () => {
    expect(preflights(plain)).toEqual([]);
    expect(JSON.stringify(plain)).not.toContain('CORS_ORIGIN');
  });

  it('get a preflight on every path where one is named, for that one, without a key or credentials', () => {
    const found = preflights(open);

    expect(found).toHaveLength(new Set([...operationsOf(open).keys()].map((it) => it.split(' ')[1])).size);
    for (const preflight of found) {
      const text = JSON.stringify(preflight);
      expect(text).toContain(`"method.response.header.Access-Control-Allow-Origin":"'${origin}'"`);
      expect(text).toMatch(/Access-Control-Allow-Headers":"'[^']*\bauthorization\b/);
      expect(text).not.toMatch(/"'\*'"|Allow-Credentials|api_key/);
    }
  });

  it('are told to the functions', () => {
    for (const block of Object.values(resourcesOf(open, 'AWS::Lambda::Function')))
      expect(objectAt(objectAt(objectAt(block, 'Properties'), 'Environment'), 'Variables')['CORS_ORIGIN']).toBe(origin);
  });
});

describe('callers', () => {
  const isAsked = ({ security }: JsonObject): boolean => JSON.stringify(security ?? []).includes('"Tokens"');

  it('are asked for a token on every route but those that are public, with keys and without', () => {
    for (const template of [plain, open]) {
      const free = [...operationsOf(template)].filter(([, operation]) => !isAsked(operation)).map(([route]) => route);
      expect(free.sort()).toEqual(publicRoutes);
    }
  });

  it('are known by the whole of what they send as Authorization, for five minutes', () => {
    const proof = objectAt(objectAt(swaggerOf(plain), 'securityDefinitions'), 'Tokens');

    expect(proof['x-amazon-apigateway-authorizer']).toMatchObject({
      type: 'request',
      identitySource: 'method.request.header.Authorization',
      authorizerResultTtlInSeconds: 300,
    });
  });
});

describe('limits', () => {
  it('hold for all routes of a stage together', () => {
    expect(propertiesOf(plain, 'AWS::ApiGateway::Stage')['MethodSettings']).toEqual([
      { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
    ]);
  });

  it('hold for no single caller unless there are keys', () => {
    expect([...operationsOf(plain).values()].filter(needsKey)).toEqual([]);
    expect(resourcesOf(plain, 'AWS::ApiGateway::UsagePlan')).toEqual({});
  });

  it('hold for each caller by key, on every route but those that nobody has a key for', () => {
    const free = [...operationsOf(open)].filter(([, operation]) => !needsKey(operation)).map(([route]) => route);

    expect(free.sort()).toEqual(publicRoutes);
    expect(propertiesOf(open, 'AWS::ApiGateway::UsagePlan')).toMatchObject({
      Throttle: { RateLimit: 10, BurstLimit: 20 },
      Quota: { Limit: 100_000, Period: 'DAY' },
    });
  });
});
