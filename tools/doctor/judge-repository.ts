import type { NamedStage } from '../bootstrap/plan-bootstrap.ts';
import { ok, verdict, type Finding } from './finding.ts';
import type { RepositoryFiles } from './read-repository.ts';

/** What the tree itself says, without asking anybody. */
export function judgeRepository(files: RepositoryFiles): Finding[] {
  return [
    ...files.stages.map(bootstrapped),
    ...files.stages.map((stage) => named(stage, files.defaultRepository)),
    codeOwners(files.codeOwners),
    pinned(files),
    environments(files),
  ];
}

/** The repository that a stage is deployed from; undefined where it is still the one of the template. */
export function deployRepository({ stage }: NamedStage, fallback: string | undefined): string | undefined {
  const name = stage.parameters['DeployRepository'];
  return name === undefined || name === '' || name === fallback ? undefined : name;
}

function bootstrapped({ stage }: NamedStage): Finding {
  const says = stage.parameters['Bootstrapped'] === 'true';
  return verdict(
    `samconfig.toml: ${stage.name} is bootstrapped`,
    says ? undefined : 'It does not say so.',
    `Add "Bootstrapped=true" to parameter_overrides of ${stage.name}.`,
  );
}

function named(stage: NamedStage, fallback: string | undefined): Finding {
  return verdict(
    `samconfig.toml: repository of ${stage.stage.name}`,
    deployRepository(stage, fallback) === undefined ? 'It is not set.' : undefined,
    `Add "DeployRepository=owner/name" to parameter_overrides of ${stage.stage.name}.`,
  );
}

function codeOwners(text: string | undefined): Finding {
  const rules = (text ?? '').split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const problem =
    rules.length === 0
      ? 'It names nobody.'
      : rules.some((line) => line.includes('@your-org/'))
        ? 'It has the placeholder @your-org/your-team.'
        : undefined;
  return verdict('.github/CODEOWNERS', problem, 'Put your own team in, one that may write to the repository.');
}

function pinned({ workflows }: RepositoryFiles): Finding {
  const loose = workflows.flatMap(({ path, uses }) =>
    uses.filter((use) => !use.startsWith('./') && !/@[0-9a-f]{40}$/.test(use)).map((use) => `${path} uses ${use}`),
  );
  return verdict(
    'Actions are pinned',
    loose.length === 0 ? undefined : `${[...new Set(loose)].join(', ')}.`,
    'Put the full commit after the @, with the version as a comment.',
  );
}

/** An environment that is not there GitHub makes, open to each branch. */
function environments({ workflows, environments: made }: RepositoryFiles): Finding {
  const unknown = workflows.flatMap(({ path, environments: used }) =>
    used.filter((name) => !made.some((each) => canBe(name, each))).map((name) => `${path} has ${name}`),
  );
  const check = "Workflows' environments";
  if (unknown.length === 0) return ok(check);
  return verdict(check, `${unknown.join(', ')}.`, `Name one that aviary bootstrap makes: ${made.join(', ')}.`);
}

/** Whether a name can become this environment, where `${{ … }}` stands for any text. */
function canBe(written: string, environment: string): boolean {
  const parts = written.split(/\$\{\{.*?\}\}/).map((part) => part.replaceAll(/[.+?^*${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(environment);
}
