import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

interface Segment {
  readonly name: string;
  readonly trace_id: string;
  readonly annotations?: Record<string, unknown>;
  readonly fault?: boolean;
}

const traceId = '1-5759e988-bd862e3fe1be46a994272793';

/** Reads the next segment that is sent to the X-Ray daemon: a header line, then JSON. */
async function nextSegment(daemon: Socket): Promise<Segment> {
  const [message] = (await once(daemon, 'message')) as [Buffer];
  return JSON.parse(message.toString().split('\n')[1] ?? '') as Segment;
}

describe('trace', () => {
  const before = process.env;
  let daemon: Socket;

  beforeEach(async () => {
    daemon = createSocket('udp4').bind(0, '127.0.0.1');
    await once(daemon, 'listening');
    process.env = { ...before, POWERTOOLS_SERVICE_NAME: 'users', AWS_REGION: 'eu-west-1' };
    jest.resetModules();
  });

  afterEach(async () => {
    process.env = before;
    await new Promise<void>((resolve) => daemon.close(resolve));
  });

  const inLambda = (): void => {
    Object.assign(process.env, {
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      // Would patch node:http for every test that comes after.
      POWERTOOLS_TRACER_CAPTURE_HTTPS_REQUESTS: 'false',
      LAMBDA_TASK_ROOT: '/var/task',
      AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
      _X_AMZN_TRACE_ID: `Root=${traceId};Parent=53995c3f42cd8ad8;Sampled=1`,
    });
  };

  it('does no more than run the work where tracing is off', async () => {
    const { trace } = await import('@shared/observability/tracer');

    await expect(trace('work', {}, () => Promise.resolve('done'))).resolves.toBe('done');
  });

  it('sends a subsegment with the annotations', async () => {
    inLambda();
    const { trace } = await import('@shared/observability/tracer');
    const sent = nextSegment(daemon);

    await trace('## users', { correlation_id: 'c-1' }, () => Promise.resolve());

    await expect(sent).resolves.toMatchObject({
      name: '## users',
      trace_id: traceId,
      annotations: { correlation_id: 'c-1', Service: 'users', ColdStart: expect.any(Boolean) as boolean },
    });
  });

  it('marks the subsegment of work that fails and passes the failure on', async () => {
    inLambda();
    const { trace } = await import('@shared/observability/tracer');
    const sent = nextSegment(daemon);
    const bug = new Error('bug');

    await expect(trace('## users', {}, () => Promise.reject(bug))).rejects.toBe(bug);

    await expect(sent).resolves.toMatchObject({ name: '## users', fault: true });
  });
});
