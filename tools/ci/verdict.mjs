// The last job of .github/workflows/pull-request.yml: did every job do its work? Runs on any Node.js, with nothing installed.
// Usage: NEEDS='${{ toJSON(needs) }}' node tools/ci/verdict.mjs <gate> [<job>=<filter>]…
import { pathToFileURL } from 'node:url';

/**
 * What is wrong, a line per job; empty where all is well. A job has to succeed; one that was skipped is in order only
 * where the gate has succeeded and says `false` to the job's filter, in that word.
 * @param needs the `needs` context: job to { result, outputs }
 * @param gate name of the job whose outputs are the filters
 * @param gated job to the name of its filter
 */
export function verdict(needs, gate, gated) {
  const unknown = [gate, ...Object.keys(gated)].filter((job) => !Object.hasOwn(needs, job));
  const leftOut = (job) =>
    Object.hasOwn(gated, job) && needs[gate]?.result === 'success' && needs[gate].outputs?.[gated[job]] === 'false';
  const bad = Object.entries(needs).filter(
    ([job, { result }]) => result !== 'success' && !(result === 'skipped' && leftOut(job)),
  );
  return [...unknown.map((job) => `${job}: no such job`), ...bad.map(([job, { result }]) => `${job}: ${result}`)];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [gate = '', ...pairs] = process.argv.slice(2);
  const gated = Object.fromEntries(pairs.map((pair) => pair.split('=')));
  const wrong = verdict(JSON.parse(process.env.NEEDS ?? '{}'), gate, gated);
  for (const line of wrong) console.error(line);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
