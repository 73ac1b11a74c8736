import type { Body } from './operation.ts';
import type { World } from './world.ts';

export interface ControlAnswer {
  readonly status: number;
  readonly body: Body;
}

const done: ControlAnswer = { status: 200, body: {} };

function refuse(error: string, status = 400): ControlAnswer {
  return { status, body: { error } };
}

const businessStatuses: readonly unknown[] = ['Normal', 'FinancialLocked', 'SecurityLocked'];

/**
 * Answers one control hook: what cannot be provoked through the API (overdue bills, locks, time).
 *
 * `path` is the path below the control URL, with or without `/_control` in front. The answer is
 * `200 {}` or `4xx {"error": …}`; a hook that is refused changes nothing.
 */
export function control(world: World, method: string, path: string, body: unknown): ControlAnswer {
  const hook = path.replace(/^\/?_control/, '').replaceAll(/^\/+|\/+$/g, '');
  if (hook === '') return method === 'GET' ? hooks(world) : refuse('Only GET is allowed here.', 405);
  const handler = Object.hasOwn(handlers, hook) ? handlers[hook] : undefined;
  if (!handler) return refuse(`No hook "${hook}". The hooks are: ${Object.keys(handlers).join(', ')}.`, 404);
  if (method !== 'POST') return refuse(`Hook "${hook}" takes POST, not ${method}.`, 405);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return refuse('The body must be a JSON object.');
  return handler(world, { ...body });
}

const handlers: Readonly<Record<string, (world: World, body: Body) => ControlAnswer>> = {
  reset: (world) => {
    world.reset();
    return done;
  },
  account: (world, { overdue }) => {
    if (typeof overdue !== 'boolean') return refuse('"overdue" must be true or false.');
    world.overdue = overdue || (world.overdue && world.settings.is('overdue-never-cleared'));
    return done;
  },
  interface: lockInterface,
  clock: (world, { advanceMs }) => {
    if (world.timeline.mode === 'real') return refuse('The clock is real and cannot be moved.', 409);
    if (typeof advanceMs !== 'number' || !Number.isFinite(advanceMs) || advanceMs < 0) {
      return refuse('"advanceMs" must be a number of at least 0.');
    }
    world.timeline.advance(advanceMs);
    return done;
  },
};

function hooks({ timeline }: World): ControlAnswer {
  const names = Object.keys(handlers).filter((hook) => hook !== 'clock' || timeline.mode === 'manual');
  return { status: 200, body: { hooks: names, clock: timeline.mode } };
}

function lockInterface(world: World, body: Body): ControlAnswer {
  const { routerInterfaceId, businessStatus, operationLocked } = body;
  if (typeof routerInterfaceId !== 'string') return refuse('"routerInterfaceId" must be a string.');
  const ri = world.interfaces.get(routerInterfaceId);
  if (!ri) return refuse(`No router interface "${routerInterfaceId}".`, 404);
  if (businessStatus !== undefined && !businessStatuses.includes(businessStatus)) {
    return refuse(`"businessStatus" must be one of: ${businessStatuses.join(', ')}.`);
  }
  if (operationLocked !== undefined && typeof operationLocked !== 'boolean') {
    return refuse('"operationLocked" must be true or false.');
  }
  if (businessStatus === undefined && operationLocked === undefined) {
    return refuse('Give "businessStatus" or "operationLocked".');
  }
  const targets = world.settings.is('lock-account') ? world.interfaces.values() : [ri];
  for (const target of targets) {
    const kept = businessStatus === 'Normal' && world.settings.is('lock-never-released');
    if (typeof businessStatus === 'string' && !kept) target.businessStatus = businessStatus;
    const stays = target.operationLocked && world.settings.is('operation-lock-never-released');
    if (operationLocked !== undefined) target.operationLocked = operationLocked || stays;
  }
  return done;
}
