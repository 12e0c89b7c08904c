import { ClientConnection } from '../client/connection.ts';
import { targetText, type Target } from '../client/target.ts';
import { printable } from '../protocol/plain/printable.ts';
import { Screen } from './screen.ts';

export interface ChatOptions {
  readonly target: Target;
  readonly retries: boolean;
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly hasColours: boolean;
}

/** How a chat ended. */
export type ChatEnd = { readonly kind: 'left' } | { readonly kind: 'lost'; readonly problem: string };

/** Commands that a password may be asked for at. */
const ASKS_PASSWORD = /^\s*\/(?:login|register|passwd)\b/i;

/** How long the server may take to say goodbye, in milliseconds. */
const GOODBYE_MS = 2000;

function seconds(ms: number): string {
  return `${Math.max(1, Math.round(ms / 1000))} s`;
}

/** A chat at a terminal, until the person leaves or the connection is lost for good. */
export function chatAtTerminal(options: ChatOptions): Promise<ChatEnd> {
  const { target, retries, input, output, hasColours } = options;
  return new Promise((resolve) => {
    const screen = new Screen(input, output, hasColours);
    let isLeaving = false;
    let isOver = false;
    /** Whether a password is being typed. */
    let isHiding = false;
    /** The last name and room asked for, to be asked for again on a new connection. */
    let nickLine: string | undefined;
    let joinLine: string | undefined;
    const end = (how: ChatEnd): void => {
      if (isOver) return;
      isOver = true;
      connection.stop();
      screen.close();
      resolve(how);
    };
    const leave = (): void => {
      if (isLeaving || !connection.isOpen) return end({ kind: 'left' });
      isLeaving = true;
      connection.finish();
      setTimeout(() => end({ kind: 'left' }), GOODBYE_MS).unref();
    };
    const connection = new ClientConnection(
      { target, retries },
      {
        connected: (isAgain) => {
          if (!isAgain) return;
          screen.print('* connected again');
          for (const line of [nickLine, joinLine]) if (line !== undefined) connection.send(line);
        },
        line: (text) => screen.print(printable(text)),
        hidesTyping: (isHidden) => {
          isHiding = isHidden;
          screen.hideTyping(isHidden);
        },
        retrying: (problem, retryMs) => {
          if (isLeaving) return end({ kind: 'left' });
          return screen.print(
            `* no connection to ${targetText(target)}: ${problem}; trying again in ${seconds(retryMs)}`,
          );
        },
        ended: (problem) => end(isLeaving || problem === undefined ? { kind: 'left' } : { kind: 'lost', problem }),
      },
    );
    screen.start({
      onLine: (text) => {
        if (isLeaving) return;
        if (isHiding) {
          connection.send(text);
          return;
        }
        if (text === '') return;
        if (/^\/nick\s/i.test(text)) nickLine = text;
        if (/^\/join\s/i.test(text)) joinLine = text;
        if (/^\/part(?:\s|$)/i.test(text)) joinLine = undefined;
        if (/^\/quit(?:\s|$)/.test(text)) {
          isLeaving = connection.send(text);
          if (!isLeaving) end({ kind: 'left' });
        } else if (!connection.send(text, ASKS_PASSWORD.test(text) ? '\r\n' : '\n')) {
          screen.print('* not sent: there is no connection; your line is kept below');
          screen.putBack(text);
        }
      },
      onClosed: () => {
        if (!isOver) leave();
      },
      onInterrupt: leave,
    });
    connection.start();
  });
}
