import { devNull } from 'node:os';

/** The region of the local stage. */
export const localRegion = 'eu-west-1';

/** Where programs of this machine reach the local cloud; a name in place of the number would not resolve everywhere. */
export function localEndpoint(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** What a client of the AWS SDK that talks to the local cloud is made with. */
export interface LocalClient {
  readonly endpoint: string;
  readonly region: string;
  /** Any will do. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export const localClient = (endpoint: string): LocalClient => ({
  endpoint,
  region: localRegion,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/**
 * The environment of a program that talks to the local cloud alone: every AWS setting of the person is taken out, files
 * of profiles included, so that a real account cannot be reached by mistake.
 */
export function localEnvironment(endpoint: string, base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const foreign = Object.entries(base).filter(([name]) => !/^(AWS_|SAM_CLI_|BOTO_)/i.test(name));
  const direct = [base['NO_PROXY'] ?? base['no_proxy'] ?? '', '127.0.0.1', 'localhost'].filter(Boolean).join(',');
  return {
    ...Object.fromEntries(foreign),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: localRegion,
    AWS_DEFAULT_REGION: localRegion,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: direct,
    no_proxy: direct,
  };
}
