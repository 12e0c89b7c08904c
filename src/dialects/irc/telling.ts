import { join } from '../../domain/actions/join.ts';
import type { AccountChanged, Event, Expelled, FlagsSet, HostChanged, MetadataSet } from '../../domain/event.ts';
import { fullName } from '../../domain/mask.ts';
import { nickKey } from '../../domain/nick.ts';
import { sendAboutRoom } from './attached.ts';
import { awayText } from './away-text.ts';
import { body } from './line.ts';
import { serverBanText } from './server-ban-text.ts';
import { middle } from './refusal-numerics.ts';
import { sendPersistence } from './persistence.ts';
import { markerLine } from './read-marker.ts';
import { sendRoomRenamed } from './room-renamed.ts';
import { sendLoggedIn, sendLoggedOut } from './sasl/logged-in.ts';
import { keyLine, metadataVersion, syncPerson, syncRoom } from './metadata.ts';
import { signedLetters, userModeLetter } from './modes.ts';
import type { IrcSession } from './session.ts';

/** Something that another session did to this one. */
export function affected(irc: IrcSession, event: Event): void {
  // It may be another device of the same person that wants to know.
  if (event.kind === 'watched' && irc.device?.watched.has(nickKey(event.name)) !== true) return;
  if (event.kind === 'watched' && event.change !== undefined) {
    if (irc.has('extended-monitor')) tell(irc, event.change);
  } else if (event.kind === 'watched') {
    const shown = event.isHere ? fullName(event.by) : event.name;
    irc.numeric(event.isHere ? 'RPL_MONONLINE' : 'RPL_MONOFFLINE', shown);
    const session = event.isHere ? irc.host.chat.find(event.name) : undefined;
    if (session !== undefined) syncPerson(irc, session);
  } else if (event.kind === 'metadata-set') {
    metadataSet(irc, event);
  } else if (event.kind === 'expelled') {
    expelled(irc, event);
  } else if (event.kind === 'room-renamed') {
    sendRoomRenamed(irc, event);
  } else if (event.kind === 'caller-waits') {
    const { name, user, host } = event.by;
    const text = `is messaging you, and you are +g. ACCEPT ${name} lets them through`;
    irc.numeric('RPL_UMODEGMSG', name, `${user}@${host}`, text);
  } else if (event.kind === 'summoned') {
    irc.act(join, { room: event.to, isForced: true });
  } else if (event.kind === 'invited') {
    irc.line(irc.rendering.invitation(event));
    // What somebody does to themselves they have witnessed.
  } else if (event.by.session !== irc.host.session) tell(irc, event);
}

/** Something that another device of the same session did. */
export function mirrored(irc: IrcSession, event: Event): void {
  if (event.kind === 'joined') entered(irc, event);
  else if (event.kind === 'logged-in') sendLoggedIn(irc);
  else if (event.kind === 'logged-out') sendLoggedOut(irc);
  else if (event.kind === 'account-changed') accountChanged(irc, event);
  else if (event.kind === 'flags-set') userModesChanged(irc, event);
  else if (event.kind === 'host-changed') hostChanged(irc, event);
  else if (event.kind === 'metadata-set') metadataSet(irc, event);
  else tell(irc, event);
}

/** Something that the client did itself. */
export function witness(irc: IrcSession, event: Event): void {
  switch (event.kind) {
    case 'said':
    case 'told':
    case 'annotated':
      if (irc.has('echo-message')) tell(irc, event);
      if (event.kind === 'told') tellWhere(irc, event.to.name);
      return undefined;
    case 'joined':
      return entered(irc, event);
    case 'invited':
      irc.numeric('RPL_INVITING', event.whom.name, event.title);
      return tellWhere(irc, event.whom.name);
    case 'away-set':
      if (irc.device?.away === undefined) irc.numeric('RPL_UNAWAY', 'You are no longer marked as being away');
      else irc.numeric('RPL_NOWAWAY', 'You have been marked as being away');
      return undefined;
    case 'renamed':
      // Before registration nobody knows the client by any name yet, itself included.
      return irc.isRegistered ? tell(irc, event) : undefined;
    case 'caller-waits':
      irc.refused({ kind: 'not-accepted', name: event.whom.name, why: 'callers-accepted' });
      return irc.numeric('RPL_TARGNOTIFY', event.whom.name, 'has been told that you want to message them');
    case 'flags-set':
      return userModesChanged(irc, event);
    case 'host-changed':
      return hostChanged(irc, event);
    case 'modes-set':
      tell(irc, event);
      for (const refusal of event.refusals) irc.refused(refusal);
      return undefined;
    case 'kicked':
    case 'erased':
    case 'parted':
    case 'real-name-set':
    case 'redacted':
    case 'topic-set':
      return tell(irc, event);
    case 'room-renamed':
      // An operator of the server need not be in it.
      return irc.me?.rooms.has(event.room) === true ? sendRoomRenamed(irc, event) : tell(irc, event);
    case 'server-banned':
    case 'server-ban-lifted':
      return irc.notice(serverBanText(event));
    case 'logged-in':
      return loggedIn(irc);
    case 'logged-out':
      return sendLoggedOut(irc);
    case 'marked-read':
      return irc.line(markerLine(irc.options.serverName, middle(event.name), event.readAt));
    case 'account-changed':
      return accountChanged(irc, event);
    case 'account-removed':
    case 'announced':
    case 'attended':
    case 'connected':
    case 'disconnected':
    case 'expelled':
    case 'introduced':
    case 'marked-seen':
    case 'metadata-set':
    case 'room-closed':
    case 'room-dropped':
    case 'room-registered':
    case 'room-registration-changed':
    case 'summoned':
    case 'unattended':
    case 'watched':
      return undefined;
  }
}

function tell(irc: IrcSession, event: Event): void {
  irc.replay.note(event);
  for (const line of irc.linesFor(event)) irc.line(line);
}

/** Each client is told of what it has asked for. */
function metadataSet(irc: IrcSession, event: MetadataSet): void {
  const version = metadataVersion(irc);
  if (version === undefined || irc.device?.subscriptions.has(event.key) !== true) return;
  if (version === 2) return tell(irc, event);
  irc.line(keyLine(irc, 'session' in event.of ? event.of.name : event.of.title, event.key, event.value));
}

function loggedIn(irc: IrcSession): void {
  sendLoggedIn(irc);
  if (!irc.isRegistered) return;
  irc.returning.arrive();
  irc.returning.sendTalks();
}

function userModesChanged(irc: IrcSession, { by, changes }: FlagsSet): void {
  if (!irc.isRegistered) return;
  const letters = signedLetters(changes.map(({ flag, on }) => ({ on, letter: userModeLetter(flag) })));
  irc.line({ tags: [], body: body(fullName(by), 'MODE', by.name, letters) });
}

/** Clients that know nothing of CHGHOST are told by number, for they reckon with how long their own name is. */
function hostChanged(irc: IrcSession, event: HostChanged): void {
  tell(irc, event);
  irc.numeric('RPL_VISIBLEHOST', event.by.host, 'is now your displayed host');
}

function accountChanged(irc: IrcSession, { what }: AccountChanged): void {
  if (what === 'settings' && irc.has('draft/persistence')) sendPersistence(irc);
}

function expelled(irc: IrcSession, { by, reason, isBanned }: Expelled): void {
  const why = reason === '' ? '' : ` (${reason})`;
  const text = isBanned ? `Banned from the server${why}` : `Killed (${by.name}${why})`;
  if (isBanned) irc.numeric('ERR_YOUREBANNEDCREEP', `You are banned from this server${why}`);
  irc.farewell(text);
  irc.host.close(text);
}

/**
 * Tells of somebody who was written to that they are away, or not here at all. The latter with the same numeric: to
 * clients an error means that it was not taken, but it is kept.
 */
function tellWhere(irc: IrcSession, name: string): void {
  const session = irc.host.chat.find(name);
  if (session === undefined) irc.numeric('RPL_AWAY', name, 'Not here; it is kept until they come');
  else if (session.away !== undefined) irc.numeric('RPL_AWAY', name, awayText(session.away));
}

function entered(irc: IrcSession, event: Event & { readonly kind: 'joined' }): void {
  tell(irc, event);
  const room = irc.host.chat.rooms.get(event.room);
  if (room === undefined) return;
  sendAboutRoom(irc, room, true);
  irc.replay.send(room);
  syncRoom(irc, room);
}
