import { objectAt, stringAt, type JsonObject } from '../../tools/lib/json.ts';
import { readAccesses } from '../support/accesses.ts';
import { resolvedStages, type ResolvedStage } from '../support/engine/stages.ts';

const stages = resolvedStages();
const propertiesOf = (block: JsonObject | undefined): JsonObject => objectAt(block, 'Properties');

/** The routes of a stage, each with whether its event does without the authorizer that all of them have by default. */
const routesOf = ({ root }: ResolvedStage): Record<string, boolean> =>
  Object.fromEntries(
    Object.values(root)
      .filter((block) => block['Type'] === 'AWS::Serverless::Function')
      .flatMap((block) => Object.values(objectAt(propertiesOf(block), 'Events')))
      .filter((event) => stringAt(event, 'Type') === 'Api')
      .map((event) => objectAt(event, 'Properties'))
      .map((event) => [
        `${stringAt(event, 'Method') ?? ''} ${stringAt(event, 'Path') ?? ''}`,
        stringAt(objectAt(event, 'Auth'), 'Authorizer') === 'NONE',
      ]),
  );

describe('access', () => {
  it.each(stages)('is public in $name for the routes that say so, and no other', async (stage) => {
    const accesses = await readAccesses();
    const isPublic = Object.entries(accesses).map(([route, access]) => [route, access === 'public']);

    expect(routesOf(stage)).toEqual(Object.fromEntries(isPublic));
    expect(
      isPublic
        .filter(([, is]) => is === true)
        .map(([route]) => route)
        .sort(),
    ).toEqual(['GET /health', 'POST /webhooks/github']);
  });

  it.each(stages)('is for the authorizer to prove by default in $name, and never for a preflight', ({ root }) => {
    expect(objectAt(propertiesOf(root['Api']), 'Auth')).toMatchObject({
      DefaultAuthorizer: 'Tokens',
      AddDefaultAuthorizerToCorsPreflight: false,
    });
  });

  it.each(stages)('is proved with a secret of $name that nothing but its name is known of', ({ name, root }) => {
    const variables = objectAt(objectAt(propertiesOf(root['Authorizer']), 'Environment'), 'Variables');

    expect(variables).toMatchObject({
      STAGE_ISSUER: `urn:aviary:${name}`,
      STAGE_AUDIENCE: `aviary-${name}`,
      SIGNING_KEYS_SECRET_NAME: stringAt(propertiesOf(root['JwtSigningKeys']), 'Name'),
    });
    expect(Object.hasOwn(propertiesOf(root['JwtSigningKeys']), 'SecretString')).toBe(name === 'local');
  });
});
