import { Failure } from '../lib/failure.ts';

/** The value of a series in one period; undefined where it has none. */
export type Value = number | undefined;

type Look = (id: string) => Value;
type Node = (look: Look) => Value;

/**
 * An expression of CloudWatch's metric math, for one period: numbers, ids, `+ - * /`, comparisons, `&&`, `||`, parentheses,
 * `IF(a, b[, c])`, `FILL(m, number)`, and `SUM`, `AVG`, `MIN`, `MAX` of a list. What an operator or a condition misses makes
 * its result missing; a list is taken without what it misses. (CloudWatch User Guide, "Using math expressions".)
 * @throws Failure for any other
 */
export function readExpression(text: string): Node {
  const tokens = text.match(/\d+(?:\.\d+)?|\w+|&&|\|\||[<>!=]=|\S/g) ?? [];
  let at = 0;
  const refuse = (): Failure =>
    new Failure(
      `The expression ${text} cannot be evaluated from ${tokens[at] ?? 'its end'} on.`,
      'Write it in terms that tools/alarms/metric-math.ts knows.',
    );
  const takes = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };
  const expect = (token: string): void => {
    if (!takes(token)) throw refuse();
  };

  function binary(level: number): Node {
    const operators = levels[level];
    if (operators === undefined) return operand();
    let left = binary(level + 1);
    for (let found = operators[tokens[at] ?? '']; found; found = operators[tokens[at] ?? '']) {
      const [operate, first] = [found, left];
      at += 1;
      const second = binary(level + 1);
      left = (look) => both(first(look), second(look), operate);
    }
    return left;
  }

  function operand(): Node {
    const token = tokens[at] ?? '';
    if (takes('(')) {
      const inner = binary(0);
      expect(')');
      return inner;
    }
    if (/^\d/.test(token)) {
      at += 1;
      return () => Number(token);
    }
    if (!/^\w/.test(token)) throw refuse();
    at += 1;
    if (!takes('(')) return (look) => look(token);
    return call(token.toUpperCase());
  }

  function call(name: string): Node {
    const summary = summaries[name];
    if (summary !== undefined) {
      expect('[');
      const members = list(']');
      expect(')');
      return (look) => {
        const present = members.map((member) => member(look)).filter((value) => value !== undefined);
        return present.length === 0 ? undefined : summary(present);
      };
    }
    const [first, second, third, ...more] = list(')');
    if (first === undefined || second === undefined || more.length > 0) throw refuse();
    if (name === 'FILL' && third === undefined) return (look) => first(look) ?? second(look);
    if (name !== 'IF') throw refuse();
    return (look) => {
      const condition = first(look);
      if (condition === undefined) return undefined;
      return condition === 0 ? third?.(look) : second(look);
    };
  }

  function list(end: string): Node[] {
    const members = [binary(0)];
    while (takes(',')) members.push(binary(0));
    expect(end);
    return members;
  }

  const whole = binary(0);
  if (at < tokens.length) throw refuse();
  return whole;
}

type Operate = (a: number, b: number) => number;

/** By how loosely they bind. */
const levels: readonly Readonly<Record<string, Operate>>[] = [
  { '||': (a, b) => Number(a !== 0 || b !== 0) },
  { '&&': (a, b) => Number(a !== 0 && b !== 0) },
  {
    '<': (a, b) => Number(a < b),
    '<=': (a, b) => Number(a <= b),
    '>': (a, b) => Number(a > b),
    '>=': (a, b) => Number(a >= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b },
];

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const summaries: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: total,
  AVG: (values) => total(values) / values.length,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
};

/** What is divided by 0 has no value. */
function both(a: Value, b: Value, operate: Operate): Value {
  if (a === undefined || b === undefined) return undefined;
  const value = operate(a, b);
  return Number.isFinite(value) ? value : undefined;
}
