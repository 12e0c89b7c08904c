import type { Action } from '../../../domain/action.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { body } from '../line.ts';
import { refusalNumeric } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';

/**
 * A service: a name that commands are sent to as messages, as clients of old know it. It is nobody who is here; it is the
 * server's own voice.
 */
export interface Service {
  /** Such as `NickServ`. */
  readonly name: string;
  readonly description: string;
  /** By name, in upper case. */
  readonly commands: ReadonlyMap<string, ServiceCommand>;
}

/** A command of a service: what can be said of it without running it, and what it does. */
export interface ServiceCommand {
  /** In upper case. */
  readonly name: string;
  /** How many parameters there must be, and may be; the last one takes all that is left. */
  readonly params: { readonly min: number; readonly max: number };
  /** Whether only operators of the server may use it. */
  readonly forOperators?: boolean;
  /** Whether one has to be logged in. */
  readonly forAccounts?: boolean;
  /** Whether a password is among its parameters. */
  readonly takesPassword?: boolean;
  readonly help: { readonly usage: string; readonly summary: string };
  run(talk: ServiceTalk, params: readonly string[]): void;
}

/** Puts a service together; its HELP comes with it. */
export function defineService(name: string, description: string, commands: readonly ServiceCommand[]): Service {
  return { name, description, commands: new Map([...commands, help].map((command) => [command.name, command])) };
}

const help: ServiceCommand = {
  name: 'HELP',
  params: { min: 0, max: 1 },
  help: { usage: 'HELP [<command>]', summary: 'Lists the commands, or explains one.' },
  run(talk, [name]) {
    const { service } = talk;
    if (name !== undefined) {
      const command = service.commands.get(name.toUpperCase());
      if (command === undefined) return talk.reply(`There is no command ${name}; HELP lists them`);
      return talk.reply(`${command.help.usage}: ${command.help.summary}`);
    }
    talk.reply(`${service.name}: ${service.description}`);
    for (const command of service.commands.values()) {
      if (command.forOperators !== true || talk.isOperator) {
        talk.reply(`  ${command.help.usage} - ${command.help.summary}`);
      }
    }
    return undefined;
  },
};

/** One client's talk with a service. */
export class ServiceTalk {
  readonly irc: IrcSession;
  readonly service: Service;

  constructor(irc: IrcSession, service: Service) {
    this.irc = irc;
    this.service = service;
  }

  get isOperator(): boolean {
    return this.irc.me?.flags.has('operator') === true;
  }

  reply(text: string): void {
    const head = body(serviceSource(this.irc, this.service), 'NOTICE', this.irc.name);
    this.irc.line({ tags: [], body: `${head} :${text}` });
  }

  /** Does something as the client; what is refused is said by the service. True if it was not. */
  act<Input>(action: Action<Input>, input: Input): boolean {
    return this.irc.actFor((refusal) => this.refuse(refusal), action, input);
  }

  refuse(refusal: Refusal): void {
    for (const one of refusal.kind === 'several' ? refusal.refusals : [refusal]) {
      this.reply(refusalNumeric(one).at(-1) ?? '');
    }
  }

  /** Runs what the client wrote to the service. */
  run(text: string): void {
    const [verb = '', ...words] = text.split(' ').filter((word) => word !== '');
    const command = this.service.commands.get(verb.toUpperCase());
    if (command === undefined) {
      return this.reply(verb === '' ? 'Yes? HELP lists what I can do' : `There is no command ${verb}; HELP lists them`);
    }
    if (command.forOperators === true && !this.isOperator) return this.reply('That is for operators of the server');
    if (command.forAccounts === true && this.irc.me?.account === undefined) {
      return this.refuse({ kind: 'not-logged-in' });
    }
    const { min, max } = command.params;
    if (words.length < min) return this.reply(`Use it like this: ${command.help.usage}`);
    const params = words.length <= max ? words : [...words.slice(0, max - 1), words.slice(max - 1).join(' ')];
    return command.run(this, params);
  }
}

/** The full name that a service speaks under. */
export function serviceSource(irc: IrcSession, { name }: Service): string {
  return `${name}!${name}@${irc.options.serverName}`;
}

/**
 * What a client wrote to a service, as it is shown to it again: without what may be a password, for clients write down what
 * they show. What is no command may be a misspelt one.
 */
export function withoutPassword({ commands }: Service, text: string): string {
  const [verb = '', ...words] = text.split(' ');
  const command = commands.get(verb.toUpperCase());
  return words.length > 0 && (command === undefined || command.takesPassword === true) ? `${verb} ***` : text;
}
