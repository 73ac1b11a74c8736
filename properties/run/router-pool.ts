import type { Router } from '../../model/world.ts';

interface Request {
  readonly count: number;
  /** Ids of the very routers it wants, where a recording has to answer. */
  readonly wanted: readonly string[] | undefined;
  readonly resolve: (routers: Router[]) => void;
  readonly reject: (error: Error) => void;
}

/** Hands routers out so that no two sequences ever share one. First come, first served. */
export class RouterPool {
  #free: Router[];
  readonly #queue: Request[] = [];
  #size: number;

  constructor(routers: readonly Router[]) {
    this.#free = [...routers];
    this.#size = routers.length;
  }

  get size(): number {
    return this.#size;
  }

  /** Those that nobody has: all that are clean, once nothing runs. */
  get free(): readonly Router[] {
    return this.#free;
  }

  /** Resolves to `count` routers: these ones, when they are `wanted` by id. */
  take(count: number, wanted?: readonly string[]): Promise<Router[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ count, wanted, resolve, reject });
      this.#serve();
    });
  }

  give(routers: readonly Router[]): void {
    this.#free.push(...routers);
    this.#serve();
  }

  /** Starts over with other routers; none may be out. */
  refill(routers: readonly Router[]): void {
    this.#free = [...routers];
    this.#size = routers.length;
  }

  /** Takes a router out of use for good, or puts another in its place. */
  retire(replacement: Router | undefined): void {
    if (replacement === undefined) this.#size -= 1;
    else this.#free.push(replacement);
    this.#serve();
  }

  #serve(): void {
    for (;;) {
      const [next] = this.#queue;
      if (next === undefined) return;
      const taken = this.#pick(next);
      // With nothing out, what is wanted and not here will not come.
      const never = next.count > this.#size || this.#free.length === this.#size;
      if (taken === undefined && !never) return;
      this.#queue.shift();
      if (taken === undefined) next.reject(new RoutersExhausted(this.#size));
      else next.resolve(taken);
    }
  }

  #pick({ count, wanted }: Request): Router[] | undefined {
    if (wanted === undefined) return this.#free.length < count ? undefined : this.#free.splice(0, count);
    const picked = wanted.flatMap((id) => this.#free.find((each) => each.id === id) ?? []);
    if (picked.length < count) return undefined;
    this.#free = this.#free.filter((each) => !picked.includes(each));
    return picked;
  }
}

/** Too many routers hold interfaces that cannot be deleted. */
export class RoutersExhausted extends Error {
  override readonly name = 'RoutersExhausted';

  constructor(left: number) {
    super(
      `Only ${left} clean router${left === 1 ? ' is' : 's are'} left: the others hold interfaces that the target does not delete.`,
    );
  }
}
