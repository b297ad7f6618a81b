import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Subject } from '../alarms/find-subjects.ts';
import { makeAlarms, type Alarm } from '../alarms/make-alarms.ts';
import { replaceMarked } from './marked-block.ts';
import { alarmsFile, renderAlarms } from './render-alarms.ts';

/** Resources of a stack of alarms: CloudFormation takes 500, and some are free for what one that is there is changed to. */
const room = 450;

const marks = {
  file: 'template.yaml',
  begin: '# More stacks of alarms: written by `npm run aviary -- generate`',
  end: '# End of more stacks of alarms',
  what: 'the stacks of alarms above the first',
};

/** From the root: infra/alarms.yaml, infra/alarms-2.yaml and so on. */
export const alarmsFileAt = (at: number): string =>
  at === 0 ? alarmsFile : alarmsFile.replace('.yaml', `-${at + 1}.yaml`);

/** The texts of the stacks of alarms that there are, the first one first; none where the repository has no alarms. */
export function readAlarmStacks(root: string): string[] {
  const texts: string[] = [];
  for (let text = read(root, 0); text !== undefined; text = read(root, texts.length)) texts.push(text);
  return texts;
}

function read(root: string, at: number): string | undefined {
  try {
    return readFileSync(join(root, alarmsFileAt(at)), 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}

/**
 * Every alarm in one of as many stacks as it takes. An alarm stays in the file that has it: two stacks cannot have one of the
 * same name, not even while it moves from one to the other. A new one goes into the first file with room.
 * @param texts of the files that there are; the first one has what stands before the alarms in all of them
 */
export function renderAlarmStacks(texts: readonly string[], subjects: readonly Subject[]): string[] {
  const [first] = texts;
  if (first === undefined) return [];
  const alarms = makeAlarms(subjects);
  const places = new Map<string, number>();
  const filled: number[] = texts.map(() => 0);
  const put = ({ id, rule }: Alarm, at: number): void => {
    places.set(id, at);
    filled[at] = (filled[at] ?? 0) + (rule.logCode === undefined ? 1 : 2);
  };
  for (const alarm of alarms) {
    const at = texts.findIndex((text) => text.includes(`\n  ${alarm.id}:\n`));
    if (at >= 0) put(alarm, at);
  }
  for (const alarm of alarms) {
    if (places.has(alarm.id)) continue;
    const at = filled.findIndex((count) => count < room);
    put(alarm, at < 0 ? filled.length : at);
  }
  return filled.map((_, at) => renderAlarms(first, subjects, ({ id }) => places.get(id) === at));
}

/** template.yaml with a stack like its first one of alarms for each further file. */
export function renderMoreAlarms(text: string, files: number): string {
  const [block] = /^ {2}Alarms:\n(?: {4}.*\n)+/m.exec(text) ?? [];
  if (block === undefined) return text;
  const more = Array.from({ length: Math.max(0, files - 1) }, (_, at) =>
    block
      .replace('  Alarms:', `  Alarms${at + 2}:`)
      .replace(alarmsFile, alarmsFileAt(at + 1))
      .replaceAll(/^ {2}/gm, ''),
  );
  return replaceMarked(text, marks, more.join(''));
}
