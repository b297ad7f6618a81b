import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { Failure } from '../../lib/failure.ts';
import { isList, isObject, objectAt, parseJson, stringAt, type Json, type JsonObject } from '../../lib/json.ts';
import { programsFolder } from '../../lib/python-tools.ts';

export interface Translated {
  readonly templates: readonly JsonObject[];
  /** Of each resource type the properties whose change replaces the resource. */
  readonly createOnly: JsonObject;
}

/**
 * Expands templates as CloudFormation will, with the translator and the resource schemas that come with the SAM CLI.
 * @throws Failure with the translator's words where it refuses a template
 */
export async function translate(root: string, templates: readonly JsonObject[]): Promise<Translated> {
  const python = join(programsFolder(root, 'sam'), process.platform === 'win32' ? 'python.exe' : 'python');
  const script = join(root, 'tools', 'report', 'pull-request', 'translate.py');
  const env = { ...process.env, AWS_DEFAULT_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' };
  const child = spawn(python, [script], { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      resolve(code ?? 1);
    });
  });
  child.stdin.end(JSON.stringify({ templates: templates.map(uploaded) }));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) {
    throw new Failure(
      `The SAM translator refuses the template: ${stderr.trim().split('\n').slice(-3).join('\n')}`,
      'npm run check tells more.',
    );
  }
  const result = parseJson(stdout);
  const list = isObject(result) ? result['templates'] : undefined;
  return { templates: isList(list) ? list.filter(isObject) : [], createOnly: objectAt(result, 'createOnly') };
}

/** A template whose code is uploaded already, as the translator wants it. */
function uploaded(template: JsonObject): JsonObject {
  const resources = Object.entries(objectAt(template, 'Resources')).map(([id, block]): [string, Json] => {
    const property = codeProperties[stringAt(block, 'Type') ?? ''];
    if (!isObject(block) || property === undefined) return [id, block];
    return [id, { ...block, Properties: { ...objectAt(block, 'Properties'), [property]: `s3://code/${id}` } }];
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

const codeProperties: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'CodeUri',
  'AWS::Serverless::LayerVersion': 'ContentUri',
};
