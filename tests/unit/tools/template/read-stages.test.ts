import { readStage, readStages, type Stage } from '../../../../tools/template/read-stages.ts';
import { aFolder, repository } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const samconfig = `
version = 0.1

[default.build.parameters]
parallel = true

[staging.global.parameters]
stack_name = "aviary-staging"
region = "eu-west-1"

[staging.deploy.parameters]
parameter_overrides = ["Stage=staging", "Canary=a=b"]

[production.deploy.parameters]
stack_name = "aviary-production"
region = "us-east-1"
parameter_overrides = 'Stage=production  Note="two words" Empty=""'
`;
const rootWith = (text: string): string => aFolder({ 'samconfig.toml': text });
const stageIn = (text: string, name = 'staging'): Stage => readStage(rootWith(text), name);
const overriding = (line: string, block = 'deploy'): Readonly<Record<string, string>> =>
  stageIn(`[staging.${block}.parameters]\nstack_name = "s"\nparameter_overrides = ${line}\n`).parameters;

describe('readStages', () => {
  it('reads every block with a stack name, and no other', () => {
    expect([...readStages(rootWith(samconfig)).keys()]).toEqual(['staging', 'production']);
  });

  it('reads name, stack, region and the whole block', () => {
    const { config, ...stage } = stageIn(samconfig);

    expect(stage).toEqual({
      name: 'staging',
      block: 'staging',
      stackName: 'aviary-staging',
      region: 'eu-west-1',
      parameters: { Stage: 'staging', Canary: 'a=b' },
    });
    expect(Object.keys(config)).toEqual(['global', 'deploy']);
  });

  it('takes what the deploy block says before what the global one says', () => {
    const both = `${samconfig}[production.global.parameters]\nstack_name = "other"\nregion = "x"\n`;

    expect(stageIn(both, 'production')).toMatchObject({ stackName: 'aviary-production', region: 'us-east-1' });
  });

  it.each([
    ['a list', '["A=1", "B=two words", "C=\\"quoted\\""]', { A: '1', B: 'two words', C: 'quoted' }],
    ['a text', '"A=1 B=2"', { A: '1', B: '2' }],
    ['a text with quotes', `'A=1 B="two words"  C=""'`, { A: '1', B: 'two words', C: '' }],
    ['a value with an equals sign', '["A=b=c"]', { A: 'b=c' }],
    ['an empty list', '[]', {}],
    ['an empty text', '""', {}],
  ])('reads parameter_overrides as %s', (_name, line, expected) => {
    expect(overriding(line)).toEqual(expected);
  });

  it('reads parameter_overrides from the global block too, as SAM does', () => {
    expect(overriding('["A=1"]', 'global')).toEqual({ A: '1' });
  });

  it('takes the region of the environment where the file has none', () => {
    const region = process.env['AWS_REGION'];
    process.env['AWS_REGION'] = 'ap-south-1';
    try {
      expect(stageIn('[staging.deploy.parameters]\nstack_name = "s"\n').region).toBe('ap-south-1');
    } finally {
      if (region === undefined) delete process.env['AWS_REGION'];
      else process.env['AWS_REGION'] = region;
    }
  });

  it('reads the stages of this repository', () => {
    expect([...readStages(repository).keys()]).toEqual(['local', 'staging', 'production']);
  });
});

describe('readStage', () => {
  it('names the nearest to a stage that there is none of, and all', () => {
    const failure = failureOf(() => stageIn(samconfig, 'stagin'));

    expect(failure.problem).toBe('There is no stage stagin in samconfig.toml.');
    expect(failure.next).toBe('Did you mean staging? There are staging, production.');
  });

  it('says what to add where there is no stage at all', () => {
    expect(failureOf(() => stageIn('version = 0.1\n')).next).toBe('Add a block with a stack_name.');
  });

  it('names the line of what is not TOML', () => {
    expect(failureOf(() => stageIn('version = 0.1\n[staging\n')).problem).toMatch(/^samconfig\.toml: line 2: /);
  });

  it('says that the file cannot be read', () => {
    expect(failureOf(() => readStage(aFolder(), 'staging')).problem).toBe('samconfig.toml: it cannot be read.');
  });
});
