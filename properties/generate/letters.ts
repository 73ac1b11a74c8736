import type { Ref } from '../../model/vocabulary.ts';
import type { World } from '../../model/world.ts';
import { type Pair, type Slot, slots } from '../machine/abstraction.ts';
import { faultyInputs } from '../machine/faulty-inputs.ts';
import { factInputs } from '../machine/facts.ts';
import { type Input, lifecycleInputs, type Site } from '../machine/inputs.ts';
import type { Capabilities } from '../sequence.ts';
import type { Draw } from './draw.ts';
import { type Coverage, stateOf } from './novelty.ts';
import type { Plan } from './plan.ts';

/** A single input of the alphabet, on a pair of interfaces of a plan. */
export interface Letter {
  /** What is covered by sending it. */
  readonly name: string;
  send: (plan: Plan) => void;
}

/** Inputs that are about one pair of many: the others are there anyway, or a second pair is the same. */
const elsewhere = new Set(['Crowd', 'Connect rival']);

let alphabetFor: { readonly key: string; readonly inputs: readonly Input[] } | undefined;

function alphabet({ tables }: Plan, capabilities: Capabilities): readonly Input[] {
  const key = JSON.stringify(capabilities);
  if (alphabetFor?.key !== key) {
    const inputs = [
      ...lifecycleInputs(tables.labelled(null)),
      ...factInputs(capabilities, tables),
      ...faultyInputs(),
    ].filter(({ id }) => !elsewhere.has(id));
    alphabetFor = { key, inputs };
  }
  return alphabetFor.inputs;
}

/** Letters that were sent least often in the state that the pair is in, so many at most. */
export function rareLetters(
  draw: Draw,
  plan: Plan,
  coverage: Coverage,
  capabilities: Capabilities,
  count: number,
): readonly Letter[] {
  const pair = somePair(draw, plan);
  const world = renamed(plan.world, pair);
  const states = new Map<string, string>();
  for (const slot of slots) {
    const each = plan.world.interfaces.find(({ id }) => id === pair[slot]);
    states.set(slot, stateOf(plan.tables, plan.world, each, plan.now));
  }
  let least = Infinity;
  let rare: Letter[] = [];
  for (const input of alphabet(plan, capabilities)) {
    if (input.enabled?.(world) === false) continue;
    const state = input.kind === 'faulty call' ? '' : ` in ${states.get(input.on ?? 'initiator') ?? ''}`;
    const name = `letter ${input.id}${state}`;
    const seen = coverage.countOf(name);
    if (seen > least) continue;
    if (seen < least) rare = [];
    least = seen;
    rare.push({
      name,
      send: (to) => to.add(...input.commands(siteIn(to, pair), draw)),
    });
  }
  return Array.from({ length: Math.min(count, rare.length) }, () => draw.pick(rare));
}

/** An interface, mostly of those that are alive, and whom it knows of; or the latest of the other role. */
function somePair(draw: Draw, plan: Plan): Pair {
  const name = plan.anyInterface(draw);
  if (name === undefined) return {};
  const role = plan.roleOf(name);
  const others = plan.world.interfaces.filter((each) => each.role !== role);
  const peer = plan.peerOf(name) ?? others.at(-1)?.id;
  return role === 'InitiatingSide' ? named(name, peer) : named(peer, name);
}

const named = (initiator: string | undefined, acceptor: string | undefined): Pair => ({
  ...(initiator === undefined ? {} : { initiator }),
  ...(acceptor === undefined ? {} : { acceptor }),
});

/** A world in which the pair goes by the names of its slots. */
function renamed(world: World, pair: Pair): World {
  const nameOf = (id: string): string => slots.find((slot) => pair[slot] === id) ?? id;
  return {
    ...world,
    interfaces: world.interfaces.map((each) => ({ ...each, id: nameOf(each.id) })),
    routes: world.routes.map((route) => ({ ...route, nextHop: nameOf(route.nextHop) })),
  };
}

function siteIn(plan: Plan, pair: Pair): Site {
  const fresh = new Map<string, string>();
  const nameOf = (slot: string): string | undefined => fresh.get(slot) ?? pair[slot as Slot];
  const router = (slot: Slot): Ref => {
    const name = nameOf(slot);
    const there = name === undefined ? undefined : plan.routerOf(name);
    return typeof there === 'object' ? there : { ref: slot === 'initiator' ? 'router#1' : 'router#2' };
  };
  return {
    region: plan.region,
    otherRegion: plan.otherRegion,
    router,
    routeTable: (slot) => ({ ref: router(slot).ref.replace('router', 'table') }),
    interface: (slot) => {
      const held = slot.startsWith('route ') ? pair[slot.slice('route '.length) as Slot] : undefined;
      const route = plan.world.routes.find(({ nextHop }) => nextHop === held);
      return { ref: route?.id ?? nameOf(slot) ?? 'ri#0' };
    },
    fresh: (slot) => {
      const name = slot.startsWith('route ') ? `route#${plan.commands.length}` : plan.freshName();
      fresh.set(slot, name);
      return name;
    },
  };
}
