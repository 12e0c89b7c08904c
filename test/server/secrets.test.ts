import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { joinAs, plainLogin } from '../support/log-in.ts';
import { newFolder, removeAfter } from '../support/temporary-folder.ts';
import { startServer } from '../support/test-server.ts';

/** In every password of this test, right ones and wrong ones. */
const MARK = 'xyzzy-plugh';

// "never in anyone's log or history".
test('a password is told nobody, logged nowhere and kept in no file, however it is given', async (t) => {
  const folder = newFolder();
  const server = await startServer(t, {
    limits: { enabled: false, detection_ms: 10 },
    databaseFile: join(folder, 'partyline.db'),
    irc: { operators: [`root:${MARK}-operator`] },
  });
  removeAfter(t, folder);
  const watcher = await IrcClient.join(server, 'watcher', 'echo-message message-tags account-notify');
  await watcher.all(`OPER root ${MARK}-operator`, 'JOIN #lobby', 'MODE watcher +w');
  const listener = await server.welcomed();

  const plain = await server.welcomed();
  for (const line of [
    '/nick paula',
    '/register short',
    `/register ${MARK}-1`,
    '/logout',
    `/login paula ${MARK}-wrong`,
    ` /login paula ${MARK}-wrong`,
    '/login paula',
    `${MARK}-1`,
    '/passwd',
    `${MARK}-1`,
    `${MARK}-2`,
    'a word',
  ]) {
    plain.send(`${line}\n`);
  }
  await listener.until('a word\n');

  const capabilities = 'echo-message labeled-response batch message-tags standard-replies';
  const alan = await IrcClient.join(server, 'alan', capabilities);
  await alan.all('JOIN #lobby', `REGISTER -st * ${MARK}-1`, `REGISTER * * ${MARK}-1`, `REGISTER * * ${MARK}-1`);
  const device = await joinAs(server, 'alan', { capabilities, password: `${MARK}-1` });
  await alan.all(
    `PRIVMSG NickServ :IDENTIFY alan ${MARK}-wrong`,
    `PRIVMSG NickServ :PASSWD ${MARK}-wrong ${MARK}-2`,
    `@label=1 NS PASSWD ${MARK}-1 ${MARK}-2`,
    `NOTICE NickServ :IDENTIFY alan ${MARK}-2`,
    `NS GHOST alan ${MARK}-2`,
    ...plainLogin('alan', `${MARK}-wrong`),
    ...plainLogin('alan', `${MARK}-2`),
    `OPER root ${MARK}-wrong`,
    `PASS ${MARK}`,
    `NS DROP ${MARK}-wrong`,
    'PRIVMSG #lobby :the end',
  );
  await watcher.all();
  await listener.until('the end\n');
  const heard = [watcher.text.received, listener.received, device.text.received, alan.text.received, plain.received];
  await server.close();
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  const { events, faults, turnedAwayFor } = server.journal;
  const told = events.map(({ text }) => text);
  assert.deepEqual(
    [...heard, ...files, ...told, ...turnedAwayFor, JSON.stringify(faults)].filter((text) => text.includes(MARK)),
    [],
  );
  assert.ok(files.some((text) => text.includes('the end')));
});
