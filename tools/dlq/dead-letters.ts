import { isList, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import type { FunctionSource } from '../template/code-resources.ts';
import { functionNameOf } from '../template/function-name.ts';

/** How what failed came to the function, and so how it can come again. */
export type Origin =
  | { readonly kind: 'invocation' }
  | { readonly kind: 'queue'; readonly queueName: string }
  /** Its function parks records; of a batch that fails Lambda leaves a note of where the records are, without them. */
  | { readonly kind: 'stream' };

/** A queue of what a function failed on. */
export interface DeadLetters {
  /** The folder's name. */
  readonly name: string;
  /** Its name in Lambda. */
  readonly functionName: string;
  readonly queueName: string;
  readonly origin: Origin;
}

/** The dead-letter queues of the functions of a stage; a function without one is left out. */
export function findDeadLetters(
  functions: readonly FunctionSource[],
  resources: Readonly<Record<string, JsonObject>>,
): DeadLetters[] {
  const queueOf = (arn: Json | undefined): { name: string; block: JsonObject } | undefined => {
    const target = objectAt({ arn: arn ?? null }, 'arn')['Fn::GetAtt'];
    const [id] = isList(target) ? target : [];
    const block = typeof id === 'string' ? resources[id] : undefined;
    const name = stringAt(objectAt(block, 'Properties'), 'QueueName');
    return block === undefined || name === undefined ? undefined : { name, block };
  };
  return functions.flatMap(({ name, block }) => {
    const properties = objectAt(block, 'Properties');
    const functionName = functionNameOf({ name, block });
    const found = (arn: Json | undefined, origin: Origin): DeadLetters[] => {
      const queueName = queueOf(arn)?.name;
      return queueName === undefined ? [] : [{ name, functionName, queueName, origin }];
    };
    const events = Object.values(objectAt(properties, 'Events')).flatMap((event) => {
      const source = objectAt(event, 'Properties');
      const failed = objectAt(objectAt(source, 'DestinationConfig'), 'OnFailure')['Destination'];
      const queue = queueOf(source['Queue']);
      const redriven = objectAt(objectAt(queue?.block, 'Properties'), 'RedrivePolicy')['deadLetterTargetArn'];
      return [
        ...found(failed, { kind: 'stream' }),
        ...(queue === undefined ? [] : found(redriven, { kind: 'queue', queueName: queue.name })),
      ];
    });
    const destination = objectAt(objectAt(objectAt(properties, 'EventInvokeConfig'), 'DestinationConfig'), 'OnFailure')[
      'Destination'
    ];
    const all = [
      ...found(objectAt(properties, 'DeadLetterQueue')['TargetArn'], { kind: 'invocation' }),
      ...found(destination, { kind: 'invocation' }),
      ...events,
    ];
    return all.filter(({ queueName }, at) => all.findIndex((it) => it.queueName === queueName) === at);
  });
}
