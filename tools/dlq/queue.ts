import { Failure } from '../lib/failure.ts';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import type { DeadLetters } from './dead-letters.ts';
import { handleAgain, invokeAgain } from './invoke-again.ts';
import { readMessage, type DeadLetter } from './read-message.ts';
import { streamBatch } from './stream-batch.ts';

/**
 * So long a message that is taken is hidden from others, in seconds: enough for 3000 of them at ten a second. What takes
 * longer may come a second time.
 */
const hidden = 300;

/** A dead-letter queue in a stage. */
export interface Queue {
  readonly depth: () => Promise<number>;
  /** Every message that is there, each once. They stay hidden from others until they are given back, or for five minutes. */
  readonly letters: () => Promise<DeadLetter[]>;
  readonly giveBack: (letter: DeadLetter) => Promise<void>;
  readonly remove: (letter: DeadLetter) => Promise<void>;
  readonly purge: () => Promise<void>;
  /** Whether there is anything to send; of what failed in a stream only what the function has parked. */
  readonly canSend: (letter: DeadLetter) => boolean;
  /** Gives a message to where it came from; a record of a stream to the function itself, which has handled it then. */
  readonly send: (letter: DeadLetter) => Promise<void>;
}

/** Opens a dead-letter queue. @throws Failure where it is not deployed */
export async function openQueue(connection: Connection, letters: DeadLetters): Promise<Queue> {
  const sdk = await import('@aws-sdk/client-sqs');
  const client = new sdk.SQSClient(clientConfig(connection));
  const urlOf = async (QueueName: string): Promise<string> => {
    try {
      const { QueueUrl } = await asking(connection, client.send(new sdk.GetQueueUrlCommand({ QueueName })));
      if (QueueUrl !== undefined) return QueueUrl;
    } catch (error) {
      if (!(error instanceof sdk.QueueDoesNotExist)) throw error;
    }
    throw new Failure(`There is no queue ${QueueName} in ${connection.stage.name}.`, 'Deploy first: npm run deploy.');
  };
  const QueueUrl = await urlOf(letters.queueName);

  async function all(): Promise<DeadLetter[]> {
    const found = new Map<string, DeadLetter>();
    for (;;) {
      const { Messages = [] } = await client.send(
        new sdk.ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: hidden,
          // Long enough that SQS asks all of its servers.
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ['SentTimestamp'],
          MessageAttributeNames: ['All'],
        }),
      );
      const fresh = Messages.map(readMessage).filter(({ id }) => !found.has(id));
      if (fresh.length === 0) return [...found.values()];
      for (const letter of fresh) found.set(letter.id, letter);
    }
  }

  async function send(letter: DeadLetter): Promise<void> {
    const { origin, functionName } = letters;
    if (origin.kind === 'queue') {
      const source = await urlOf(origin.queueName);
      await client.send(new sdk.SendMessageCommand({ QueueUrl: source, MessageBody: letter.payload }));
    } else if (origin.kind === 'stream') {
      await handleAgain(connection, functionName, streamBatch(letter) ?? {});
    } else {
      await invokeAgain(connection, functionName, letter.payload);
    }
  }

  return {
    letters: () => asking(connection, all()),
    canSend: (letter) => letters.origin.kind !== 'stream' || streamBatch(letter) !== undefined,
    send: (letter) => asking(connection, send(letter)),
    depth: async () => {
      const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const { Attributes = {} } = await client.send(
        new sdk.GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
      );
      return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    },
    giveBack: async ({ receipt: ReceiptHandle }) => {
      await client.send(new sdk.ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    },
    remove: async ({ receipt: ReceiptHandle }) => {
      await client.send(new sdk.DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    },
    purge: async () => {
      await client.send(new sdk.PurgeQueueCommand({ QueueUrl }));
    },
  };
}
