import { github, useBootstrappedCloud } from '../../support/bootstrap.ts';

const { organization, repository, organizationId, repositoryId } = github;
const classic = `repo:${organization}/${repository}`;
const immutable = `repo:${organization}@${organizationId}/${repository}@${repositoryId}`;
const refusal = { name: 'AccessDenied', message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity' };

describe('who may be a role', () => {
  const cloud = useBootstrappedCloud();
  const deployRole = (stage: string): string => cloud.stage(stage).deployRoleArn;
  const roleOf = (kind: string, stage: string): string =>
    kind === 'read' ? cloud.stage(stage).readRoleArn : deployRole(stage);
  const pullRequestRole = (): string => cloud.stage('staging').pullRequestRoleArn ?? '';

  describe.each([
    ['deploy', 'staging', 'staging', 'staging-read'],
    ['deploy', 'production', 'production', 'production-approval'],
    ['read', 'staging', 'staging-read', 'staging'],
    ['read', 'production', 'production-read', 'production'],
  ])('the %s role of %s', (kind, stage, environment, sibling) => {
    const role = (): string => roleOf(kind, stage);

    test.each([
      ['classic', classic],
      ['immutable', immutable],
    ])('lets in a job of its environment, by the %s subject', async (_form, subject) => {
      const job = await cloud.assume(role(), `${subject}:environment:${environment}`);

      expect(job.credentials.sessionToken).not.toBe('');
    });

    test.each([
      ['another repository', `repo:${organization}/nest:environment:${environment}`],
      [
        'another repository of the same number',
        `repo:${organization}@${organizationId}/nest@${repositoryId}:environment:${environment}`,
      ],
      ['a repository whose name begins as ours', `${classic}-fork:environment:${environment}`],
      ['a repository whose name ends as ours', `repo:${organization}/my-${repository}:environment:${environment}`],
      ['a repository whose number begins as ours', `${immutable}0:environment:${environment}`],
      ['an organization whose name begins as ours', `repo:${organization}-2/${repository}:environment:${environment}`],
      [
        'a name of ours that another owner took over',
        `repo:${organization}@999/${repository}@888:environment:${environment}`,
      ],
      [
        'that environment of another stage',
        `${classic}:environment:${environment.replace(stage, stage === 'staging' ? 'production' : 'staging')}`,
      ],
      ['another environment of the stage', `${classic}:environment:${sibling}`],
      ['an environment whose name begins as ours', `${classic}:environment:${environment}-2`],
      ['the environment in other capitals', `${classic}:environment:${environment.toUpperCase()}`],
      ['a pull request', `${classic}:pull_request`],
      ['a pull request from a fork', `repo:magpie/${repository}:pull_request`],
      ['a job of a fork with an environment of that name', `repo:magpie/${repository}:environment:${environment}`],
      ['a tag', `${classic}:ref:refs/tags/v1.0.0`],
      ['a branch', `${classic}:ref:refs/heads/main`],
      ['a branch, by the immutable subject', `${immutable}:ref:refs/heads/main`],
      ['a branch that is named like an environment', `${classic}:ref:refs/heads/environment:${environment}`],
      ['nobody', ''],
      ['a star', '*'],
    ])('refuses %s', async (_who, subject) => {
      await expect(cloud.assume(role(), subject)).rejects.toMatchObject(refusal);
    });

    test.each(['https://github.com/birds', 'sts.amazonaws.com.example.com', ''])(
      'refuses a token for the audience "%s"',
      async (audience) => {
        const subject = `${classic}:environment:${environment}`;

        await expect(cloud.assume(role(), subject, audience)).rejects.toMatchObject(refusal);
      },
    );

    test('refuses a token of another issuer', async () => {
      const subject = `${classic}:environment:${environment}`;
      const other = 'https://token.actions.example.com';

      await expect(cloud.assume(role(), subject, 'sts.amazonaws.com', other)).rejects.toMatchObject(refusal);
    });
  });

  describe('the role for pull requests', () => {
    test.each([
      ['classic', classic],
      ['immutable', immutable],
    ])('lets in a pull request, by the %s subject', async (_form, subject) => {
      const job = await cloud.assume(pullRequestRole(), `${subject}:pull_request`);

      expect(job.credentials.sessionToken).not.toBe('');
    });

    test.each([
      ['another repository', `repo:${organization}/nest:pull_request`],
      ['a repository whose name begins as ours', `${classic}-fork:pull_request`],
      ['a fork', `repo:magpie/${repository}:pull_request`],
      ['a branch', `${classic}:ref:refs/heads/main`],
      ['a tag', `${classic}:ref:refs/tags/v1.0.0`],
      ['an environment', `${classic}:environment:staging`],
      ['an environment that reads', `${classic}:environment:staging-read`],
    ])('refuses %s', async (_who, subject) => {
      await expect(cloud.assume(pullRequestRole(), subject)).rejects.toMatchObject(refusal);
    });

    test('refuses another audience', async () => {
      await expect(
        cloud.assume(pullRequestRole(), `${classic}:pull_request`, 'https://github.com/birds'),
      ).rejects.toMatchObject(refusal);
    });

    test('is not there for production', async () => {
      const role = `${deployRole('production')}-PullRequest`;

      expect(cloud.stage('production').pullRequestRoleArn).toBeUndefined();
      await expect(cloud.assume(role, `${classic}:pull_request`)).rejects.toMatchObject(refusal);
    });
  });
});
