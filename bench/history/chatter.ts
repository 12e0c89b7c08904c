import { Asker } from './asker.ts';

const ROOMS = 10;
const PEOPLE_PER_ROOM = 10;
/** One message in each room every so many milliseconds: 200 a second, 1,800 deliveries. */
const TICK_MS = 50;

/** People who talk, and note how long what the others say takes to come. */
export class Chatter {
  readonly #people: readonly (readonly Asker[])[];
  #latenciesMs: number[] = [];

  private constructor(people: readonly (readonly Asker[])[]) {
    this.#people = people;
    for (const person of people.flat()) {
      person.onLine = (line) => {
        const [, postedAt] = / PRIVMSG [^ ]+ :now ([\d.]+)$/.exec(line) ?? [];
        if (postedAt !== undefined) this.#latenciesMs.push(performance.now() - Number(postedAt));
      };
    }
  }

  static async gather(port: number): Promise<Chatter> {
    const people: Asker[][] = [];
    for (let room = 1; room <= ROOMS; room++) {
      const ofRoom: Asker[] = [];
      for (let index = 0; index < PEOPLE_PER_ROOM; index++) {
        const person = await Asker.enter(port, `chatter${room}x${index}`, 'server-time');
        await person.ask(`JOIN #chatter${room}`);
        ofRoom.push(person);
      }
      people.push(ofRoom);
    }
    return new Chatter(people);
  }

  /** Talks for a while; how long each delivery took, in milliseconds. */
  async talk(forMs: number): Promise<readonly number[]> {
    this.#latenciesMs = [];
    let ticks = 0;
    const timer = setInterval(() => {
      ticks++;
      // Rooms do not all speak at one moment.
      for (const ofRoom of this.#people) {
        const speaker = ofRoom[ticks % ofRoom.length]!;
        setTimeout(() => speaker.send(roomLine(this.#people.indexOf(ofRoom))), Math.random() * TICK_MS);
      }
    }, TICK_MS);
    await new Promise((resolve) => setTimeout(resolve, forMs));
    clearInterval(timer);
    await new Promise((resolve) => setTimeout(resolve, 2 * TICK_MS));
    return this.#latenciesMs;
  }
}

function roomLine(index: number): string {
  return `PRIVMSG #chatter${index + 1} :now ${performance.now().toFixed(3)}`;
}
