import { nameDevice } from '../../domain/actions/name-device.ts';
import { unnamedDevice, type DeviceName } from '../../domain/device-name.ts';
import { sequenceAt } from '../../domain/message-id.ts';
import { readMissed } from './read-missed.ts';
import type { PlainSession } from './session.ts';
import { countOf } from './show.ts';

/**
 * Tells somebody who has just come in with their account how much they missed, which /catchup shows: since this device of
 * theirs was last here, or if it is not known, since they were here with any.
 */
export function tellMissed(plain: PlainSession, device: DeviceName | undefined): void {
  const { host, me, missedSpans } = plain;
  if (me?.account === undefined || !host.chat.limits.keepsHistory) return;
  const name = device ?? unnamedDevice('plain');
  const { absentSince = Infinity } = me.devices.get(host.device) ?? {};
  const after = host.chat.seenMarks.get(me.persona.identity, name) ?? sequenceAt(absentSince);
  host.act(nameDevice, { device: host.device, name });
  const span = { after, before: host.lastSequence + 1 };
  if (span.before <= span.after) return;
  const { said, upTo } = readMissed(plain, me, span);
  const isAll = upTo >= span.before - 1;
  if (said.length === 0 && isAll) return;
  missedSpans.add(span);
  const count = `${countOf(said.length, 'message', 'messages')}${isAll ? '' : ' and more'}`;
  plain.notice(`you missed ${count} while you were away; /catchup shows what was said`);
}
