/** The different lists of answers that were met, each with its number. */
export class Outputs {
  readonly all: (readonly string[])[] = [];
  readonly #byText = new Map<string, number>();
  /** Most lists are met many times: it need not be put into words again which one it is. */
  readonly #byList = new Map<readonly string[], number>();

  numberOf(answers: readonly string[]): number {
    const same = this.#byList.get(answers);
    if (same !== undefined) return same;
    const text = answers.join(' or ');
    let known = this.#byText.get(text);
    if (known === undefined) {
      known = this.all.push(answers) - 1;
      this.#byText.set(text, known);
    }
    this.#byList.set(answers, known);
    return known;
  }
}
