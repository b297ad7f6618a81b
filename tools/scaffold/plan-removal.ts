import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { Failure } from '../lib/failure.ts';
import { objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { withoutLogGroups } from '../generate/render-log-groups.ts';
import { withoutVersionAlarms } from '../generate/render-version-alarms.ts';
import { parseTemplate } from '../template/read-template.ts';
import { removeEntries } from './edit-template.ts';
import type { FileChanges } from './file-changes.ts';
import { mentionsOf } from './mentions.ts';
import { ownBlocks, type OwnBlocks } from './own-blocks.ts';

/** What goes with functions. */
export interface Removal extends OwnBlocks {
  readonly names: readonly string[];
  /** Paths from the root. */
  readonly files: readonly string[];
  /** Files that speak of its files, for somebody to look through. */
  readonly named: readonly string[];
  /** What becomes of each resource in a stage when this is deployed, by logical id. */
  readonly fate: Readonly<Record<string, 'deleted' | 'kept'>>;
}

const templateFile = 'template.yaml';

/**
 * Works out, without deleting, what goes with functions.
 * @param also files that go too, whoever they serve
 * @throws Failure where there is no such function, or where something that stays refers to one
 */
export function planRemoval(
  names: readonly string[],
  root: string,
  also: readonly string[] = [],
): { summary: Removal; changes: FileChanges } {
  const text = readFileSync(join(root, templateFile), 'utf8');
  const template = parseTemplate(text, templateFile);
  const logicalIds = names.map((name) => functionIn(template, name));
  const files = [...new Set([...names.flatMap((name) => filesOf(name, root)), ...also])].sort();
  const { imports, names: named } = mentionsOf(names, root, new Set(files));
  if (imports.length > 0) {
    throw new Failure(
      `${names.map((name) => `functions/${name}`).join(', ')}: imported by what stays: ${imports.join(', ')}.`,
      'Take that out first, then try again.',
    );
  }
  // A list that is generated needs none of what is in it: `aviary generate` makes it anew.
  const needed = parseTemplate(withoutLogGroups(text), templateFile);
  const own = ownBlocks(needed, logicalIds, readFileSync(join(root, 'samconfig.toml'), 'utf8'));
  const cut = (before: string, section: 'Parameters' | 'Conditions' | 'Resources' | 'Outputs'): string =>
    removeEntries(before, section, new Set(own[section]));
  // The next `aviary generate` writes those of the others again: to cut one out could take its marks along.
  const cutting = withoutVersionAlarms(text);
  const edited = cut(cut(cut(cut(cutting, 'Outputs'), 'Resources'), 'Conditions'), 'Parameters');
  parseTemplate(edited, templateFile);
  const fate = own.Resources.map((id) => [id, fateOf(objectAt(objectAt(template, 'Resources'), id))] as const);
  return {
    summary: { names, ...own, files, named, fate: Object.fromEntries(fate) },
    changes: new Map<string, string | undefined>([
      ...files.map((path) => [path, undefined] as const),
      [templateFile, edited],
    ]),
  };
}

function functionIn(template: JsonObject, name: string): string {
  const named = new Map(
    Object.entries(objectAt(template, 'Resources'))
      .filter(([, block]) => stringAt(block, 'Type') === 'AWS::Serverless::Function')
      .map(([id, block]) => [folderOf(block), id]),
  );
  const id = named.get(name);
  if (id !== undefined) return id;
  throw new Failure(`There is no function ${name}.`, `Did you mean ${closest(name, [...named.keys()])}?`);
}

function folderOf(block: Json): string {
  return /([^/]+)\/*$/.exec(stringAt(objectAt(block, 'Properties'), 'CodeUri') ?? '')?.[1] ?? '';
}

function filesOf(name: string, root: string): string[] {
  const found = [`functions/${name}/**/*`, `tests/unit/functions/${name}/**/*`].flatMap((pattern) =>
    globSync(pattern, { cwd: root, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name: file }) => join(parentPath, file)),
  );
  const from = root.endsWith(sep) ? root.length : root.length + 1;
  return found.map((path) => path.slice(from).split(sep).join('/')).sort();
}

function fateOf(block: JsonObject): 'deleted' | 'kept' {
  return (stringAt(block, 'DeletionPolicy') ?? 'Delete').startsWith('Retain') ? 'kept' : 'deleted';
}
