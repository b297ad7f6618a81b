import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Stores } from './read-stores.ts';

const nameOf = (arn: string): string => arn.split(':').at(-1) ?? '';

/** Topics, with their subscriptions; what they say is kept nowhere. */
export async function topicStore(connection: Connection): Promise<Stores> {
  const sdk = await import('@aws-sdk/client-sns');
  const client = new sdk.SNSClient(clientConfig(connection));

  async function arns(): Promise<string[]> {
    const found: string[] = [];
    for await (const { Topics = [] } of sdk.paginateListTopics({ client }, {})) {
      found.push(...Topics.flatMap(({ TopicArn }) => TopicArn ?? []));
    }
    return found;
  }

  async function subscriptions(name: string): Promise<JsonObject[]> {
    const TopicArn = (await arns()).find((arn) => nameOf(arn) === name);
    const found: JsonObject[] = [];
    for await (const { Subscriptions = [] } of sdk.paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
      for (const { Protocol = null, Endpoint = null, SubscriptionArn = null } of Subscriptions) {
        found.push({ protocol: Protocol, endpoint: Endpoint, subscription: SubscriptionArn });
      }
    }
    return found;
  }

  return {
    list: async () => (await asking(connection, arns())).map((arn) => ({ name: nameOf(arn), count: null })),
    page: async (name) => ({ items: await asking(connection, subscriptions(name)), next: null }),
  };
}
