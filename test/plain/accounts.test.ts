import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../support/test-server.ts';
import type { TextClient } from '../support/text-client.ts';

const OPTIONS = { limits: { enabled: false, detection_ms: 10 } };

/** Sends lines, and gives the next line that comes. */
async function asks(client: TextClient, text: string): Promise<string> {
  client.send(`${text}\n`);
  return client.line();
}

test('somebody makes an account of their name, and has it again on another day', async (t) => {
  const { welcomed } = await startServer(t, OPTIONS);
  const alan = await welcomed();
  assert.equal(await asks(alan, '/register secret12'), '* pick a name first: /nick NAME');
  assert.equal(await asks(alan, '/nick alan'), '* you are now alan');
  assert.match(await asks(alan, '/register short'), /^\* .*shorter than 8 characters/);
  assert.equal(await asks(alan, '/register secret12'), '* you are logged in as alan');
  alan.send('/quit\n');
  await alan.end();
  const later = await welcomed();
  assert.match(await asks(later, '/nick alan'), /^\* the name alan belongs to an account; \/login/);
  assert.match(await asks(later, '/login alan wrong-password'), /^\* /);
  assert.equal(await asks(later, '/login alan secret12'), '* you are logged in as alan');
  assert.equal(await later.line(), '* you are now alan');
});

test('a password that is asked for is neither said nor a command', async (t) => {
  const { welcomed } = await startServer(t, OPTIONS);
  const [alan, other] = [await welcomed(), await welcomed()];
  await asks(alan, '/nick alan');
  assert.equal(await asks(alan, '/register'), '* a password for alan:');
  assert.equal(await asks(alan, '/secret of mine'), '* you are logged in as alan');
  alan.send('hello\n');
  assert.equal(await other.line(), '<alan> :hello');
  const later = await welcomed();
  assert.equal(await asks(later, '/login alan'), '* the password of alan:');
  assert.equal(await asks(later, ''), '* never mind');
});

test('a password that comes too fast is asked for on, and not said the next time', async (t) => {
  const limits = { ...OPTIONS.limits, enabled: true, command_burst: 3, commands_per_second: 1 };
  const { welcomed } = await startServer(t, { limits });
  const [alan, other] = [await welcomed(), await welcomed()];
  alan.send('/nick alan\n/register secret12\n');
  await alan.until('* you are logged in as alan\n');
  const later = await welcomed();
  later.send('hello\n/login alan\nsecret12\n');
  await later.until('* the password of alan:\n');
  let refused = 0;
  for (; (await later.line()).startsWith('* not sent: that was too fast'); refused++) later.send('secret12\n');
  assert.ok(refused > 0);
  await alan.until('hello\n');
  alan.send('the end\n');
  assert.doesNotMatch(await other.until('the end\n'), /secret12/);
});

test('a command with a password in it is one with blanks before it, too', async (t) => {
  const { welcomed } = await startServer(t, OPTIONS);
  const [alan, other] = [await welcomed(), await welcomed()];
  await asks(alan, '/nick alan');
  assert.equal(await asks(alan, ' /register secret12'), '* you are logged in as alan');
  assert.match(await asks(alan, '  /LOGIN alan secret12'), /^\* you are logged in as alan already/);
  alan.send(' /me too\n');
  assert.equal(await other.line(), '<alan> : /me too');
});

// RFC 857: IAC WILL ECHO, so that the terminal shows nothing; IAC WONT ECHO when it may again.
test('a terminal that speaks TELNET does not show the password', async (t) => {
  const { open } = await startServer(t, OPTIONS);
  const alan = await open();
  alan.send(Buffer.from([0xff, 0xfb, 0x1f]));
  await alan.until('/help\n');
  alan.send('/nick alan\n/register\n');
  await alan.until('* a password for alan:\n');
  alan.send(Buffer.concat([Buffer.from([0xff, 0xfd, 0x01]), Buffer.from('secret12\n')]));
  await alan.until('* you are logged in as alan\n');
  const bytes = alan.receivedBytes;
  const [hide, show] = [Buffer.from([0xff, 0xfb, 0x01]), Buffer.from([0xff, 0xfc, 0x01])];
  assert.ok(bytes.indexOf(hide) > bytes.indexOf('a password for') && bytes.indexOf(show) > bytes.indexOf(hide));
});

test('a second device is the same person: it hears what is said, and what the other says', async (t) => {
  const { welcomed } = await startServer(t, OPTIONS);
  const [desk, other] = [await welcomed(), await welcomed()];
  await asks(desk, '/nick alan');
  await asks(desk, '/register secret12');
  const phone = await welcomed();
  assert.equal(await asks(phone, '/login alan secret12'), '* you are alan here too; you talk in #lobby');
  other.send('hello\n');
  assert.equal(await desk.line(), `<${other.label}> :hello`);
  assert.equal(await phone.line(), `<${other.label}> :hello`);
  phone.send('from the phone\n');
  assert.equal(await other.line(), '<alan> :from the phone');
  assert.equal(await desk.line(), '<alan> :from the phone');
});

test('an operator of a room makes it theirs, and it stays', async (t) => {
  const { welcomed } = await startServer(t, OPTIONS);
  const alan = await welcomed();
  await asks(alan, '/nick alan');
  await asks(alan, '/join #own');
  assert.match(await asks(alan, '/own'), /^\* that is for people with an account/);
  await asks(alan, '/register secret12');
  assert.match(await asks(alan, '/own'), /^\* #own is yours now/);
  assert.match(await asks(alan, '/part'), /^\* you left #own/);
  assert.match(await asks(await welcomed(), '/rooms'), /^\* #lobby \(2 people\)$/);
  assert.equal(await asks(alan, '/who own'), '* nobody is in #own');
});

test('a password is changed, and an account is left', async (t) => {
  const { welcomed } = await startServer(t, OPTIONS);
  const alan = await welcomed();
  assert.match(await asks(alan, '/passwd'), /^\* that is for people with an account/);
  await asks(alan, '/nick alan');
  await asks(alan, '/register secret12');
  assert.equal(await asks(alan, '/passwd'), '* your password of now:');
  assert.equal(await asks(alan, 'secret12'), '* your new password:');
  assert.equal(await asks(alan, 'another one'), '* password changed');
  alan.send('/logout\n');
  await alan.until('* you are logged out\n');
  alan.send('/login alan another one\n');
  await alan.until('* you are logged in as alan\n');
});

test('/unregister deletes an account, and what was said with it if that is what somebody wants', async (t) => {
  const { welcomed } = await startServer(t, OPTIONS);
  const alan = await welcomed();
  await asks(alan, '/nick alan');
  assert.match(await asks(alan, '/unregister keep'), /^\* that is for people with an account/);
  await asks(alan, '/register secret12');
  assert.equal(await asks(alan, '/unregister'), '* say what is to become of what you said as alan:');
  assert.match(await alan.line(), /^\* \/unregister keep deletes the account, and what you said stays/);
  assert.match(await alan.line(), /^\* \/unregister erase deletes both, for good/);
  assert.equal(await asks(alan, '/unregister erase'), '* the password of alan, to delete it for good:');
  assert.match(await asks(alan, 'wrong-password'), /^\* /);
  alan.send('hello\n');
  assert.equal(await asks(alan, '/unregister erase'), '* the password of alan, to delete it for good:');
  alan.send('secret12\n');
  assert.match(
    await alan.until('being deleted\n'),
    /\* the account alan is deleted; what you said is being deleted\n$/,
  );
  let shown: string;
  // It goes on beside the chat.
  do {
    alan.send('/history\n/the-end\n');
    shown = await alan.until('try /help, or // to say a line with a slash\n');
  } while (shown.includes('hello'));
});
