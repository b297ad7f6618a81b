import type { Routes } from '@shared/http/route-table';
import type { HealthDependencies } from './dependencies.ts';
import { reportHealth } from './report-health.ts';

/** The route of the health function, as the template writes it; whoever watches the API asks it without a token. */
export const healthRoutes: Routes<HealthDependencies> = {
  'GET /health': { access: 'public', handle: reportHealth },
};
