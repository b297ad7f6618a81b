import { isWell, type SmokeResult } from '../smoke/smoke-stage.ts';

/** A smoke test for people. */
export function describeSmoke(result: SmokeResult): string {
  const { stage, health, answers, functions, tests } = result;
  const lines = [
    health
      ? `${health.url}: ${health.ok ? 'well' : `NOT well (${health.problem ?? ''})`}`
      : 'The stack has no API to ask.',
    ...(answers === false
      ? [`the release that answers (${health?.release ?? ''}) is not the one that was deployed`]
      : []),
    ...functions.map(({ name, problem }) => `${name}: ${problem}`),
    ...(tests === null ? [] : [`tests/smoke: ${tests ? 'passed' : 'FAILED'}`]),
  ];
  return [`${stage} is ${isWell(result) ? 'well' : 'NOT well'}.`, ...lines.map((line) => `  ${line}`), ''].join('\n');
}
