import { readEnvironment } from '@shared/config/environment';

/** The environment of this function. A module of its own and imported first: one error then lists all that is missing. */
export const environment = readEnvironment(['APP', 'STAGE']);
