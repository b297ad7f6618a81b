import { Failure } from '../lib/failure.ts';
import { run } from '../lib/process.ts';

/** The workflow that attests packages. */
export const signerWorkflow = '.github/workflows/deploy-stage.yml';

/**
 * Asks the GitHub CLI whether each package was built by this repository's deploy workflow, on `main`.
 * @param repository `owner/name`
 * @param files absolute paths of the zips, by logical id
 * @throws Failure for the first that was not, or that cannot be told
 */
export async function verifyProvenance(
  repository: string,
  files: Readonly<Record<string, string>>,
  root: string,
): Promise<void> {
  const identity = ['--repo', repository, '--signer-workflow', `${repository}/${signerWorkflow}`];
  for (const [logicalId, file] of Object.entries(files)) {
    const args = ['attestation', 'verify', file, ...identity, '--source-ref', 'refs/heads/main'];
    const { code, stderr } = await run('gh', args, { cwd: root });
    if (code === 0) continue;
    throw new Failure(
      `Nothing attests that ${signerWorkflow} of ${repository} built ${logicalId} on main:\n${stderr.trim()}`,
      'Was it deployed by hand? Then have GitHub build it: gh workflow run deploy.yml -f functions=<name> -f rebuild=true.',
    );
  }
}
