/** The bundles of a run: how many, the keys of each one's bands, and how far a run is that counts in them. */
import type { Agreement } from '../agreement/agreement.ts';
import { bandsOfBundle, bundleCount, chooseGeometry, type TableShape } from '../psi/geometry.ts';
import type { BandKeys } from './data-port.ts';
import type { BandKeySource } from './run.ts';
import { bandSalt, type Session } from './session.ts';

export function bundlesOf({ geometry, terms }: Agreement): number {
  return bundleCount(geometry, terms.keys.bands.length);
}

/** The table in which labels are asked for: one key a record of the list at most. */
export function labelTableOf({ list, terms }: Agreement): TableShape {
  return chooseGeometry(list.listRows, terms.dataRows, 1);
}

/** The keys of each of a bundle's bands, at a try of cuckoo hashing. */
export function keysOfBundle(
  source: BandKeySource,
  session: Session,
  { bundle, attempt }: { readonly bundle: number; readonly attempt: number },
): Promise<BandKeys[]> {
  const { geometry, terms } = session.agreement;
  const bands = bandsOfBundle(geometry, bundle, terms.keys.bands.length);
  return Promise.all(bands.map((band) => source.bandKeys(band, bandSalt(session, band, attempt))));
}

/** For people, who know of bands: `5 of 64`. `bundles`: how many are done. */
export function bandsDone({ agreement: { geometry, terms } }: Session, bundles: number): string {
  const bands = terms.keys.bands.length;
  return `${Math.min(bands, bundles * geometry.bandsInBundle)} of ${bands}`;
}
