import { readEnvironment } from '@shared/config/environment';
import { kept } from '@shared/config/kept';
import { readSettings, type Settings, type ValuesOf } from '@shared/config/settings';
import { tellDefaulted } from '@shared/config/tell-defaulted';
import { captureClient } from '@shared/observability/tracer';
import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { SSMClient } from '@aws-sdk/client-ssm';

/** Seconds: so long may a changed setting take to arrive; and so long SSM is left alone when it has failed. */
const keepFor = { loaded: 300, standIn: 30 };

/** An answer is due in milliseconds, and there is something to go on with: it is not waited for as for a table. */
const limits = { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true };

/**
 * The settings of this function in its stage: the parameters under `/<app>/<stage>/<function>/`, fetched by one call when
 * they are first asked for. It never rejects: what cannot be had or is not as it may be has its fallback. Call it once,
 * outside the handler.
 */
export function stageSettings<const Of extends Settings>(settings: Of): () => Promise<ValuesOf<Of>> {
  const { STAGE, POWERTOOLS_METRICS_NAMESPACE: app, POWERTOOLS_SERVICE_NAME: service } = readEnvironment();
  const client = new SSMClient({ requestHandler: limits, maxAttempts: 2 });
  const provider = new SSMProvider({ awsSdkV3Client: captureClient(client) });
  const onFailure = tellDefaulted('A setting');
  return kept({
    load: async () => {
      const texts = await provider.getMultiple(`/${app}/${STAGE}/${service}`, { forceFetch: true });
      return readSettings(settings, texts ?? {}, onFailure);
    },
    fallback: readSettings(settings, {}, () => undefined),
    keepFor,
    onFailure,
  });
}
