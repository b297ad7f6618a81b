import * as z from 'zod';

// Lower case and trimmed before it is judged or stored: uniqueness compares what these schemas give out.
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(
    z
      .email({ error: 'must be an e-mail address', abort: true })
      // RFC 5321, 4.5.3.1, and RFC 1035, 2.3.4: no mail is delivered to an address with longer parts.
      .refine((value) => /^[^@]{1,64}@[^.]{1,63}(\.[^.]{1,63})*$/.test(value), 'must be an e-mail address'),
  );

const name = z
  .string()
  .trim()
  .max(200)
  .regex(/\S/, 'must not be blank')
  .regex(/^\P{Cc}*$/u, 'must not contain control characters')
  .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');

const limit = z
  .string()
  .regex(/^\d{1,3}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.number().min(1).max(100));

/** What a caller sends to create or to replace a user. */
export const userInput = z.strictObject({ email, name });

/** The path of one user; ids are lower case in the table. */
export const userParams = z.object({ id: z.string().toLowerCase().pipe(z.uuid('must be a UUID')) });

/** The query of the list: a page of `limit` users after `cursor`, or the one user with an e-mail address. */
export const listQuery = z
  .strictObject({ limit: limit.default(25), cursor: z.string().min(1).max(1024).optional(), email: email.optional() })
  .refine((query) => query.email === undefined || query.cursor === undefined, {
    path: ['cursor'],
    message: 'cannot be combined with email',
  });
