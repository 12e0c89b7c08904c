/** What somebody may do in a room, weakest first; each role may do what the ones before it may. */
export const ROLES = ['voice', 'half-operator', 'operator', 'protected', 'founder'] as const;

export type Role = (typeof ROLES)[number];

/** The rank of a member with no role at all. */
export const NO_RANK = -1;

export function rankOf(role: Role): number {
  return ROLES.indexOf(role);
}

/** The rank of the highest of some roles. */
export function highestRank(roles: ReadonlySet<Role>): number {
  let highest = NO_RANK;
  for (const role of roles) highest = Math.max(highest, rankOf(role));
  return highest;
}
