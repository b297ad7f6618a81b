import { startServer, type FakeAnswer, type FakeServer } from './http-server.ts';

/** CodeDeploy's JSON protocol, as far as stopping a deployment speaks it; each question moves what was stopped on. */
export interface FakeDeployments extends FakeServer {
  readonly begin: (group: string, status: string) => string;
  readonly statusOf: (id: string) => string | undefined;
  /** Ids of deployments that give traffic back. */
  readonly rollbacks: () => string[];
}

interface Deployment {
  readonly group: string;
  status: string;
  rollback?: string;
}

const fault = (type: string): FakeAnswer => ({ status: 400, body: { __type: type, message: type } });
const done = (body: unknown): FakeAnswer => ({
  status: 200,
  body,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
});
const ended = ['Stopped', 'Succeeded', 'Failed'];

export async function fakeDeployments(): Promise<FakeDeployments> {
  const deployments = new Map<string, Deployment>();
  const begin = (group: string, status: string): string => {
    const id = `d-${deployments.size + 1}`;
    deployments.set(id, { group, status });
    return id;
  };
  const stop = (it: Deployment, givesBack: boolean): FakeAnswer => {
    if (ended.includes(it.status)) return fault('DeploymentAlreadyCompletedException');
    it.status = 'Stopped';
    if (givesBack) it.rollback = begin(it.group, 'InProgress');
    return done({ status: 'Pending' });
  };
  const show = (deploymentId: string, it: Deployment): FakeAnswer => {
    const info = { deploymentId, status: it.status, rollbackInfo: { rollbackDeploymentId: it.rollback } };
    // What gives traffic back is done when it was asked for once.
    if (it.status === 'InProgress') it.status = 'Succeeded';
    return done({ deploymentInfo: info });
  };
  const server = await startServer(({ headers, body }) => {
    const { applicationName, deploymentGroupName, includeOnlyStatuses, deploymentId, autoRollbackEnabled } =
      body as Record<string, unknown>;
    const operation = String(headers['x-amz-target']).split('.')[1];
    if (operation === 'ListDeployments') {
      // One without the other is refused. (AWS CodeDeploy API, ListDeployments.)
      if (!applicationName || !deploymentGroupName) return fault('InvalidInputException');
      const wanted = includeOnlyStatuses as string[];
      const found = [...deployments].filter(([, it]) => it.group === deploymentGroupName && wanted.includes(it.status));
      return done({ deployments: found.map(([id]) => id) });
    }
    const id = String(deploymentId);
    const it = deployments.get(id);
    if (!it) return fault('DeploymentDoesNotExistException');
    return operation === 'StopDeployment' ? stop(it, autoRollbackEnabled === true) : show(id, it);
  });
  const rollbacks = (): string[] => [...deployments.values()].flatMap(({ rollback }) => rollback ?? []);
  return Object.assign(server, { begin, rollbacks, statusOf: (id: string) => deployments.get(id)?.status });
}
