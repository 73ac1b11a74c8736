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
      if (next.count > this.#size) {
        this.#queue.shift();
        next.reject(new RoutersExhausted(this.#size));
        continue;
      }
      const taken = this.#pick(next);
      if (taken === undefined) return;
      this.#queue.shift();
      this.#free = this.#free.filter((each) => !taken.includes(each));
      next.resolve(taken);
    }
  }

  #pick({ count, wanted }: Request): Router[] | undefined {
    if (this.#free.length < count) return undefined;
    const picked = wanted?.flatMap((id) => this.#free.find((each) => each.id === id) ?? []);
    if (picked?.length === count) return picked;
    // With nothing out, what is not here will not come: then any are as good as those.
    return wanted === undefined || this.#free.length === this.#size ? this.#free.slice(0, count) : undefined;
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
