import { chooseDeadLetters } from '../../../../tools/dlq/choose-dead-letters.ts';
import type { DeadLetters } from '../../../../tools/dlq/dead-letters.ts';

const of = (name: string, queueName: string): DeadLetters => ({
  name,
  queueName,
  functionName: name,
  origin: { kind: 'invocation' },
});
const known = [of('processor', 'one'), of('scheduled', 'two'), of('scheduled', 'three')];

describe('chooseDeadLetters', () => {
  it('takes the only queue of a function, and of several the one that is named', () => {
    expect(chooseDeadLetters(known, 'processor', undefined).queueName).toBe('one');
    expect(chooseDeadLetters(known, 'scheduled', 'three').queueName).toBe('three');
  });

  it.each([
    ['several without a name', 'scheduled', undefined, 'Say which by --queue: two, three.'],
    ['a queue of another function', 'scheduled', 'one', 'It has two, three.'],
    ['an unknown function', 'procesor', undefined, 'Did you mean processor? There are processor, scheduled.'],
    ['no function', undefined, undefined, 'There are processor, scheduled.'],
  ])('refuses %s, and says what there is', (_what, name, queue, next) => {
    expect(() => chooseDeadLetters(known, name, queue)).toThrow(next);
  });

  it('says that there is none', () => {
    expect(() => chooseDeadLetters([], 'processor', undefined)).toThrow('No function has a dead-letter queue.');
  });
});
