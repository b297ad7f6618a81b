import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '../../tools/lib/json.ts';
import { programsFolder } from '../../tools/lib/python-tools.ts';
import { resolved } from '../support/bootstrap-template.ts';
import { repository } from '../support/engine/a-folder.ts';
import { everyOption, resourcesOfStage, type StageResource } from '../support/engine/every-option.ts';
import { accepted, acceptedInBootstrap, acceptedWithoutOptions, type AcceptedFinding } from './accepted-findings.ts';

interface Finding {
  readonly check_id: string;
  /** `AWS::SQS::Queue.Id`. */
  readonly resource: string;
  /** `/production/template.json`. */
  readonly file_path: string;
}

/** Resources by template; of nested stacks too, as `Data.Table` becomes `DataTable`. */
const asTemplate = (resources: readonly StageResource[]): JsonObject =>
  Object.fromEntries(
    resources.map(({ id, type, properties }) => [id.replace('.', ''), { Type: type, Properties: properties }]),
  );

/** What checkov finds in templates, without asking the network. It exits with 1 where that is something. */
async function findingsIn(folder: string): Promise<Finding[]> {
  const program = join(programsFolder(repository, 'checkov'), process.platform === 'win32' ? 'checkov.cmd' : 'checkov');
  const args = ['-d', folder, '--framework', 'cloudformation', '--skip-download', '--quiet', '--compact', '-o', 'json'];
  const { stdout } = await promisify(execFile)(program, [...args, '--soft-fail'], { maxBuffer: 64 * 1024 * 1024 });
  const report = JSON.parse(stdout) as { summary: { parsing_errors: number }; results: { failed_checks: Finding[] } };
  if (report.summary.parsing_errors > 0) throw new Error('checkov could not read a template');
  return report.results.failed_checks;
}

describe('checkov', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aviary-checkov-'));
  let findings: Finding[];
  beforeAll(async () => {
    const [[staging = []], [production = [], everything = []]] = await Promise.all([
      resourcesOfStage('staging', [{}]),
      resourcesOfStage('production', [{}, everyOption]),
    ]);
    const templates: Record<string, JsonObject> = {
      staging: asTemplate(staging),
      production: asTemplate(production),
      everything: asTemplate(everything),
      bootstrap: resolved('production'),
      careless: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { AccessControl: 'PublicRead' } } },
    };
    for (const [name, Resources] of Object.entries(templates)) {
      mkdirSync(join(folder, name));
      const template = { AWSTemplateFormatVersion: '2010-09-09', Resources };
      writeFileSync(join(folder, name, 'template.json'), JSON.stringify(template));
    }
    findings = await findingsIn(folder);
  }, 180_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each<[string, readonly AcceptedFinding[]]>([
    ['staging', [...accepted, ...acceptedWithoutOptions]],
    ['production', [...accepted, ...acceptedWithoutOptions]],
    ['everything', accepted],
    ['bootstrap', acceptedInBootstrap],
  ])('finds nothing in %s that has no reason written down', (name, reasons) => {
    const found = findings.filter(({ file_path: path }) => path.startsWith(`/${name}/`));
    const isAccepted = ({ check_id: check, resource }: Finding): boolean =>
      reasons.some((it) => it.check === check && (resource === it.of || resource.startsWith(`${it.of}.`)));

    expect(found.filter((it) => !isAccepted(it)).map((it) => `${it.check_id} ${it.resource}`)).toEqual([]);
  });

  it('still finds what a reason is written down for', () => {
    const settled = [...accepted, ...acceptedWithoutOptions, ...acceptedInBootstrap].filter(
      ({ check, of }) => !findings.some((it) => it.check_id === check && it.resource.startsWith(of)),
    );

    expect(settled).toEqual([]);
  });

  it('finds what is careless', () => {
    const found = findings.filter(({ file_path: path }) => path.startsWith('/careless/')).map((it) => it.check_id);

    // A bucket that everybody may read, and that blocks no access.
    expect(found).toEqual(expect.arrayContaining(['CKV_AWS_20', 'CKV_AWS_53']));
  });
});
