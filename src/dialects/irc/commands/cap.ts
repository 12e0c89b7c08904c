import { CAPABILITIES, withValue } from '../capabilities.ts';
import { defineIrcCommand } from '../command.ts';
import { body, MAX_BODY_BYTES } from '../line.ts';
import { forgetSubscriptions, metadataVersion, sendOwnMetadata } from '../metadata.ts';
import { packLines } from '../pack-lines.ts';
import { middle } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';

/** CAP (IRCv3 capability negotiation 3.2). */
export const cap = defineIrcCommand({
  verb: 'CAP',
  params: { min: 1 },
  stage: 'any',
  cost: 0.5,
  help: { usage: 'CAP LS [302] | LIST | REQ :<names> | END', summary: 'Negotiates capabilities.' },
  run(irc, [subcommand = '', text = '']) {
    switch (subcommand.toUpperCase()) {
      case 'LS': {
        const version = /^\d+$/.test(text) ? Number(text) : 301;
        const isNew = version >= 302;
        irc.capabilityVersion = Math.max(irc.capabilityVersion, version);
        irc.registration.negotiate();
        // A client of version 302 is told of changes from then on.
        if (isNew) irc.capabilities.add('cap-notify');
        const names = isNew
          ? [...CAPABILITIES].map(([name, value]) => withValue(name, value, irc.options))
          : [...CAPABILITIES.keys()].toSorted((one, other) => Number(isDraft(one)) - Number(isDraft(other)));
        const { strictTransport } = irc.options;
        if (isNew && strictTransport !== undefined) {
          // IRCv3 sts: the port where TLS is, and the time only to those who have come with it. It is never requested.
          const { port, seconds } = strictTransport;
          names.push(irc.me?.isSecure === true ? `sts=duration=${seconds}` : `sts=port=${port}`);
        }
        return sendList(irc, 'LS', names, irc.capabilityVersion >= 302);
      }
      case 'LIST':
        return sendList(irc, 'LIST', [...irc.capabilities], irc.capabilityVersion >= 302);
      case 'REQ':
        irc.registration.negotiate();
        return request(irc, text);
      case 'END':
        return irc.registration.negotiated();
      default:
        return irc.numeric('ERR_INVALIDCAPCMD', middle(subcommand), 'Invalid CAP subcommand');
    }
  },
});

/** What old clients, who are told of no more than fits into one message, are told of last. */
function isDraft(name: string): boolean {
  return name.includes('/');
}

/** All or nothing: one name that is not known, or that must stay, refuses the whole request. */
function request(irc: IrcSession, text: string): void {
  const wanted = text.split(' ').filter((name) => name !== '');
  const capabilities = after(irc.capabilities, wanted);
  const isKnown = wanted.every((name) => CAPABILITIES.has(name.replace(/^-/, '')));
  // "servers MUST NOT disable the cap-notify capability if the client requests CAP LS with a version of 302 or newer".
  const isAllowed = irc.capabilityVersion < 302 || capabilities.has('cap-notify');
  const isTaken = isKnown && isAllowed && !hasBothMetadata(capabilities);
  const answer = isTaken ? 'ACK' : 'NAK';
  const head = `${body(irc.options.serverName, 'CAP', irc.name, answer)} :`;
  const space = MAX_BODY_BYTES - Buffer.byteLength(head);
  // "If an ACK reply originating from the server is spread across multiple lines, a client MUST NOT change capabilities
  // until the last ACK of the set is received." IRCv3 server-time: no tag before this acknowledges it.
  const texts = Buffer.byteLength(text) <= space ? [text] : packLines(wanted, ' ', space);
  for (const part of texts) irc.line({ tags: [], body: head + part });
  if (!isTaken) return;
  irc.capabilities.clear();
  for (const name of capabilities) irc.capabilities.add(name);
  irc.capabilitiesChanged();
  if (metadataVersion(irc) === undefined) forgetSubscriptions(irc);
  // draft/metadata-2: "Upon requesting the capability".
  if (irc.isRegistered && wanted.includes('draft/metadata-2')) sendOwnMetadata(irc);
}

function after(capabilities: ReadonlySet<string>, wanted: readonly string[]): Set<string> {
  const all = new Set(capabilities);
  for (const name of wanted) {
    if (name.startsWith('-')) all.delete(name.slice(1));
    else all.add(name);
  }
  return all;
}

/** IRCv3 metadata: "Clients MUST NOT request more than one". */
function hasBothMetadata(capabilities: ReadonlySet<string>): boolean {
  return capabilities.has('draft/metadata-2') && capabilities.has('draft/metadata-3');
}

/**
 * Lists that are too long for one message go out in several. Old clients cannot be sent those ("Multiline replies": only
 * with version 302): they are told of as many names as go into one.
 */
function sendList(irc: IrcSession, subcommand: string, names: readonly string[], maySplit: boolean): void {
  const head = body(irc.options.serverName, 'CAP', irc.name, subcommand);
  const space = MAX_BODY_BYTES - Buffer.byteLength(`${head} * :`);
  const lines: string[] = [''];
  for (const name of names) {
    const last = lines.at(-1) ?? '';
    const longer = last === '' ? name : `${last} ${name}`;
    if (longer.length <= space) lines[lines.length - 1] = longer;
    else if (maySplit) lines.push(name);
  }
  lines.forEach((line, index) => {
    const more = index < lines.length - 1 ? ' *' : '';
    irc.line({ tags: [], body: `${head}${more} :${line}` });
  });
}
