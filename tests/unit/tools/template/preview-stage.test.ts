import { artifactPrefix, previewStage } from '../../../../tools/template/preview-stage.ts';
import { readPreviewBlock, readStage, readStages } from '../../../../tools/template/read-stages.ts';
import { aFolder, repository } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const base = readPreviewBlock(repository);

describe('a preview', () => {
  it('is a stage of its own, made from the block for all of them', () => {
    expect(readStage(repository, 'pr-123')).toMatchObject({
      name: 'pr-123',
      block: 'preview',
      stackName: 'aviary-preview-pr-123',
      region: base.region,
      parameters: { ...base.parameters, Stage: 'pr-123' },
    });
  });

  it('tells SAM its stack, its place in the bucket, and its tags', () => {
    const { config } = previewStage(base, 'pr-123', ['expires=2026-12-24']);

    expect(config['deploy']).toMatchObject({
      parameters: {
        stack_name: 'aviary-preview-pr-123',
        s3_prefix: 'pr-123',
        tags: ['app=aviary', 'stage=preview', 'pull-request=123', 'expires=2026-12-24'],
        capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
      },
    });
    expect(config['build']).toEqual(base.config['build']);
  });

  it('has a part of the bucket, and every other stage a bucket', () => {
    expect(artifactPrefix(readStage(repository, 'pr-123'))).toBe('pr-123/');
    expect(artifactPrefix(readStage(repository, 'staging'))).toBe('');
  });

  it('is no stage that is listed, nor is the block', () => {
    expect([...readStages(repository).keys()]).not.toContain('preview');
    expect(failureOf(() => readStage(repository, 'preview')).problem).toBe(
      'There is no stage preview in samconfig.toml.',
    );
  });

  it('needs the block', () => {
    const root = aFolder({ 'samconfig.toml': '[staging.deploy.parameters]\nstack_name = "s"\n' });

    expect(failureOf(() => readStage(root, 'pr-1')).problem).toBe(
      'samconfig.toml does not say what a preview is made from.',
    );
  });
});
