import {
  AppConfigClient,
  CreateApplicationCommand,
  CreateConfigurationProfileCommand,
  CreateEnvironmentCommand,
  CreateHostedConfigurationVersionCommand,
  StartDeploymentCommand,
} from '@aws-sdk/client-appconfig';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { localClient } from '../../tools/local/environment.ts';

/** Puts into a local cloud what a function fetches when it starts: one setting, one secret, and flags that are deployed. */
export async function fillAccount(endpoint: string): Promise<void> {
  const config = localClient(endpoint);
  const ssm = new SSMClient(config);
  await ssm.send(new PutParameterCommand({ Name: '/aviary/bench/bench/size', Value: '7', Type: 'String' }));
  ssm.destroy();
  const secrets = new SecretsManagerClient(config);
  await secrets.send(new CreateSecretCommand({ Name: 'bench', SecretString: JSON.stringify({ key: 'k'.repeat(43) }) }));
  secrets.destroy();
  await deployFlags(new AppConfigClient(config));
}

async function deployFlags(client: AppConfigClient): Promise<void> {
  const { Id: ApplicationId } = await client.send(new CreateApplicationCommand({ Name: 'aviary-bench' }));
  const [{ Id: EnvironmentId }, { Id: ConfigurationProfileId }] = await Promise.all([
    client.send(new CreateEnvironmentCommand({ ApplicationId, Name: 'aviary-bench' })),
    client.send(
      new CreateConfigurationProfileCommand({
        ApplicationId,
        Name: 'aviary-flags-bench',
        LocationUri: 'hosted',
        Type: 'AWS.AppConfig.FeatureFlags',
      }),
    ),
  ]);
  const profile = { ApplicationId, ConfigurationProfileId };
  const flags = { version: '1', flags: { bench: { name: 'bench' } }, values: { bench: { enabled: true } } };
  const Content = new TextEncoder().encode(JSON.stringify(flags));
  const version = { ...profile, Content, ContentType: 'application/json' };
  const { VersionNumber } = await client.send(new CreateHostedConfigurationVersionCommand(version));
  await client.send(
    new StartDeploymentCommand({
      ...profile,
      EnvironmentId,
      ConfigurationVersion: String(VersionNumber),
      DeploymentStrategyId: 'AppConfig.AllAtOnce',
    }),
  );
  client.destroy();
}
