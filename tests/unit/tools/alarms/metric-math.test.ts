import { readExpression } from '../../../../tools/alarms/metric-math.ts';

const values: Readonly<Record<string, number>> = { errors: 3, requests: 60, none: 0 };
const evaluate = (text: string) => readExpression(text)((id) => values[id]);

describe('readExpression', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['100 * errors / requests', 5],
    ['IF(requests > 20, 100 * errors / requests, 0)', 5],
    ['IF(requests > 200, 100 * errors / requests, 0)', 0],
    ['IF(errors >= 3 && requests <= 60, 1, 0)', 1],
    ['IF(errors == 4 || requests != 60, 1, 0)', 0],
    ['FILL(away, 0) + errors', 3],
    ['MAX([errors, FILL(away, 0)])', 3],
    ['SUM([errors, away, requests])', 63],
    ['AVG([errors, requests])', 31.5],
    ['MIN([errors, requests])', 3],
    ['0.5 * requests', 30],
  ])('%s is %d', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it.each(['away', 'errors + away', 'IF(away > 1, 1, 0)', 'errors / none', 'MAX([away])', 'IF(none, 1)'])(
    '%s has no value',
    (text) => {
      expect(evaluate(text)).toBeUndefined();
    },
  );

  it.each(['', '1 +', 'RATE(errors)', 'MAX(errors)', '(1', '1 2', 'FILL(errors)', 'IF(1, 2, 3, 4)', '"text"'])(
    'refuses %s',
    (text) => {
      expect(() => readExpression(text)).toThrow('cannot be evaluated');
    },
  );
});
