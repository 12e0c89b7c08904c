import type { ProtocolName } from '../workload.ts';
import { lineProtocol } from './line-protocol.ts';
import type { Protocol } from './protocol.ts';

/** Every protocol that the generator speaks. */
const PROTOCOLS: readonly Protocol[] = [lineProtocol];

/** The protocol of that name, or undefined if the generator does not speak it. */
export function findProtocol(name: ProtocolName): Protocol | undefined {
  return PROTOCOLS.find((protocol) => protocol.name === name);
}
