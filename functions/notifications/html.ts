const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (value: string): string => value.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** A template tag for HTML: each value is escaped, as text or within a quoted attribute. */
export const html = ({ raw }: TemplateStringsArray, ...values: readonly string[]): string =>
  String.raw({ raw }, ...values.map(escape));
