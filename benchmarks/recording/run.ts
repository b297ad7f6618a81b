// `npm run recording`: runs the first minute with this repository, and makes the picture of it that README.md shows.
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { interruption } from '../../tools/lib/interruption.ts';
import { info } from '../../tools/lib/log.ts';
import { Bench, broken } from '../bench.ts';
import { recordFirstMinute } from './first-minute.ts';
import { keystrokes, type Moment } from './moments.ts';
import { renderSvg, type Picture } from './render-svg.ts';
import { renderText } from './render-text.ts';
import { shortenWaits } from './shorten-waits.ts';

const help = `Runs what README.md shows, in a copy of this repository, and writes the picture of it: docs/images/first-minute.svg,
and the same as text. It types the commands itself, and takes about two minutes.

Usage: npm run recording
`;

const durationMs = 60_000;
/** How long the end stands, in milliseconds. */
const endMs = 3_000;

/** Resolves to the exit code: 0 when the picture was written, 130 when it was interrupted. */
export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const root = process.env['AVIARY_ROOT'] ?? process.cwd();
  const bench = new Bench({ root, quick: false, signal: interruption() });
  try {
    const picture = pictureOf(await recordFirstMinute(bench));
    writeAll(root, { 'first-minute.svg': renderSvg(picture), 'first-minute.txt': renderText(picture) });
  } catch (error) {
    if (bench.signal.aborted) return 130;
    throw error;
  } finally {
    await bench.end();
  }
  return 0;
}

function pictureOf(recorded: readonly Moment[]): Picture {
  const { moments, limitMs } = shortenWaits(keystrokes(recorded), durationMs - endMs);
  return {
    title: 'The first minute with Aviary, in two terminals',
    description:
      'npm start starts the local cloud and deploys to it. A user is created over the API. A rule of one function is edited, and the code of that function is swapped. ' +
      'status, plan and explain show what differs after the edit of a shared module; deploy --only moves one function, rollback takes it back, and Ctrl-C stops everything.',
    columns: 96,
    terminals: [
      { title: 'Terminal 1: the local cloud', rows: 8 },
      { title: 'Terminal 2: the work', rows: 20 },
    ],
    footnotes: [
      `Recorded by npm run recording. A wait for a program of more than ${(limitMs / 1_000).toFixed(1)} s is shortened to that;`,
      "npm's headings are left out, and the ports are the usual ones. All else is as it was.",
    ],
    durationMs,
    moments,
  };
}

/** @throws {Failure} when a file would tell a path of this machine; then none is written */
function writeAll(root: string, files: Readonly<Record<string, string>>): void {
  const folder = join(root, 'docs', 'images');
  for (const [name, text] of Object.entries(files)) {
    const path = [root, tmpdir(), homedir()].find((one) => text.includes(`${one}/`));
    if (path !== undefined) throw broken(`${name} would tell ${path}, which is a folder of this machine.`);
  }
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    info(`Wrote docs/images/${name} (${Math.ceil(Buffer.byteLength(text) / 1024)} KB).`);
  }
}
