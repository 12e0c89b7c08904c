import { chanServ } from './chanserv.ts';
import { histServ } from './histserv.ts';
import { nickServ } from './nickserv.ts';
import { playback } from './playback.ts';
import type { Service } from './service.ts';

const services = [chanServ, histServ, nickServ, playback];
const byName = new Map(services.map((service) => [service.name.toLowerCase(), service]));

/** The service that a message is for: by its name, in any spelling, with or without a server's name behind it. */
export function findService(target: string): Service | undefined {
  const [name = ''] = target.split('@');
  return byName.get(name.toLowerCase());
}
