import { startServer, type FakeAnswer, type FakeServer } from './http-server.ts';

/** CodePipeline's JSON protocol, as far as executions are started; one token starts one execution. */
export interface FakeCodePipeline extends FakeServer {
  readonly pipelines: Set<string>;
  readonly executions: { readonly pipeline: string; readonly token: string | undefined; readonly id: string }[];
  /** Answered to every call while it is set. */
  failure: FakeAnswer | undefined;
}

export async function fakeCodePipeline(): Promise<FakeCodePipeline> {
  const state = {
    pipelines: new Set(['deploy']),
    executions: [] as { pipeline: string; token: string | undefined; id: string }[],
    failure: undefined as FakeAnswer | undefined,
  };
  const fault = (type: string): FakeAnswer => ({ status: 400, body: { __type: type, message: type } });
  const server = await startServer(({ headers, body }) => {
    if (state.failure !== undefined) return state.failure;
    if (headers['x-amz-target'] !== 'CodePipeline_20150709.StartPipelineExecution') return fault('UnknownOperation');
    const { name, clientRequestToken: token } = body as { name: string; clientRequestToken?: string };
    if (!state.pipelines.has(name)) return fault('PipelineNotFoundException');
    if (token !== undefined && !/^[A-Za-z0-9-]{1,128}$/.test(token)) return fault('ValidationException');
    const known = state.executions.find((execution) => token !== undefined && execution.token === token);
    const id = known?.id ?? `execution-${state.executions.length + 1}`;
    if (known === undefined) state.executions.push({ pipeline: name, token, id });
    return {
      status: 200,
      body: { pipelineExecutionId: id },
      headers: { 'content-type': 'application/x-amz-json-1.1' },
    };
  });
  return Object.assign(state, server);
}
