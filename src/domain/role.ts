/** What somebody may do in a room, weakest first; each role may do what the ones before it may. */
const ROLES = ['member', 'voice', 'half-operator', 'operator', 'protected', 'founder'] as const;

export type Role = (typeof ROLES)[number];

/** Whether `role` may do what `needed` may. */
export function isAtLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
