import { startServer, type FakeAnswer, type FakeServer } from './http-server.ts';

/** CodeDeploy's JSON protocol, as far as a hook speaks it: deployments that wait to be told, once, whether to go on. */
export interface FakeCodeDeploy extends FakeServer {
  /** Begins a deployment to a version. @returns the event that CodeDeploy invokes the hook with */
  readonly begin: (
    functionName: string,
    targetVersion: string,
  ) => { DeploymentId: string; LifecycleEventHookExecutionId: string };
  /** What it was told of a deployment; `Pending` while it was told nothing. */
  readonly statusOf: (deploymentId: string) => string | undefined;
}

interface Deployment {
  readonly content: string;
  readonly hookId: string;
  status: string;
}

const fault = (type: string): FakeAnswer => ({ status: 400, body: { __type: type, message: type } });
const done = (body: unknown): FakeAnswer => ({
  status: 200,
  body,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
});

export async function fakeCodeDeploy(): Promise<FakeCodeDeploy> {
  const deployments = new Map<string, Deployment>();
  const tell = (deployment: Deployment, { hook, status }: { hook: unknown; status: unknown }): FakeAnswer => {
    if (hook !== deployment.hookId) return fault('InvalidLifecycleEventHookExecutionIdException');
    if (deployment.status !== 'Pending') return fault('LifecycleEventAlreadyCompletedException');
    if (status !== 'Succeeded' && status !== 'Failed')
      return fault('InvalidLifecycleEventHookExecutionStatusException');
    deployment.status = status;
    return done({ lifecycleEventHookExecutionId: hook });
  };
  const server = await startServer(({ headers, body }) => {
    const { deploymentId, lifecycleEventHookExecutionId: hook, status } = body as Record<string, unknown>;
    const deployment = deployments.get(String(deploymentId));
    if (deployment === undefined) return fault('DeploymentDoesNotExistException');
    const target = headers['x-amz-target'];
    if (target === 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus')
      return tell(deployment, { hook, status });
    if (target !== 'CodeDeploy_20141006.GetDeployment') return fault('UnknownOperation');
    const revision = { revisionType: 'AppSpecContent', appSpecContent: { content: deployment.content } };
    return done({ deploymentInfo: { deploymentId, revision } });
  });
  return Object.assign(server, {
    begin: (Name: string, TargetVersion: string) => {
      const id = `d-${deployments.size + 1}`;
      const Properties = { Name, Alias: 'live', CurrentVersion: '1', TargetVersion };
      const content = JSON.stringify({
        version: 0.0,
        Resources: [{ [Name]: { Type: 'AWS::Lambda::Function', Properties } }],
        Hooks: [{ BeforeAllowTraffic: 'aviary-traffic-hook-local' }],
      });
      deployments.set(id, { content, hookId: `hook-${id}`, status: 'Pending' });
      return { DeploymentId: id, LifecycleEventHookExecutionId: `hook-${id}` };
    },
    statusOf: (id: string) => deployments.get(id)?.status,
  });
}
