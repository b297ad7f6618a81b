import { asking, clientConfig, type Connection } from '../stack/connection.ts';

/** Publishes a message to a topic. @throws Failure as {@link asking} */
export async function publish(
  connection: Connection,
  topicArn: string,
  { subject, body }: { readonly subject: string; readonly body: string },
): Promise<void> {
  const { SNSClient, PublishCommand } = await import('@aws-sdk/client-sns');
  const client = new SNSClient(clientConfig(connection));
  await asking(connection, client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: body })));
}
