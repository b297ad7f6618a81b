import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers a request where its path is one of its own. @returns false where it is none */
export type Serve = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;
