import type { JsonObject } from '../../../../tools/lib/json.ts';
import { partToBuild, withBuilt } from '../../../../tools/stacks/part-to-build.ts';

const fn = (CodeUri: string, more: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Serverless::Function',
  Properties: { CodeUri, ...more },
});
const layer: JsonObject = { Type: 'AWS::Serverless::LayerVersion', Properties: { ContentUri: 's3://bucket/layer' } };
const inline: JsonObject = { Type: 'AWS::Serverless::Function', Properties: { InlineCode: 'exports.handler = 1' } };
const composed: JsonObject = {
  Metadata: { Aviary: { version: 1 } },
  Resources: {
    Shared: layer,
    Users: fn('s3://bucket/users'),
    Orders: fn('../../../functions/orders/'),
    Books: fn('s3://bucket/books'),
    Hook: inline,
  },
};

describe('partToBuild', () => {
  it('leaves out the functions that stay, and nothing else', () => {
    expect(partToBuild(composed)).toEqual({
      Metadata: { Aviary: { version: 1 } },
      Resources: { Shared: layer, Orders: fn('../../../functions/orders/'), Hook: inline },
    });
  });

  it('is the whole where nothing would be left, which SAM refuses', () => {
    const template = { Resources: { Users: fn('s3://bucket/users') } };

    expect(partToBuild(template)).toEqual(template);
  });
});

describe('withBuilt', () => {
  it('puts what was built where it stood, and leaves the rest as it was composed', () => {
    const built = { Resources: { Orders: fn('Orders', { Handler: 'handler.handler' }), Shared: layer, Hook: inline } };

    const whole = withBuilt(composed, built);

    expect(whole).toEqual({
      Metadata: { Aviary: { version: 1 } },
      Resources: {
        Shared: layer,
        Users: fn('s3://bucket/users'),
        Orders: fn('Orders', { Handler: 'handler.handler' }),
        Books: fn('s3://bucket/books'),
        Hook: inline,
      },
    });
    expect(Object.keys(whole['Resources'] ?? {})).toEqual(['Shared', 'Users', 'Orders', 'Books', 'Hook']);
  });
});
