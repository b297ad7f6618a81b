import type { DeployStarter, StartRequest } from './deploy-starter.ts';

/** Starts nothing and says so: for the local stage, which calls nobody outside this machine. */
export const logStarter = (write: (request: StartRequest) => void): DeployStarter => ({
  start: (request) => {
    write(request);
    return Promise.resolve();
  },
});
