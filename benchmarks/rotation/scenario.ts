import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientConfig, connect, type Connection } from '../../tools/stack/connection.ts';
import { functionCaller } from '../../tools/stack/invoke-function.ts';
import { readStack } from '../../tools/stack/read-stack.ts';
import { localStage, readStage } from '../../tools/template/read-stages.ts';
import { secondsFromNow, stageTokens, type StageTokens } from '../../tools/token/stage-tokens.ts';
import type { Bench } from '../bench.ts';
import { paragraphs, table } from '../markdown.ts';
import { startThis } from '../npm-start.ts';
import { Samples, type Findings, type Scenario } from '../scenario.ts';
import { count } from '../statistics.ts';

const duration = 60_000;
const quickDuration = 9_000;
const askers = 4;
const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

/** Asks a protected route while the key rotates that its tokens are signed with. */
export const rotationScenario: Scenario = {
  name: 'rotation',
  title: 'The signing key rotated under traffic',
  measure,
  describe,
};

async function measure(bench: Bench): Promise<Findings> {
  const samples = new Samples();
  const { root, api } = await startThis(bench);
  const connection = await connect(root, readStage(root, localStage));
  const outputs = (await readStack(connection))?.outputs ?? {};
  const former = await stageTokens(connection, outputs);
  const end = performance.now() + (bench.quick ? quickDuration : duration);
  const isOver = (): boolean => performance.now() > end;

  /** One who signs with the keys of before all the time, or one who reads them anew for each token. */
  const ask = async (signer: string, sign: () => Promise<StageTokens>): Promise<void> => {
    while (!isOver()) {
      bench.signal.throwIfAborted();
      const makeToken = await sign();
      // Another subject each time: the gateway keeps the answer for a token, and is to have none.
      const claims = { subject: randomUUID(), scopes: ['orders:read'], expiresAt: secondsFromNow(60) } as const;
      const headers = { authorization: `Bearer ${await makeToken(claims)}` };
      const response = await fetch(`${api}/orders`, { headers });
      await response.arrayBuffer();
      samples.add(`${signer} ${response.status === 200 ? 'taken' : 'refused'}`, response.status);
    }
  };
  const asked = Array.from({ length: askers }, (_, at) =>
    at % 2 === 0 ? ask('former', () => Promise.resolve(former)) : ask('newest', () => stageTokens(connection, outputs)),
  );
  const rotated = sleep((end - performance.now()) / 3).then(() =>
    rotate(connection, outputs['SigningKeysSecretName'] ?? ''),
  );
  await Promise.all([...asked, rotated]);
  return { samples: samples.all, facts: {} };
}

/** As Secrets Manager does; that of the local cloud calls no function. */
async function rotate(connection: Connection, SecretId: string): Promise<void> {
  const client = new SecretsManagerClient(clientConfig(connection));
  const ClientRequestToken = randomUUID();
  await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, VersionStages: ['AWSPENDING'] }));
  client.destroy();
  const take = await functionCaller(connection, 'secret-rotation');
  for (const Step of steps) await take({ Step, SecretId, ClientRequestToken });
}

function describe({ samples }: Findings): string {
  const of = (signer: string, outcome: string): number => (samples[`${signer} ${outcome}`] ?? []).length;
  const row = (text: string, signer: string): string[] => [
    text,
    count(of(signer, 'taken')),
    count(of(signer, 'refused')),
  ];
  return paragraphs(
    `${askers} callers at once, on this repository under \`npm start\`, ask \`GET /orders\` for a minute, each time with a token of its own, so
that the authorizer judges every one. After a third of it the signing key rotates, by the four steps that Secrets Manager
takes. Some callers go on signing with the key that they had, some read the secret anew for each token.`,
    table(['tokens signed with', 'taken', 'refused'], row('the former key', 'former'), row('the newest key', 'newest')),
  );
}
