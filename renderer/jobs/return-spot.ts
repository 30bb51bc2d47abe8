/** Where in which list a job was opened, so that going back lands there again. */
interface ReturnSpot {
  readonly search: string;
  readonly jobId: string;
  readonly scrollTop: number;
}

let spot: ReturnSpot | undefined;

/** Notes the place from which a job is opened. */
export function leaveReturnSpot(next: ReturnSpot): void {
  spot = next;
}

/** Gives the noted place once, where it belongs to the list with this query. */
export function takeReturnSpot(search: string): ReturnSpot | undefined {
  const taken = spot?.search === search ? spot : undefined;
  spot = undefined;
  return taken;
}
