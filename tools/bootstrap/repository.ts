import { Failure } from '../lib/failure.ts';

/** A repository on GitHub, by its names and by the numbers that stay when a name changes hands. */
export interface GitHubRepository {
  readonly organization: string;
  readonly repository: string;
  readonly organizationId: string;
  readonly repositoryId: string;
}

export interface RepositoryOptions {
  readonly repository?: string | undefined;
  readonly 'organization-id'?: string | undefined;
  readonly 'repository-id'?: string | undefined;
}

/** @throws Failure for a name or a number that is missing or cannot be one, with the way to find it */
export function readRepository(options: RepositoryOptions): GitHubRepository {
  const name = options.repository ?? '';
  const [, organization, repository] = /^([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})$/.exec(name) ?? [];
  if (organization === undefined || repository === undefined) {
    throw new Failure(
      name === '' ? 'Whose deploys are to be let in?' : `--repository ${name} is no repository.`,
      'Name it as GitHub writes it, with its capitals: --repository organization/repository.',
    );
  }
  const organizationId = options['organization-id'] ?? '';
  const repositoryId = options['repository-id'] ?? '';
  if (!/^[1-9]\d*$/.test(organizationId) || !/^[1-9]\d*$/.test(repositoryId)) {
    throw new Failure(
      `The roles of ${name} are bound to its numbers too: --organization-id and --repository-id are needed.`,
      `Both are in the answer to: gh api repos/${name} --jq '.owner.id, .id'.`,
    );
  }
  return { organization, repository, organizationId, repositoryId };
}
