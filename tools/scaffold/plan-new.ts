import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { parseTemplate } from '../template/read-template.ts';
import { addBlocks } from './edit-template.ts';
import type { FileChanges } from './file-changes.ts';
import { renderBlocks, renderFiles } from './render.ts';
import type { Scaffold } from './scaffold.ts';

/** What a new function is made of. */
export interface NewFunction {
  readonly name: string;
  readonly trigger: string;
  /** Paths from the root, those that are made and those that are changed. */
  readonly made: readonly string[];
  readonly changed: readonly string[];
  /** Logical ids of its resources. */
  readonly resources: readonly string[];
}

const templateFile = 'template.yaml';

/**
 * Works out, without writing, what makes a function.
 * @throws Failure where something of its name, its resources or its route is there already
 */
export async function planNew(it: Scaffold, root: string): Promise<{ summary: NewFunction; changes: FileChanges }> {
  const text = readFileSync(join(root, templateFile), 'utf8');
  const before = parseTemplate(text, templateFile);
  assertFree(it, root, before);
  const blocks = renderBlocks(it, root);
  const edited = addBlocks(addBlocks(text, 'Resources', blocks.resources), 'Outputs', blocks.outputs);
  const own = objectAt(parseTemplate(`Resources:\n${blocks.resources}`, templateFile), 'Resources');
  assertIdsFree(Object.keys(own), before);
  // What was there must read as before, and nothing may have been lost: the cut is by places in the text.
  const after = objectAt(parseTemplate(edited, templateFile), 'Resources');
  const wanted = new Set([...Object.keys(objectAt(before, 'Resources')), ...Object.keys(own)]);
  if (Object.keys(after).length !== wanted.size) throw new Error('The template was not edited as planned');
  const files = await renderFiles(it, root);
  return {
    summary: {
      name: it.name,
      trigger: it.trigger,
      made: [...files.keys()].sort(),
      changed: [templateFile],
      resources: Object.keys(own),
    },
    changes: new Map([...files, [templateFile, edited]]),
  };
}

function assertFree({ name, path, trigger }: Scaffold, root: string, template: JsonObject): void {
  for (const folder of [`functions/${name}`, `tests/unit/functions/${name}`]) {
    if (!existsSync(join(root, folder))) continue;
    throw new Failure(`${folder} is there already.`, 'Take another name, or move that folder away.');
  }
  if (trigger !== 'api') return;
  const route = `GET ${normal(path)}`;
  for (const [id, block] of Object.entries(objectAt(template, 'Resources'))) {
    if (!routesOf(block).includes(route)) continue;
    throw new Failure(`${id} answers GET ${path} already.`, 'Take another path: --path /things.');
  }
}

/** API Gateway takes one parameter in a place, whatever its name. */
const normal = (path: string): string => path.replaceAll(/\{\w+\}/g, '{}');

function routesOf(block: Json): string[] {
  return Object.values(objectAt(objectAt(block, 'Properties'), 'Events')).map((event) => {
    const route = objectAt(event, 'Properties');
    return `${stringAt(route, 'Method')?.toUpperCase() ?? ''} ${normal(stringAt(route, 'Path') ?? '')}`;
  });
}

function assertIdsFree(ids: readonly string[], template: JsonObject): void {
  for (const section of ['Resources', 'Parameters', 'Conditions', 'Mappings', 'Outputs']) {
    const clash = ids.find((id) => Object.hasOwn(objectAt(template, section), id));
    if (clash === undefined) continue;
    throw new Failure(`template.yaml has ${clash} already, under ${section}.`, 'Take another name for the function.');
  }
}
