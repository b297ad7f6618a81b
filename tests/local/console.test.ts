// Needs the sample domain, and goes with it: aviary begin.
import { UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { createServer, type Server } from 'node:http';
import { chromium, type Browser, type Page } from 'playwright-core';
import type {
  Branch,
  Flag,
  Graph,
  Invocation,
  Line,
  RehearsalEvent,
  Request,
  SampleEvent,
  StageEvent,
  StageView,
} from '../../tools/console/api.ts';
import { stageChanges } from '../../tools/console/stage-changes.ts';
import { functionNames, useStage } from '../support/aviary-stage.ts';
import { browserPath, hasBrowser } from '../support/console/browser.ts';
import { useConsole } from '../support/console/use-console.ts';
import { eventually } from '../support/runtime/eventually.ts';

const stage = useStage();
const changes = stageChanges();
const served = useConsole(stage, changes);

describe('the console', () => {
  const invoke = (name: string, event: unknown): Promise<Invocation> =>
    served().page.post<Invocation>('invocations', { function: name, event });
  /** A job of the processor; the correlation id is told by the event. */
  const job = (correlationId: string, name = 'Ada') => ({ action: 'create', data: { id: '1', name }, correlationId });
  const first = async <T>(things: AsyncIterable<T>, wanted: (thing: T) => boolean): Promise<T> => {
    for await (const thing of things) if (wanted(thing)) return thing;
    throw new Error('It ended before.');
  };

  it('shows every function with its release, what invokes it and its samples', async () => {
    const { state, functions } = await served().page.get<StageView>('stage');
    const users = functions.find(({ name }) => name === 'users');

    expect(state).toBe('CREATE_COMPLETE');
    expect(functions.map(({ name }) => name).sort()).toEqual(functionNames);
    expect(users).toMatchObject({ functionName: 'aviary-users-local', tree: 'unchanged', swapped: null, agrees: true });
    expect(users?.triggers).toContainEqual({ type: 'Api', label: 'GET /users/{id}' });
    expect(users?.samples).toContain('create-user');
    expect(functions.flatMap(({ triggers }) => triggers)).toEqual(
      expect.arrayContaining([
        { type: 'DynamoDB', label: 'aviary-events-local' },
        { type: 'Kinesis', label: 'aviary-order-events-local' },
        { type: 'SQS', label: 'aviary-notifications-local' },
      ]),
    );
  });

  it('marks in the graph what a save has changed, up to the functions that it reaches', async () => {
    const { clone } = stage();
    const path = 'functions/users/list-users.ts';
    const marked = async (): Promise<string[]> =>
      (await served().page.get<Graph>('graph')).nodes.filter(({ changed }) => changed).map(({ id }) => id);

    const before = await marked();
    clone.edit(path, 'status: 200', 'status: 203');
    const after = await marked();
    const { functions } = await served().page.get<StageView>('stage');
    clone.reset();

    expect([before, after]).toEqual([[], [path, 'function:users']]);
    expect(functions.filter(({ tree }) => tree !== 'unchanged').map(({ name }) => name)).toEqual(['users']);
  });

  it('gives the samples of a function with their events', async () => {
    const samples = await served().page.get<SampleEvent[]>('functions/processor/samples');

    expect(samples).toContainEqual(
      expect.objectContaining({
        name: 'create',
        isRefused: false,
        event: expect.objectContaining({ action: 'create' }) as unknown,
      }),
    );
  });

  it('invokes a function, with its lines, and finds its trace and its request by the correlation id', async () => {
    const { answer, functionError, correlation, lines } = await invoke('processor', job('console-1'));
    const trace = await served().page.get<Branch[]>('traces/console-1');
    const requests = await served().page.get<Request[]>('traces');

    expect([answer, functionError, correlation]).toEqual([
      expect.objectContaining({ id: '1', status: 'created' }),
      null,
      'console-1',
    ]);
    expect(lines).toContainEqual(
      expect.objectContaining({ function: 'processor', kind: 'log', level: 'INFO', correlations: ['console-1'] }),
    );
    expect(trace).toMatchObject([
      { function: 'processor', failed: false, children: [], requestId: lines[0]?.requestId },
    ]);
    expect(trace[0]?.duration).toBeGreaterThan(0);
    expect(requests[0]).toMatchObject({ correlation: 'console-1', functions: ['processor'], failed: false });
    await expect(served().page.get('traces/nobody')).resolves.toEqual([]);
  });

  it('says what a function failed with, where in its sources', async () => {
    const { functionError, answer, lines } = await invoke('processor', { action: 'explode' });

    expect(functionError).not.toBeNull();
    expect(answer).toHaveProperty('errorMessage');
    expect(lines.filter(({ level }) => level === 'ERROR')).not.toEqual([]);
    await expect(invoke('procesor', {})).rejects.toThrow(
      /^422 .*There is no function procesor\..*Did you mean processor\?/,
    );
  });

  it('streams log lines while they come, and reads no more when nobody looks', async () => {
    const since = new Date().toISOString();
    const seen = first(await served().page.stream<Line>(`logs?since=${since}`), (line) =>
      line.correlations.includes('console-2'),
    );

    await invoke('processor', job('console-2'));

    await expect(seen).resolves.toMatchObject({ function: 'processor', kind: 'log' });
  });

  it('switches a flag at once', async () => {
    const name = 'enable_advanced_caching';
    const before = (await served().page.get<Flag[]>('flags')).find((it) => it.name === name);

    const switched = await served().page.post<Flag>(`flags/${name}`, { on: before?.on !== true });

    expect(switched).toEqual({ ...before, on: before?.on !== true });
    await expect(served().page.get('flags')).resolves.toContainEqual(switched);
    await expect(served().page.post('flags/none', { on: true })).rejects.toThrow(/^422 .*There is no flag none/);
  });

  it('shows a rehearsal minute by minute, and draws it; one that cannot be ends with why', async () => {
    const events: RehearsalEvent[] = [];
    for await (const event of await served().page.stream<RehearsalEvent>('rehearsals', {
      function: 'health',
      traffic: 10,
    }))
      events.push(event);
    const refused: RehearsalEvent[] = [];
    for await (const event of await served().page.stream<RehearsalEvent>('rehearsals', {
      function: 'none',
      traffic: 10,
    }))
      refused.push(event);

    const minutes = events.slice(0, -1).map((event) => ('minute' in event ? event.minute.minute : 0));
    expect(minutes).toEqual(minutes.map((_, at) => at + 1));
    expect(minutes.length).toBeGreaterThan(1);
    expect(events.at(-1)).toMatchObject({
      rehearsal: { function: 'health', result: 'shifted' },
      svg: expect.stringMatching(/^<svg /) as string,
    });
    expect(refused).toEqual([expect.objectContaining({ problem: 'There is no function none.' })]);
  });

  it('ends a rehearsal that nobody looks at any more, and deletes its version', async () => {
    const versions = async (): Promise<readonly string[]> => (await stage().running()).health.versions;
    const before = await versions();
    const events = await served().page.stream<RehearsalEvent>('rehearsals', { function: 'health', traffic: 500 });

    const first = await events.next();
    const meanwhile = await versions();
    await events.return(undefined);

    expect(first).toHaveProperty('value.minute');
    expect(meanwhile).toHaveLength(before.length + 1);
    await expect(eventually(versions, ({ length }) => length === before.length)).resolves.toEqual(before);
  });

  it('tells when something was saved, and when another terminal has changed the stack', async () => {
    const { cloudFormation } = stage();
    const events = await served().page.stream<StageEvent>('events');
    changes.emit('changed', 'tree');

    await expect(events.next()).resolves.toMatchObject({ value: { changed: 'tree' } });
    const Tags = [{ Key: 'console', Value: 'seen' }];
    const Capabilities = [
      'CAPABILITY_IAM' as const,
      'CAPABILITY_NAMED_IAM' as const,
      'CAPABILITY_AUTO_EXPAND' as const,
    ];
    await cloudFormation.send(
      new UpdateStackCommand({ StackName: 'aviary-local', UsePreviousTemplate: true, Tags, Capabilities }),
    );
    await expect(events.next()).resolves.toMatchObject({ value: { changed: 'stage' } });
    await events.return(undefined);
    await expect(
      eventually(
        () => Promise.resolve(changes.listenerCount('changed')),
        (left) => left === 0,
      ),
    ).resolves.toBe(0);
  });

  it('shows the dashboards and the documentation of the API, which it passes requests on to', async () => {
    const { origin } = new URL(served().console.url);
    const ask = async (path: string): Promise<string> => await (await fetch(`${origin}${path}`)).text();

    await expect(ask('/dashboards/overview')).resolves.toContain('<figure>');
    await expect(ask('/docs')).resolves.toContain('swagger-ui');
    await expect(ask('/api/health')).resolves.toContain('"success":true');
  });
});

(hasBrowser ? describe : describe.skip)('a page of another origin in a browser', () => {
  /** By these rules of the browser, names of the page's maker lead to this machine, as DNS rebinding has it. */
  const args = ['--no-sandbox', '--no-proxy-server', '--host-resolver-rules=MAP *.example.com 127.0.0.1'];
  let browser: Browser, pages: Server;
  beforeAll(async () => {
    pages = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>Hello'));
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ executablePath: browserPath, args });
  });
  afterAll(async () => {
    await browser.close();
    pages.close();
  });
  const foreign = async (): Promise<Page> => {
    const address = pages.address();
    const tab = await browser.newPage();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await tab.goto(`http://pages.example.com:${port}/`);
    return tab;
  };

  it('reads nothing and invokes nothing, here and at the local cloud', async () => {
    const tab = await foreign();
    const [origin, token] = served().console.url.split('/#token=');
    const { endpoint } = stage().cloud;
    const event = JSON.stringify({ action: 'create', data: { id: '1', name: 'Eve' }, correlationId: 'foreign-1' });
    const lambda = `${endpoint}/2015-03-31/functions/aviary-processor-local:live/invocations`;
    const body = `{"function":"processor","event":${event}}`;
    const requests: [string, { method?: string; mode?: 'no-cors'; body?: string; headers?: Record<string, string> }][] =
      [
        [`${origin ?? ''}/console/stage`, { headers: { authorization: `Bearer ${token ?? ''}` } }],
        [`${origin ?? ''}/console/invocations`, { method: 'POST', mode: 'no-cors', body }],
        [`${origin ?? ''}/`, {}],
        [lambda, { method: 'POST', body: event }],
        [lambda, { method: 'POST', mode: 'no-cors', body: event }],
        [`${endpoint}/?Action=ListQueues`, {}],
      ];

    const read = await tab.evaluate(async (all) => {
      const ask = async ([url, parts]: (typeof all)[number]): Promise<string> => {
        try {
          return await (await fetch(url, parts)).text();
        } catch {
          return 'no answer';
        }
      };
      return await Promise.all(all.map(ask));
    }, requests);
    // By no-cors an answer has no text that the page could read.
    expect(read).toEqual(['no answer', '', 'no answer', 'no answer', '', 'no answer']);
    await tab.close();
    await expect(served().page.get('traces/foreign-1')).resolves.toEqual([]);
  });

  it.each(['an image', 'a link'])('deletes nothing by %s', async (what) => {
    const tab = await foreign();
    const { endpoint } = stage().cloud;
    const queue = 'aviary-scheduled-dlq-local';
    const url = `${endpoint}/?Action=DeleteQueue&QueueUrl=${encodeURIComponent(`${endpoint}/000000000000/${queue}`)}`;

    const answered = tab.waitForResponse(url);
    await tab.setContent(what === 'an image' ? `<img src="${url}">` : `<a href="${url}">More</a>`);
    if (what === 'a link') await tab.getByRole('link').click();

    expect((await answered).status()).toBe(403);
    await tab.close();
    await expect(served().page.get('stores')).resolves.toContainEqual(expect.objectContaining({ name: queue }));
  });

  it('is answered by neither at a name that is made to lead here', async () => {
    const tab = await browser.newPage();
    const ports = [new URL(served().console.url).port, new URL(stage().cloud.endpoint).port];
    const statuses: (number | undefined)[] = [];

    for (const port of ports) statuses.push((await tab.goto(`http://rebound.example.com:${port}/`))?.status());

    await tab.close();
    expect(statuses).toEqual([403, 403]);
  });
});
