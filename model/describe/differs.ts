/** One described interface: a list item, or the flat answer of DescribeRouterInterfaceAttribute. */
export type Item = Readonly<Record<string, unknown>>;

/** Notes that a field is not as expected, and the rules that this breaks. */
export type Differs = (field: string, rules: readonly string[], expected: string) => void;
