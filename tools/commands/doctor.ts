import { parseArgs } from 'node:util';
import { environmentsOf } from '../bootstrap/github-environments.ts';
import { bootstrapTemplate, judgeAccount, readBootstrapStack } from '../doctor/account.ts';
import { notChecked, type Finding } from '../doctor/finding.ts';
import { askGitHub } from '../doctor/gh.ts';
import { judgeGitHub } from '../doctor/judge-github.ts';
import { deployRepository, judgeRepository } from '../doctor/judge-repository.ts';
import { judgeMachine, readMachine } from '../doctor/machine.ts';
import { judgeTraps } from '../doctor/judge-traps.ts';
import { readGitHub } from '../doctor/read-github.ts';
import { readRepositoryFiles, type RepositoryFiles } from '../doctor/read-repository.ts';
import { readTraps } from '../doctor/read-traps.ts';
import { describeDoctor } from '../report/describe-doctor.ts';

export const help = `Says what is missing, and how to mend it: on this machine and in the tree, where it looks for
what deploys stumble over. With --ci also in the GitHub repository
(through the GitHub CLI, as you are signed in there) and in the account (the bootstrap stacks, with your AWS credentials).
Changes nothing. What it may not see it says, and leaves out.

Usage: npm run aviary -- doctor [--ci] [--stage S] [--repository O/R] [--json]

  --ci              look at GitHub and at the account too
  --stage S         this stage; all that samconfig.toml has but local when left out. For stages in accounts of their own,
                    once per stage with that account's credentials
  --repository O/R  the repository on GitHub; the DeployRepository of samconfig.toml when left out
  --json            the findings as data on stdout

Exit code 0 where nothing is missing, else 1.

Example: npm run aviary -- doctor --ci
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ci: { type: 'boolean', default: false },
      stage: { type: 'string' },
      repository: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const files = readRepositoryFiles(root, values.stage);
  const findings = [
    ...judgeMachine(await readMachine(root)),
    ...judgeRepository(files),
    ...judgeTraps(await readTraps(root)),
    ...(values.ci ? [...(await gitHub(files, values.repository)), ...(await account(files, root))] : []),
  ];
  const isWell = findings.every(({ state }) => state !== 'missing');
  process.stdout.write(
    values.json ? `${JSON.stringify({ ok: isWell, findings }, null, 2)}\n` : describeDoctor(findings),
  );
  return isWell ? 0 : 1;
}

async function gitHub({ stages, defaultRepository, rules }: RepositoryFiles, asked?: string): Promise<Finding[]> {
  const repository = asked ?? stages.map((stage) => deployRepository(stage, defaultRepository)).find(Boolean);
  if (repository === undefined)
    return [
      notChecked('GitHub', 'Which repository? Set DeployRepository in samconfig.toml, or add --repository owner/name.'),
    ];
  const names = stages.flatMap(({ stage }) => environmentsOf(stage.name).map(({ name }) => name));
  return judgeGitHub(await readGitHub(askGitHub(), repository, names), stages, rules);
}

async function account({ stages }: RepositoryFiles, root: string): Promise<Finding[]> {
  const wanted = bootstrapTemplate(root);
  const findings: Finding[] = [];
  for (const stage of stages) {
    const found = await readBootstrapStack({ ...stage, root, endpoint: undefined });
    findings.push(judgeAccount(stage, found, wanted));
  }
  return findings;
}
