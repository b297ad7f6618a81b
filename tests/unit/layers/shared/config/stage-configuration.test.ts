import { useEntryEnvironment } from '../../../../support/runtime/entry-environment.ts';
import {
  startServer,
  type FakeAnswer,
  type FakeCall,
  type FakeServer,
} from '../../../../support/runtime/http-server.ts';

/** SSM and AppConfig, as far as they are asked here; each has an answer of its own. */
const answers: Record<'ssm' | 'session' | 'flags', FakeAnswer> = {
  ssm: { status: 200, body: { Parameters: [{ Name: '/aviary/test/orders/maxLines', Value: '7' }] } },
  session: { status: 201, body: { InitialConfigurationToken: 'token' } },
  flags: { status: 200, body: {} },
};
const down: FakeAnswer = { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } };
const flagsOf = (body: unknown) => ({
  status: 200,
  body,
  headers: { 'next-poll-configuration-token': 'token', 'next-poll-interval-in-seconds': '60' },
});

describe('the configuration of a stage', () => {
  let server: FakeServer;
  let calls: string[];
  const given = { ...answers };

  beforeAll(async () => {
    server = await startServer(({ url, headers }: FakeCall) => {
      const kind = url.pathname.startsWith('/configurationsessions')
        ? 'session'
        : url.pathname.startsWith('/configuration')
          ? 'flags'
          : 'ssm';
      calls.push(kind === 'ssm' ? String(headers['x-amz-target']) : kind);
      return given[kind];
    });
  });

  afterAll(() => server.close());

  useEntryEnvironment('orders', {
    POWERTOOLS_DEV: 'true',
    POWERTOOLS_LOG_LEVEL: 'INFO',
    POWERTOOLS_METRICS_DISABLED: 'false',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });

  let written: Record<string, unknown>[];

  beforeEach(() => {
    process.env['AWS_ENDPOINT_URL'] = server.base;
    [calls, written] = [[], []];
    Object.assign(given, answers);
    for (const method of ['log', 'warn'] as const)
      jest
        .spyOn(console, method)
        .mockImplementation(
          (...[text]: unknown[]) => void written.push(JSON.parse(String(text)) as Record<string, unknown>),
        );
  });

  const settings = async () => {
    const [{ stageSettings }, { wholeNumber }] = await Promise.all([
      import('@shared/config/stage-settings'),
      import('@shared/config/settings'),
    ]);
    return stageSettings({ maxLines: wholeNumber(1, 100, 100) });
  };
  const flags = async () => (await import('@shared/config/stage-flags')).stageFlags();
  const metrics = async () => (await import('@shared/observability/metrics')).metrics;

  it('has the settings of the function, by one call however often they are asked for', async () => {
    const current = await settings();

    await expect(Promise.all([current(), current()])).resolves.toEqual([{ maxLines: 7 }, { maxLines: 7 }]);
    await expect(current()).resolves.toEqual({ maxLines: 7 });
    expect(calls).toEqual(['AmazonSSM.GetParametersByPath']);
    expect(written).toEqual([]);
  });

  it.each([
    ['SSM is away', down],
    ['SSM does not answer', 'hang' as const],
    ['there is no such setting', { status: 200, body: { Parameters: [] } }],
    [
      'it is not what it may be',
      { status: 200, body: { Parameters: [{ Name: '/aviary/test/orders/maxLines', Value: '-' }] } },
    ],
  ])('has fallbacks, one warning and a count when %s', async (_when, ssm) => {
    given.ssm = ssm;
    const current = await settings();

    await expect(current()).resolves.toEqual({ maxLines: 100 });
    await expect(current()).resolves.toEqual({ maxLines: 100 });
    (await metrics()).publish();

    expect(written).toEqual([
      expect.objectContaining({ level: 'WARN', log_code: 'CONFIGURATION_DEFAULTED' }),
      expect.objectContaining({ ConfigurationDefaulted: 1 }),
    ]);
  });

  it('has the flags of AppConfig, by one session and one call, and counts each evaluation', async () => {
    given.flags = flagsOf({ enable_advanced_caching: { enabled: false }, another: { enabled: true, size: 7 } });
    const isOn = await flags();

    await expect(Promise.all([isOn('enable_advanced_caching'), isOn('enable_security_monitoring')])).resolves.toEqual([
      false,
      true,
    ]);
    expect(calls).toEqual(['session', 'flags']);
    const common = { service: 'orders', stage: 'test', FeatureFlagEvaluations: 1 };
    expect(written).toEqual([
      expect.objectContaining({ ...common, flag: 'enable_advanced_caching', value: 'off' }),
      expect.objectContaining({ ...common, flag: 'enable_security_monitoring', value: 'on' }),
    ]);
  });

  it.each([
    ['AppConfig is away', { session: down }],
    ['its answer is no flags', { flags: flagsOf({ enable_advanced_caching: 'off' }) }],
    ['nothing was ever deployed', { flags: flagsOf(undefined) }],
  ])('has the defaults of the flags, one warning and a count when %s', async (_when, wrong) => {
    Object.assign(given, wrong);
    const isOn = await flags();

    await expect(isOn('enable_advanced_caching')).resolves.toBe(true);
    await expect(isOn('enable_real_time_analytics')).resolves.toBe(true);
    (await metrics()).publish();

    expect(written.filter(({ level }) => level === 'WARN')).toEqual([
      expect.objectContaining({ log_code: 'CONFIGURATION_DEFAULTED' }),
    ]);
    expect(written).toContainEqual(expect.objectContaining({ ConfigurationDefaulted: 1 }));
  });
});
