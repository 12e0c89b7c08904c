import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plan, type Candidate } from '../../bench/plan.ts';
import { summarize } from '../../bench/report/results.ts';
import { flood } from '../../bench/scenarios/flood.ts';
import { ircFlood } from '../../bench/scenarios/irc-flood.ts';
import { rooms } from '../../bench/scenarios/rooms.ts';

const candidate = (name: string, hasRooms: boolean): Candidate => ({
  server: {
    name,
    summary: '',
    protocols: ['line'],
    greets: true,
    hasRooms,
    prepare: () => ({ found: false, reason: 'only a name' }),
  },
  prepared: { found: true, version: '1', launch: () => ({ program: 'true', args: [] }) },
});
const candidates = [candidate('a', true), candidate('b', false), candidate('c', true)];

test('servers take turns, and each round begins with another one', () => {
  const { steps } = plan([flood], candidates, { isQuick: true, repeat: 3 });
  assert.deepEqual(
    steps.map(({ candidate, round }) => candidate.server.name + round),
    ['a1', 'b1', 'c1', 'b2', 'c2', 'a2', 'c3', 'a3', 'b3'],
  );
});

test('a scenario is for the servers that speak its protocol, and nothing is said of the others', () => {
  const { steps, leftOut } = plan([ircFlood], candidates, { isQuick: true, repeat: 1 });
  assert.deepEqual([steps, leftOut], [[], []]);
});

test('a server that cannot take part in a scenario is left out of it, with the reason', () => {
  const { steps, leftOut } = plan([rooms], candidates, { isQuick: false, repeat: 1 });
  assert.deepEqual(
    [steps.map(({ candidate }) => candidate.server.name), leftOut],
    [['a', 'c'], [{ server: 'b', scenario: 'rooms', reason: 'it has no rooms' }]],
  );
});

test('the figures of several rounds are their medians, without those of a round that failed', () => {
  const { steps } = plan([flood], candidates.slice(0, 1), { isQuick: true, repeat: 4 });
  const runs = steps.map((step, i) => ({
    step,
    outcome: { figures: { latencyP50Ms: i * 10 }, notes: ['noted'], problems: i === 0 ? ['lost some'] : [] },
  }));
  const [result] = summarize(runs, ['a']);
  assert.deepEqual(
    [result?.figures, result?.notes, result?.problems],
    [{ latencyP50Ms: 20 }, ['noted'], ['lost some']],
  );
});
