import { Failure } from '../lib/failure.ts';
import { isMap, isScalar, parseDocument, type Document } from 'yaml';

type Section = 'Parameters' | 'Conditions' | 'Resources' | 'Outputs';

/** An entry of a section: its lines, with the comment and the empty line above it. */
interface Entry {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

// Text is cut and put in by the places that the parser tells: writing a document anew would move comments and folds.
function parse(text: string): Document.Parsed {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new Failure(`template.yaml: ${error.message}`, 'Mend the file and try again.', { cause: error });
  return document;
}

/** The template with blocks at the end of a section, which is made where there is none. */
export function addBlocks(text: string, section: Section, blocks: string): string {
  if (blocks === '') return text;
  const last = entriesOf(text, section).at(-1);
  if (!last) return `${text}\n${section}:\n${blocks}`;
  return text.slice(0, last.end) + blocks + text.slice(last.end);
}

/** The template without some entries of a section; without the section where nothing is left of it. */
export function removeEntries(text: string, section: Section, names: ReadonlySet<string>): string {
  const entries = entriesOf(text, section);
  const gone = entries.filter(({ name }) => names.has(name));
  if (gone.length === entries.length && gone.length > 0) return removeTopLevel(text, section);
  return gone.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
}

function entriesOf(text: string, section: Section): Entry[] {
  const top = topLevel(text);
  const at = top.findIndex(({ name }) => name === section);
  const map = parse(text).get(section, true);
  if (at < 0 || !isMap(map)) return [];
  const starts = keysOf(map).map(({ name, start }) => ({ name, start: aboveOf(text, start) }));
  const end = top[at + 1]?.start ?? text.length;
  return starts.map(({ name, start }, position) => ({ name, start, end: starts[position + 1]?.start ?? end }));
}

function topLevel(text: string): Entry[] {
  const { contents } = parse(text);
  if (!isMap(contents)) return [];
  const starts = keysOf(contents).map(({ name, start }) => ({ name, start: aboveOf(text, start) }));
  return starts.map(({ name, start }, at) => ({ name, start, end: starts[at + 1]?.start ?? text.length }));
}

function removeTopLevel(text: string, section: Section): string {
  const it = topLevel(text).find(({ name }) => name === section);
  return it ? text.slice(0, it.start) + text.slice(it.end) : text;
}

function keysOf(map: { readonly items: readonly { readonly key: unknown }[] }): { name: string; start: number }[] {
  return map.items.flatMap(({ key }) =>
    isScalar(key) && key.range ? [{ name: String(key.value), start: key.range[0] }] : [],
  );
}

/** Where the comment begins that stands above the line of `offset`, with the empty lines above that. */
function aboveOf(text: string, offset: number): number {
  const column = offset - (text.lastIndexOf('\n', offset - 1) + 1);
  const lines = text
    .slice(0, offset - column)
    .split('\n')
    .slice(0, -1);
  const isComment = (line: string): boolean => line.startsWith(`${' '.repeat(column)}#`);
  const isEmpty = (line: string): boolean => line.trim() === '';
  let start = lines.length;
  while (start > 0 && isComment(lines[start - 1] ?? '')) start -= 1;
  while (start > 0 && isEmpty(lines[start - 1] ?? '')) start -= 1;
  return lines.slice(0, start).reduce((sum, line) => sum + line.length + 1, 0);
}
