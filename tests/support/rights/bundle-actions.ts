import { build } from 'esbuild';
import { repository } from '../engine/a-folder.ts';

/**
 * The actions of IAM that the code of a function can ask for: the calls of the AWS SDK that are left in its bundle after
 * tree-shaking, the shared layer inside.
 * @param entry path from the root
 * @returns in order, each once
 */
export async function bundleActions(entry: string): Promise<string[]> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: repository,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  return actionsIn(outputFiles[0]?.text ?? '');
}

const callers = String.raw`@aws-sdk\/[^"]+|@aws-lambda-powertools\/(?:parameters|idempotency)[^"]*`;
const importLine = new RegExp(`^import \\{([^}]+)\\} from "(${callers})";$`, 'gm');
const loadedLater = new RegExp(`\\b(\\w+) = await import\\("(${callers})"\\)`, 'g');

/** The actions behind the calls in a bundle that esbuild wrote, unminified and with packages external. */
export function actionsIn(bundle: string): string[] {
  const code = bundle.replace(importLine, '');
  return [...new Set([...staticCalls(bundle, code), ...laterCalls(code)])].sort();
}

function staticCalls(bundle: string, code: string): string[] {
  return [...bundle.matchAll(importLine)].flatMap(([, names = '', source = '']) =>
    names.split(',').flatMap((clause) => {
      const [name = '', alias = name] = clause.trim().split(' as ');
      // An import statement also has what tree-shaking left no use of.
      return new RegExp(`\\b${alias}\\b`).test(code) ? actionsOf(source, name, code) : [];
    }),
  );
}

/** Of packages that are loaded when they are first needed: `const sdk = await import("…")`, then `sdk.PutRecordCommand`. */
function laterCalls(code: string): string[] {
  const sources = new Map<string, string>();
  for (const [, alias = '', source = ''] of code.matchAll(loadedLater)) {
    if ((sources.get(alias) ?? source) !== source)
      throw new Error(
        `Two packages are loaded as ${alias}: give each a name of its own, so that its calls can be told.`,
      );
    sources.set(alias, source);
  }
  return [...sources].flatMap(([alias, source]) =>
    [...code.matchAll(new RegExp(`\\b${alias}\\.(\\w+)`, 'g'))].flatMap(([, name = '']) =>
      actionsOf(source, name, code),
    ),
  );
}

/** Clients whose prefix in IAM is not the name of the client: the Service Authorization Reference has them all. */
const prefixes: Readonly<Record<string, string>> = { 'secrets-manager': 'secretsmanager', sesv2: 'ses' };

/** Operations that IAM knows by another name, `<prefix>:<operation>`. */
const renamed: Readonly<Record<string, string>> = { 'lambda:Invoke': 'lambda:InvokeFunction' };

/** What stands for a call of its own in the document client and in Powertools. */
const behind: Readonly<Record<string, readonly string[]>> = {
  DeleteCommand: ['dynamodb:DeleteItem'],
  GetCommand: ['dynamodb:GetItem'],
  paginateQuery: ['dynamodb:Query'],
  PutCommand: ['dynamodb:PutItem'],
  QueryCommand: ['dynamodb:Query'],
  ScanCommand: ['dynamodb:Scan'],
  UpdateCommand: ['dynamodb:UpdateItem'],
  AppConfigProvider: ['appconfig:GetLatestConfiguration', 'appconfig:StartConfigurationSession'],
  // By `getMultiple`, which is how a function's settings are read; `get` would ask for ssm:GetParameter.
  SSMProvider: ['ssm:GetParametersByPath'],
  SecretsProvider: ['secretsmanager:GetSecretValue'],
};

/** A transaction has no right of its own: DynamoDB asks for that of each write that it holds. */
const ofTransaction: Readonly<Record<string, string>> = {
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Delete: 'dynamodb:DeleteItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
};

const callsNothing = /(Client|Exception)$|^(un)?marshall$/;

/** https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
function actionsOf(source: string, name: string, code: string): readonly string[] {
  if (callsNothing.test(name)) return [];
  if (name === 'TransactWriteCommand')
    return [...code.matchAll(/\b(ConditionCheck|Delete|Put|Update): /g)].map(
      ([, key = '']) => ofTransaction[key] ?? '',
    );
  if (behind[name] !== undefined) return behind[name];
  const [, client] = /^@aws-sdk\/client-(.+)$/.exec(source) ?? [];
  if (client === undefined || !name.endsWith('Command'))
    throw new Error(`tests/support/rights does not know which actions ${name} of ${source} asks for: add it.`);
  const action = `${prefixes[client] ?? client}:${name.replace(/Command$/, '')}`;
  return [renamed[action] ?? action];
}
