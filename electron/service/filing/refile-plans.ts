import type { Clock } from '../../../shared/clock.ts';
import type { RefilePlan } from '../../../shared/filing-view.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

import { planRefile } from './plan-refile.ts';
import type { WantedPlaceParts } from './wanted-places.ts';

/** How long a plan is true although nothing tells that a photo's time is known better. */
const PLAN_MS = 30_000;

interface Planned {
  readonly key: string;
  readonly template: string;
  readonly plan: Promise<RefilePlan>;
  isMade: boolean;
}

/** Works out what filing anew would do, one plan at a time: each looks at every photo. */
export class RefilePlans {
  readonly #catalog: CatalogReader;
  readonly #clock: Clock;
  #planned: Planned | undefined;

  constructor(catalog: CatalogReader, clock: Clock) {
    this.#catalog = catalog;
    this.#clock = clock;
  }

  /** The plan of now, or the one that is being made, which is as good but for what came since it began. */
  plan(parts: WantedPlaceParts): Promise<RefilePlan> {
    const template = parts.template.text;
    const age = Math.floor(this.#clock.now() / PLAN_MS);
    const key = JSON.stringify([template, changesOf(this.#catalog), age]);
    const known = this.#planned;
    const isUnderWay = known?.isMade === false && known.template === template;
    if (known && (known.key === key || isUnderWay)) return known.plan;
    const planned: Planned = {
      key,
      template,
      plan: planRefile(this.#catalog, parts),
      isMade: false,
    };
    this.#planned = planned;
    planned.plan.then(
      () => (planned.isMade = true),
      () => (this.#planned = undefined),
    );
    return planned.plan;
  }
}

/** Something else whenever what a plan depends on may have changed. */
function changesOf(catalog: CatalogReader): unknown {
  return catalog.get(
    `SELECT (SELECT max(rowid) FROM resources) AS resources, (SELECT max(rowid) FROM moves) AS moves,
       (SELECT count(*) FROM assets) AS assets`,
  );
}
