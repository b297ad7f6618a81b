import { useCloud } from '../../../support/cloud.ts';
import { rawRequest } from '../../../support/raw-request.ts';

describe('the local cloud', () => {
  const cloud = useCloud();
  const list = '/?Action=ListQueues';

  it.each([
    ['a page of another origin', { origin: 'http://pages.example.com' }],
    ['another port of this machine', { origin: 'http://localhost:3000' }],
    ['a page without an origin', { origin: 'null' }],
    ['an image of another site', { 'sec-fetch-site': 'cross-site' }],
    ['another name that leads here', { host: 'rebound.example.com:4566' }],
    ['a name that ends alike', { host: 'notlocalhost:4566' }],
    ['a name that begins alike', { host: 'localhost.example.com' }],
  ])('refuses %s', async (_who, headers) => {
    const { endpoint } = cloud;

    const answers = await Promise.all(
      ['GET', 'POST', 'OPTIONS'].map((method) => rawRequest(endpoint, list, { method, headers })),
    );

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(answers.map((it) => it.headers['access-control-allow-origin'])).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['a program', {}],
    ['a container', { host: 'host.docker.internal:4566' }],
    ['a container by number', { host: '172.17.0.1:4566' }],
    ['its other name', { host: 'localhost:4566' }],
    ['its own page', { host: 'localhost:4566', origin: 'http://localhost:4566', 'sec-fetch-site': 'same-origin' }],
  ])('answers %s', async (_who, headers) => {
    expect((await rawRequest(cloud.endpoint, list, { headers })).status).toBe(200);
  });

  it('leaves it to the API which origins may ask it, but not by another name', async () => {
    const { endpoint } = cloud;
    const path = '/_aws/execute-api/00000000/local/health';

    const asked = await rawRequest(endpoint, path, { headers: { origin: 'http://pages.example.com' } });
    const rebound = await rawRequest(endpoint, path, { headers: { host: 'rebound.example.com' } });

    expect([asked.status, rebound.status]).toEqual([404, 403]);
  });
});
