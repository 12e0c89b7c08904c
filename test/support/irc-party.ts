import type { TestContext } from 'node:test';
import { IrcClient } from './irc-client.ts';
import { startServer, type Changes, type TestServer } from './test-server.ts';

/** A server whose limits do not stand in a test's way, and a client for each nick. */
export async function party<const Nicks extends readonly string[]>(
  t: TestContext,
  nicks: Nicks,
  changes: Changes = {},
): Promise<[TestServer, { readonly [Nick in Nicks[number]]: IrcClient }]> {
  const limits = { detection_ms: 10, enabled: false, ...changes.limits };
  const server = await startServer(t, { ...changes, limits });
  const clients: Record<string, IrcClient> = {};
  for (const nick of nicks) clients[nick] = await IrcClient.join(server, nick);
  return [server, clients as { [Nick in Nicks[number]]: IrcClient }];
}

/** The command or numeric of each line. */
export function verbs(lines: readonly string[]): string[] {
  return lines.map((line) => line.split(' ')[1] ?? '');
}

/** Lines that have this command or numeric. */
export function withVerb(verb: string, lines: readonly string[]): string[] {
  return lines.filter((line) => line.split(' ')[1] === verb);
}

/** The capabilities that a client is offered, with their values, in however many lines. */
export async function offered(client: IrcClient): Promise<string[]> {
  const lines = await client.all('CAP LS 302');
  return lines.flatMap((line) => line.split(' :')[1]?.split(' ') ?? []);
}

/** Answers without the list of capabilities, which may be long. */
export function withoutOffer(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^:\S+ CAP \S+ LS /.test(line));
}
