import { embeddedTarget } from '../../adapters/embedded.ts';
import type { EmulatorOptions } from '../../adapters/emulator/emulator.ts';
import type { Control, Target } from '../../adapters/target.ts';
import type { Observation } from '../../model/vocabulary.ts';

type Params = Readonly<Record<string, string>>;

/** An answer with a body, successful unless it says otherwise. */
export function answer(body: Readonly<Record<string, unknown>>, status = 200): Observation {
  return { kind: 'answer', status, body: { RequestId: 'request-1', ...body } };
}

/** A refusal with this code. */
export function refusal(code: string, status = 400, message = 'No.'): Observation {
  return answer({ Code: code, Message: message, HostId: 'host' }, status);
}

/** An emulator of which some calls are answered otherwise: what `change` leaves undefined goes through. */
export function altered(
  emulator: EmulatorOptions,
  change: (
    operation: string,
    params: Params,
    pass: () => Promise<Observation>,
  ) => Observation | Promise<Observation | undefined> | undefined,
): Target {
  const target = embeddedTarget(emulator);
  return {
    ...target,
    call: async (operation, params) => {
      const pass = (): Promise<Observation> => target.call(operation, params);
      return (await change(operation, params, pass)) ?? pass();
    },
  };
}

/** The same target with other control hooks, or none. */
export function withControl(target: Target, change: Partial<Control> | undefined): Target {
  const { control, ...rest } = target;
  if (control === undefined || change === undefined) return rest;
  return { ...rest, control: { ...control, ...change } };
}

export interface Call {
  readonly operation: string;
  readonly params: Params;
}

/** A target that notes every call that reaches it. */
export function noting(target: Target): { target: Target; calls: Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    target: {
      ...target,
      call: (operation, params) => {
        calls.push({ operation, params });
        return target.call(operation, params);
      },
    },
  };
}

/** A target that answers as the list says, one call after the other, and notes what it was asked. */
export function scripted(...observations: readonly Observation[]): { target: Target; calls: Call[] } {
  const rest = [...observations];
  return noting({
    name: 'scripted',
    call: (operation) => {
      const next = rest.shift();
      return next === undefined
        ? Promise.reject(new Error(`Nothing is left to answer ${operation} with.`))
        : Promise.resolve(next);
    },
    close: () => Promise.resolve(),
  });
}

/** Every interface that an emulator lists, in every region, as its own owner would see it. */
export async function interfacesLeft(target: Target): Promise<readonly string[]> {
  const left: string[] = [];
  for (const RegionId of ['cn-hangzhou', 'cn-shanghai', 'cn-beijing']) {
    const seen = await target.call('DescribeRouterInterfaces', { RegionId, PageSize: '50' });
    const set = bodyOf(seen)['RouterInterfaceSet'] as {
      RouterInterfaceType: { RouterInterfaceId: string }[];
    };
    left.push(...set.RouterInterfaceType.map((each) => each.RouterInterfaceId));
  }
  return left;
}

/** The body of an answer; empty for anything else. */
export function bodyOf(observation: Observation): Readonly<Record<string, unknown>> {
  return observation.kind === 'answer' ? (observation.body ?? {}) : {};
}
