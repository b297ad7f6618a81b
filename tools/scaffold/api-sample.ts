import { exampleSubject } from '../token/example-subject.ts';
import { scopes } from '../token/scopes.ts';
import { pathParameters } from './triggers.ts';

const headers = {
  Accept: 'application/json',
  Host: 'api.example.com',
  'User-Agent': 'curl/8.5.0',
  'X-Correlation-Id': 'sample-1',
  'X-Forwarded-For': '203.0.113.10',
  'X-Forwarded-Port': '443',
  'X-Forwarded-Proto': 'https',
};

const nobody = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: '203.0.113.10',
  user: null,
  userAgent: 'curl/8.5.0',
  userArn: null,
};

/** What the authorizer says of a caller who may ask every route; `exp` is in the year 2100. */
const admin = {
  principalId: exampleSubject,
  sub: exampleSubject,
  userId: exampleSubject,
  iss: 'urn:aviary:local',
  scopes: scopes.join(' '),
  exp: '4102444800',
};

/** A `GET` of a route as API Gateway hands it over, with `sample-1` for each parameter of the path. */
export function apiSample(resource: string): unknown {
  const parameters = pathParameters(resource).map((name) => [name, 'sample-1'] as const);
  const path = resource.replaceAll(/\{\w+\}/g, 'sample-1');
  return {
    resource,
    path,
    httpMethod: 'GET',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: parameters.length > 0 ? Object.fromEntries(parameters) : null,
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'abcdef1234',
      authorizer: admin,
      domainName: 'api.example.com',
      domainPrefix: 'api',
      extendedRequestId: 'JKJaXmPLvHcESHA=',
      httpMethod: 'GET',
      identity: nobody,
      path: `/local${path}`,
      protocol: 'HTTP/1.1',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      requestTime: '01/Jun/2025:12:00:00 +0000',
      requestTimeEpoch: 1_748_779_200_000,
      resourceId: 'abc123',
      resourcePath: resource,
      stage: 'local',
    },
    body: null,
    isBase64Encoded: false,
  };
}
