import type { Routes } from '@shared/http/route-table';
import type { AnalyticsDependencies } from './dependencies.ts';
import { listOrderWindows } from './list-order-windows.ts';

/** The route of the analytics function, as the template writes it. */
export const analyticsRoutes: Routes<AnalyticsDependencies> = {
  'GET /analytics/orders': { access: 'analytics:read', handle: listOrderWindows },
};
