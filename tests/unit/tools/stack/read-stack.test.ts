import { assertDeployable, layerArns, type StackResource } from '../../../../tools/stack/read-stack.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const check = (status: string): void => {
  assertDeployable({ status, outputs: {}, record: undefined }, 'aviary-staging', 'staging');
};

describe('assertDeployable', () => {
  it('takes a stack that is not there yet', () => {
    expect(() => {
      assertDeployable(undefined, 'aviary-staging');
    }).not.toThrow();
  });

  it.each([
    'CREATE_COMPLETE',
    'UPDATE_COMPLETE',
    'UPDATE_ROLLBACK_COMPLETE',
    'IMPORT_COMPLETE',
    'REVIEW_IN_PROGRESS',
    'DELETE_COMPLETE',
  ])('takes a stack in %s', (status) => {
    expect(() => {
      check(status);
    }).not.toThrow();
  });

  it.each([
    'CREATE_IN_PROGRESS',
    'UPDATE_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'ROLLBACK_IN_PROGRESS',
    'DELETE_IN_PROGRESS',
  ])('asks to wait for %s', (status) => {
    const failure = failureOf(() => {
      check(status);
    });

    expect(failure.problem).toBe(`The stack aviary-staging is being changed now (${status}).`);
    expect(failure.next).toBe('Wait until it is done, then try again: npm run aviary -- recover --stage staging.');
  });

  it.each(['UPDATE_ROLLBACK_FAILED', 'UPDATE_FAILED'])('tells how to go on from %s', (status) => {
    const failure = failureOf(() => {
      check(status);
    });

    expect(failure.problem).toContain(`is stuck (${status})`);
    expect(failure.next).toContain('npm run aviary -- recover --stage staging');
  });

  it('knows no command for a stack that is no stage', () => {
    const failure = failureOf(() => {
      assertDeployable({ status: 'ROLLBACK_COMPLETE', outputs: {}, record: undefined }, 'aviary-bootstrap-staging');
    });

    expect(failure.next).toBe('Delete it, then try again: see it in the CloudFormation console.');
  });

  it.each(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'])(
    'tells to delete a stack in %s',
    (status) => {
      const failure = failureOf(() => {
        check(status);
      });

      expect(failure.problem).toContain(`(${status})`);
      expect(failure.next).toContain('npm run aviary -- recover --stage staging');
    },
  );
});

describe('layerArns', () => {
  const resource = (logicalId: string, type = 'AWS::Lambda::LayerVersion'): StackResource => ({
    logicalId,
    physicalId: `arn:${logicalId}`,
    type,
  });

  it('finds the version that SAM made of each layer', () => {
    const resources = [resource('SharedLayer0123456789'), resource('DependenciesLayerabcdef0123')];

    expect(layerArns(resources, ['SharedLayer', 'DependenciesLayer'])).toEqual({
      SharedLayer: 'arn:SharedLayer0123456789',
      DependenciesLayer: 'arn:DependenciesLayerabcdef0123',
    });
  });

  it.each([
    ['a longer name', resource('SharedLayerTwo0123456789')],
    ['fewer digits', resource('SharedLayer012345678')],
    ['more digits', resource('SharedLayer01234567890')],
    ['other than hexadecimal digits', resource('SharedLayer01234567xy')],
    ['another type', resource('SharedLayer0123456789', 'AWS::Lambda::Function')],
    ['another start', resource('MySharedLayer0123456789')],
  ])('takes no resource with %s', (_name, other) => {
    expect(layerArns([other], ['SharedLayer'])).toEqual({});
  });

  it('tells layers apart of which one has the name of another at its start', () => {
    const resources = [resource('SharedMore0123456789'), resource('Shared0123456789')];

    expect(layerArns(resources, ['Shared', 'SharedMore'])).toEqual({
      Shared: 'arn:Shared0123456789',
      SharedMore: 'arn:SharedMore0123456789',
    });
  });
});
