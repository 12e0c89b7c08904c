// What is refused because it came too fast, and what never is (irc.md: operators and named networks can be exempted).
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { startServer } from '../support/test-server.ts';

const SLOW = { detection_ms: 10, command_burst: 1, commands_per_second: 0.01 };
const OPERATORS = ['root:correct-horse'];

/** How many of 20 questions at once are answered. */
async function answered(client: IrcClient): Promise<number> {
  const answers = await client.all(...Array.from({ length: 20 }, () => 'TIME'));
  return answers.filter((line) => line.startsWith(':partyline.local 391 ')).length;
}

async function operator(t: TestContext, limits: object): Promise<IrcClient> {
  const server = await startServer(t, { limits: { ...SLOW, ...limits }, irc: { operators: OPERATORS } });
  const oper = await IrcClient.join(server, 'oper');
  await oper.all('OPER root correct-horse');
  return oper;
}

// RFC 2812 section 3.7.2: "a PONG message must be sent in response"; without one a client takes the connection to be dead.
test('whoever was too fast gets a PONG still, and quits with a reason', async (t) => {
  const server = await startServer(t, { limits: SLOW });
  const beth = await IrcClient.join(server, 'beth');
  await beth.all('JOIN #a');
  const alan = await IrcClient.join(server, 'alan');
  alan.send('JOIN #a', ...Array.from({ length: 20 }, () => 'TIME'), 'PING :alive', 'QUIT :enough');
  const heard = await alan.text.until('ERROR :Closing link: (127.0.0.1) [Quit: enough]\r\n');
  assert.match(heard, /PONG partyline\.local :alive\r\n/);
  assert.doesNotMatch(heard, / 391 /);
  await beth.text.until(':alan!~alan@127.0.0.1 QUIT :Quit: enough\r\n');
});

test('an operator is as fast as they like, unless the settings say no', async (t) => {
  assert.equal(await answered(await operator(t, {})), 20);
  assert.equal(await answered(await operator(t, { unhurried_operators: false })), 0);
});

test('whoever comes from a named network is as fast as they like', async (t) => {
  const named = await startServer(t, { limits: { ...SLOW, unhurried_addresses: ['127.0.0.0/8'] } });
  assert.equal(await answered(await IrcClient.join(named, 'alan')), 20);
  const other = await startServer(t, { limits: { ...SLOW, unhurried_addresses: ['192.0.2.0/24'] } });
  assert.equal(await answered(await IrcClient.join(other, 'alan')), 1);
});

// IRCv3 webirc: the address that counts is the one that the gateway tells.
test('whoever comes through a gateway of a named network is not of that network', async (t) => {
  const server = await startServer(t, {
    limits: { ...SLOW, unhurried_addresses: ['127.0.0.1', '192.0.2.7'] },
    irc: { gateways: ['127.0.0.1 open-sesame'] },
  });
  const through = async (nick: string, address: string): Promise<IrcClient> => {
    const client = new IrcClient(await server.open());
    client.send(`WEBIRC open-sesame web host ${address}`, `NICK ${nick}`, `USER ${nick} 0 * :${nick}`);
    await client.text.until(` 422 ${nick} :MOTD File is missing\r\n`);
    return client;
  };
  assert.equal(await answered(await through('alan', '192.0.2.8')), 1);
  assert.equal(await answered(await through('beth', '192.0.2.7')), 20);
});

// Goguma, gamja and others ask about every one of their channels as soon as they are in it.
test('whoever enters many channels and asks about each at once is answered, so many times and no more', async (t) => {
  const limits = { detection_ms: 10, arrival_commands: 60 };
  const server = await startServer(t, { limits });
  const alan = await IrcClient.join(server, 'alan', 'message-tags batch draft/chathistory');
  const channels = Array.from({ length: 15 }, (_, index) => `#c${index}`);
  const count = (lines: readonly string[], verb: string): number =>
    lines.filter((line) => line.split(' ')[1] === verb).length;
  const lines = await alan.all(
    ...channels.map((channel) => `JOIN ${channel}`),
    ...channels.flatMap((channel) => [`MODE ${channel}`, `WHO ${channel}`, `CHATHISTORY LATEST ${channel} * 50`]),
  );
  assert.deepEqual(
    ['JOIN', '324', '315', 'BATCH', 'NOTICE'].map((verb) => count(lines, verb)),
    [15, 15, 15, 30, 0],
  );
  const more = await alan.all(...Array.from({ length: 40 }, () => 'MODE #c0'));
  assert.ok(count(more, '324') < 40 && count(more, 'NOTICE') > 0);
  assert.ok(count(await alan.all(...Array.from({ length: 20 }, () => 'PRIVMSG #c0 :spam')), 'NOTICE') > 0);
});
