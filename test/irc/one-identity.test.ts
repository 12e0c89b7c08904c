// One identity on several devices: two WeeChats as Debian has them, at terminals, and somebody with a bare socket.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { openDevice } from '../support/irc-device.ts';
import { withVerb } from '../support/irc-party.ts';
import { irssiLines, startIrssi } from '../support/irssi.ts';
import { makeAccount, PASSWORD } from '../support/log-in.ts';
import { missing } from '../support/programs.ts';
import { startServer } from '../support/test-server.ts';
import type { TmuxTerminal } from '../support/tmux.ts';
import { startWeechat, weechatLines } from '../support/weechat.ts';

const skip = missing('weechat', 'tmux');

/** What is said in the channel, in private to alan, by alan in the channel, and by alan in private: each so many times. */
const KINDS = ['talk', 'psst', 'mine', 'reply'] as const;
const COUNT = 30;

type Kind = (typeof KINDS)[number];

/** The numbers of what was said of one kind, as they stand among some lines. */
function numbers(kind: Kind, lines: readonly string[]): number[] {
  return lines.flatMap((line) => {
    const [, number] = new RegExp(`(?:^|\\W)${kind} ([0-9]+)$`).exec(line.trimEnd()) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
}

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** What one WeeChat shows in the channel and of the talk with beth. */
async function shown(weechat: TmuxTerminal, last: number): Promise<Record<Kind, number[]>> {
  weechat.enter('/buffer #den');
  const room = weechatLines(await weechat.shows(`mine ${last}`));
  weechat.enter('/buffer beth');
  const private_ = weechatLines(await weechat.shows(`reply ${last}`));
  return {
    talk: numbers('talk', room),
    psst: numbers('psst', private_),
    mine: numbers('mine', room),
    reply: numbers('reply', private_),
  };
}

test(
  'two WeeChats and a plain session of one account, one of them killed: nothing missed, nothing doubled',
  { skip },
  async (t) => {
    const server = await startServer(t, { limits: { enabled: false } });
    await makeAccount(server, 'alan');
    const start = (device: string): TmuxTerminal => {
      const weechat = startWeechat(t, server.port, 'alan', { mechanism: 'PLAIN', password: PASSWORD, device });
      weechat.resize(100, 150);
      return weechat;
    };
    const [desk, laptop] = [start('desk'), start('laptop')];
    for (const weechat of [desk, laptop]) await weechat.shows('User mode for alan is [+r]');
    const beth = await IrcClient.join(server, 'beth');
    await beth.all('JOIN #den');
    const plain = await server.welcomed();
    plain.send(`/login alan ${PASSWORD}\n`);
    await plain.until('you are alan here too');
    plain.send('/join den\n');
    await plain.until('* you are in #den now, with beth\n');
    const say = async (number: number): Promise<void> => {
      await beth.all(`PRIVMSG #den :talk ${number}`, `PRIVMSG alan :psst ${number}`);
      plain.send(`mine ${number}\n/msg beth reply ${number}\n`);
      await beth.text.until(`reply ${number}\r\n`);
    };

    for (const number of span(1, 10)) await say(number);
    laptop.enter('/buffer #den');
    await laptop.shows('talk 10');
    const more = (async () => {
      for (const number of span(11, 20)) await say(number);
    })();
    laptop.kill();
    const before = numbers('talk', (await laptop.shows('exit code 137')).split('\n'));
    await more;
    const again = start('laptop');
    for (const number of span(21, COUNT)) await say(number);

    // Whatever a killed program had on its screen, the next one has none of it, and goes on from there.
    const whole = { talk: span(1, COUNT), psst: span(1, COUNT), mine: span(1, COUNT), reply: span(1, COUNT) };
    assert.deepEqual(await shown(desk, COUNT), whole);
    const later = await shown(again, COUNT);
    for (const kind of KINDS) {
      const first = later[kind][0] ?? 0;
      assert.ok(first <= Math.max(...before) + 1, `${kind}: ${first} comes behind what was shown before`);
      assert.deepEqual(later[kind], span(first, COUNT), kind);
    }
    const heard = plain.received.split('\n');
    for (const kind of ['talk', 'psst'] as const) assert.deepEqual(numbers(kind, heard), span(1, COUNT), kind);
  },
);

test(
  'irssi shows what its owner says elsewhere as theirs, and what they missed when it comes back',
  { skip: missing('irssi', 'tmux') },
  async (t) => {
    const server = await startServer(t, { limits: { enabled: false } });
    await makeAccount(server, 'alan');
    const { client: phone } = await openDevice(server, 'alan@phone');
    const beth = await IrcClient.join(server, 'beth');
    await phone.all('PERSISTENCE SET ON', 'JOIN #den');
    await beth.all('JOIN #den');
    const login = { mechanism: 'PLAIN', password: PASSWORD, device: 'desk' } as const;
    for (const visit of ['first', 'second']) {
      const talk = async (): Promise<void> => {
        await beth.all(`PRIVMSG #den :${visit} to all`, `PRIVMSG alan :${visit} to alan`);
        await phone.all(`PRIVMSG #den :${visit} from alan`, `PRIVMSG beth :${visit} to beth`);
      };
      if (visit === 'second') await talk();
      const irssi = startIrssi(t, server.port, 'alan', login);
      await irssi.shows('Your user mode is');
      if (visit === 'first') await talk();
      irssi.enter('/window goto #den');
      const room = irssiLines(await irssi.shows(`<@alan> ${visit} from alan`));
      assert.deepEqual(ofTalk(room), [`< beth> ${visit} to all`, `<@alan> ${visit} from alan`]);
      irssi.enter('/window goto beth');
      const query = irssiLines(await irssi.shows(`<alan> ${visit} to beth`));
      assert.deepEqual(ofTalk(query), [`<beth> ${visit} to alan`, `<alan> ${visit} to beth`]);
      irssi.enter('/quit');
      await irssi.shows('exit code 0');
    }
  },
);

/** What somebody said, of some lines of irssi. */
function ofTalk(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => /^<[ @]?\w+> /.test(line));
}

// WeeChat 3.8 does not know IRCv3 read-marker.
test('read markers agree on all devices of one account, also on one that was killed and comes back', async (t) => {
  const server = await startServer(t, { limits: { enabled: false, detection_ms: 10 } });
  await makeAccount(server, 'alan');
  const capabilities = 'draft/read-marker';
  const { client: desk } = await openDevice(server, 'alan@desk', { capabilities });
  const { client: phone } = await openDevice(server, 'alan@phone', { capabilities });
  const beth = await IrcClient.join(server, 'beth');
  await desk.all('PERSISTENCE SET ON', 'JOIN #den');
  await beth.all('JOIN #den', 'PRIVMSG #den :one', 'PRIVMSG alan :two');
  await phone.heard();
  const mark = (target: string, day: number): string => `MARKREAD ${target} timestamp=2026-01-0${day}T00:00:00.000Z`;
  const marked = (target: string, day: number): string => `:partyline.local ${mark(target, day)}`;
  await phone.all(mark('#den', 1), mark('beth', 1));
  assert.deepEqual(withVerb('MARKREAD', await desk.heard()), [marked('#den', 1), marked('beth', 1)]);
  phone.text.close();
  await desk.all(mark('#den', 2), mark('beth', 3));
  const { client: back, greeting } = await openDevice(server, 'alan@phone', { capabilities });
  const now = [marked('#den', 2), marked('beth', 3)];
  assert.deepEqual(withVerb('MARKREAD', greeting), now);
  for (const client of [desk, back]) {
    assert.deepEqual(await client.all('MARKREAD #den', 'MARKREAD beth'), now);
  }
});
