import { readEnvironment } from '@shared/config/environment';
import { asInTemplate } from '@shared/observability/log-levels';
import type { SSMClient } from '@aws-sdk/client-ssm';

/** Lambda waits for it at the end of an invocation, and without it everything is logged as the template says. */
const limits = { connectionTimeout: 300, requestTimeout: 500, throwOnRequestTimeout: true };

/**
 * Makes what reads the setting `logs/levels` of the stage. The client is loaded at the first call, and is not traced: X-Ray
 * is more to load.
 */
export function logLevelSetting(): () => Promise<string> {
  const { STAGE, POWERTOOLS_METRICS_NAMESPACE: app } = readEnvironment();
  let client: SSMClient | undefined;
  return async () => {
    const ssm = await import('@aws-sdk/client-ssm');
    client ??= new ssm.SSMClient({ requestHandler: limits, maxAttempts: 1 });
    const command = new ssm.GetParameterCommand({ Name: `/${app}/${STAGE}/logs/levels` });
    return (await client.send(command)).Parameter?.Value ?? asInTemplate;
  };
}
