/** A table in Markdown; the first row is its head. */
export function table(...rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const lines = [head, head.map(() => '---'), ...rows.slice(1)];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function paragraphs(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}
