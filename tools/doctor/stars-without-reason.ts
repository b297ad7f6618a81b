const rights = /^\s*(-|Action:|Resource:|NotAction:|NotResource:|Principal:|AWS:)/;

/** The lines of a template that give a right on everything without a comment, beside it or above, that says why. */
export function starsWithoutReason(text: string): string[] {
  return text.split('\n').filter((line, at, lines) => {
    const [code = ''] = line.split(' #');
    const isStar = rights.test(code) && code.includes('*');
    return isStar && !line.includes(' #') && !/^\s*#/.test(lines[at - 1] ?? '');
  });
}
