/**
 * List prices of us-east-1 in US dollars, the first tier, without the free one: https://aws.amazon.com/lambda/pricing, and
 * of the REST API https://docs.aws.amazon.com/whitepapers/latest/best-practices-api-gateway-private-apis-integration/cost-optimization.html.
 * They change, and other regions have others: look there before you rely on them.
 */
export const prices = {
  lambdaPerMillionRequests: 0.2,
  lambdaPerGbSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
  restApiPerMillionRequests: 3.5,
} as const;

/** What a function did: how often it ran, for how long in all, and the memory that it is billed for. */
export interface Usage {
  readonly invocations: number;
  readonly ms: number;
  readonly memoryMb: number;
}

/** What invocations cost, in US dollars. */
export function lambdaCost(usage: readonly Usage[], architecture: keyof typeof prices.lambdaPerGbSecond): number {
  return usage.reduce((all, { invocations, ms, memoryMb }) => {
    const gbSeconds = (ms / 1_000) * (memoryMb / 1_024);
    const requests = (invocations / 1_000_000) * prices.lambdaPerMillionRequests;
    return all + requests + gbSeconds * prices.lambdaPerGbSecond[architecture];
  }, 0);
}

/** What requests to the REST API cost, in US dollars. */
export const apiCost = (requests: number): number => (requests / 1_000_000) * prices.restApiPerMillionRequests;
