import type { ModeChange } from '../../domain/mode-change.ts';
import { parseRoomName } from '../../domain/room-name.ts';
import { modeByLetter, takesParameter, type ChannelMode } from './modes.ts';

/** What one letter of a MODE command asks for. */
export type AskedMode =
  | { readonly kind: 'change'; readonly change: ModeChange }
  | { readonly kind: 'show'; readonly letter: string }
  | { readonly kind: 'unknown'; readonly letter: string }
  | { readonly kind: 'bad'; readonly letter: string; readonly parameter: string; readonly problem: string };

/** Changes that one MODE command makes at most (ISUPPORT MODES). */
const MAX_CHANGES = 12;
const MAX_KEY_CHARS = 32;
const MAX_MASK_BYTES = 195;
/** The longest that the settings allow. */
const MAX_ROOM_NAME_CHARS = 200;

/** Reads the letters and parameters of a MODE command for a channel. */
export function parseModeChanges(letters: string, params: readonly string[]): AskedMode[] {
  const asked: AskedMode[] = [];
  let on = true;
  let next = 0;
  for (const letter of letters) {
    if (asked.length === MAX_CHANGES) break;
    if (letter === '+' || letter === '-') {
      on = letter === '+';
      continue;
    }
    const mode = modeByLetter.get(letter);
    const parameter = mode !== undefined && takesParameter(mode, on) ? params[next++] : undefined;
    const read: AskedMode = mode === undefined ? { kind: 'unknown', letter } : readChange(mode, on, parameter);
    const isRepeated =
      read.kind !== 'change' && asked.some((other) => other.kind === read.kind && other.letter === letter);
    if (!isRepeated) asked.push(read);
  }
  return asked;
}

/** What one known letter asks for. */
function readChange(mode: ChannelMode, on: boolean, parameter: string | undefined): AskedMode {
  const { letter } = mode;
  const change = (wanted: ModeChange): AskedMode => ({ kind: 'change', change: wanted });
  const bad = (problem: string, shown = parameter ?? ''): AskedMode => ({
    kind: 'bad',
    letter,
    parameter: shown,
    problem,
  });
  const needed = (what: string): AskedMode => bad(`You must say ${what}`);
  switch (mode.kind) {
    case 'flag':
      return change({ kind: 'flag', flag: mode.flag, on });
    case 'list':
      if (parameter === undefined || parameter === '') return { kind: 'show', letter };
      if (Buffer.byteLength(parameter) > MAX_MASK_BYTES || /[ ,]/.test(parameter)) return bad('Invalid mask');
      return change({ kind: 'list', list: mode.list, mask: parameter, on });
    case 'role':
      if (parameter === undefined || parameter === '') return needed('who');
      return change({ kind: 'role', role: mode.role, name: parameter, on });
    case 'key':
      if (!on) return change({ kind: 'key', key: parameter ?? '*', on });
      if (parameter === undefined) return needed('which key');
      // What was meant to be a secret is not shown, not even to whoever sent it.
      if (!/^[^\s,:]+$/.test(parameter) || parameter.length > MAX_KEY_CHARS) return bad('Invalid key', '');
      return change({ kind: 'key', key: parameter, on });
    case 'max-members': {
      if (!on) return change({ kind: 'max-members', max: undefined });
      if (parameter === undefined) return needed('how many');
      return /^[1-9]\d{0,8}$/.test(parameter)
        ? change({ kind: 'max-members', max: Number(parameter) })
        : bad('Invalid limit');
    }
    case 'forward': {
      if (!on) return change({ kind: 'forward', room: undefined });
      if (parameter === undefined) return needed('which channel');
      const room = parseRoomName(parameter, MAX_ROOM_NAME_CHARS);
      return room.ok ? change({ kind: 'forward', room: room.value }) : bad('Invalid channel');
    }
    case 'join-throttle': {
      if (!on) return change({ kind: 'join-throttle', throttle: undefined });
      if (parameter === undefined) return needed('how many joins in how many seconds');
      const parts = /^([1-9]\d{0,3}):([1-9]\d{0,3})$/.exec(parameter);
      if (parts === null) return bad('Invalid throttle: it is <joins>:<seconds>');
      return change({ kind: 'join-throttle', throttle: { joins: Number(parts[1]), seconds: Number(parts[2]) } });
    }
  }
}
