// Needs the sample domain, and goes with it: aviary begin.
import { objectAt, type JsonObject } from '../../tools/lib/json.ts';
import { everyOption } from '../support/engine/every-option.ts';
import { resolvedStages } from '../support/engine/stages.ts';

const analyticsIn = (overrides: Readonly<Record<string, string>>): JsonObject => {
  const production = resolvedStages(overrides).find(({ name }) => name === 'production');
  return objectAt(production?.root['Analytics'], 'Properties');
};
const variables = (properties: JsonObject): JsonObject => objectAt(objectAt(properties, 'Environment'), 'Variables');

test('The cache is named to functions by variables that have no password, and none but with it', () => {
  const own = analyticsIn(everyOption);
  const given = analyticsIn({ CacheUrl: 'rediss://example.com:6379' });

  expect(variables(own)).toMatchObject({
    CACHE_URL: { 'Fn::GetAtt': ['Cache', 'Outputs.Url'] },
    CACHE_SECRET_NAME: 'aviary-cache-production',
  });
  expect(variables(given)['CACHE_URL']).toBe('rediss://example.com:6379');
  expect(variables(given)['CACHE_SECRET_NAME']).toBeUndefined();
  expect(JSON.stringify(given['Policies'])).not.toContain('secretsmanager');
  expect(JSON.stringify(own['Policies'])).toContain('Outputs.SecretArn');
});
