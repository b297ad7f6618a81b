import { logCodes } from '@shared/observability/log-codes';
import { objectAt } from '../../tools/lib/json.ts';
import { resolvedStages } from '../support/engine/stages.ts';
import { savedQueries } from '../support/logs/saved-queries.ts';

const stages = resolvedStages();
const queries = savedQueries();

// That the fields are there is tested on what functions log: tests/local/logs.test.ts.
describe('the saved queries', () => {
  it('are six, of which the local stage has none', () => {
    expect(queries.map(({ name }) => name).sort()).toEqual([
      'aviary-production/cold starts',
      'aviary-production/errors by release',
      'aviary-production/memory use',
      'aviary-production/one correlation id',
      'aviary-production/refused requests by code',
      'aviary-production/slowest requests',
    ]);
    expect(stages.find(({ name }) => name === 'local')?.nested['Queries']).toBeUndefined();
  });

  it('look for log codes that there are', () => {
    const codes = queries.flatMap(({ text }) => [...text.matchAll(/"([A-Z]+_[A-Z_]+)"/g)].map(([, code]) => code));

    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !Object.values<unknown>(logCodes).includes(code))).toEqual([]);
  });

  it.each(stages.filter(({ name }) => name !== 'local'))('are asked of every function in $name', ({ root }) => {
    const functions = Object.values(root).filter(({ Type }) => Type === 'AWS::Serverless::Function');
    const groups = functions.map((block) => objectAt(objectAt(block, 'Properties'), 'LoggingConfig')['LogGroup']);
    const given = objectAt(objectAt(root['Queries'], 'Properties'), 'Parameters')['LogGroups'];

    expect(given).toEqual({ 'Fn::Join': [',', expect.arrayContaining(groups)] });
    expect(groups.length).toBeGreaterThan(0);
  });
});
