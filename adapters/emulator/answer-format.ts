import { type GatewayRefusal, refuse } from './gateway-refusals.ts';
import type { GatewayRequest } from './scheme.ts';

export type AnswerFormat = 'JSON' | 'XML';

/**
 * Returns the format of the answer: what the parameter Format says, else what Accept says where the
 * protocol is in the headers, else `otherwise`. A Format that is neither JSON nor XML is refused.
 *
 * The documents disagree about the format of a request that asks for none (A29).
 */
export function answerFormat(
  { params, headers }: Pick<GatewayRequest, 'params' | 'headers'>,
  acs3: boolean,
  otherwise: AnswerFormat,
): AnswerFormat | GatewayRefusal {
  const format = params.get('Format')?.toUpperCase();
  if (format === 'JSON' || format === 'XML') return format;
  if (format) return refuse('InvalidParameter.Format', 'Specified parameter format is not valid.');
  if (!acs3) return otherwise;
  return /^\s*(application|text)\/xml\b/i.test(headers.accept ?? '') ? 'XML' : 'JSON';
}
