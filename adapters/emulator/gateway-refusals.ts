/** Why the gateway sends a request back; the code and message of the API's own gateway. */
export interface GatewayRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Returns a refusal with HTTP 400, as nearly all of the gateway's are. */
export function refuse(code: string, message: string, status = 400): GatewayRefusal {
  return { status, code, message };
}

/** Returns the refusal of a request without a parameter that it must have. */
export function missing(name: string): GatewayRefusal {
  return refuse(`Missing${name}`, `${name} is mandatory for this action.`);
}

/** Returns the refusal of a parameter with a value that it cannot have. */
export function invalid(name: string): GatewayRefusal {
  return refuse(`Invalid${name}`, `Specified parameter ${name} is not valid.`);
}
