import { actsFor, callerContext, clockSkewSeconds, provedCaller, requireScope } from '@shared/auth/caller';
import { ForbiddenError, UnauthorizedError } from '@shared/errors/app-error';
import { aCaller, anAdmin } from '../../../../support/runtime/a-caller.ts';

const now = (): number => Math.floor(Date.now() / 1_000);

describe('provedCaller', () => {
  it('reads what the authorizer has said', () => {
    const caller = aCaller();

    expect(provedCaller(callerContext(caller))).toEqual(caller);
  });

  it('takes no word for a scope that is none', () => {
    const context = { ...callerContext(aCaller()), scopes: 'users:read root  toString' };

    expect([...provedCaller(context).scopes]).toEqual(['users:read']);
  });

  it.each([undefined, null, {}, 'admin', { ...callerContext(aCaller()), userId: 'ada' }])(
    'refuses %j, where nothing says who calls',
    (context) => {
      expect(() => provedCaller(context)).toThrow(UnauthorizedError);
    },
  );

  it.each(['', 'never', '1e9', 'Infinity', '-1'])('refuses %j for the end of a token', (exp) => {
    expect(() => provedCaller({ ...callerContext(aCaller()), exp })).toThrow(UnauthorizedError);
  });

  it('refuses a token that has ended since the gateway asked, but for the difference of two clocks', () => {
    const ended = (seconds: number) => callerContext(aCaller({ expiresAt: now() - seconds }));

    expect(provedCaller(ended(clockSkewSeconds - 5)).scopes.size).toBeGreaterThan(0);
    expect(() => provedCaller(ended(clockSkewSeconds))).toThrow(UnauthorizedError);
  });
});

describe('a caller', () => {
  it('needs the scope itself: admin stands for no other', () => {
    const caller = aCaller({ scopes: new Set(['admin']) });

    expect(() => {
      requireScope(caller, 'users:read');
    }).toThrow(ForbiddenError);
  });

  it('is told which scope is missing', () => {
    let thrown: unknown;
    try {
      requireScope(aCaller({ scopes: new Set() }), 'orders:ship');
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toMatchObject({ details: [{ field: 'scope', message: 'orders:ship is needed' }] });
  });

  it('acts for itself, and for others with admin alone', () => {
    const [caller, admin] = [aCaller(), anAdmin()];

    expect([actsFor(caller, caller.userId), actsFor(caller, admin.userId), actsFor(admin, caller.userId)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
