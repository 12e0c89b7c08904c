// RFC 4616 (PLAIN), RFC 5802 and RFC 7677 (SCRAM).
import assert from 'node:assert/strict';
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { test } from 'node:test';
import { parsePlainMessage } from '../../src/protocol/sasl/plain.ts';
import {
  authMessage,
  isProof,
  parseClientFinal,
  parseClientFirst,
  serverFinal,
  serverFirst,
} from '../../src/protocol/sasl/scram.ts';

// RFC 4616 section 4.
test('a PLAIN message has two names and a password', () => {
  assert.deepEqual(parsePlainMessage('\0tim\0tanstaaftanstaaf'), {
    authorization: '',
    authentication: 'tim',
    password: 'tanstaaftanstaaf',
  });
  assert.deepEqual(parsePlainMessage('Ursel\0Kurt\0xipj3plmq'), {
    authorization: 'Ursel',
    authentication: 'Kurt',
    password: 'xipj3plmq',
  });
  for (const text of ['', 'tim', 'tim\0pass', '\0\0pass', '\0tim\0', '\0tim\0pass\0more']) {
    assert.equal(parsePlainMessage(text), undefined, JSON.stringify(text));
  }
});

// RFC 7677 section 3: the example exchange.
test('the exchange of the RFC is right, and no other proof is', () => {
  const first = parseClientFirst('n,,n=user,r=rOprNGfwEbeRWgbNEkqO');
  assert.ok(first !== undefined);
  assert.deepEqual([first.header, first.authorization, first.name], ['n,,', '', 'user']);
  const nonce = `${first.nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0`;
  const salt = 'W22ZaJ0SNY7soEsUEjb6gQ==';
  const server = serverFirst(nonce, salt, 4096);
  assert.equal(server, 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096');
  const final = parseClientFinal(`c=biws,r=${nonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`);
  assert.ok(final !== undefined);
  assert.deepEqual([final.header, final.nonce], ['n,,', nonce]);
  const salted = pbkdf2Sync('pencil', Buffer.from(salt, 'base64'), 4096, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest();
  const message = authMessage(first, server, final);
  assert.equal(isProof('sha256', storedKey, message, final.proof), true);
  assert.equal(isProof('sha256', storedKey, `${message}x`, final.proof), false);
  assert.equal(isProof('sha256', storedKey, message, final.proof.subarray(1)), false);
  assert.equal(isProof('sha256', storedKey, message, Buffer.alloc(32)), false);
  const serverKey = createHmac('sha256', salted).update('Server Key').digest();
  assert.equal(serverFinal('sha256', serverKey, message), 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');
});

// RFC 5802 sections 5.1 and 7.
test('names are unescaped; channel binding, extensions and what is no message are not taken', () => {
  const first = parseClientFirst('y,a=al=2Can,n=al=2Can=3D,r=abc,x=more');
  assert.deepEqual([first?.header, first?.authorization, first?.name], ['y,a=al=2Can,', 'al,an', 'al,an=']);
  for (const text of [
    '',
    'n,,',
    'n=user,r=abc',
    'n,,n=user',
    'n,,n=,r=abc',
    'n,,n=us=er,r=abc',
    'n,,n=us=2cer,r=abc',
    'n,,m=ext,n=user,r=abc',
    'n,,n=user,r=a\u0007c',
    'p=tls-unique,,n=user,r=abc',
  ]) {
    assert.equal(parseClientFirst(text), undefined, text);
  }
  for (const text of ['', 'c=biws,r=abc', 'r=abc,p=AAAA', 'c=biws,r=abc,p=', 'c=biws,p=AAAA,r=abc']) {
    assert.equal(parseClientFinal(text), undefined, text);
  }
});
