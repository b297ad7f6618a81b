import { ConflictError, NotFoundError } from '@shared/errors/app-error';

/** The caller's profile was made before. */
export const profileExists = (options?: ErrorOptions): ConflictError =>
  new ConflictError('Profile exists', [{ field: 'id', message: 'has a profile already' }], options);

/** Another user has the e-mail address. */
export const emailTaken = (options?: ErrorOptions): ConflictError =>
  new ConflictError('E-mail address taken', [{ field: 'email', message: 'is already in use' }], options);

/** No user has the id. */
export const noSuchUser = (): NotFoundError => new NotFoundError('No such user');
