/** One described interface: a list item, or the flat answer of DescribeRouterInterfaceAttribute. */
export type Item = Readonly<Record<string, unknown>>;

/**
 * Notes that a field is not as expected, and the rules that this breaks; `surely` where it makes no
 * difference what was done to the interface itself.
 */
export type Differs = (field: string, rules: readonly string[], expected: string, surely?: boolean) => void;

/** A key that is not set: absent, as recorded, or null or empty, as some serialise it (A35). */
export const isUnset = (value: unknown): boolean => value === undefined || value === null || value === '';
