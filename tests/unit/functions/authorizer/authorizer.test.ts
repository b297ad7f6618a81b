import { provedCaller } from '@shared/auth/caller';
import type { SecurityEvent } from '@shared/contracts/security-events';
import { createAuthorizer } from '../../../../functions/authorizer/authorize.ts';
import type { AuthorizerDependencies } from '../../../../functions/authorizer/dependencies.ts';
import sample from '../../../../functions/authorizer/events/bearer-token.json';
import { stageIssuer } from '../../../../functions/authorizer/issuers.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { recordedTelemetry, type RecordedTelemetry } from '../../../support/runtime/recorded-telemetry.ts';
import { inSeconds, localIssuer, localKey, localToken } from '../../../support/token.ts';

interface UnderTest {
  readonly ask: (authorization: string | readonly string[]) => ReturnType<ReturnType<typeof createAuthorizer>>;
  readonly told: SecurityEvent[];
  readonly problems: string[];
  readonly telemetry: RecordedTelemetry;
}

const issuer = stageIssuer(localIssuer.issuer, localIssuer.audience, () => Promise.resolve({ keys: [localKey()] }));

function anAuthorizer(parts: Partial<AuthorizerDependencies> = {}): UnderTest {
  const told: SecurityEvent[] = [];
  const problems: string[] = [];
  const telemetry = recordedTelemetry();
  const publish = (event: SecurityEvent): Promise<void> => {
    told.push(event);
    return Promise.resolve();
  };
  const onProblem = (message: string) => problems.push(message);
  const now = () => new Date();
  const handler = createAuthorizer(
    { issuers: [issuer], publish, now, newId: () => 'event-1', onProblem, ...parts },
    telemetry,
  );
  const ask: UnderTest['ask'] = (authorization) =>
    handler({ ...sample, multiValueHeaders: { Authorization: [authorization].flat() } }, lambdaContext());
  return { ask, told, problems, telemetry };
}

describe('the authorizer', () => {
  it('lets a good token through to the whole API of the stage, and says who calls', async () => {
    const { ask, told, telemetry } = anAuthorizer();
    const subject = crypto.randomUUID();

    const { policyDocument, principalId, context } = await ask(`Bearer ${await localToken({ subject })}`);

    expect(policyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: 'arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/local/*',
      },
    ]);
    expect([principalId, provedCaller(context).userId]).toEqual([subject, subject]);
    expect(telemetry.published).toEqual([['AuthenticationSuccessful', 'SuccessCount']]);
    expect(told).toEqual([]);
  });

  it('refuses with the one word that the gateway answers with 401, and tells why in the log and on the stream', async () => {
    const { ask, told, telemetry } = anAuthorizer();
    const token = await localToken({ audience: 'another' });

    await expect(ask(`Bearer ${token}`)).rejects.toThrow(new Error('Unauthorized'));

    const { requestId } = sample.requestContext;
    expect(telemetry.lines[0]).toMatchObject({
      log_code: 'AUTHENTICATION_REFUSED',
      reason: 'the claim aud',
      correlation_id: requestId,
      gateway_request_id: requestId,
    });
    expect(told).toMatchObject([
      { type: 'authenticationFailed', source: '203.0.113.10', detail: 'the claim aud', correlationId: requestId },
    ]);
    expect(telemetry.published).toEqual([['AuthenticationRefused']]);
    expect(JSON.stringify([telemetry.lines, told])).not.toContain(token.split('.')[1]);
  });

  it('refuses a token whose time is over, of which nobody has to hear', async () => {
    const { ask, told, telemetry } = anAuthorizer();

    await expect(ask(`Bearer ${await localToken({ expiresAt: inSeconds(-60) })}`)).rejects.toThrow('Unauthorized');

    expect(telemetry.lines[0]).toMatchObject({ reason: 'a time that is over' });
    expect(told).toEqual([]);
  });

  it('refuses all the same when the stream cannot be told', async () => {
    const { ask, problems } = anAuthorizer({ publish: () => Promise.reject(new Error('no stream')) });

    await expect(ask('Basic x')).rejects.toThrow(new Error('Unauthorized'));

    expect(problems).toEqual(['The security stream was not told of a refused token']);
  });

  it('refuses two headers', async () => {
    const { ask } = anAuthorizer();

    await expect(ask([`Bearer ${await localToken()}`, 'Bearer x'])).rejects.toThrow('Unauthorized');
  });

  it('lets nobody through, and does not say Unauthorized, when the keys cannot be had', async () => {
    const keys = () => Promise.reject(new Error('no secret'));
    const { ask, told, telemetry } = anAuthorizer({ issuers: [{ ...issuer, key: keys }] });

    await expect(ask(`Bearer ${await localToken()}`)).rejects.toThrow('Whether the token is good cannot be told');

    expect(telemetry.lines[0]).toMatchObject({ level: 'ERROR', log_code: 'INVOCATION_FAILED' });
    expect(telemetry.published).toEqual([['ErrorCount']]);
    expect(told).toEqual([]);
  });

  it.each([{}, null, { ...sample, methodArn: 'arn:aws:s3:::bucket' }, { ...sample, requestContext: {} }])(
    'fails for what no gateway sends: %#',
    async (event) => {
      const handler = createAuthorizer(
        {
          issuers: [],
          publish: () => Promise.resolve(),
          now: () => new Date(),
          newId: () => '1',
          onProblem: () => undefined,
        },
        recordedTelemetry(),
      );

      await expect(handler(event, lambdaContext())).rejects.not.toThrow('Unauthorized');
    },
  );
});
