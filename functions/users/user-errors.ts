import { ConflictError, NotFoundError } from '@shared/errors/app-error';

/** Another user has the e-mail address. */
export const emailTaken = (options?: ErrorOptions): ConflictError =>
  new ConflictError('E-mail address taken', [{ field: 'email', message: 'is already in use' }], options);

/** No user has the id. */
export const noSuchUser = (): NotFoundError => new NotFoundError('No such user');
