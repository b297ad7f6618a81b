import { parseArgs } from 'node:util';
import { chooseDeadLetters } from '../dlq/choose-dead-letters.ts';
import { look, openLetters, purge, readDepths, readDeadLetters, sendAgain } from '../dlq/stage-letters.ts';
import { Failure } from '../lib/failure.ts';
import { describeDepths, describeLetters, describeReplay } from '../report/describe-dlq.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Looks into the queues of what functions failed on, and sends it again.

Usage: npm run aviary -- dlq list [--stage S] [--json]
       npm run aviary -- dlq show <function> [--queue Q] [--stage S] [--json]
       npm run aviary -- dlq replay <function> [--queue Q] [--stage S] [--dry-run] [--max N] [--rate N] [--force] [--json]
       npm run aviary -- dlq purge <function> [--queue Q] [--stage S] [--yes] [--json]

  list       how many messages each queue has
  show       the messages, their cause and age; they stay where they are
  replay     sends them to where they came from, and deletes each when that has accepted it
  purge      deletes them all; without --yes it shows what would go, and ends with 1

  --queue Q  the queue, of a function that has several
  --dry-run  say what would be sent again
  --max N    at most so many (default: all)
  --rate N   so many a second (default 10)
  --force    also what was sent again three times already

Each replay is counted in the stage's table for 28 days, by the content of the message.

Example: npm run aviary -- dlq replay processor --stage staging --dry-run
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...stageOptions,
      'dry-run': { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      max: { type: 'string' },
      rate: { type: 'string', default: '10' },
      json: { type: 'boolean', default: false },
      queue: { type: 'string' },
    },
  });
  const [verb = '', name, ...more] = positionals;
  if (!['list', 'show', 'replay', 'purge'].includes(verb)) {
    throw new Failure(`What should be done with dead letters?`, 'Say list, show, replay or purge.');
  }
  const extra = verb === 'list' ? positionals[1] : more[0];
  if (extra !== undefined) throw new Failure(`There is no place for ${extra}.`, 'See: npm run aviary -- dlq --help');
  const max = values.max === undefined ? Infinity : positive('--max', values.max, /^\d+$/);
  const rate = positive('--rate', values.rate, /^\d*\.?\d+$/);
  const connection = await connectTo(root, values);
  const known = readDeadLetters(connection);
  const print = (data: unknown, text: string): void =>
    void process.stdout.write(values.json ? `${JSON.stringify(data, null, 2)}\n` : text);
  if (verb === 'list') {
    const rows = await readDepths(connection, known);
    print(rows, describeDepths(rows));
    return 0;
  }
  const letters = chooseDeadLetters(known, name, values.queue);
  const opened = await openLetters(connection, letters);
  if (verb === 'show' || (verb === 'purge' && !values.yes)) {
    const shown = await look(opened);
    const note = verb === 'purge' ? 'Nothing was deleted: add --yes to delete these.' : '';
    print(shown, describeLetters(letters, shown, Date.now(), note));
    return verb === 'purge' ? 1 : 0;
  }
  if (verb === 'purge') {
    const purged = await purge(opened);
    print({ purged }, `Deleted ${purged} from ${letters.queueName}.\n`);
    return 0;
  }
  const options = { dryRun: values['dry-run'], force: values.force, max };
  const results = await sendAgain(opened, options, rate);
  print(results, describeReplay(letters, results));
  return 0;
}

function positive(option: string, text: string, form: RegExp): number {
  const value = Number(text);
  if (form.test(text) && value > 0) return value;
  throw new Failure(`${option} ${text} is nothing to go by.`, `Take a number above 0, such as ${option} 5.`);
}
