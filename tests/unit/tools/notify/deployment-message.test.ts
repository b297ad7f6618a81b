import { deploymentMessage } from '../../../../tools/notify/deployment-message.ts';
import type { PlanItem } from '../../../../tools/plan/plan.ts';
import { aPlan } from '../../../support/engine/a-plan.ts';

const item = (name: string, change: PlanItem['change'], kind: PlanItem['kind'] = 'function'): PlanItem => ({
  ...{ name, kind, change, reasons: [], code: null, release: 'b'.repeat(64), running: null },
});
const plan = aPlan({
  items: [item('users', 'changed'), item('health', 'unchanged'), item('Queue', 'new', 'resource')],
});
const deployment = { stage: 'staging', result: 'success', plan, reason: undefined, run: undefined } as const;

describe('deploymentMessage', () => {
  it('says what was deployed, at which commit', () => {
    const { subject, body } = deploymentMessage(deployment);

    expect(subject).toBe('staging deployed: users');
    expect(body).toContain(`Commit ${plan.commit}`);
    expect(body).toContain('- function `users` changed bbbbbbbbbbbb');
    expect(body).toContain('- resource `Queue` new');
    expect(body).not.toContain('health');
  });

  it('says why it was started, and where its run is', () => {
    const { body } = deploymentMessage({
      ...deployment,
      reason: 'Urgent',
      run: 'https://github.com/birds/aviary/actions/runs/1',
    });

    expect(body).toContain('Reason: Urgent\nhttps://github.com/birds/aviary/actions/runs/1');
  });

  it('says that it failed, also where it came to no plan', () => {
    const { subject, body } = deploymentMessage({ ...deployment, result: 'failure', plan: undefined });

    expect(subject).toBe('staging deploy FAILED');
    expect(body).toContain('It came to no plan.');
  });

  it('says that there was nothing to do', () => {
    expect(deploymentMessage({ ...deployment, plan: aPlan() }).body).toContain('There was nothing to deploy.');
  });

  it('keeps the subject within what SNS takes', () => {
    const many = aPlan({ items: Array.from({ length: 50 }, (_, at) => item(`fünction-${at}`, 'changed')) });
    const { subject } = deploymentMessage({ ...deployment, plan: many });

    expect(subject).toHaveLength(100);
    expect(subject).toMatch(/^[ -~]+$/);
  });
});
