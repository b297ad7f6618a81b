import { Tracer } from '@aws-lambda-powertools/tracer';

/** Runs `work` in a named X-Ray subsegment that carries the annotations. */
export type Trace = <T>(
  name: string,
  annotations: Readonly<Record<string, string>>,
  work: () => Promise<T>,
) => Promise<T>;

// X-Ray costs 19 ms of cold start: only functions that call something import this module.
const tracer = new Tracer();

/** Makes an AWS SDK client report its calls to X-Ray; returns the same client. */
export const captureClient = <Client>(client: Client): Client => tracer.captureAWSv3Client(client);

function close(subsegment: { readonly close: () => void }): void {
  try {
    subsegment.close();
  } catch {
    // A trace that cannot be sent is lost; the invocation that it describes must not be.
  }
}

/** See {@link Trace}; does no more than run `work` where tracing is off. */
export const trace: Trace = async (name, annotations, work) => {
  const parent = tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
  if (parent === undefined) return work();
  const subsegment = parent.addNewSubsegment(name);
  tracer.setSegment(subsegment);
  try {
    tracer.annotateColdStart();
    tracer.addServiceNameAnnotation();
    for (const [key, value] of Object.entries(annotations)) tracer.putAnnotation(key, value);
    return await work();
  } catch (error) {
    tracer.addErrorAsMetadata(error instanceof Error ? error : new Error('Something that is no error was thrown'));
    throw error;
  } finally {
    close(subsegment);
    tracer.setSegment(parent);
  }
};
