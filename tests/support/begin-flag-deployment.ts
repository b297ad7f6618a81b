import {
  AppConfigClient,
  ListApplicationsCommand,
  ListConfigurationProfilesCommand,
  ListEnvironmentsCommand,
  StartDeploymentCommand,
  type AppConfigClientConfig,
} from '@aws-sdk/client-appconfig';

/** Begins a deployment of the first version of the flags of the local stage, one that takes half an hour. */
export async function beginFlagDeployment(config: AppConfigClientConfig): Promise<void> {
  const client = new AppConfigClient(config);
  const { Items: applications = [] } = await client.send(new ListApplicationsCommand({}));
  const of = { ApplicationId: applications.find(({ Name }) => Name === 'aviary-local')?.Id };
  const { Items: [environment] = [] } = await client.send(new ListEnvironmentsCommand(of));
  const { Items: [profile] = [] } = await client.send(new ListConfigurationProfilesCommand(of));
  await client.send(
    new StartDeploymentCommand({
      ...of,
      EnvironmentId: environment?.Id,
      ConfigurationProfileId: profile?.Id,
      ConfigurationVersion: '1',
      DeploymentStrategyId: 'AppConfig.Linear20PercentEvery6Minutes',
    }),
  );
  client.destroy();
}
