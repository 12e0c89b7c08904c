// Bots made with irc-framework, the library under The Lounge and Kiwi IRC.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcBot } from '../support/irc-bot.ts';
import { IrcClient } from '../support/irc-client.ts';
import { missing } from '../support/programs.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startServer } from '../support/test-server.ts';

const UNLIMITED = { limits: { enabled: false } };

test('a bot asks for all it knows in one line and gets it, over TLS too', { skip: missing('openssl') }, async (t) => {
  const { port } = await startServer(t, UNLIMITED, selfSigned(t));
  for (const tls of [false, true]) {
    const bot = new IrcBot(t, port, `robby-${tls}`, { tls, capabilities: ['labeled-response', 'standard-replies'] });
    await bot.next('registered', { nick: `robby-${tls}` });
    const [asked, ...more] = bot.sent.filter((line) => line.startsWith('CAP REQ'));
    assert.deepEqual(more, []);
    assert.deepEqual(asked?.slice('CAP REQ :'.length).split(' '), [
      'account-notify',
      'account-tag',
      'away-notify',
      'batch',
      'cap-notify',
      'echo-message',
      'extended-join',
      'invite-notify',
      'labeled-response',
      'message-tags',
      'multi-prefix',
      'server-time',
      'setname',
      'standard-replies',
      'userhost-in-names',
    ]);
    assert.ok(bot.received.some((line) => line.includes(` ACK ${asked.slice('CAP REQ '.length)}`)));
    // It sets its clock by this.
    assert.equal(typeof (await bot.next('pong'))['time'], 'number');
    bot.client.whois(`robby-${tls}`);
    assert.equal((await bot.next('whois'))['secure'], tls ? true : undefined);
  }
});

test('a bot is told what others do, and of its own messages as others see them', async (t) => {
  const server = await startServer(t, UNLIMITED);
  const bot = new IrcBot(t, server.port, 'robby', { capabilities: ['labeled-response'] });
  await bot.next('registered');
  const alan = await IrcClient.join(server, 'alan');
  await alan.all('JOIN #den');
  bot.client.join('#den');
  const own = await bot.next('join', { nick: 'robby', channel: '#den', gecos: 'robby the bot', account: false });
  assert.equal(typeof own['time'], 'number');
  const { users } = await bot.next('userlist', { channel: '#den' });
  assert.deepEqual(
    (users as { nick: string; ident: string; hostname: string; modes: string[] }[]).map(
      ({ nick, ident, hostname, modes }) => ({ nick, ident, hostname, modes }),
    ),
    [
      { nick: 'alan', ident: '~alan', hostname: '127.0.0.1', modes: ['o'] },
      { nick: 'robby', ident: '~robby', hostname: '127.0.0.1', modes: [] },
    ],
  );
  bot.client.say('#den', 'beep', { label: 'one' });
  const { tags, message } = await bot.next('privmsg', { nick: 'robby', target: '#den' });
  const { label, msgid, time } = tags as Record<string, string>;
  assert.deepEqual(
    { message, label, hasId: msgid !== undefined, hasTime: time !== undefined },
    {
      message: 'beep',
      label: 'one',
      hasId: true,
      hasTime: true,
    },
  );
  alan.send('PRIVMSG #den :\u0001ACTION waves\u0001', 'AWAY :lunch', 'TOPIC #den :bots', 'PRIVMSG robby :psst');
  await bot.next('action', { nick: 'alan', message: 'waves' });
  await bot.next('away', { nick: 'alan', message: 'lunch' });
  await bot.next('topic', { nick: 'alan', channel: '#den', topic: 'bots' });
  await bot.next('privmsg', { nick: 'alan', target: 'robby', message: 'psst' });
  bot.client.whois('alan');
  await bot.next('whois', {
    nick: 'alan',
    ident: '~alan',
    hostname: '127.0.0.1',
    real_name: 'Real alan',
    channels: '@#den',
    server: 'partyline.local',
    away: 'lunch',
  });
  alan.send('AWAY', 'SETNAME :Alan T', 'NICK al', 'KICK #den robby :out');
  await bot.next('back', { nick: 'alan' });
  await bot.next('nick', { nick: 'alan', new_nick: 'al' });
  await bot.next('user updated', { nick: 'alan', new_gecos: 'Alan T' });
  await bot.next('kick', { nick: 'al', kicked: 'robby', channel: '#den', message: 'out' });
});
