import { URLPattern } from 'node:url';
import type { Json } from '../lib/json.ts';
import { Refusal } from './refusal.ts';

/** A request, as a route has it. */
export interface Call {
  /** A part of the path that the route names with a colon. */
  readonly part: (name: string) => string;
  readonly query: URLSearchParams;
  /** @throws Refusal as `readBody` */
  readonly body: () => Promise<Json>;
  /** Aborted when who asked has gone. */
  readonly signal: AbortSignal;
}

/** Gives data, or what comes as it comes: now, or after a look at what is asked. */
export type Route = (call: Call) => Promise<unknown> | AsyncIterable<unknown>;

/** By method and path, such as `GET /console/functions/:name/samples`. */
export type Routes = Readonly<Record<string, Route>>;

/** Makes what finds the route of a request. @throws Refusal where there is none */
export function router(routes: Routes): (method: string, path: string) => { route: Route; part: Call['part'] } {
  const known = Object.entries(routes).map(([key, route]) => {
    const [method = '', pathname = ''] = key.split(' ');
    return { method, pattern: new URLPattern({ pathname }), route };
  });
  return (method, path) => {
    const found = known.flatMap((it) => {
      const match = it.pattern.exec({ pathname: path });
      return match === null ? [] : [{ ...it, parts: match.pathname.groups }];
    });
    const chosen = found.find((it) => it.method === method);
    if (chosen) return { route: chosen.route, part: (name) => decode(chosen.parts[name] ?? '') };
    if (found.length === 0) throw new Refusal(404, `There is no ${path}.`, 'tools/console/api.ts lists what there is.');
    const methods = found.map((it) => it.method).join(', ');
    throw new Refusal(405, `${path} takes no ${method}.`, `It takes ${methods}.`);
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400, `${text} cannot be read.`, 'Encode it as a part of an address.');
  }
}
