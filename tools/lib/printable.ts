// What a terminal obeys, or shows in another order than it is written in (CVE-2021-42574).
const obeyed = /(?!\t)[\p{Cc}\p{Bidi_Control}]/gu;

/** One line of text from outside, as a terminal may have it: `\u001b` in place of what would move its cursor or its words. */
export const printable = (line: string): string =>
  line.replace(obeyed, (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);

/** As {@link printable}, of each line of a text. */
export const printableLines = (text: string): string[] => text.split('\n').map(printable);
