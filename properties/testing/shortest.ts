export const shortest: Readonly<Record<string, number>> = {};
export const notYet: Readonly<Record<string, string>> = {};
