import { sequenceOf } from '../../domain/message-id.ts';

/** Sequence numbers of messages that somebody missed; both ends are left out. */
export interface MissedSpan {
  readonly after: number;
  readonly before: number;
}

/** Spans that are kept apart; of more, the last ones are taken together. */
const MAX_SPANS = 50;

/** What a client has missed and not looked at since, the oldest first. */
export class MissedSpans {
  #spans: MissedSpan[] = [];

  get first(): MissedSpan | undefined {
    return this.#spans[0];
  }

  /** Notes that everything from one message to another was missed, given by their ids. */
  addMissed({ first, last }: { readonly first: string; readonly last: string }): void {
    this.add({ after: (sequenceOf(first) ?? 0) - 1, before: (sequenceOf(last) ?? 0) + 1 });
  }

  add(span: MissedSpan): void {
    if (span.before <= span.after + 1) return;
    const last = this.#spans.at(-1);
    if (last !== undefined && this.#spans.length >= MAX_SPANS) {
      this.#spans[this.#spans.length - 1] = { after: last.after, before: span.before };
    } else this.#spans.push(span);
  }

  /** Everything up to a sequence number, that one included, has been looked at. */
  lookedAt(upTo: number): void {
    this.#spans = this.#spans
      .filter(({ before }) => before > upTo + 1)
      .map((span) => ({ ...span, after: Math.max(span.after, upTo) }));
  }
}
