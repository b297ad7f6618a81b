import type { Clone } from './clone.ts';

const names = ['First', 'Second', 'Third'] as const;

/** A function in the template. @param properties more of them, indented by six */
export const functionBlock = (name: string, properties = ''): string => `  ${name}:
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
      FunctionName: !Sub \${App}-${name.toLowerCase()}-\${Stage}
      CodeUri: functions/${name.toLowerCase()}/
      Runtime: nodejs24.x
      Handler: handler.handler
      AutoPublishAlias: live
${properties}`;

/** What a template begins with. */
export const templateHead = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  App: { Type: String, Default: aviary }
  Stage: { Type: String, Default: local }
Resources:
`;

/** Has samconfig.toml set the parameters alone that {@link templateHead} has. */
export function setParameters(clone: Clone): void {
  clone.edit('samconfig.toml', `["Stage=local", 'EndpointUrl=""']`, '["Stage=local"]');
}

/** What a function of it answers. */
export const says = (clone: Clone, name: string, text: string): void => {
  clone.write(
    `functions/${name}/handler.ts`,
    `export const handler = (): Promise<string> => Promise.resolve('${text}');\n`,
  );
};

/** Makes of a clone a product of three functions and nothing else, which takes a deploy a moment. */
export function makeSmall(clone: Clone): void {
  clone.remove('functions');
  for (const name of names) says(clone, name.toLowerCase(), 'first');
  clone.write('template.yaml', templateHead + names.map((name) => functionBlock(name)).join(''));
  setParameters(clone);
}
