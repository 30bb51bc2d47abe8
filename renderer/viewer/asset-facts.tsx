import type { AssetDetails } from '../../shared/window-views.ts';
import { mainKindWords, moreKindWords } from '../text/asset-kind-text.ts';
import { formatDuration } from '../text/format.ts';
import {
  exposureWords,
  hdrWords,
  movieWords,
  placeWords,
  ratingWords,
  softwareWords,
} from '../text/metadata-text.ts';
import { viewerText } from '../text/viewer-text.ts';
import { Fact, Facts } from '../ui/facts.tsx';
import { CopyValue } from './copy-value.tsx';
import { Pixels } from './pixels.tsx';
import { SentAs } from './sent-as.tsx';

const words = viewerText.fields;

/** What an asset is, when, where and with what it was taken. */
export function AssetFacts({ details }: { readonly details: AssetDetails }) {
  const { asset, captureTime, resources, shownReceiptId, metadata = {} } = details;
  const shown = resources.find(({ receiptId }) => receiptId === shownReceiptId);
  return (
    <Facts>
      <Fact label={words.file}>{asset.fileName}</Fact>
      {resources.length === 1 && shown !== undefined && <SentAs resource={shown} />}
      <Fact label={words.kind}>{[mainKindWords(asset), ...moreKindWords(asset)].join(', ')}</Fact>
      <Fact label={words.captured}>
        {viewerText.captureTime(captureTime)}
        <br />
        <span className="quiet small">{viewerText.captureSource(captureTime)}</span>
      </Fact>
      <Place details={details} />
      <TextFact label={words.camera} words={metadata.camera} />
      <TextFact label={words.lens} words={metadata.lensModel} />
      <TextFact label={words.exposure} words={exposureWords(metadata)} />
      <Pixels width={asset.width} height={asset.height} />
      {asset.kind === 'video' && asset.durationMs !== undefined && (
        <Fact label={words.duration}>
          {formatDuration(asset.durationMs)}
          <Note words={movieWords(metadata)} />
        </Fact>
      )}
      <TextFact label={words.hdr} words={hdrWords(metadata)} />
      <TextFact label={words.rating} words={ratingWords(metadata)} />
      <TextFact label={words.software} words={softwareWords(metadata)} />
      {shown !== undefined && <Fact label={words.device}>{shown.deviceName}</Fact>}
    </Facts>
  );
}

function TextFact(props: { readonly label: string; readonly words: string | undefined }) {
  return props.words === undefined ? null : <Fact label={props.label}>{props.words}</Fact>;
}

function Note({ words: note }: { readonly words: string | undefined }) {
  if (note === undefined) return null;
  return (
    <>
      <br />
      <span className="quiet small">{note}</span>
    </>
  );
}

function Place({ details }: { readonly details: AssetDetails }) {
  const told = details.resources.find((resource) => resource.told.location)?.told.location;
  const inFile = placeWords(details.metadata ?? {});
  const place =
    inFile ?? (told && placeWords({ gpsLatitude: told.latitude, gpsLongitude: told.longitude }));
  if (place === undefined) return null;
  return (
    <Fact
      label={words.place}
      action={<CopyValue text={place.copied} label={viewerText.copyPlace} />}
    >
      {place.coordinates}
      <Note words={inFile === undefined ? viewerText.placeTold : place.altitude} />
    </Fact>
  );
}
