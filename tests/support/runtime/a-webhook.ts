import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { affectedFunctions } from '../../../functions/github-webhook/affected-functions.ts';
import type { PushReport, WebhookDependencies } from '../../../functions/github-webhook/dependencies.ts';
import type { StartRequest } from '../../../functions/github-webhook/deploy-starter.ts';
import { githubWebhookRoutes } from '../../../functions/github-webhook/routes.ts';
import { documentedApi } from './documented-api.ts';
import { lambdaContext } from './lambda-context.ts';
import { memoryDeliveries } from './memory-deliveries.ts';
import { recordedTelemetry, type RecordedLine } from './recorded-telemetry.ts';

/** The secret of every webhook that a test makes. */
export const testSecret = 'the-webhook-secret-of-the-tests';

/** A webhook with deliveries in memory, and with what it did. */
export interface WebhookUnderTest {
  readonly send: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
  readonly starts: StartRequest[];
  readonly reports: PushReport[];
  readonly problems: string[];
  readonly lines: RecordedLine[];
}

/** Makes a webhook for `example/aviary` and its branch main; `parts` take the place of what it needs. */
export function aWebhook(parts: Partial<WebhookDependencies> = {}): WebhookUnderTest {
  const starts: StartRequest[] = [];
  const reports: PushReport[] = [];
  const problems: string[] = [];
  const telemetry = recordedTelemetry();
  const dependencies: WebhookDependencies = {
    secret: () => Promise.resolve({ webhookSecret: testSecret, githubToken: 'token-of-the-tests' }),
    target: { repository: 'example/aviary', branch: 'refs/heads/main' },
    affected: affectedFunctions({ users: ['functions/users/**'], health: ['functions/health/**'] }),
    compare: () => Promise.resolve(undefined),
    deliveries: memoryDeliveries(() => 1_750_000_000),
    starter: {
      start: (request) => {
        starts.push(request);
        return Promise.resolve();
      },
    },
    onPush: (report) => reports.push(report),
    onProblem: (message) => problems.push(message),
    ...parts,
  };
  const handler = documentedApi(githubWebhookRoutes, dependencies, telemetry);
  return { send: (event) => handler(event, lambdaContext()), starts, reports, problems, lines: telemetry.lines };
}
