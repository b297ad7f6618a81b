/** Asks the local cloud's EventBridge, of which no client is installed. @param action such as `ListRules` */
export async function askEventBridge<Answer>(endpoint: string, action: string, question: object): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/events/aws4_request',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSEvents.${action}`,
    },
    body: JSON.stringify(question),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text) as Answer;
}
