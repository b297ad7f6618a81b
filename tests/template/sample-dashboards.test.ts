// Needs the sample domain, and goes with it: aviary begin.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/engine/a-folder.ts';

test.each(['OrdersCreated', 'OrderProcessingTime', 'ActiveUsers', 'UsersCreated', 'MailsSent'])(
  'The business dashboard shows %s',
  (metric) => {
    expect(readFileSync(join(repository, 'infra', 'dashboards.yaml'), 'utf8')).toContain(metric);
  },
);
