const removed = '[redacted]';

/** Names of what is never logged, whatever is in it: in any case, and as a part of a longer name. */
const words =
  'authorization|cookie|token|secret|passw(?:or)?d|passphrase|signature|credential|api[-_]?key|private[-_]?key|signing[-_]?key';
// The last two are the form of a signing key: {"kid", "key"}.
const secretName = new RegExp(`${words}|^keys?$`, 'i');

/**
 * What is a secret by its form, wherever it stands in a text: a token of HTTP authentication, a JWT, a token of GitHub
 * (github.blog, "Behind GitHub's new authentication token formats"), a key of AWS, a signature of a webhook, a name from
 * above with its value in JSON, in a header or in a query, and the user part of a URL. Every repetition has a limit or an
 * end that it cannot miss: a caller may choose the text.
 */
const secretForms = new RegExp(
  [
    String.raw`\bbearer\s+[\w.~+/=-]{6,}`,
    String.raw`\bey[\w-]{8,512}\.[\w-]+\.[\w-]*`,
    String.raw`\b(?:gh[a-z]_|github_pat_)\w{16,}`,
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
    String.raw`\bsha256=[0-9a-f]{64}\b`,
    String.raw`(?:${words})[\w-]{0,40}"\s*:\s*"(?:[^"\\]|\\.)*`,
    // JSON as a text within JSON: each of its own backslashes is two.
    String.raw`(?:${words})[\w-]{0,40}\\"\s*:\s*\\"(?:[^"\\]|\\\\\\?.)*`,
    String.raw`(?:${words})[\w-]{0,40}=[^\s&;,"']+`,
    String.raw`(?:authorization|cookie):[^\n"]+`,
    String.raw`(?<=://)[^\s/@:]*:[^\s/@]+(?=@)`,
  ].join('|'),
  'gi',
);

/**
 * Takes secrets out of what is logged, as a replacer of JSON.stringify: the value of a field that has a secret's name,
 * and what is a secret by its form in any text. What is neither a text nor holds one is left as it is, so that
 * `tokenExpired: true` can be read.
 */
export function redact(name: string, value: unknown): unknown {
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return value;
  if (secretName.test(name)) return removed;
  return typeof value === 'string' ? value.replace(secretForms, removed) : value;
}
