// The part of irc-framework, which has no types of its own, that the tests use.
declare module 'irc-framework' {
  export interface ClientOptions {
    readonly host: string;
    readonly port: number;
    readonly nick: string;
    readonly username: string;
    readonly gecos: string;
    readonly tls: boolean;
    readonly rejectUnauthorized: boolean;
    readonly enable_echomessage: boolean;
    readonly enable_setname: boolean;
    readonly auto_reconnect: boolean;
    readonly account?: { readonly account: string; readonly password: string } | undefined;
    readonly sasl_mechanism?: 'EXTERNAL';
    readonly client_certificate?: { readonly certificate: string; readonly private_key: string };
  }

  export interface RawLine {
    readonly line: string;
    readonly from_server: boolean;
  }

  export class Client {
    on(name: string, listener: (event: Readonly<Record<string, unknown>>) => void): this;
    on(name: 'raw', listener: (event: RawLine) => void): this;
    requestCap(names: readonly string[]): void;
    connect(options: ClientOptions): void;
    join(channel: string): void;
    say(target: string, text: string, tags?: Readonly<Record<string, string>>): void;
    action(target: string, text: string): void;
    setTopic(channel: string, text: string): void;
    changeNick(nick: string): void;
    whois(nick: string): void;
    raw(...words: readonly string[]): void;
    quit(reason: string): void;
  }
}
