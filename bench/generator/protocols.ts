import type { ProtocolName } from '../workload.ts';
import { ircProtocol } from './irc-protocol.ts';
import { lineProtocol } from './line-protocol.ts';
import type { Protocol } from './protocol.ts';

/** Every protocol that the generator speaks. */
export const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = { line: lineProtocol, irc: ircProtocol };
