import { performance } from 'node:perf_hooks';
import { stoppedBy } from './stop.mjs';

const colour = process.stderr.isTTY === true && !process.env.NO_COLOR;
const dim = (text) => (colour ? `\u001b[2m${text}\u001b[22m` : text);

/** Writes one line for people; stdout is left to data. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Says what is being done, does it, and says how long it took. */
export async function step(title, work) {
  const started = performance.now();
  say(`${title} …`);
  const result = await work();
  if (stoppedBy() === undefined) say(dim(`${title}: done in ${((performance.now() - started) / 1000).toFixed(1)} s`));
  return result;
}
