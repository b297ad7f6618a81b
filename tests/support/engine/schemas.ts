import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { programsFolder } from '../../../tools/lib/python-tools.ts';
import { repository } from './a-folder.ts';

export interface ResourceSchema {
  /** Names of all properties. */
  readonly properties: readonly string[];
  /** Those of which another value makes a new resource in place of the old one, always or in some cases. */
  readonly replaced: readonly string[];
}

/** What CloudFormation's schemas, which come with cfn-lint, say of each type of resource. */
export function resourceSchemas(types: readonly string[]): Record<string, ResourceSchema> {
  const python = join(programsFolder(repository, 'sam'), process.platform === 'win32' ? 'python.exe' : 'python');
  const output = execFileSync(python, [join(__dirname, 'schemas.py')], {
    input: JSON.stringify([...new Set(types)]),
    encoding: 'utf8',
  });
  return JSON.parse(output) as Record<string, ResourceSchema>;
}
