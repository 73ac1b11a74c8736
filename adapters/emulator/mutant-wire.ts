/**
 * Mutants of the wire: what stands before the actions, and what writes their answers. They show only in an
 * emulator that is served. Columns: name, class, rule that must catch it, what it does.
 */
export const wireMutants = [
  ['gateway-without-request-id', 'gateway', 'R8', 'what the gateway refuses has no RequestId'],
  ['gateway-without-host-id', 'gateway', 'R8', 'what the gateway refuses has no HostId'],
  ['gateway-with-http-200', 'gateway', 'R8', 'what the gateway refuses is HTTP 200 with a Code in the body'],
  ['refusal-as-html', 'gateway', 'P8', 'what is refused is sent as text/html'],
  ['latin-1', 'gateway', 'P8', 'answers are said to be in ISO-8859-1'],
  ['header-request-id', 'gateway', 'P8', 'the RequestId in the header is not the one in the body'],
  ['xml-as-json', 'XML', 'P8', 'XML is sent as application/json'],
  ['xml-status-upper-case', 'XML', 'P6', 'a Status in XML is in upper case'],
  ['xml-escapes-twice', 'XML', 'P6', 'text in XML is escaped twice'],
  ['xml-not-escaped', 'XML', 'R8', 'text in XML is not escaped'],
  ['xml-error-as-response', 'XML', 'P6', 'an error in XML has the root of a success'],
  ['xml-not-offered', 'XML', 'P6', 'answers are JSON whatever was asked for'],
  ['action-unknown-succeeds', 'gateway', 'R93', 'an unknown action is answered with an empty success'],
  ['action-unknown-as-400', 'gateway', 'R93', 'an unknown action is refused with HTTP 400'],
  ['version-not-checked', 'gateway', 'R94', 'any version will do'],
  ['version-as-unknown-action', 'gateway', 'R94', 'an unknown version is refused as an unknown action'],
  ['key-unknown-as-403', 'gateway', 'R95', 'an unknown access key is refused with HTTP 403'],
  ['key-missing-as-unknown', 'gateway', 'R95', 'a missing access key is refused as an unknown one'],
  ['signature-not-verified', 'signature', 'R96', 'any signature will do'],
  ['post-signature-not-verified', 'signature', 'R96', 'any signature will do on a form body'],
  ['acs3-signature-not-verified', 'signature', 'R96', 'any signature of ACS3 will do'],
  [
    'signature-in-order-of-arrival',
    'signature',
    'P6',
    'parameters are signed in the order in which they came',
  ],
  ['signature-of-bare-characters', 'signature', 'P6', "what is signed leaves !'()* bare"],
  ['acs3-form-not-verified', 'signature', 'R96', 'any signature of ACS3 will do on a form body'],
  ['acs3-empty-signature-accepted', 'signature', 'R96', 'an empty signature will do for ACS3'],
  ['acs3-unsigned-accepted', 'signature', 'R96', 'ACS3 needs no Authorization header'],
  ['plus-read-as-blank', 'gateway', 'P6', 'a plus in a parameter is read as a blank'],
  ['acs3-not-accepted', 'signature', 'P6', 'ACS3 is refused as an unknown signature method'],
  ['nonce-replay-accepted', 'gateway', 'R97', 'a nonce may be used again'],
  ['time-not-checked', 'gateway', 'R98', 'any well-formed timestamp will do'],
  ['time-format-not-checked', 'gateway', 'R98', 'a malformed timestamp counts as now'],
  ['form-body-ignored', 'gateway', 'P6', 'the form body of a POST is not read'],
  ['post-not-performed', 'gateway', 'P6', 'a change that is asked for with POST is answered and not made'],
] as const satisfies readonly (readonly [string, string, string, string])[];

/** A mutant that the served emulator asks for by name. */
export type WireMutant = (typeof wireMutants)[number][0];
