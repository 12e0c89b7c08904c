import type { OutgoingLine } from './line.ts';
import { metadataVersion } from './metadata.ts';
import { middle } from './refusal-numerics.ts';
import type { IrcSession } from './session.ts';

/** What is wrong with METADATA; texts as the client wrote them. */
export type MetadataProblem =
  | { readonly kind: 'subcommand'; readonly subcommand: string }
  | { readonly kind: 'target'; readonly target: string }
  /** Of one key among several, where the others are heeded. */
  | { readonly kind: 'key' | 'one-key'; readonly key: string }
  | { readonly kind: 'value'; readonly key: string; readonly maxBytes: number }
  | { readonly kind: 'permission'; readonly target: string; readonly key: string }
  | { readonly kind: 'full'; readonly target: string; readonly max: number }
  | { readonly kind: 'subscriptions'; readonly key: string; readonly max: number };

/** How the drafts of IRCv3 metadata put it: the third has other codes, with more behind them. */
export function problemLine(irc: IrcSession, problem: MetadataProblem): OutgoingLine {
  const isThird = metadataVersion(irc) === 3;
  const fail = (code: string, context: readonly string[], text: string): OutgoingLine =>
    irc.failLine('FAIL', 'METADATA', code, context.map(middle), text);
  switch (problem.kind) {
    case 'subcommand':
      return fail(isThird ? 'INVALID_PARAMS' : 'SUBCOMMAND_INVALID', [problem.subcommand], 'Invalid subcommand');
    case 'target':
      return fail('INVALID_TARGET', [problem.target], 'Invalid metadata target');
    case 'key':
      return fail(isThird ? 'INVALID_KEY' : 'KEY_INVALID', [problem.key], 'Invalid key');
    case 'one-key':
      if (!isThird) return fail('KEY_INVALID', [problem.key], 'Invalid key');
      return irc.failLine('WARN', 'METADATA', 'INVALID_KEY', [middle(problem.key)], 'Invalid key');
    case 'value': {
      const text = `Value is too long (at most ${problem.maxBytes} bytes)`;
      return isThird ? fail('INVALID_VALUE', [problem.key], text) : fail('VALUE_INVALID', [], text);
    }
    case 'permission':
      return fail('KEY_NO_PERMISSION', [problem.target, problem.key], 'You do not have permission to set that');
    case 'full': {
      const { target, max } = problem;
      return fail('LIMIT_REACHED', isThird ? ['SET', target, `${max}`] : [target], `At most ${max} keys can be set`);
    }
    case 'subscriptions': {
      const { key, max } = problem;
      const text = 'You are subscribed to too many keys';
      return isThird ? fail('LIMIT_REACHED', ['SUB', key, `${max}`], text) : fail('TOO_MANY_SUBS', [key], text);
    }
  }
}
