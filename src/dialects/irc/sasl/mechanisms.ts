import { external } from './external.ts';
import type { SaslMechanism } from './mechanism.ts';
import { plain } from './plain.ts';
import { scramSha256, scramSha512 } from './scram.ts';

/** Every mechanism, as clients are told of them. */
export const MECHANISMS: readonly SaslMechanism[] = [plain, scramSha256, scramSha512, external];
