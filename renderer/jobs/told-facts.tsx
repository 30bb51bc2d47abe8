import type { ToldMetadata } from '../../shared/receipt.ts';
import { formatInstant, formatOffset } from '../text/format.ts';
import { jobDetailsText as words } from '../text/job-details-text.ts';
import { Fact, Facts } from '../ui/facts.tsx';

/** What the device told of the resource in headers. */
export function ToldFacts({ told }: { readonly told: ToldMetadata }) {
  const { createdAt, createdOffsetMinutes, modifiedAt, favorite, location } = told;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [words.fileName, told.fileName],
    [words.contentType, told.contentType],
    [
      words.created,
      createdAt === undefined ? undefined : createdWords(createdAt, createdOffsetMinutes),
    ],
    [words.modified, modifiedAt === undefined ? undefined : formatInstant(modifiedAt)],
    [words.favorite, favorite === undefined ? undefined : favorite ? words.yes : words.no],
    [words.place, location && `${location.latitude}, ${location.longitude}`],
    [words.cloudId, told.cloudId],
    [words.burstId, told.burstId],
  ];
  return (
    <Facts>
      {facts.map(
        ([label, value]) =>
          value !== undefined && (
            <Fact key={label} label={label}>
              {value}
            </Fact>
          ),
      )}
    </Facts>
  );
}

function createdWords(createdAt: number, offsetMinutes: number | undefined): string {
  const instant = formatInstant(createdAt);
  return offsetMinutes === undefined ? instant : words.there(instant, formatOffset(offsetMinutes));
}
