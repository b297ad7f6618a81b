import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a generated repository has of this one. */
const copied = ['tools', 'layers', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Of one stage, with this repository's settings and its template's only parameter. */
const samconfig = `version = 0.1

[local.global.parameters]
stack_name = "many-local"
region = "eu-west-1"
language_extensions = true

[local.build.parameters]
build_in_source = true
parallel = true

[local.deploy.parameters]
parameter_overrides = ["Stage=local"]
capabilities = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
`;

/**
 * Makes a repository of `count` functions, each with its own code, all of them on both layers of this one: a route with a
 * schema, a rule, and the shared wiring.
 * @param folder absolute; what is there is removed
 */
export function generateRepository(root: string, folder: string, count: number): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const names = Array.from({ length: count }, (_, at) => `item${String(at).padStart(3, '0')}`);
  for (const name of names) {
    const functionFolder = join(folder, 'functions', name);
    mkdirSync(functionFolder, { recursive: true });
    for (const [file, text] of Object.entries(functionFiles(name))) writeFileSync(join(functionFolder, file), text);
  }
  writeFileSync(join(folder, 'template.yaml'), template(names));
  writeFileSync(join(folder, 'samconfig.toml'), samconfig);
}

function functionFiles(name: string): Record<string, string> {
  return {
    'handler.ts': `import { createApi } from '@shared/http/api';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { make } from './make.ts';

const routes = { 'POST /${name}': { access: 'public', handle: () => make } } as const;

export const handler = createApi(routes, undefined, { logger, metrics });
`,
    'make.ts': `import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import { input } from './schema.ts';

/** Makes one ${name}. */
export const make: RouteHandler = (request) => {
  const { title, size } = parse(input, request.json());
  return Promise.resolve({ status: 201, data: { id: '${name}', title, weight: size * ${name.length} } });
};
`,
    'schema.ts': `import * as z from 'zod';

export const input = z.strictObject({ title: z.string().min(1).max(80), size: z.number() });
`,
  };
}

function template(names: readonly string[]): string {
  return `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31

Parameters:
  App:
    Type: String
    Default: many
  Stage:
    Type: String

Globals:
  Function:
    Runtime: nodejs24.x
    Handler: handler.handler
    Timeout: 30
    MemorySize: 256
    AutoPublishAlias: live
    Layers: [!Ref DependenciesLayer, !Ref SharedLayer]
    Environment:
      Variables:
        STAGE: !Ref Stage
        POWERTOOLS_METRICS_NAMESPACE: !Ref App
        POWERTOOLS_LOG_LEVEL: INFO

Resources:
${['dependencies', 'shared'].map(layer).join('')}
${names.map(block).join('\n')}`;
}

function layer(name: string): string {
  return `  ${capital(name)}Layer:
    Type: AWS::Serverless::LayerVersion
    Metadata:
      BuildMethod: makefile
    Properties:
      LayerName: !Sub \${App}-${name}-\${Stage}
      ContentUri: layers/${name}/
      CompatibleRuntimes: [nodejs24.x]
      RetentionPolicy: Retain
`;
}

function block(name: string): string {
  return `  ${capital(name)}:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: esbuild
      BuildProperties:
        EntryPoints: [handler.ts]
        Minify: false
        MinifyWhitespace: true
        MinifySyntax: true
        Target: node24
        External: ['@shared/*']
        Packages: external
    Properties:
      FunctionName: !Sub \${App}-${name}-\${Stage}
      CodeUri: functions/${name}/
      LoggingConfig:
        LogGroup: !Ref ${capital(name)}Logs
      Environment:
        Variables:
          POWERTOOLS_SERVICE_NAME: ${name}

  ${capital(name)}Logs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub /aws/lambda/\${App}-${name}-\${Stage}
      RetentionInDays: 14
`;
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
