import { money, orderStatus } from '@shared/contracts/order-events';
import type { ApiDescription } from '@shared/http/api-description';
import * as z from 'zod';
import { idempotencyKeyForm, linesInput, listQuery, orderInput, orderParams } from './schema.ts';

const line = z.object({ sku: z.string(), quantity: z.int().min(1), unitPrice: money });
const common = {
  id: z.uuid(),
  userId: z.uuid(),
  status: orderStatus,
  total: money,
  version: z.int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};
const order = z.object({ ...common, lines: z.array(line) });
const listed = z.object({ ...common, lineCount: z.int().min(1) });
const page = z.object({ items: z.array(listed), nextCursor: z.string().optional() });
const createHeaders = z.object({ 'idempotency-key': z.string().regex(idempotencyKeyForm).optional() });

const userId = '7c1e4a52-3c86-4a0b-9d5e-5f2f3b8f0a11';
const lines = [{ sku: 'PERCH-01', quantity: 2, unitPrice: { amount: 1299, currency: 'EUR' } }];
const ids = { id: '2b6d1f5e-4f0b-4b0a-8c55-0d6f3a1f7e21', userId };
const times = { createdAt: '2025-06-01T12:00:00.000Z', updatedAt: '2025-06-01T12:00:00.000Z' };
const total = { amount: 2598, currency: 'EUR' };
const example = { ...ids, status: 'placed', lines, total, version: 1, ...times };
const changed = (status: string, version: number) => ({
  description: 'The order as it is now',
  data: order,
  example: { ...example, status, version },
});
const ownAlone = 'An order of another user is not found without `admin`.';
const command = { description: ownAlone, params: orderParams, errors: [400, 404, 409, 503] };

/** What the OpenAPI document says of the orders. */
export const api: ApiDescription = {
  requestSchemas: { OrderInput: orderInput, OrderLinesInput: linesInput },
  responseSchemas: { Order: order, OrderPage: page },
  routes: {
    'GET /orders': {
      summary: 'List the orders of the caller',
      description:
        'Newest first, page by page. With `admin` those of another user, or all in a status. It may lag a moment behind what was written.',
      query: listQuery,
      responses: {
        200: {
          description: 'A page',
          data: page,
          example: { items: [{ ...ids, version: 1, status: 'placed', total, lineCount: 1, ...times }] },
        },
      },
      errors: [400, 503],
    },
    'POST /orders': {
      summary: 'Place an order',
      description:
        'With an Idempotency-Key a repetition places nothing, and is answered as the first request was. One for another user takes `admin`.',
      headers: createHeaders,
      body: orderInput,
      bodyExample: { userId, lines },
      responses: {
        201: { description: 'The order', data: order, example, headers: { Location: 'Path of the order' } },
      },
      errors: [400, 409, 413, 415, 503],
    },
    'GET /orders/{id}': {
      summary: 'Read an order',
      description: `Never behind what its caller has written. ${ownAlone}`,
      params: orderParams,
      responses: { 200: { description: 'The order', data: order, example } },
      errors: [400, 404, 503],
    },
    'PUT /orders/{id}/lines': {
      ...command,
      summary: 'Replace the lines of an order that is not paid',
      body: linesInput,
      bodyExample: { lines },
      responses: { 200: changed('placed', 2) },
      errors: [400, 404, 409, 413, 415, 503],
    },
    'POST /orders/{id}/pay': {
      ...command,
      summary: 'Pay an order',
      responses: { 200: changed('paid', 2) },
    },
    'POST /orders/{id}/ship': {
      ...command,
      summary: 'Ship an order that is paid',
      responses: { 200: changed('shipped', 3) },
    },
    'POST /orders/{id}/cancel': {
      ...command,
      summary: 'Cancel an order that is not shipped',
      responses: { 200: changed('cancelled', 2) },
    },
  },
};
