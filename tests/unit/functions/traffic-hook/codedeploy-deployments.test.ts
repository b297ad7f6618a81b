import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { codeDeployDeployments } from '../../../../functions/traffic-hook/codedeploy-deployments.ts';
import { startServer, type FakeServer } from '../../../support/runtime/http-server.ts';

/** A CodeDeploy whose deployment has this revision. */
async function withRevision(revision: unknown): Promise<FakeServer> {
  return await startServer(() => ({
    status: 200,
    body: { deploymentInfo: { deploymentId: 'd-1', revision } },
    headers: { 'content-type': 'application/x-amz-json-1.1' },
  }));
}
const resource = (Properties: unknown) => ({ users: { Type: 'AWS::Lambda::Function', Properties } });
const content = JSON.stringify({ Resources: [resource({ Name: 'f', CurrentVersion: '1', TargetVersion: '2' })] });

describe('deployments of CodeDeploy', () => {
  const moving = async (revision: unknown) => {
    const server = await withRevision(revision);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new CodeDeployClient({ endpoint: server.base, region: 'eu-west-1', credentials });
    try {
      return await codeDeployDeployments(client).moving('d-1');
    } finally {
      client.destroy();
      await server.close();
    }
  };

  it.each([
    ['AppSpecContent', { revisionType: 'AppSpecContent', appSpecContent: { content } }],
    ['String', { revisionType: 'String', string: { content } }],
  ])('say by %s which version gets traffic', async (_form, revision) => {
    await expect(moving(revision)).resolves.toEqual({ functionName: 'f', version: '2' });
  });

  it.each([
    ['no revision', undefined],
    ['a revision of another kind', { revisionType: 'S3', s3Location: { bucket: 'b', key: 'k' } }],
    ['no JSON', { appSpecContent: { content: 'version: 0.0' } }],
    ['no function', { appSpecContent: { content: '{"Resources":[]}' } }],
    ['no version', { appSpecContent: { content: JSON.stringify({ Resources: [resource({ Name: 'f' })] }) } }],
  ])('with %s are refused in words', async (_what, revision) => {
    await expect(moving(revision)).rejects.toThrow('does not say which version of which function gets traffic');
  });
});
