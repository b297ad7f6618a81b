import { createHash } from 'node:crypto';
import { UnauthorizedError } from '@shared/errors/app-error';
import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import type { WebhookDependencies } from './dependencies.ts';
import { handlePush } from './handle-push.ts';
import { deliveryHeaders, pingEvent, pushEvent } from './schema.ts';
import { isSigned } from './verify-signature.ts';

/** The longest payload that is read, in bytes; GitHub sends up to 25 MB. */
export const payloadLimitBytes = 1024 * 1024;

/**
 * `POST /webhooks/github`: a delivery of GitHub. 401 without GitHub's signature over the body, whatever is wrong with
 * it; then 200 for a ping, see {@link handlePush} for a push, and 202 for an event that nothing here is made for.
 */
export function receiveDelivery(needs: WebhookDependencies): RouteHandler {
  return async (request) => {
    const body = request.bytes(payloadLimitBytes);
    const { webhookSecret } = await needs.secret();
    if (!isSigned(body, request.header('x-hub-signature-256'), webhookSecret))
      throw new UnauthorizedError('Not signed');
    const headers = parse(deliveryHeaders, {
      'x-github-event': request.header('x-github-event'),
      'x-github-delivery': request.header('x-github-delivery'),
    });
    const event = headers['x-github-event'];
    switch (event) {
      case 'ping':
        parse(pingEvent, request.json(payloadLimitBytes));
        return { status: 200, data: { event } };
      case 'push': {
        const push = parse(pushEvent, request.json(payloadLimitBytes));
        const digest = createHash('sha256').update(body).digest('hex');
        return handlePush(push, { id: headers['x-github-delivery'], digest }, needs);
      }
      default:
        return { status: 202, data: { event, started: false, reason: 'another event' } };
    }
  };
}
