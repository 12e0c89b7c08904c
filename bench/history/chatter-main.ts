// The people who talk, in a process of their own (chatter-process.ts), so that what they note holds nothing of what those
// have to do who search, read and copy.
import { Chatter } from './chatter.ts';
import type { Order, Report } from './chatter-process.ts';

let chatter: Chatter | undefined;

async function carryOut(order: Order): Promise<void> {
  if (order.kind === 'gather') chatter = await Chatter.gather(order.port);
  const latenciesMs = order.kind === 'talk' ? ((await chatter?.talk(order.forMs)) ?? []) : [];
  process.send?.({ latenciesMs } satisfies Report);
}

process.on('message', (order: Order) => void carryOut(order));
