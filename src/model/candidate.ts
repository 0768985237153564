/** Where a fact comes from. */
export interface FactSource {
  title: string;
  /** http(s); null: something that has no address, such as a book. */
  url: string | null;
  /** When it was published or, failing that, looked at: YYYY-MM-DD, or YYYY where no more is known. */
  date: string;
}

/** Something said about a candidate. `value` null: looked for and not established; never to be read as no or zero. */
export interface Fact<T> {
  value: T | null;
  sources: FactSource[];
  note: string | null;
}

/** A repository that can be collected. */
export interface CandidateRepository {
  url: string;
  /** What of the candidate is in there, where that isn't all of it. */
  holds: string | null;
}

export interface SupportOffer {
  /** Who offers it. */
  by: string;
  /** In a few words: `annual subscription`. */
  what: string;
}

/** A component one could choose, as a catalogue describes it. */
export interface Candidate {
  /** Letters, digits, dot, dash, underscore; unique over all catalogues. */
  id: string;
  name: string;
  /** Ids of the layers of a stack it can fill. */
  layers: string[];
  /** `suite`: a commercial product that is shown to compare features, and is never ranked. */
  kind: 'free' | 'suite';
  /** Names of projects that stand for it, besides its id. */
  aliases: string[];
  /** Where the thesis names it (`table 3.1`); null: it doesn't. */
  thesis: string | null;
  description: Fact<string>;
  company: Fact<string>;
  /** An SPDX licence expression; `LicenseRef-…` for what SPDX has no id for. */
  licence: Fact<string>;
  website: Fact<string>;
  /** Known and none: `value` is null and `note` says why it can't be collected. */
  repository: Fact<CandidateRepository>;
  platforms: Fact<string[]>;
  support: Fact<SupportOffer[]>;
  /** By id of the capability: whether it has it. One that isn't there is unknown. */
  capabilities: Record<string, Fact<boolean>>;
}

export interface CatalogueLayer {
  id: string;
  title: string;
  /** What a component of this layer does, in one sentence. */
  role: string;
}

export interface Capability {
  id: string;
  title: string;
  /** What having it means, in one sentence, so that two people would judge alike. */
  meaning: string;
}

/** All candidates known: those that ship, and the user's own. */
export interface CandidateCatalogue {
  layers: CatalogueLayer[];
  capabilities: Capability[];
  candidates: Candidate[];
  /** sha256 over the files it was read from, hexadecimal. */
  sha256: string;
}
