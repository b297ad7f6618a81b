import { writeFileSync } from 'node:fs';
import type { JsonObject } from '../lib/json.ts';

/**
 * Writes a template for SAM, and for {@link import('./read-template.ts').readTemplate}: as JSON, which is YAML too, and which both
 * read in much less time. A template of hundreds of functions is read a dozen times in a deploy.
 */
export function writeTemplate(file: string, template: JsonObject): void {
  writeFileSync(file, `${JSON.stringify(template, null, 2)}\n`);
}
