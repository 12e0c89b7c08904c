import { bare } from './bare.ts';
import { inspircd } from './inspircd.ts';
import { limit } from './limit.ts';
import { ngircd } from './ngircd.ts';
import { partyline, partylineDisk, partylineOff } from './partyline.ts';
import type { Server } from './server.ts';

/** Every server that can be measured, in the order in which they are shown. */
export const SERVERS: readonly Server[] = [partyline, partylineOff, partylineDisk, bare, limit, ngircd, inspircd];
