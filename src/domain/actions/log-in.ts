import { identityOf } from '../account.ts';
import { defineAction } from '../action.ts';
import { leaveNick, makeWay, revokeRights } from '../guest-again.ts';
import { shownEvents } from '../metadata-events.ts';
import type { NickKey } from '../nick.ts';
import { loggedInEvents } from '../presence.ts';
import { ok, refuse } from '../result.ts';
import { grantRight } from '../room-registration.ts';

/** Somebody is known to own an account, which the caller has made sure of; from now on they act for it. */
export const logIn = defineAction<{ readonly account: NickKey }>({
  name: 'log-in',
  run(chat, actor, { account: key }, moment) {
    const account = chat.accounts.get(key);
    if (account === undefined) return refuse({ kind: 'no-such-account', account: key });
    if (account.suspension !== undefined) {
      return refuse({ kind: 'account-suspended', account: account.name, reason: account.suspension.reason });
    }
    if (actor.account === account) return ok([]);
    const former = actor.account;
    const revoked = former === undefined ? [] : revokeRights(actor, moment);
    if (former === undefined) chat.readMarkers.forget(actor.persona.identity);
    // What a guest has said about themselves the account says from now on.
    if (former === undefined)
      chat.metadata.move(actor.persona.identity, identityOf(account), chat.limits.maxMetadataKeys);
    actor.account = account;
    for (const device of actor.devices.values()) device.absentSince = account.lastSeenAt;
    if (actor.isPresent) account.lastSeenAt = moment.at;
    chat.changePersona(actor, { ...actor.persona, account: account.name, identity: identityOf(account) });
    return ok([
      ...revoked,
      ...loggedInEvents(chat, actor, account, moment),
      ...[...actor.rooms.values()].flatMap((room) => grantRight(room, actor, moment)),
      ...(former === undefined ? [] : leaveNick(chat, actor, former, moment)),
      ...makeWay(chat, account, moment),
      ...[...actor.rooms.values()].flatMap((room) => shownEvents(chat, room, actor, moment)),
    ]);
  },
});
