import { connect } from '../../tools/stack/connection.ts';
import { readStack } from '../../tools/stack/read-stack.ts';
import { localStage, readStage } from '../../tools/template/read-stages.ts';
import { exampleSubject } from '../../tools/token/example-subject.ts';
import { scopes } from '../../tools/token/scopes.ts';
import { secondsFromNow, stageTokens } from '../../tools/token/stage-tokens.ts';

/** Longer than any run, in seconds. */
const lifetime = 24 * 3_600;

/** A token that allows everything on the API that runs in a repository. */
export async function customerToken(root: string): Promise<string> {
  const connection = await connect(root, readStage(root, localStage));
  const makeToken = await stageTokens(connection, (await readStack(connection))?.outputs ?? {});
  return makeToken({ subject: exampleSubject, scopes, expiresAt: secondsFromNow(lifetime) });
}
