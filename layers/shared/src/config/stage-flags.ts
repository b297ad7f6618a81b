import { readEnvironment } from '@shared/config/environment';
import { flags, readFlags, type IsOn } from '@shared/config/flags';
import { kept } from '@shared/config/kept';
import { tellDefaulted } from '@shared/config/tell-defaulted';
import { countFlag } from '@shared/observability/metrics';
import { captureClient } from '@shared/observability/tracer';
import { AppConfigProvider } from '@aws-lambda-powertools/parameters/appconfig';
import { AppConfigDataClient } from '@aws-sdk/client-appconfigdata';

/** Seconds. A flag is asked for more often than a setting: it is what one turns off when something goes wrong. */
const keepFor = { loaded: 60, standIn: 30 };

const limits = { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true };

/**
 * The flags of this stage in AppConfig, all fetched by one call when one is first asked for; each evaluation is counted as
 * `FeatureFlagEvaluations`. Call it once, outside the handler.
 */
export function stageFlags(): IsOn {
  const { STAGE, POWERTOOLS_METRICS_NAMESPACE: app } = readEnvironment();
  const name = `${app}-${STAGE}`;
  const client = captureClient(new AppConfigDataClient({ requestHandler: limits, maxAttempts: 2 }));
  const begin = (): AppConfigProvider =>
    new AppConfigProvider({ application: name, environment: name, awsSdkV3Client: client });
  const tell = tellDefaulted('A feature flag');
  let provider = begin();
  const all = kept<Readonly<Record<string, boolean>>>({
    load: async () => readFlags(await provider.get(`${app}-flags-${STAGE}`, { transform: 'json', forceFetch: true })),
    fallback: flags,
    keepFor,
    onFailure: (error) => {
      // A session's token is good for one call, which may have come that far: another try begins another session.
      provider = begin();
      tell(error);
    },
  });
  return async (flag) => {
    const isOn = (await all())[flag] ?? flags[flag];
    countFlag(flag, isOn);
    return isOn;
  };
}
