import { load } from 'js-yaml';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentsOf } from '../bootstrap/github-environments.ts';
import { readNamedStages } from '../bootstrap/read-named-stages.ts';
import type { NamedStage } from '../bootstrap/plan-bootstrap.ts';
import { Failure } from '../lib/failure.ts';
import { isJson, isList, isObject, objectAt, parseJson, stringAt, type Json } from '../lib/json.ts';
import { previewBlock } from '../template/preview-stage.ts';
import { readTemplate } from '../template/read-template.ts';

/** A workflow, or an action of the repository. */
export interface WorkflowFile {
  readonly path: string;
  /** What its steps and jobs use, as written: `actions/checkout@<commit>`. */
  readonly uses: readonly string[];
  /** The environments of its jobs, as written. */
  readonly environments: readonly string[];
}

/** What of the tree a deploy from GitHub stands on. */
export interface RepositoryFiles {
  readonly stages: readonly NamedStage[];
  /** The environments that bootstrap makes, of all stages, whichever are asked for. */
  readonly environments: readonly string[];
  /** The `DeployRepository` that the template has where no stage names one. */
  readonly defaultRepository: string | undefined;
  /** Undefined where there is no such file. */
  readonly codeOwners: string | undefined;
  readonly workflows: readonly WorkflowFile[];
  /** The rules that .github/rulesets/main.json asks for. */
  readonly rules: readonly Json[];
}

/** @throws Failure for a file that cannot be read, and for an unknown stage */
export function readRepositoryFiles(root: string, stage: string | undefined): RepositoryFiles {
  const template = readTemplate(join(root, 'template.yaml'), 'template.yaml');
  const ruleset = textOf(root, '.github/rulesets/main.json');
  const rules = ruleset === undefined ? [] : objectAt({ ruleset: parseJson(ruleset) }, 'ruleset')['rules'];
  return {
    stages: readNamedStages(root, stage),
    environments: [...readNamedStages(root, undefined).map(({ stage }) => stage.name), previewBlock].flatMap((stage) =>
      environmentsOf(stage).map(({ name }) => name),
    ),
    defaultRepository: stringAt(objectAt(objectAt(template, 'Parameters'), 'DeployRepository'), 'Default'),
    codeOwners: textOf(root, '.github/CODEOWNERS'),
    workflows: [...filesOf(root, '.github/workflows'), ...filesOf(root, '.github/actions')].map((path) =>
      readWorkflow(path, textOf(root, path) ?? ''),
    ),
    rules: isList(rules) ? rules : [],
  };
}

/** @throws Failure for what is no YAML */
export function readWorkflow(path: string, text: string): WorkflowFile {
  let content: unknown;
  try {
    content = load(text);
  } catch (cause) {
    throw new Failure(`${path} is no YAML.`, 'Mend the file; npm run check says where.', { cause });
  }
  const workflow = isJson(content) ? content : null;
  const jobs = isObject(workflow) ? Object.values(objectAt(workflow, 'jobs')) : [];
  const steps = [...jobs, objectAt({ workflow }, 'workflow')['runs'] ?? null].flatMap((job) => {
    const own = isObject(job) ? job['steps'] : undefined;
    return isList(own) ? own : [];
  });
  return {
    path,
    uses: [...jobs, ...steps].flatMap((each) => stringAt(each, 'uses') ?? []),
    environments: jobs.flatMap(
      (job) => stringAt(job, 'environment') ?? stringAt(isObject(job) ? job['environment'] : undefined, 'name') ?? [],
    ),
  };
}

function textOf(root: string, path: string): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function filesOf(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
}
