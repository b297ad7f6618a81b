// Needs the sample domain, and goes with it: aviary begin.
import { join } from 'node:path';
import { readDeclared } from '../../../../tools/config/read-declared.ts';
import { readStage } from '../../../../tools/template/read-stages.ts';
import { aFolder, repository } from '../../../support/engine/a-folder.ts';

describe('the declared configuration', () => {
  it('has the settings and flags of this repository under the names of the stage', () => {
    const { settings, flags } = readDeclared(repository, readStage(repository, 'staging'));

    expect(settings).toContainEqual({
      name: 'order-stream/highValuePercentile',
      parameter: '/aviary/staging/order-stream/highValuePercentile',
      value: '95',
      pattern: /^[5-9]\d$/,
      description: 'People are told of an order above this percentile of the hour before, from 50 to 99',
    });
    expect(flags).toMatchObject({
      application: 'aviary-staging',
      environment: 'aviary-staging',
      profile: 'aviary-flags-staging',
      strategies: { gradually: 'aviary-flags-gradually-staging', atOnce: 'aviary-flags-at-once-staging' },
      document: { version: '1', values: { enable_advanced_caching: { enabled: true } } },
    });
  });

  it('is asked for where a template has none', () => {
    const root = aFolder({ 'template.yaml': 'Resources: {}\n' });
    const stage = { ...readStage(repository, 'local'), parameters: {} };

    expect(() => readDeclared(join(root), stage)).toThrow('template.yaml has no stack Config.');
  });
});
