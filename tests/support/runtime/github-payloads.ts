import { createHmac, randomUUID } from 'node:crypto';
import { apiEvent } from './api-event.ts';
import type { APIGatewayProxyEvent } from 'aws-lambda';

/** A commit id that belongs to a number. */
export const commitId = (number: number): string => number.toString(16).padStart(40, '0');
export const noCommit = '0'.repeat(40);

const person = { name: 'Codertocat', email: '21031067+Codertocat@users.noreply.github.com', username: 'Codertocat' };
const repository = {
  id: 186853002,
  node_id: 'MDEwOlJlcG9zaXRvcnkxODY4NTMwMDI=',
  name: 'Hello-World',
  full_name: 'Codertocat/Hello-World',
  private: false,
  owner: { ...person, login: 'Codertocat', id: 21031067, type: 'User', site_admin: false },
  html_url: 'https://github.com/Codertocat/Hello-World',
  fork: false,
  created_at: 1557933565,
  updated_at: '2019-05-15T15:20:41Z',
  pushed_at: 1557933657,
  default_branch: 'master',
  stargazers: 0,
  master_branch: 'master',
};
const sender = { login: 'Codertocat', id: 21031067, type: 'User', site_admin: false };

/** What GitHub's documentation shows of a push: a tag that was deleted. */
export const publishedPush = {
  ref: 'refs/tags/simple-tag',
  before: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
  after: noCommit,
  created: false,
  deleted: true,
  forced: false,
  base_ref: null,
  compare: 'https://github.com/Codertocat/Hello-World/compare/6113728f27ae...000000000000',
  commits: [],
  head_commit: null,
  repository,
  pusher: { name: 'Codertocat', email: '21031067+Codertocat@users.noreply.github.com' },
  sender,
};

/** What GitHub's documentation shows of a ping. */
export const publishedPing = {
  zen: 'Responsive is better than fast.',
  hook_id: 109948940,
  hook: {
    type: 'Repository',
    id: 109948940,
    name: 'web',
    active: true,
    events: ['*'],
    config: { content_type: 'json', url: 'https://smee.io/****************', insecure_ssl: '0' },
    updated_at: '2019-05-15T15:20:49Z',
    created_at: '2019-05-15T15:20:49Z',
    last_response: { code: null, status: 'unused', message: null },
  },
  repository,
  sender,
};

/** One commit of a push, with all that GitHub says of it. */
export interface Commit {
  readonly id: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly modified: readonly string[];
  readonly [more: string]: unknown;
}

/** A commit whose id belongs to the number. */
export function aCommit(number: number, files: Partial<Pick<Commit, 'added' | 'removed' | 'modified'>> = {}): Commit {
  return {
    id: commitId(number),
    tree_id: commitId(number + 1_000_000),
    distinct: true,
    message: 'A change',
    timestamp: '2025-06-01T12:00:00Z',
    url: `https://github.com/example/aviary/commit/${commitId(number)}`,
    author: person,
    committer: person,
    added: [],
    removed: [],
    modified: [],
    ...files,
  };
}

/** A push of these commits to main, straight ahead. */
export function aPush(
  commits: readonly Commit[] = [aCommit(2, { modified: ['functions/users/schema.ts'] })],
  parts: object = {},
): Record<string, unknown> {
  return {
    ...publishedPush,
    ref: 'refs/heads/main',
    before: commitId(1),
    after: commits.at(-1)?.id ?? commitId(2),
    deleted: false,
    commits,
    head_commit: commits.at(-1) ?? null,
    repository: { ...repository, name: 'aviary', full_name: 'example/aviary' },
    ...parts,
  };
}

/** GitHub's signature over a body. */
export const signature = (body: string, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** The request of one delivery, as the gateway hands it on. */
export function delivery(
  event: string,
  payload: unknown,
  secret: string,
  headers: Record<string, string> = {},
  base64 = false,
): APIGatewayProxyEvent {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return apiEvent({
    method: 'POST',
    resource: '/webhooks/github',
    headers: {
      'X-GitHub-Event': event,
      'X-GitHub-Delivery': randomUUID(),
      'X-Hub-Signature-256': signature(body, secret),
      ...headers,
    },
    body: base64 ? Buffer.from(body).toString('base64') : body,
    base64,
  });
}
