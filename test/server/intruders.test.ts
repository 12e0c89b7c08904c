// Whoever would be somebody else is refused, in the words of each dialect: wrong passwords, floods of them, and nicks.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { joinAs, makeAccount, PASSWORD, plainLogin, scramLogin } from '../support/log-in.ts';
import { startServer, type TestServer } from '../support/test-server.ts';
import type { TextClient } from '../support/text-client.ts';

const LIMITS = { enabled: true, command_burst: 1000, detection_ms: 10 };
const MANY = 20;

const WRONG = 'There is no such account, or it has another password';
const LIMITED = /^Too many wrong passwords; try again in \d+ s$/;
const PLAIN_WRONG = '* that is not right: there is no such account, or it has another password';
const PLAIN_LIMITED = /^\* too many wrong passwords; try again in [\d.]+ s$/;

/** A server behind a proxy, which says that a client comes from wherever a test likes. It has an account `jilles`. */
class Site {
  readonly #server: TestServer;

  private constructor(server: TestServer) {
    this.#server = server;
  }

  static async open(t: TestContext, limits: { readonly guesses_per_minute?: number } = {}): Promise<Site> {
    const site = new Site(await startServer(t, { limits: { ...LIMITS, ...limits }, proxies: ['127.0.0.1'] }));
    await makeAccount(site.at('10.9.9.9'), 'jilles');
    return site;
  }

  /** The server as it is for clients from an address. */
  at(address: string): TestServer {
    const open = async (): Promise<TextClient> => {
      const client = await this.#server.open();
      client.send(`PROXY TCP4 ${address} 127.0.0.1 ${client.socket.localPort} 8001\r\n`);
      return client;
    };
    return { ...this.#server, open };
  }

  /** What NickServ says to a command. */
  async asksService(nick: string, address: string, command: string): Promise<string> {
    const client = await IrcClient.join(this.at(address), nick);
    const [answer = ''] = await client.all(`NS ${command}`);
    return answer.slice(answer.indexOf(' :') + 2);
  }

  /** What comes of logging in with SASL, in words. */
  async logsIn(address: string, account: string, password: string): Promise<string> {
    const client = new IrcClient(await this.at(address).open());
    return lastWords(await client.all('CAP LS', ...plainLogin(account, password)));
  }

  /** A plain client, as what asks it something that is answered with a line. */
  async plain(address: string): Promise<(text: string) => Promise<string>> {
    const client = await this.at(address).open();
    await client.line();
    return async (text) => {
      client.send(`${text}\n`);
      return client.line();
    };
  }
}

/** The text of the last answer, without what says that it is about SASL. */
function lastWords(answers: readonly string[]): string {
  const last = answers.at(-1) ?? '';
  return last.slice(last.indexOf(' :') + 2).replace('SASL authentication failed: ', '');
}

test('a wrong password and an account that there is not are refused alike, whatever one logs in with', async (t) => {
  const site = await Site.open(t, { guesses_per_minute: 100 });
  for (const account of ['jilles', 'nobody']) {
    assert.equal(await site.logsIn('10.0.0.1', account, 'wrong horse'), WRONG);
    for (const hash of ['sha256', 'sha512'] as const) {
      const client = new IrcClient(await site.at('10.0.0.1').open());
      const { answers } = await scramLogin(client, { account, password: 'wrong horse', hash });
      assert.equal(lastWords(answers), WRONG);
    }
    assert.equal(await site.asksService(`for-${account}`, '10.0.0.1', `IDENTIFY ${account} wrong horse`), WRONG);
    const asks = await site.plain('10.0.0.1');
    assert.equal(await asks(`/login ${account} wrong horse`), PLAIN_WRONG);
    assert.equal(await asks(`/login ${account}`), `* the password of ${account}:`);
    assert.equal(await asks('wrong horse'), PLAIN_WRONG);
  }
});

// "password guesses: 3 a minute per account and per address".
test('of a flood of guesses at one account from many addresses three are answered, and then nobody is let in', async (t) => {
  const site = await Site.open(t);
  const guesses = Array.from({ length: MANY }, (_, index) =>
    site.logsIn(`10.0.0.${index}`, 'jilles', `guess ${index}`),
  );
  const answers = await Promise.all(guesses);
  assert.equal(answers.filter((answer) => answer === WRONG).length, 3);
  assert.equal(answers.filter((answer) => LIMITED.test(answer)).length, MANY - 3);
  assert.match(await site.logsIn('10.0.1.1', 'jilles', PASSWORD), LIMITED);
  assert.match(await site.asksService('owner', '10.0.1.2', `IDENTIFY jilles ${PASSWORD}`), LIMITED);
  const asks = await site.plain('10.0.1.3');
  assert.match(await asks(`/login jilles ${PASSWORD}`), PLAIN_LIMITED);
  await makeAccount(site.at('10.0.1.4'), 'other');
  assert.equal(await site.logsIn('10.0.1.4', 'other', PASSWORD), 'SASL authentication successful');
});

test('of a flood of guesses from one address at many accounts three are answered, and then nobody there is let in', async (t) => {
  const site = await Site.open(t);
  const client = new IrcClient(await site.at('10.0.0.1').open());
  const flood = Array.from({ length: MANY }, (_, index) => plainLogin(`somebody-${index}`, 'wrong horse')).flat();
  const answers = (await client.all('CAP LS', ...flood)).filter((line) => line.includes(' 904 '));
  assert.deepEqual(
    answers.map((line) => (LIMITED.test(lastWords([line])) ? 'limited' : lastWords([line]))),
    [WRONG, WRONG, WRONG, ...Array<string>(MANY - 3).fill('limited')],
  );
  assert.match(await site.logsIn('10.0.0.1', 'jilles', PASSWORD), LIMITED);
  const asks = await site.plain('10.0.0.1');
  assert.match(await asks(`/login jilles ${PASSWORD}`), PLAIN_LIMITED);
  assert.equal(await site.logsIn('10.0.0.2', 'jilles', PASSWORD), 'SASL authentication successful');
});

test("a nick of an account's is for nobody else, by any name that looks like it, whether its owner is here or not", async (t) => {
  const site = await Site.open(t);
  const irc = await IrcClient.join(site.at('10.0.0.1'), 'thief');
  const asks = await site.plain('10.0.0.2');
  const jilles = await joinAs(site.at('10.0.0.3'), 'jilles');
  assert.deepEqual(await irc.all('NICK jilles'), [':partyline.local 433 thief jilles :Nickname is already in use']);
  assert.equal(await asks('/nick jilles'), '* the name jilles is taken; pick another with /nick NAME');
  jilles.send('QUIT');
  await jilles.text.end();
  // The second is written with a Cyrillic i and e.
  for (const nick of ['JILLES', 'j\u0456ll\u0435s']) {
    assert.deepEqual(await irc.all(`NICK ${nick}`), [
      `:partyline.local 433 thief ${nick} :Nickname belongs to an account: log in to use it`,
    ]);
    assert.equal(
      await asks(`/nick ${nick}`),
      `* the name ${nick} belongs to an account; /login to use it, or pick another with /nick NAME`,
    );
  }
});
