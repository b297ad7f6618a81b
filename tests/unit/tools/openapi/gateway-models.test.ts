import Ajv from 'ajv';
import fc from 'fast-check';
import * as z from 'zod';
import { api as orders } from '../../../../functions/orders/openapi.ts';
import { api as users } from '../../../../functions/users/openapi.ts';
import { api as webhook } from '../../../../functions/github-webhook/openapi.ts';
import { orderInput } from '../../../../functions/orders/schema.ts';
import { userInput } from '../../../../functions/users/schema.ts';
import { objectAt } from '../../../../tools/lib/json.ts';
import { gatewayModels } from '../../../../tools/openapi/gateway-models.ts';
import { renderModels } from '../../../../tools/openapi/render-models.ts';

const models = gatewayModels({ orders, users, 'github-webhook': webhook });
// Draft 7, in which all that a model says means the same as in draft 4.
const ajv = new Ajv({ strict: true });
const takes = (model: string, body: unknown): boolean => ajv.validate(objectAt(models, model), body);

const spaced = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.stringMatching(/^[ \t\n]{0,300}$/), fc.boolean())
    .map(([space, upper]) => space + (upper ? text.toUpperCase() : text) + space);
const user = fc.record({ email: spaced('ada@example.com'), name: spaced('Ada') });
const line = fc.record({
  sku: fc.stringMatching(/^[\w.-]{1,64}$/),
  quantity: fc.constantFrom(1, 7, 10_000),
  unitPrice: fc.record({ amount: fc.constantFrom(0, 1299, 1_000_000_000), currency: fc.constant('EUR') }),
});
const order = fc.record({
  userId: fc.constantFrom('7c1e4a52-3c86-4a0b-9d5e-5f2f3b8f0a11', '7C1E4A52-3C86-4A0B-9D5E-5F2F3B8F0A11'),
  lines: fc.array(line, { minLength: 1, maxLength: 100, size: 'max' }),
});

describe('the models of the gateway', () => {
  it('are those of the bodies that have a name, and no other', () => {
    expect(Object.keys(models).sort()).toEqual(['OrderInput', 'OrderLinesInput', 'UserInput']);
  });

  it('take every user that the function takes', () => {
    let taken = 0;
    fc.assert(
      fc.property(user, (body) => {
        const isTaken = userInput.safeParse(body).success;
        if (isTaken) taken += 1;
        expect(!isTaken || takes('UserInput', body)).toBe(true);
      }),
    );
    expect(taken).toBeGreaterThan(0);
  });

  it('take every order that the function takes', () => {
    let taken = 0;
    fc.assert(
      fc.property(order, (body) => {
        const isTaken = orderInput.safeParse(body).success;
        if (isTaken) taken += 1;
        expect(!isTaken || takes('OrderInput', body)).toBe(true);
      }),
    );
    expect(taken).toBeGreaterThan(0);
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['a text', 'Ada'],
    ['a field too few', { email: 'ada@example.com' }],
    ['a field too many', { email: 'ada@example.com', name: 'Ada', isAdmin: true }],
    ['a field of another type', { email: 'ada@example.com', name: { $gt: '' } }],
  ])('refuse %s for a user', (_what, body) => {
    expect(takes('UserInput', body)).toBe(false);
  });

  it.each([
    ['no line', (): unknown => ({ lines: [] })],
    ['too many lines', (): unknown => ({ lines: Array.from({ length: 101 }, () => goodLine) })],
    ['a quantity out of bounds', (): unknown => ({ lines: [{ ...goodLine, quantity: 10_001 }] })],
    ['half a piece', (): unknown => ({ lines: [{ ...goodLine, quantity: 0.5 }] })],
    ['a price that is a text', (): unknown => ({ lines: [{ ...goodLine, unitPrice: '12' }] })],
  ])('refuse %s for the lines of an order', (_what, body) => {
    expect(takes('OrderLinesInput', { lines: [goodLine] })).toBe(true);
    expect(takes('OrderLinesInput', body())).toBe(false);
  });

  it('say nothing of a text that is changed before it is judged', () => {
    const body = z.strictObject({
      code: z
        .string()
        .trim()
        .toUpperCase()
        .length(3)
        .pipe(z.enum(['ABC'])),
    });
    const route = { summary: 'x', body, responses: {}, errors: [] };

    const made = gatewayModels({ things: { requestSchemas: { Code: body }, routes: { 'POST /codes': route } } });

    expect(objectAt(objectAt(made, 'Code'), 'properties')).toEqual({ code: { type: 'string' } });
  });
});

const goodLine = { sku: 'PERCH-01', quantity: 1, unitPrice: { amount: 1, currency: 'EUR' } };

describe('the block of the models in the template', () => {
  const marked = [
    'Api:',
    '  # Models: written by `npm run aviary -- generate`',
    '  stale: 1',
    '  # End of models',
    'Next: 1',
    '',
  ];

  it('is written anew between its marks, as far in as they are', () => {
    expect(renderModels(marked.join('\n'), { A: { type: 'object' } })).toBe(
      ['Api:', marked[1], '  Models:', '    A:', '      type: object', '  # End of models', 'Next: 1', ''].join('\n'),
    );
  });

  it('is empty where no route has a body', () => {
    expect(renderModels(marked.join('\n'), {})).toBe(marked.filter((line) => !line.includes('stale')).join('\n'));
  });

  it('is not made where nobody has put the marks', () => {
    expect(renderModels('Resources: {}\n', { A: { type: 'object' } })).toBe('Resources: {}\n');
  });

  it('is not guessed at where one mark is missing', () => {
    const text = marked.filter((line) => !line.includes('End')).join('\n');

    expect(() => renderModels(text, {})).toThrow('template.yaml has no line "# End of models".');
  });
});
