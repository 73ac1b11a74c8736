import type { Router } from '../../model/world.ts';

/** Hands routers out so that no two sequences ever share one. First come, first served. */
export class RouterPool {
  #free: Router[];
  readonly #queue: { count: number; resolve: (routers: Router[]) => void; reject: (error: Error) => void }[] =
    [];
  #size: number;

  constructor(routers: readonly Router[]) {
    this.#free = [...routers];
    this.#size = routers.length;
  }

  get size(): number {
    return this.#size;
  }

  take(count: number): Promise<Router[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ count, resolve, reject });
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
      } else if (next.count <= this.#free.length) {
        this.#queue.shift();
        next.resolve(this.#free.splice(0, next.count));
      } else return;
    }
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
