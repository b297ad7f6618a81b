import { objectAt, stringAt } from '../../../tools/lib/json.ts';
import { resolvedStages } from '../engine/stages.ts';

/** A query of infra/queries.yaml as a stage in an account has it. */
export interface SavedQuery {
  readonly name: string;
  readonly text: string;
}

/** The saved queries of production. */
export function savedQueries(): SavedQuery[] {
  const production = resolvedStages().find(({ name }) => name === 'production');
  return Object.values(production?.nested['Queries'] ?? {}).map((block) => {
    const properties = objectAt(block, 'Properties');
    return { name: stringAt(properties, 'Name') ?? '', text: stringAt(properties, 'QueryString') ?? '' };
  });
}

const language = /^(filter|fields|stats|sort|limit|by|asc|desc|like|in|count|latest|avg|pct|max)$/;

/**
 * The fields of log lines that a query names: what is neither a word of the language, nor a name that it gives itself, nor a
 * field that CloudWatch Logs Insights finds in any line (`@timestamp`).
 */
export function fieldsOf({ text }: SavedQuery): string[] {
  const given = new Set([...text.matchAll(/\bas (\w+)/g)].map(([, name]) => name));
  const words =
    text
      .replace(/"[^"]*"/g, '')
      .replace(/\bas \w+/g, '')
      .match(/@?[a-z][\w.]*/gi) ?? [];
  return [...new Set(words)].filter((word) => !word.startsWith('@') && !language.test(word) && !given.has(word));
}
