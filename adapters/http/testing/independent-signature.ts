import { createHmac } from 'node:crypto';

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9\-_.~]/.test(character)
    ? character
    : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function encode(text: string): string {
  return [...Buffer.from(text, 'utf8')].map((byte) => encodeByte(byte)).join('');
}

/**
 * Returns the parameters of a request as a server sees them (query and form body together), the
 * signature sent and the one computed anew, byte by byte from the documentation's recipe.
 */
export function checkSignature(
  method: string,
  target: string,
  body: string,
  secret: string,
): { params: Record<string, string>; sent: string | undefined; computed: string } {
  const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : '';
  const params = Object.fromEntries([...new URLSearchParams(query), ...new URLSearchParams(body)]);
  const sent = params['Signature'];
  delete params['Signature'];
  const canonical = Object.entries(params)
    .map(([name, value]) => ({ name, text: `${encode(name)}=${encode(value)}` }))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
    .map(({ text }) => text)
    .join('&');
  const computed = createHmac('sha1', `${secret}&`)
    .update([method, encode('/'), encode(canonical)].join('&'))
    .digest('base64');
  return { params, sent, computed };
}
