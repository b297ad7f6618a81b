import type { Removal } from '../scaffold/plan-removal.ts';

/** The sample domain that has gone, and the next steps. */
export function describeBeginning({ names, files, Resources, named, dryRun }: Removal & { dryRun: boolean }): string {
  const tests = files.filter((path) => path.startsWith('tests/')).length;
  // Tests and tools that stay have its names for examples, and hold without it.
  const prose = named.filter((path) => path.endsWith('.md'));
  return [
    `${dryRun ? 'Would take' : 'Took'} the sample domain away: ${names.join(', ')}.`,
    `${files.length} files, ${tests} of them tests and their helpers; ${Resources.length} resources of template.yaml (--json lists all of them).`,
    '',
    ...(prose.length > 0 ? ['These still speak of it:', ...prose.map((it) => `  ${it}`), ''] : []),
    ...(dryRun
      ? ['Nothing was deleted.']
      : [
          'Next:',
          '  npm run aviary -- new function <name> --trigger api --path /things/{id}',
          '  npm start',
          '  npm test',
          '  git add --all && git commit',
        ]),
    '',
  ].join('\n');
}
