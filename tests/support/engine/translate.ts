import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isObject, objectAt, type JsonObject } from '../../../tools/lib/json.ts';
import { programsFolder } from '../../../tools/lib/python-tools.ts';
import { repository } from './a-folder.ts';

/** What the SAM translator, which CloudFormation runs for `Transform`, makes of each template. */
export function translate(templates: readonly JsonObject[]): JsonObject[] {
  const python = join(programsFolder(repository, 'ministack'), process.platform === 'win32' ? 'python.exe' : 'python');
  const output = execFileSync(python, [join(__dirname, 'translate.py')], {
    input: JSON.stringify(templates),
    encoding: 'utf8',
    env: { ...process.env, AWS_DEFAULT_REGION: 'eu-west-1', AWS_EC2_METADATA_DISABLED: 'true' },
    maxBuffer: 64 * 1024 * 1024,
    // It speaks of its feature toggles on stderr; what it says with a failure is in the error.
    stdio: 'pipe',
  });
  return JSON.parse(output) as JsonObject[];
}

/** The resources of a template that have a type, by logical id. */
export function resourcesOf(template: JsonObject, type?: string): Record<string, JsonObject> {
  const found: Record<string, JsonObject> = {};
  for (const [id, block] of Object.entries(objectAt(template, 'Resources')))
    if (isObject(block) && (type === undefined || block['Type'] === type)) found[id] = block;
  return found;
}
