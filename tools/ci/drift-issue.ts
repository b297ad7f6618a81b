// The last job of .github/workflows/drift.yml: one issue that says which stage has drifted. Node.js 24 runs it as it is,
// with nothing installed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const marker = '<!-- aviary drift -->';
const title = 'A stage runs something that its stack does not say';
/** GitHub takes 65,536 characters. */
const longestBody = 65_000;

interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** What of the client of actions/github-script is used. */
export interface Issues<List> {
  readonly rest: {
    readonly issues: {
      readonly listForRepo: List;
      readonly create: (issue: Repository & { title: string; body: string }) => Promise<unknown>;
      readonly update: (
        issue: Repository & { issue_number: number; title?: string; body: string; state?: 'closed' },
      ) => Promise<unknown>;
    };
  };
  readonly paginate: (
    list: List,
    query: Repository & { state: 'open'; creator: string },
  ) => Promise<readonly { readonly number: number; readonly body?: string | null }[]>;
}

export interface DriftReports<List> {
  readonly github: Issues<List>;
  readonly repo: Repository;
  /** Has what `aviary drift` said of each stage, a file each. */
  readonly folder: string;
  /** Whether every stage could be looked at. */
  readonly looked: boolean;
}

/**
 * Opens the issue where there is drift, brings it up to date while there is, and closes it when there is none any more.
 * Where a stage could not be looked at, an open issue stays open.
 */
export async function driftIssue<List>({ github, repo, folder, looked }: DriftReports<List>): Promise<void> {
  const reports = existsSync(folder) ? readdirSync(folder).sort() : [];
  const texts = reports.map((name) => readFileSync(join(folder, name), 'utf8'));
  const drifted = texts.some((text) => text.includes('runs something that its stack does not say'));
  const missing = looked ? [] : ['Not every stage could be looked at; see the run.', ''];
  const body = [marker, ...missing, ...texts].join('\n').slice(0, longestBody);
  const { issues } = github.rest;
  const query = { ...repo, state: 'open', creator: 'github-actions[bot]' } as const;
  const own = (await github.paginate(issues.listForRepo, query)).find((issue) => issue.body?.startsWith(marker));
  if (own) {
    const closed = drifted || !looked ? {} : ({ state: 'closed' } as const);
    await issues.update({ ...repo, issue_number: own.number, title, body, ...closed });
  } else if (drifted) await issues.create({ ...repo, title, body });
}
