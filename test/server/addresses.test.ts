import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddressLimits } from '../../src/server/address-limits.ts';
import { Origins } from '../../src/server/origins.ts';
import { AddressSet, isPrivateAddress, limitKey, plainAddress } from '../../src/transports/address.ts';

// product.md: "loopback, RFC 1918, ULA, link-local" are shown, everybody else's address is not.
test('private addresses are told from public ones', () => {
  const privateOnes = [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.9.9',
    '::1',
    'fd00::1',
    'fe80::1',
  ];
  const publicOnes = ['8.8.8.8', '172.32.0.1', '11.0.0.1', '2001:db8::1', 'fec0::1'];
  assert.deepEqual(
    privateOnes.map(isPrivateAddress),
    privateOnes.map(() => true),
  );
  assert.deepEqual(
    publicOnes.map(isPrivateAddress),
    publicOnes.map(() => false),
  );
});

test('a guest from a private address is shown by it, one from a public address by a keyed hash', () => {
  const origins = new Origins();
  assert.deepEqual(origins.of({ kind: 'ip', address: '127.0.0.1', port: 49524 }, false), {
    label: '127.0.0.1 : 49524',
    guestSuffix: '49524',
    host: '127.0.0.1',
    address: '127.0.0.1',
    isSecure: false,
    certificateFingerprint: undefined,
  });
  const remote = { kind: 'ip', address: '203.0.113.9', port: 5 } as const;
  const shown = origins.of(remote, false);
  assert.match(shown.label, /^guest-[0-9a-f]{8}$/);
  assert.equal(`guest${shown.guestSuffix}`, shown.label);
  assert.deepEqual(origins.of(remote, false), shown, 'the same for a whole visit');
  assert.notEqual(new Origins().of(remote, false).label, shown.label, 'and of no use to anybody else');
});

test('an IPv4 address that came over IPv6 is IPv4, and a zone is not shown', () => {
  assert.equal(plainAddress('::ffff:192.168.1.9'), '192.168.1.9');
  assert.equal(plainAddress('fe80::1%eth0'), 'fe80::1');
});

test('IPv6 is counted by /64, in whatever way it is written', () => {
  assert.equal(limitKey('2001:db8:0:7::1'), limitKey('2001:db8:0:7:ffff:ffff:ffff:ffff'));
  assert.notEqual(limitKey('2001:db8:0:7::1'), limitKey('2001:db8:0:8::1'));
  assert.equal(limitKey('::1'), '0:0:0:0::/64');
  assert.equal(limitKey('192.0.2.1'), '192.0.2.1');
});

const settings = (exempt: string[]) => ({ maxSessions: 2, maxPerMinute: 3, exempt: new AddressSet(exempt) });

test('an address may have so many sessions, and gets a place back when one goes', () => {
  const limits = new AddressLimits(settings([]));
  assert.equal(limits.enter('192.0.2.1', 0), undefined);
  assert.equal(limits.enter('192.0.2.1', 0), undefined);
  assert.deepEqual(limits.enter('192.0.2.1', 0), { kind: 'too-many-sessions', max: 2 });
  assert.equal(limits.enter('192.0.2.2', 0), undefined);
  limits.leave('192.0.2.1');
  assert.equal(limits.enter('192.0.2.1', 0), undefined);
});

test('an address may connect so many times a minute, and is told when it may again', () => {
  const limits = new AddressLimits(settings([]));
  for (let count = 0; count < 3; count++) {
    assert.equal(limits.enter('192.0.2.1', 1000), undefined);
    limits.leave('192.0.2.1');
  }
  assert.deepEqual(limits.enter('192.0.2.1', 31_000), { kind: 'too-fast', retryMs: 30_000 });
  assert.equal(limits.enter('192.0.2.1', 61_000), undefined);
});

test('exempt networks are not counted', () => {
  const limits = new AddressLimits(settings(['127.0.0.0/8', '2001:db8::/32']));
  assert.deepEqual(
    ['127.0.0.9', '2001:db8:1::1', '8.8.8.8'].map((address) => limits.isExempt(address)),
    [true, true, false],
  );
});
