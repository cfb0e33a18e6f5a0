/**
 * kubectl writes access reviews as Kubernetes protobuf, whatever the server prefers. This reads those two messages and nothing
 * else; field numbers from k8s.io/api authorization/v1 generated.proto and k8s.io/apimachinery runtime generated.proto.
 */
type Schema = Readonly<Record<number, readonly [name: string, of: 'text' | Schema]>>;

const ACCESS_REVIEW: Schema = {
  2: ['spec', {
    1: ['resourceAttributes', { 1: ['namespace', 'text'], 2: ['verb', 'text'], 3: ['group', 'text'], 4: ['version', 'text'], 5: ['resource', 'text'], 6: ['subresource', 'text'], 7: ['name', 'text'] }],
    2: ['nonResourceAttributes', { 1: ['path', 'text'], 2: ['verb', 'text'] }],
  }],
};
const RULES_REVIEW: Schema = { 2: ['spec', { 1: ['namespace', 'text'] }] };
const SCHEMAS: Readonly<Record<string, Schema>> = { SelfSubjectAccessReview: ACCESS_REVIEW, SelfSubjectRulesReview: RULES_REVIEW };

const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);
const LENGTH_DELIMITED = 2;

interface Field {
  number: number;
  bytes: Buffer;
}

function varint(buffer: Buffer, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0, next = at; next < buffer.length; shift += 7, next += 1) {
    const byte = buffer[next] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: next + 1 };
  }
  throw new RangeError('truncated protobuf');
}

/** The length-delimited fields of a message; numbers are skipped, none of these messages needs one. */
function fields(buffer: Buffer): Field[] {
  const found: Field[] = [];
  for (let at = 0; at < buffer.length; ) {
    const { value: tag, next } = varint(buffer, at);
    const { value, next: after } = varint(buffer, next);
    const isBytes = (tag & 7) === LENGTH_DELIMITED;
    if (isBytes) found.push({ number: tag >>> 3, bytes: buffer.subarray(after, after + value) });
    at = isBytes ? after + value : after;
  }
  return found;
}

function decode(buffer: Buffer, schema: Schema): Record<string, unknown> {
  const known = fields(buffer).flatMap(({ number, bytes }) => {
    const field = schema[number];
    return field ? [[field[0], field[1] === 'text' ? bytes.toString('utf8') : decode(bytes, field[1])] as const] : [];
  });
  return Object.fromEntries(known);
}

/** The review in a protobuf body as JSON; undefined if it is anything else, which the simulator cannot read. */
export function reviewIn(body: Buffer): string | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const unknown = decode(body.subarray(MAGIC.length), { 1: ['typeMeta', { 1: ['apiVersion', 'text'], 2: ['kind', 'text'] }] });
  const raw = fields(body.subarray(MAGIC.length)).find(({ number }) => number === 2)?.bytes;
  const { kind = '', apiVersion = '' } = (unknown['typeMeta'] ?? {}) as { kind?: string; apiVersion?: string };
  const schema = SCHEMAS[kind];
  return schema && raw ? JSON.stringify({ kind, apiVersion, ...decode(raw, schema) }) : undefined;
}
