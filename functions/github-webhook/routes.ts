import type { Routes } from '@shared/http/route-table';
import type { WebhookDependencies } from './dependencies.ts';
import { receiveDelivery } from './receive-delivery.ts';

/** The route of GitHub's webhook, as the template writes it: GitHub has no token, and signs what it sends. */
export const githubWebhookRoutes: Routes<WebhookDependencies> = {
  'POST /webhooks/github': { access: 'public', handle: receiveDelivery },
};
