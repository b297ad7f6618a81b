import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { readStack } from '../stack/read-stack.ts';
import { localStage, readStage } from '../template/read-stages.ts';
import { exampleSubject } from '../token/example-subject.ts';
import { readLifetime } from '../token/lifetime.ts';
import { readScopes, scopes } from '../token/scopes.ts';
import { secondsFromNow, stageTokens } from '../token/stage-tokens.ts';
import { connectTo, nameList, stageOptions } from './options.ts';

export const help = `Makes a token for the API, signed with the key of a stage, and prints it alone:
TOKEN=$(npm run -s aviary -- token)

Usage: npm run -s aviary -- token [--sub S] [--scope A,B] [--expires 1h] [--stage S] [--json]

  --sub S        who it is for; a UUID is the id of that user (locally left out: ${exampleSubject})
  --scope A,B    what it allows, of ${scopes.join(', ')}
                 (locally left out: all of them)
  --expires T    how long it lasts, such as 90s, 15m or 8h, up to a day (default 1h)
  --stage S      local (default), staging, production
  --json         the token as data, with what it says

It reads the secret of the stage: whoever may do that may be anybody there.

Example: npm run -s aviary -- token --sub ada --scope users:read --expires 8h
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...stageOptions,
      sub: { type: 'string' },
      scope: { type: 'string', multiple: true },
      expires: { type: 'string', default: '1h' },
      json: { type: 'boolean', default: false },
    },
  });
  const lifetime = readLifetime(values.expires);
  const { name: stage } = readStage(root, values.env ?? values.stage);
  const isLocal = stage === localStage;
  const subject = values.sub ?? (isLocal ? exampleSubject : undefined);
  const named = nameList(values.scope);
  const allowed = named === undefined ? (isLocal ? scopes : undefined) : readScopes(named);
  if (subject === undefined || subject === '' || allowed === undefined) {
    throw new Failure(
      `Who is a token for ${stage} to be for, and what is it to allow?`,
      'Say it: --sub and --scope, such as --sub smoke-test --scope users:read.',
    );
  }
  const connection = await connectTo(root, values);
  const makeToken = await stageTokens(connection, (await readStack(connection))?.outputs ?? {});
  const expiresAt = secondsFromNow(lifetime);
  const token = await makeToken({ subject, scopes: allowed, expiresAt });
  const shown = { token, subject, scopes: allowed, expiresAt: new Date(expiresAt * 1_000).toISOString() };
  process.stdout.write(values.json ? `${JSON.stringify(shown, null, 2)}\n` : `${token}\n`);
  return 0;
}
