import { join } from 'node:path';
import { run } from '../../../../tools/commands/plan.ts';
import { aFolder, repository } from '../../../support/engine/a-folder.ts';
import { rejectionOf } from '../../../support/engine/failure-of.ts';

describe('aviary plan --deployed', () => {
  it('refuses a template of which a part is in nested stacks, since one file is not all of it', async () => {
    const part = { Type: 'AWS::CloudFormation::Stack', Metadata: { Aviary: { holds: 'resources' } } };
    const folder = aFolder({ 'stack.json': JSON.stringify({ Resources: { OrdersDomain: part } }) });

    const failure = await rejectionOf(run(['--deployed', join(folder, 'stack.json')], repository));

    expect(failure.problem).toContain('A part of aviary-local is in nested stacks');
    expect(failure.next).toContain('Leave --deployed out');
  });
});
