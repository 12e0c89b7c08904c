import { sequenceAt, sequenceOf } from '../../../domain/message-id.ts';
import { refuse, ok, type Result } from '../../../domain/result.ts';

/** The sequence numbers that a selector stands for: one of a message id, all of a millisecond of a time. */
export interface Selection {
  readonly first: number;
  readonly last: number;
}

/** What a client wants to have of history. */
export type HistoryRequest =
  | { readonly kind: 'latest'; readonly target: string; readonly after: Selection | undefined; readonly limit: number }
  | {
      readonly kind: 'before' | 'after' | 'around';
      readonly target: string;
      readonly at: Selection;
      readonly limit: number;
    }
  | Bounded<{ readonly kind: 'between'; readonly target: string }>
  | Bounded<{ readonly kind: 'targets' }>;

/** From one selector to another, neither included; this may be backwards in time. */
export type Bounded<Kind> = Kind & { readonly from: Selection; readonly to: Selection; readonly limit: number };

export interface RequestProblem {
  /** As the extension names it. */
  readonly code: 'INVALID_PARAMS' | 'INVALID_MSGREFTYPE' | 'MESSAGE_ERROR';
  /** What of the request is wrong, if it is one parameter. */
  readonly context: readonly string[];
  readonly text: string;
}

/** Parameters behind each subcommand. */
const PARAMS = { LATEST: 3, BEFORE: 3, AFTER: 3, AROUND: 3, BETWEEN: 4, TARGETS: 3 } as const;
type Subcommand = keyof typeof PARAMS;

const KINDS = { BEFORE: 'before', AFTER: 'after', AROUND: 'around' } as const;

/** IRCv3 server-time. Some clients leave the fraction out. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** Reads the parameters of CHATHISTORY (IRCv3 chathistory). More than `maxLimit` is never given. */
export function parseHistoryRequest(
  params: readonly string[],
  maxLimit: number,
): Result<HistoryRequest, RequestProblem> {
  const [name = '', ...rest] = params;
  const subcommand = name.toUpperCase();
  if (!isSubcommand(subcommand)) return problem('INVALID_PARAMS', [], 'Unknown command');
  if (rest.length < PARAMS[subcommand]) return problem('INVALID_PARAMS', [], 'Insufficient parameters');
  if (rest.length > PARAMS[subcommand]) return problem('INVALID_PARAMS', [], 'Too many parameters');
  const limitText = rest[PARAMS[subcommand] - 1] ?? '';
  const limit = parseLimit(limitText, maxLimit);
  if (limit === undefined) return problem('INVALID_PARAMS', [limitText], 'Invalid limit');
  if (subcommand === 'TARGETS') {
    const bounds = parseBounds(rest[0], rest[1], ['timestamp']);
    return bounds.ok ? ok({ kind: 'targets', ...bounds.value, limit }) : bounds;
  }
  const [target = ''] = rest;
  const request = parsePageRequest(subcommand, rest, limit);
  // "the_given_command the_given_target [extra_context]", where not the syntax is wrong.
  const isOfTarget = !request.ok && request.error.code !== 'INVALID_PARAMS';
  return isOfTarget ? refuse({ ...request.error, context: [target, ...request.error.context] }) : request;
}

function parsePageRequest(
  subcommand: Exclude<Subcommand, 'TARGETS'>,
  [target = '', first = '', second = '']: readonly string[],
  limit: number,
): Result<HistoryRequest, RequestProblem> {
  if (subcommand === 'BETWEEN') {
    const bounds = parseBounds(first, second);
    return bounds.ok ? ok({ kind: 'between', target, ...bounds.value, limit }) : bounds;
  }
  if (subcommand === 'LATEST' && first === '*') return ok({ kind: 'latest', target, after: undefined, limit });
  const selection = parseSelector(first);
  if (!selection.ok) return selection;
  if (subcommand === 'LATEST') return ok({ kind: 'latest', target, after: selection.value, limit });
  return ok({ kind: KINDS[subcommand], target, at: selection.value, limit });
}

function isSubcommand(text: string): text is Subcommand {
  return Object.hasOwn(PARAMS, text);
}

function parseLimit(text: string, max: number): number | undefined {
  if (!/^\d{1,9}$/.test(text)) return undefined;
  const limit = Number(text);
  return limit === 0 ? undefined : Math.min(limit, max);
}

type Kind = 'msgid' | 'timestamp';

function parseBounds(
  from = '',
  to = '',
  kinds: readonly Kind[] = ['msgid', 'timestamp'],
): Result<{ readonly from: Selection; readonly to: Selection }, RequestProblem> {
  const [first, second] = [parseSelector(from, kinds), parseSelector(to, kinds)];
  if (!first.ok) return first;
  return second.ok ? ok({ from: first.value, to: second.value }) : second;
}

function parseSelector(
  text: string,
  kinds: readonly Kind[] = ['msgid', 'timestamp'],
): Result<Selection, RequestProblem> {
  const [kind, value] = splitOnce(text);
  if (kind === 'timestamp' && kinds.includes(kind)) {
    const ms = TIME.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(ms) ? problem('INVALID_PARAMS', [text], 'Invalid timestamp') : ok(wholeMillisecond(ms));
  }
  if (kind === 'msgid' && kinds.includes(kind)) {
    const sequence = sequenceOf(value);
    // A well-formed selector all the same: it may be of another server, from before this one was set up anew.
    if (sequence === undefined) return problem('MESSAGE_ERROR', [text], 'There is no such message');
    return ok({ first: sequence, last: sequence });
  }
  const isOfKind = text.includes('=') && kinds.includes('msgid');
  if (!isOfKind) return problem('INVALID_PARAMS', [text], 'Invalid message reference');
  return problem('INVALID_MSGREFTYPE', [text], 'Messages are found by msgid and timestamp only');
}

function wholeMillisecond(ms: number): Selection {
  const safe = (sequence: number): number => Math.min(sequence, Number.MAX_SAFE_INTEGER);
  return { first: safe(sequenceAt(ms)), last: safe(sequenceAt(ms + 1) - 1) };
}

function splitOnce(text: string): [before: string, after: string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function problem(
  code: RequestProblem['code'],
  context: readonly string[],
  text: string,
): { readonly ok: false; readonly error: RequestProblem } {
  return refuse({ code, context, text });
}
