/** One described interface: a list item, or the flat answer of DescribeRouterInterfaceAttribute. */
export type Item = Readonly<Record<string, unknown>>;

/** `surely`: the rules are to blame whatever was or was not done since the interface was last seen. */
export type Differs = (field: string, rules: readonly string[], expected: string, surely?: boolean) => void;
