import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'smol-toml';
import type { JsonObject } from '../../../../tools/lib/json.ts';
import { composedFiles, emptyComposed, composedPrefix, writeComposed } from '../../../../tools/stack/write-composed.ts';
import type { Stage } from '../../../../tools/template/read-stages.ts';
import { readTemplate } from '../../../../tools/template/read-template.ts';
import { aFolder, put } from '../../../support/engine/a-folder.ts';

const stage: Stage = {
  name: 'staging',
  block: 'staging',
  stackName: 'aviary-staging',
  region: 'eu-west-1',
  parameters: { Stage: 'staging', Secret: 's' },
  config: {
    global: { parameters: { stack_name: 'aviary-staging', region: 'eu-west-1', language_extensions: true } },
    build: { parameters: { build_in_source: true, parallel: true } },
    deploy: {
      parameters: {
        parameter_overrides: ['Stage=staging', 'Secret=s'],
        capabilities: ['CAPABILITY_IAM'],
        confirm_changeset: true,
      },
    },
    validate: { parameters: { lint: true } },
  },
};
const template = (more: JsonObject = {}): JsonObject => ({ Resources: { Q: { Type: 'AWS::SQS::Queue' } }, ...more });
const write = (
  of: JsonObject = template(),
  more: JsonObject = {},
  root = aFolder(),
): { root: string; config: JsonObject } => {
  const files = writeComposed(root, stage, of, more);
  const config = parse(readFileSync(join(root, files.samconfig), 'utf8')) as JsonObject;
  return { root, config: config['staging'] as JsonObject };
};

describe('composedFiles', () => {
  it('has a folder per stage, and the commands that use it', () => {
    expect(composedFiles(stage)).toEqual({
      folder: '.aviary/deploy/staging',
      template: '.aviary/deploy/staging/template.yaml',
      part: '.aviary/deploy/staging/part.yaml',
      samconfig: '.aviary/deploy/staging/samconfig.toml',
      packageFolder: '.aviary/deploy/staging/packages',
      buildFolder: '.aviary/deploy/staging/build',
      build: ['build', '--config-file', '.aviary/deploy/staging/samconfig.toml', '--config-env', 'staging'],
      deploy: ['deploy', '--config-file', '.aviary/deploy/staging/samconfig.toml', '--config-env', 'staging'],
    });
  });

  it('lies as deep below the root as the paths in a composed template say', () => {
    expect(resolve('/root', composedFiles(stage).folder, composedPrefix)).toBe('/root');
  });
});

describe('writeComposed', () => {
  it('keeps what the stage says, and puts the paths in', () => {
    expect(write().config).toEqual({
      global: { parameters: { stack_name: 'aviary-staging', region: 'eu-west-1', language_extensions: true } },
      build: {
        parameters: {
          build_in_source: true,
          parallel: true,
          template_file: '.aviary/deploy/staging/template.yaml',
          build_dir: '.aviary/deploy/staging/build',
        },
      },
      deploy: {
        parameters: {
          capabilities: ['CAPABILITY_IAM'],
          template_file: '.aviary/deploy/staging/build/template.yaml',
          confirm_changeset: false,
          fail_on_empty_changeset: false,
        },
      },
      validate: { parameters: { lint: true } },
    });
  });

  it('gives SAM the values of those parameters alone that the composed template still has', () => {
    const { config } = write(template({ Parameters: { Secret: { Type: 'String', NoEcho: true } } }));

    expect(config).toMatchObject({ deploy: { parameters: { parameter_overrides: ['Secret=s'] } } });
  });

  it('adds what the caller gives for the deploy', () => {
    expect(write(template(), { s3_bucket: 'b' }).config).toMatchObject({ deploy: { parameters: { s3_bucket: 'b' } } });
  });

  it('has SAM build a part where functions live in nested stacks, and deploy nothing before that is made whole', () => {
    const staying = { Type: 'AWS::Serverless::Function', Properties: { CodeUri: 's3://bucket/users' } };
    const Metadata = { Aviary: { stacks: { UsersDomain: ['Users'] } } };
    const queue = { Type: 'AWS::SQS::Queue' };
    const whole = { Metadata, Resources: { Users: staying, Q: queue } };

    const { root, config } = write(whole);

    expect(config).toMatchObject({
      build: { parameters: { template_file: '.aviary/deploy/staging/part.yaml' } },
      deploy: { parameters: { template_file: '.aviary/deploy/staging/build/root.yaml' } },
    });
    expect(readTemplate(join(root, '.aviary/deploy/staging/part.yaml'))).toEqual({ Metadata, Resources: { Q: queue } });
    expect(readTemplate(join(root, '.aviary/deploy/staging/template.yaml'))).toEqual(whole);
  });

  it('leaves nothing of an earlier deploy', () => {
    const root = aFolder();
    put(root, { '.aviary/deploy/staging/build/Users/handler.js': 'old' });

    emptyComposed(root, stage);
    write(template(), {}, root);

    expect(readdirSync(join(root, '.aviary/deploy/staging')).sort()).toEqual(['samconfig.toml', 'template.yaml']);
  });

  it('writes the template so that YAML 1.1, which SAM reads, gives it back', () => {
    const texts = [
      'yes',
      'No',
      'on',
      'OFF',
      'y',
      'n',
      '012',
      '0o14',
      '0x1f',
      '1_000',
      '1:30',
      '190:20:30',
      '1e3',
      '.5',
    ];
    const more = [
      '2012-10-17',
      '2010-09-09T10:00:00Z',
      'null',
      '~',
      '',
      ' a ',
      '- a',
      '#',
      'a: b',
      '!Ref X',
      '=',
      '<<',
    ];
    const odd = ['a\nb', 'a\n', '\ta', '${A}', '*', '&a', '%', '@', '"', "'", 'é✓', '\u0000', '{', 'x'.repeat(300)];
    const Texts = Object.fromEntries([...texts, ...more, ...odd].map((text) => [`K${text}`, text]));
    const same = { Ref: 'Same' };
    const tricky = template({
      Texts,
      Numbers: [0, -1, 0.5, 1e21],
      Flags: [true, false, null],
      Twice: [same, same],
      Empty: [[], {}],
    });

    const { root } = write(tricky);

    expect(readTemplate(join(root, '.aviary/deploy/staging/template.yaml'))).toEqual(tricky);
  });

  it('is JSON, which SAM reads without a parser of YAML, and in which nothing stands for another place', () => {
    const same = { Ref: 'Same' };
    const twice = template({ Twice: [same, same] });

    const { root } = write(twice);

    expect(JSON.parse(readFileSync(join(root, '.aviary/deploy/staging/template.yaml'), 'utf8'))).toEqual(twice);
  });
});
