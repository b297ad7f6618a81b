/** Something that a terminal showed. */
export interface Moment {
  /** Milliseconds, from whatever start all moments of a recording share. */
  readonly at: number;
  /** Which of the recording's terminals. */
  readonly terminal: number;
  readonly kind: 'prompt' | 'typed' | 'output';
  /** With its line breaks; output with its ANSI codes. */
  readonly text: string;
}

/** How long it takes to type one character, in milliseconds. */
const keyMs = 15;

/** How long it takes to type a text, in milliseconds. */
export const typingMs = (text: string): number => Array.from(text).length * keyMs;

/** The same with a moment for each character that is typed, the first at once. */
export function keystrokes(moments: readonly Moment[]): readonly Moment[] {
  return moments.flatMap((moment) =>
    moment.kind === 'typed'
      ? Array.from(moment.text, (text, at) => ({ ...moment, at: moment.at + at * keyMs, text }))
      : [moment],
  );
}
