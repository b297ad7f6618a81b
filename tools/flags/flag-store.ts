import { setTimeout as sleep } from 'node:timers/promises';
import type { AppConfigClient, DeploymentSummary } from '@aws-sdk/client-appconfig';
import type { DeclaredFlags } from '../config/read-declared.ts';
import { Failure } from '../lib/failure.ts';
import { isObject, parseJson, type JsonObject } from '../lib/json.ts';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';

/** A deployment of flags. */
export interface FlagDeployment {
  readonly number: number;
  /** AppConfig's word: `DEPLOYING`, `BAKING`, `COMPLETE`, `ROLLED_BACK` … */
  readonly state: string;
  /** How much of what asks for flags has them, in percent. */
  readonly percent: number;
}

/** The flags of a stage in AppConfig. */
export interface FlagStore {
  /** The version that is deployed, or is on its way: `{version, flags, values}`. */
  readonly document: () => Promise<JsonObject>;
  readonly lastDeployment: () => Promise<FlagDeployment | undefined>;
  /** Stops a deployment that runs, and waits until what was there before it is back. */
  readonly stop: (deployment: FlagDeployment) => Promise<void>;
  /** Makes a new version and begins its deployment. */
  readonly deploy: (document: JsonObject, atOnce: boolean) => Promise<FlagDeployment>;
}

/** How often, and how long apart in milliseconds, it is looked whether a deployment is taken back; AppConfig needs seconds. */
const mostLooks = 60;
const pauseMs = 1_000;

/** States in which a deployment's version is, or will be, what is given out. */
const given = ['DEPLOYING', 'BAKING', 'VALIDATING', 'COMPLETE'];

const shown = (it: DeploymentSummary): FlagDeployment => ({
  number: it.DeploymentNumber ?? 0,
  state: it.State ?? 'UNKNOWN',
  percent: it.PercentageComplete ?? 0,
});

/** Opens the flags of a stage. @throws Failure where they are not deployed */
export async function openFlags(connection: Connection, declared: DeclaredFlags): Promise<FlagStore> {
  const sdk = await import('@aws-sdk/client-appconfig');
  const client: AppConfigClient = new sdk.AppConfigClient(clientConfig(connection));
  const idOf = async (name: string, pages: AsyncIterable<Page>): Promise<string> => {
    const id = await asking(connection, find(name, pages));
    if (id !== undefined) return id;
    throw new Failure(`There are no flags ${name} in ${connection.stage.name}.`, 'Deploy first: npm run deploy.');
  };
  const ApplicationId = await idOf(declared.application, sdk.paginateListApplications({ client }, {}));
  const [EnvironmentId, ConfigurationProfileId] = await Promise.all([
    idOf(declared.environment, sdk.paginateListEnvironments({ client }, { ApplicationId })),
    idOf(declared.profile, sdk.paginateListConfigurationProfiles({ client }, { ApplicationId })),
  ]);
  // Newest first, as AppConfig lists them and as they are numbered.
  const deployments = async (): Promise<DeploymentSummary[]> => {
    const found: DeploymentSummary[] = [];
    for await (const { Items = [] } of sdk.paginateListDeployments({ client }, { ApplicationId, EnvironmentId }))
      found.push(...Items);
    return found.sort((a, b) => (b.DeploymentNumber ?? 0) - (a.DeploymentNumber ?? 0));
  };

  return {
    document: async () => {
      const all = await asking(connection, deployments());
      const live = all.find(({ State }) => given.includes(State ?? ''));
      if (live === undefined) return declared.document;
      const VersionNumber = Number(live.ConfigurationVersion);
      const version = { ApplicationId, ConfigurationProfileId, VersionNumber };
      const { Content } = await asking(connection, client.send(new sdk.GetHostedConfigurationVersionCommand(version)));
      const document = parseJson(new TextDecoder().decode(Content));
      return isObject(document) ? document : {};
    },
    lastDeployment: async () => {
      const [last] = await asking(connection, deployments());
      return last === undefined ? undefined : shown(last);
    },
    stop: async ({ number: DeploymentNumber }) => {
      // Also one that bakes, which has reached everybody already.
      const stopped = { ApplicationId, EnvironmentId, DeploymentNumber, AllowRevert: true };
      await asking(connection, client.send(new sdk.StopDeploymentCommand(stopped)));
      for (let look = 0; look < mostLooks; look += 1) {
        const [last] = await asking(connection, deployments());
        if (last?.State !== 'ROLLING_BACK') return;
        await sleep(pauseMs);
      }
      throw new Failure('AppConfig does not end taking the flags back.', 'Look again: npm run aviary -- flag list.');
    },
    deploy: async (document, atOnce) => {
      const name = atOnce ? declared.strategies.atOnce : declared.strategies.gradually;
      const DeploymentStrategyId = await idOf(name, sdk.paginateListDeploymentStrategies({ client }, {}));
      const version = new sdk.CreateHostedConfigurationVersionCommand({
        ApplicationId,
        ConfigurationProfileId,
        ContentType: 'application/json',
        Content: new TextEncoder().encode(JSON.stringify(document)),
      });
      const { VersionNumber } = await asking(connection, client.send(version));
      const begun = new sdk.StartDeploymentCommand({
        ApplicationId,
        EnvironmentId,
        ConfigurationProfileId,
        DeploymentStrategyId,
        ConfigurationVersion: String(VersionNumber),
      });
      return shown(await asking(connection, client.send(begun)));
    },
  };
}

interface Page {
  readonly Items?: { readonly Id?: string | undefined; readonly Name?: string | undefined }[] | undefined;
}

async function find(name: string, pages: AsyncIterable<Page>): Promise<string | undefined> {
  for await (const { Items = [] } of pages) {
    const id = Items.find(({ Name }) => Name === name)?.Id;
    if (id !== undefined) return id;
  }
  return undefined;
}
