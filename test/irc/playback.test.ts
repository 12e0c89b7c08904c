// znc.in/playback, as ZNC's module has it and as Ergo does: "PRIVMSG *playback :play <buffer> [<from> [<to>]]".
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';

const MODERN = 'message-tags server-time batch echo-message';

const timeOf = (line = ''): number => Date.parse(/time=([^;\s]+)/.exec(line)?.[1] ?? '');
const textsOf = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => / PRIVMSG [^*\s]\S* :(.*)$/.exec(line)?.[1] ?? []);

/** Somebody whom another has told something, in a channel and alone, each thing in a millisecond of its own. */
async function told(t: TestContext): Promise<{ alan: IrcClient; beth: IrcClient; times: number[] }> {
  const [server, { beth }] = await party(t, ['beth']);
  await beth.all(`CAP REQ :${MODERN}`, 'JOIN #Room');
  const alan = await IrcClient.join(server, 'alan', `${MODERN} znc.in/playback`);
  await alan.raw('JOIN #Room');
  await beth.raw();
  const times: number[] = [];
  for (const [target, text] of [
    ['alan', 'psst'],
    ['#Room', 'one'],
    ['#Room', 'two'],
    ['#Room', 'three'],
  ]) {
    while (Date.now() <= (times.at(-1) ?? 0)) await beth.raw();
    times.push(timeOf((await beth.raw(`PRIVMSG ${target} :${text}`))[0]));
  }
  await alan.raw();
  return { alan, beth, times };
}

test('one buffer or all of them are played, from a time on and up to another', async (t) => {
  const { alan, times } = await told(t);
  const played = async (params: string): Promise<string[]> =>
    textsOf(await alan.raw(`PRIVMSG *playback :play ${params}`));
  const seconds = times.map((ms) => `${ms / 1000}`);
  assert.deepEqual(await played('*'), ['one', 'two', 'three', 'psst']);
  assert.deepEqual(await played('* 0'), ['one', 'two', 'three', 'psst']);
  assert.deepEqual(await played(`* ${seconds[2]}`), ['two', 'three']);
  assert.deepEqual(await played(`#room ${seconds[1]} ${seconds[3]}`), ['one', 'two']);
  assert.deepEqual(await played('BETH'), ['psst']);
  assert.deepEqual(await played('beth,#room'), ['psst', 'one', 'two', 'three']);
  const lines = await alan.all('PRIVMSG *playback :play #room');
  assert.match(lines[1] ?? '', / BATCH \+\w+ chathistory #room$/);
});

test('what somebody may not read is not played to them, and what is no time is refused', async (t) => {
  const { alan, beth } = await told(t);
  await beth.raw('JOIN #other', 'PRIVMSG #other :hidden');
  const silent = [
    'PRIVMSG *playback :play #other',
    'PRIVMSG *playback :play nobody',
    'PRIVMSG *playback :play #nowhere',
  ];
  assert.deepEqual(verbs(await alan.all(...silent)), ['PRIVMSG', 'PRIVMSG', 'PRIVMSG'], 'nothing but the echoes');
  for (const params of ['* yesterday', '* -1', '* 0 later', '* 99999999999999']) {
    const [answer = ''] = withVerb('NOTICE', await alan.all(`PRIVMSG *playback :play ${params}`));
    assert.match(answer, /^:\*playback!\*playback@partyline\.local NOTICE alan :Use it like this: PLAY /);
  }
});

test('everything that can be played is listed, with the time of what was said last', async (t) => {
  const { alan, times } = await told(t);
  const shown = withVerb('NOTICE', await alan.all('PRIVMSG *playback :list')).map((line) => line.split(' :')[1]);
  assert.deepEqual(shown, [`#Room ${(times[3]! / 1000).toFixed(3)}`, `beth ${(times[0]! / 1000).toFixed(3)}`]);
});

test('a client that asks for what it missed is not sent it when it comes in', async (t) => {
  const { alan, beth } = await told(t);
  await alan.raw('PART #room');
  await beth.raw('PRIVMSG #Room :meanwhile');
  assert.deepEqual(textsOf(await alan.raw('JOIN #room')), []);
});
