import { below, deal, shuffle, type Random } from './replica-random.js';

/** Someone made up, under one of their addresses. */
export interface Identity {
  name: string;
  email: string;
}

interface Person {
  name: string;
  /** The address in use; changes when the person takes a second one within a year. */
  email: string;
  addresses: number;
}

const FIRST =
  'Alba Bastian Carla Dario Edda Falk Greta Hanno Ilse Jaro Katrin Lasse Mirja Nevio Oda Pelle Quirin Rieke Sanna Tjark Ulla Vito Wanda Xenia Yorick Zita'.split(
    ' ',
  );
const LAST =
  'Quillmoor Brambleby Fernsworth Lanternhay Pebblecombe Copperdale Windlemere Harkstone Maplethwaite Ostervane Tillerby Gorsewick Inkwater Juniperley Kettlebrook Larkholme Mossgrove Nettlecroft Oatfield Plumridge Rushmere Saltmarsh Thistledon Umberfold Vetchling'.split(
    ' ',
  );

/**
 * The made-up people of one project. They come, stay for years, rise and leave; some come back. The same random
 * numbers make the same people.
 */
export class Cast {
  readonly #random: Random;
  readonly #start: number;
  #active: Person[] = [];
  #former: Person[] = [];
  #made = 0;

  /** `start` keeps the casts of different projects apart: give each its own number. */
  constructor(random: Random, start: number) {
    this.#random = random;
    this.#start = start;
  }

  /**
   * Who commits in a year: an identity for each of its commits, in the order of the commits. Exactly `committers`
   * identities with exactly `names` names occur.
   */
  year(commits: number, committers: number, names: number): Identity[] {
    this.#staff(names);
    // A few do most of the work: shares fall with the rank, as they do in real projects.
    // (No powers: they may differ in the last bit from one machine to another.)
    const ranks = this.#active.map((_, rank) => (0.5 + this.#random()) / ((rank + 1) * (rank + 12)));
    const movers = this.#movers(committers - names);
    // Whoever changes address in a year needs a commit before and one after.
    const spare = commits - movers.size;
    const shares = deal(spare, ranks);
    const people = this.#active.flatMap((person, i) => {
      const share = (shares[i] ?? 0) + (movers.has(person) ? 1 : 0);
      return Array.from({ length: share }, () => person);
    });
    return this.#signed(shuffle(this.#random, people), movers);
  }

  /** Names each commit; a mover's commits carry the old address first and the new one later. */
  #signed(people: readonly Person[], movers: ReadonlySet<Person>): Identity[] {
    const left = new Map<Person, number>();
    for (const person of movers) {
      const share = people.filter((other) => other === person).length;
      left.set(person, Math.max(1, Math.min(share - 1, Math.round(share * (0.3 + 0.4 * this.#random())))));
    }
    return people.map((person) => {
      const before = left.get(person);
      if (before === 0) {
        person.addresses++;
        person.email = address(person.name, person.addresses);
        left.delete(person);
      } else if (before !== undefined) {
        left.set(person, before - 1);
      }
      return { name: person.name, email: person.email };
    });
  }

  #movers(count: number): Set<Person> {
    return new Set(shuffle(this.#random, this.#active).slice(0, count));
  }

  #staff(names: number): void {
    const random = this.#random;
    this.#rise();
    while (this.#active.length > names) this.#leave(this.#active.length - 1 - below(random, 2));
    // Even where the number stays the same, someone new comes now and then.
    if (this.#active.length === names && names > 2 && random() < 0.6) this.#leave(names - 1 - below(random, 2));
    while (this.#active.length < names) this.#join();
  }

  /** People move up past those before them; the first in line now and then steps down. */
  #rise(): void {
    const active = this.#active;
    for (let i = 1; i < active.length; i++) {
      if (this.#random() < 0.3) active.splice(i - 1, 2, active[i] as Person, active[i - 1] as Person);
    }
  }

  #leave(at: number): void {
    this.#former.push(...this.#active.splice(Math.max(0, at), 1));
  }

  #join(): void {
    const back = this.#former.length > 2 && this.#random() < 0.35;
    const person = back
      ? this.#former.splice(below(this.#random, this.#former.length - 1), 1)[0]
      : newPerson(this.#start + this.#made++);
    if (person) this.#active.push(person);
  }
}

function newPerson(number: number): Person {
  // 26 and 25 share no factor: every pair comes up before any comes again.
  const name = `${FIRST[number % FIRST.length]} ${LAST[(number * 7) % LAST.length]}`;
  const round = Math.floor(number / (FIRST.length * LAST.length));
  const whole = round === 0 ? name : `${name} ${round + 1}`;
  return { name: whole, email: address(whole, 1), addresses: 1 };
}

function address(name: string, number: number): string {
  const local = name.toLowerCase().replaceAll(' ', '.');
  return number === 1 ? `${local}@example.org` : `${local}@${number === 2 ? '' : `host${number}.`}example.net`;
}
