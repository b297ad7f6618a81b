import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import type { DeclaredSetting } from './read-declared.ts';

/** The settings of a stage in SSM. */
export interface SettingsStore {
  /** What each is set to now; null for one that is not there, as before the first deploy. */
  readonly read: (settings: readonly DeclaredSetting[]) => Promise<ReadonlyMap<string, string | null>>;
  readonly write: (setting: DeclaredSetting, value: string) => Promise<void>;
}

/** SSM takes so many names at a time. */
const atATime = 10;

/** Opens the settings of a stage. */
export async function openSettings(connection: Connection): Promise<SettingsStore> {
  const { GetParametersCommand, PutParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const client = new SSMClient(clientConfig(connection));

  return {
    read: async (settings) => {
      const found = new Map<string, string | null>(settings.map(({ name }) => [name, null]));
      for (let at = 0; at < settings.length; at += atATime) {
        const part = settings.slice(at, at + atATime);
        const Names = part.map(({ parameter }) => parameter);
        const { Parameters = [] } = await asking(connection, client.send(new GetParametersCommand({ Names })));
        for (const { name, parameter } of part) {
          const value = Parameters.find(({ Name }) => Name === parameter)?.Value;
          if (value !== undefined) found.set(name, value);
        }
      }
      return found;
    },
    write: async ({ parameter: Name }, Value) => {
      await asking(connection, client.send(new PutParameterCommand({ Name, Value, Overwrite: true })));
    },
  };
}
