import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IrcClient } from '../support/irc-client.ts';
import { withVerb, party } from '../support/irc-party.ts';

async function withAccounts(...clients: readonly IrcClient[]): Promise<void> {
  for (const client of clients) await client.all('NS REGISTER correct-horse-battery');
}

function said(lines: readonly string[]): string[] {
  return withVerb('NOTICE', lines).map((line) => line.slice(line.indexOf(' :') + 2));
}

test('a registered channel keeps its modes and topic when all have left, and its founder is founder again', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await withAccounts(alan);
  const lines = await alan.all('JOIN #a', 'CS REGISTER #a', 'MODE #a +k sesame', 'TOPIC #a :tea at four');
  assert.ok(lines.includes(':partyline.local MODE #a +q alan'));
  assert.deepEqual(said(lines), ['Channel #a successfully registered']);
  await alan.all('PART #a');
  assert.deepEqual(withVerb('475', await beth.all('JOIN #a')).length, 1);
  const again = await alan.all('JOIN #a');
  assert.ok(withVerb('332', again)[0]?.endsWith(':tea at four'));
  assert.ok(again.includes(':partyline.local MODE #a +q alan'));
});

test('whoever is on the access list has their role whenever they come', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await withAccounts(alan, beth);
  await alan.all('JOIN #a', 'CS REGISTER #a');
  assert.deepEqual(said(await alan.all('CS ACCESS #a ADD beth op')), ['beth is op in #a now']);
  assert.ok((await beth.all('JOIN #a')).includes(':partyline.local MODE #a +o beth'));
  assert.deepEqual(said(await beth.all('CS ACCESS #a')), ['alan: founder', 'beth: op', 'End of the access list of #a']);
  assert.deepEqual(said(await beth.all('CS ACCESS #a ADD zoe op')), ['You need +q or higher on that channel']);
  assert.ok((await beth.all('MODE #a -o beth', 'CS OP #a')).some((line) => line.endsWith('MODE #a +o beth')));
  assert.deepEqual(said(await alan.all('CS ACCESS #a DEL beth')), ['beth has no role in #a now']);
});

test('a channel is handed on, and given up', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await withAccounts(alan, beth);
  await alan.all('JOIN #a', 'CS REGISTER #a');
  await beth.all('JOIN #a');
  assert.deepEqual(said(await alan.all('CS TRANSFER #a beth')), ['#a belongs to beth now']);
  assert.deepEqual(said(await alan.all('CS DROP #a')), ['You need +q or higher on that channel']);
  assert.deepEqual(said(await beth.all('CS LIST')), ['#a', 'You have 1 registered channel']);
  assert.deepEqual(said(await beth.all('CS DROP #a')), ['Channel #a is no longer registered']);
  assert.deepEqual(said(await beth.all('CS INFO #a')), ['#a is not registered']);
});

test('a channel says whether what is said there is kept', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  await withAccounts(alan);
  await alan.all('JOIN #a', 'CS REGISTER #a');
  assert.deepEqual(said(await alan.all('CS SET #a HISTORY 30d')), ['History of #a: kept for 30 days']);
  const lines = await alan.all('CS SET #a HISTORY OFF');
  assert.deepEqual(said(lines), ['History of #a: not kept']);
  assert.equal(withVerb('MODE', lines)[0], ':alan!~alan@127.0.0.1 MODE #a +H');
  assert.deepEqual(said(await alan.all('CS SET #a HISTORY maybe')), [
    'Use it like this: SET <channel> HISTORY ON|OFF|<days>d|<messages>',
  ]);
});

test('only who is logged in may have a channel', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  assert.deepEqual(said(await alan.all('JOIN #a', 'PRIVMSG ChanServ :REGISTER #a')), [
    'You must be logged in to an account',
  ]);
});
