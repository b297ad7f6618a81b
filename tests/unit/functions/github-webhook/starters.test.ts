import { ConflictError } from '@shared/errors/app-error';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { codePipeline } from '../../../../functions/github-webhook/codepipeline.ts';
import { gitHubApi } from '../../../../functions/github-webhook/github-api.ts';
import { gitHubWorkflow } from '../../../../functions/github-webhook/github-workflow.ts';
import { logStarter } from '../../../../functions/github-webhook/log-starter.ts';
import { deployStarterContract } from '../../../support/runtime/deploy-starter-contract.ts';
import { fakeCodePipeline, type FakeCodePipeline } from '../../../support/runtime/fake-codepipeline.ts';
import { fakeGitHub, type FakeGitHub } from '../../../support/runtime/fake-github.ts';

const request = { ref: 'refs/heads/main', deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958' };

describe('a workflow of GitHub', () => {
  const workflow = (gitHub: FakeGitHub, file = 'deploy.yml', token = gitHub.token) =>
    gitHubWorkflow(
      gitHubApi(gitHub.base, () => Promise.resolve(token), 300),
      'example/aviary',
      file,
    );

  deployStarterContract(async () => {
    const gitHub = await fakeGitHub();
    return {
      starter: workflow(gitHub),
      misdirected: workflow(gitHub, 'missing.yml'),
      runs: () => gitHub.runs.length,
      throttled: { status: 403, body: {}, headers: { 'x-ratelimit-remaining': '0', 'retry-after': '30' } },
      fail: (answer) => {
        gitHub.failure = answer;
      },
      close: gitHub.close,
    };
  });

  describe('beyond the contract', () => {
    let gitHub: FakeGitHub;

    beforeEach(async () => {
      gitHub = await fakeGitHub();
    });

    afterEach(() => gitHub.close());

    it('runs on the branch', async () => {
      await workflow(gitHub).start(request);

      expect(gitHub.runs).toEqual([{ workflow: 'deploy.yml', ref: 'main' }]);
    });

    it('calls a branch that is gone a conflict', async () => {
      gitHub.branches.clear();

      await expect(workflow(gitHub).start(request)).rejects.toBeInstanceOf(ConflictError);
    });

    it('says nothing of a token that is refused', async () => {
      const failure: unknown = await workflow(gitHub, 'deploy.yml', 'stolen-token')
        .start(request)
        .catch((error: unknown) => error);

      expect(failure).toMatchObject({ name: 'GitHubRefusedError', status: 401 });
      expect(String((failure as Error).stack)).not.toContain('stolen-token');
    });

    it('does not follow a redirect with the token', async () => {
      gitHub.failure = { status: 307, headers: { location: `${gitHub.base}/elsewhere` } };

      await expect(workflow(gitHub).start(request)).rejects.toMatchObject({ status: 307 });

      expect(gitHub.calls).toHaveLength(1);
    });
  });
});

describe('a pipeline of CodePipeline', () => {
  const pipeline = (fake: FakeCodePipeline, name = 'deploy') =>
    codePipeline(
      new CodePipelineClient({
        region: 'eu-west-1',
        endpoint: fake.base,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        requestHandler: { requestTimeout: 300, throwOnRequestTimeout: true },
        maxAttempts: 1,
      }),
      name,
    );

  deployStarterContract(async () => {
    const fake = await fakeCodePipeline();
    return {
      starter: pipeline(fake),
      misdirected: pipeline(fake, 'missing'),
      runs: () => fake.executions.length,
      throttled: { status: 400, body: { __type: 'ConcurrentPipelineExecutionsLimitExceededException' } },
      fail: (answer) => {
        fake.failure = answer;
      },
      close: fake.close,
    };
  });

  it('starts one execution for one delivery, however often it is asked', async () => {
    const fake = await fakeCodePipeline();
    await pipeline(fake).start(request);
    await pipeline(fake).start(request);
    await fake.close();

    expect(fake.executions).toEqual([{ pipeline: 'deploy', token: request.deliveryId, id: 'execution-1' }]);
  });
});

describe('the starter of the local stage', () => {
  it('says what would start', async () => {
    const written: unknown[] = [];

    await logStarter((it) => written.push(it)).start(request);

    expect(written).toEqual([request]);
  });
});
