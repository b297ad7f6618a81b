import { everyFunction, type Filters } from './filters.ts';

const head = `# Written by \`npm run aviary -- generate\`, from the import graph and the template: do not edit. npm run check holds it to them.
# For dorny/paths-filter on pull requests, where it saves work. What is deployed is decided by the plan, not by this.
`;

/** Filters as YAML, each function's with those of every function. */
export function renderFilters(filters: Filters): string {
  const sections = [...filters].map(([name, patterns]) => {
    const isFunction = !['code', 'docs', everyFunction].includes(name);
    const anchor = name === everyFunction ? ` &${everyFunction}` : '';
    const items = [...(isFunction ? [`*${everyFunction}`] : []), ...patterns.map(quote)];
    return `\n${quoteKey(name)}:${anchor}\n${items.map((item) => `  - ${item}\n`).join('')}`;
  });
  return `${head}${sections.join('')}`;
}

function quote(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

/** A folder may be called \`yes\` or \`404\`. */
function quoteKey(name: string): string {
  return /^[a-z][a-z-]*-[a-z-]+$/.test(name) || ['code', 'docs'].includes(name) ? name : quote(name);
}
