/** The ids of fixtures: of one length with the server’s own, and the same each time. */
export const id = (prefix: string, n: number) =>
  `${prefix}_01kaj3x8c2f7q9m1v5t0n4${String(n).padStart(4, '0')}`;
