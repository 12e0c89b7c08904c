// Every input is hostile: whatever is sent, however it is cut, the server goes on serving, has no fault (the test's
// server sees to that), and hands no control byte on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../support/test-server.ts';
import { TextClient } from '../support/text-client.ts';
import { HostileInputs } from '../support/hostile-inputs.ts';

const INPUTS = 50_000;
/** Inputs sent over one connection, and connections at work at the same time. */
const INPUTS_PER_CONNECTION = 25;
const AT_ONCE = 20;

/** C0 controls but for the newline, DEL, C1 controls, bidi overrides and isolates, line and paragraph separators. */
const FOREIGN_CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

test('50,000 hostile inputs leave the server serving, and no foreign control character is delivered', async (t) => {
  const { port, welcomed } = await startServer(t, {
    limits: { detection_ms: 20, enabled: false },
    plain: { silence_ms: 5, first_byte_ms: 10, typing_ms: 20 },
  });
  const inputs = new HostileInputs(20_260_101);
  const witness = await welcomed();
  let sent = 0;
  const attack = async (): Promise<void> => {
    while (sent < INPUTS) {
      const client = await TextClient.open(port);
      for (let count = 0; count < INPUTS_PER_CONNECTION; count++, sent++) client.send(inputs.next());
      await inputs.leave(client);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, attack));

  const [alan, beth] = [await welcomed(), await welcomed()];
  alan.send('still here?\n');
  await beth.until(`<${alan.label}> :still here?\n`);
  await witness.until(':still here?\n');
  const { received } = witness;
  assert.ok(received.length > 100_000, 'some of it was heard');
  assert.equal(FOREIGN_CONTROL.exec(received), null);
  assert.ok(Buffer.from(received).equals(witness.receivedBytes), 'all that was delivered is UTF-8');
});
