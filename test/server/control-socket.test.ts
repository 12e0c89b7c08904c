import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { controlPath, MAX_REQUEST_BYTES } from '../../src/server/administration/control-protocol.ts';
import { operations } from '../../src/server/administration/operation-table.ts';
import { commandsToServer } from '../support/commands.ts';

test('every operation in the folder is in the table under the name of its file', () => {
  const files = readdirSync(new URL('../../src/server/administration/operations/', import.meta.url));
  assert.deepEqual(
    [...operations.keys()],
    files.map((file) => file.replace('.ts', '')),
  );
});

test('what is no request is refused, and the server goes on', async (t) => {
  const { cli, data } = await commandsToServer(t);
  const ask = async (request: string): Promise<unknown> => {
    const socket = connect({ path: controlPath(data) });
    socket.write(request);
    return JSON.parse(await text(socket));
  };
  const refused = (problem: string): unknown => ({ kind: 'refused', problem });
  for (const request of [
    '\n',
    '{\n',
    '7\n',
    'null\n',
    '{"operation":7}\n',
    '\u0000\u00ff\n',
    'x'.repeat(MAX_REQUEST_BYTES + 2),
  ]) {
    assert.deepEqual(await ask(request), refused('that was no request'));
  }
  const unknown = 'the server that runs knows no "toString"; is it an older one';
  assert.deepEqual(await ask('{"operation":"toString"}\n'), refused(unknown));
  for (const input of [
    '',
    ',"input":null',
    ',"input":{"account":7,"reason":""}',
    ',"input":{"account":"alan","reason":"a\\nb"}',
  ]) {
    const request = `{"operation":"account-suspend"${input}}\n`;
    assert.deepEqual(await ask(request), refused('not an input of account-suspend'));
  }
  assert.deepEqual(await ask('{"operation":"account-list","input":{}}\nmore\n'), { kind: 'done', output: [] });
  assert.equal((await cli('account list')).code, 0);
});

test('a request that is given up, or comes in pieces, holds nobody up', async (t) => {
  const { cli, data } = await commandsToServer(t);
  const silent = connect({ path: controlPath(data) });
  t.after(() => silent.destroy());
  silent.write('{"operation":');
  const gone = connect({ path: controlPath(data) });
  gone.write('{"operation":"account-add","input":{"name":"alan","password":"correct horse"}}\n', () => gone.destroy());
  assert.equal((await cli('account list')).code, 0);
  silent.write('"room-list","input":{}}\n');
  const { kind } = JSON.parse(await text(silent)) as { kind: string };
  assert.equal(kind, 'done');
});
