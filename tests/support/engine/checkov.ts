import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '../../../tools/lib/json.ts';
import { programsFolder } from '../../../tools/lib/python-tools.ts';
import { repository } from './a-folder.ts';
import type { StageResource } from './every-option.ts';

/** Something in a template that a rule of security speaks of. */
export interface Finding {
  /** Name of the template. */
  readonly template: string;
  /** `CKV_AWS_27`, or a key of `doors`. */
  readonly check: string;
  /** `AWS::SQS::Queue.Id`; of a nested stack `AWS::SQS::Queue.StackId`. */
  readonly of: string;
}

interface Report {
  readonly summary: { readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly FailedCheck[] };
}

interface FailedCheck {
  readonly check_id: string;
  readonly resource: string;
  /** `/production/template.json`. */
  readonly file_path: string;
}

/** A resource in one name; of nested stacks too, as `Data.Table` becomes `DataTable`. */
const idOf = ({ id }: StageResource): string => id.replace('.', '');

export const findingOf = (template: string, check: string, resource: StageResource): Finding => ({
  template,
  check,
  of: `${resource.type}.${idOf(resource)}`,
});

/** What checkov finds in templates, by their names, without asking the network. */
export async function checkovFindings(
  templates: Readonly<Record<string, readonly StageResource[]>>,
): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aviary-checkov-'));
  try {
    for (const [name, resources] of Object.entries(templates)) {
      const blocks = resources.map((it): [string, JsonObject] => [
        idOf(it),
        { Type: it.type, Properties: it.properties },
      ]);
      const Resources = Object.fromEntries(blocks);
      mkdirSync(join(folder, name));
      const template = { AWSTemplateFormatVersion: '2010-09-09', Resources };
      writeFileSync(join(folder, name, 'template.json'), JSON.stringify(template));
    }
    const failed = await runCheckov(folder);
    return failed.map((it) => ({ template: it.file_path.split('/')[1] ?? '', check: it.check_id, of: it.resource }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runCheckov(folder: string): Promise<readonly FailedCheck[]> {
  const program = join(programsFolder(repository, 'checkov'), process.platform === 'win32' ? 'checkov.cmd' : 'checkov');
  const args = ['-d', folder, '--framework', 'cloudformation', '--skip-download', '--quiet', '--compact', '-o', 'json'];
  const { stdout } = await promisify(execFile)(program, [...args, '--soft-fail'], { maxBuffer: 64 * 1024 * 1024 });
  const { summary, results } = JSON.parse(stdout) as Report;
  if (summary.parsing_errors > 0) throw new Error('checkov could not read a template');
  return results.failed_checks;
}
