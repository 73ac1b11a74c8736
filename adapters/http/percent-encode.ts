const unreserved = /^[A-Za-z0-9\-_.~]*$/;
const leftBareByEncodeURIComponent = /[!'()*]/g;

function escapeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * Returns `text` percent-encoded as RPC signatures want it: UTF-8, upper-case hex, everything escaped
 * except `A-Za-z0-9-_.~`, a space as `%20`. A lone surrogate becomes U+FFFD, as in any UTF-8 encoder;
 * never throws.
 *
 * Source: https://help.aliyun.com/zh/sdk/product-overview/rpc-mechanism (RFC 3986 section 2.3).
 */
export function percentEncode(text: string): string {
  // Names, ids and numbers need no escaping, and they are nearly everything that is sent.
  if (unreserved.test(text)) return text;
  let escaped: string;
  try {
    escaped = encodeURIComponent(text);
  } catch {
    escaped = encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
  }
  return escaped.replace(leftBareByEncodeURIComponent, escapeCharacter);
}
