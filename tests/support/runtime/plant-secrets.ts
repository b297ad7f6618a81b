type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inText = (text: string, more: Fields): string => JSON.stringify({ ...(JSON.parse(text) as Fields), ...more });

function inRecord(record: unknown, more: Fields): unknown {
  if (!isFields(record)) return record;
  const { body, kinesis, dynamodb } = record;
  if (typeof body === 'string') return { ...record, body: inText(body, more) };
  if (isFields(kinesis)) {
    const data = inText(Buffer.from(String(kinesis['data']), 'base64').toString(), more);
    return { ...record, kinesis: { ...kinesis, data: Buffer.from(data).toString('base64') } };
  }
  if (!isFields(dynamodb)) return record;
  const image = Object.fromEntries(Object.entries(more).map(([name, value]) => [name, { S: String(value) }]));
  return { ...record, dynamodb: { ...dynamodb, NewImage: { ...(dynamodb['NewImage'] as Fields), ...image } } };
}

/** An event of any source with secrets in its headers, and another one with secrets in what it carries, too. */
export function plantSecrets(event: Fields, secret: string): Fields[] {
  const more = { password: secret, note: `Bearer ${secret}` };
  const headers = isFields(event['headers'])
    ? {
        headers: { ...event['headers'], Authorization: `Bearer ${secret}`, Cookie: `s=${secret}`, 'x-api-key': secret },
      }
    : {};
  const { body, Records: records } = event;
  const carried: Fields = Array.isArray(records)
    ? { Records: records.map((record) => inRecord(record, more)) }
    : 'headers' in event
      ? { body: typeof body === 'string' ? inText(body, more) : body }
      : more;
  return [
    { ...event, ...headers },
    { ...event, ...headers, ...carried },
  ];
}
