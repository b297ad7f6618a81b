import { createApi } from '@shared/http/api';
import { disagreements } from '../openapi.ts';

/**
 * The handler of the routes of a function of this repository, with every answer held against docs/openapi.yaml.
 * @throws {Error} in place of an answer that the document has otherwise
 */
export const documentedApi: typeof createApi = (routes, dependencies, telemetry) => {
  const handler = createApi(routes, dependencies, telemetry);
  return async (event, context) => {
    const result = await handler(event, context);
    const headers = new Headers(Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)]));
    const answer = { status: result.statusCode, text: result.body, headers };
    const against = disagreements(event.httpMethod, event.resource, answer);
    if (against.length > 0) throw new Error(`docs/openapi.yaml says otherwise:\n${against.join('\n')}\n${result.body}`);
    return result;
  };
};
