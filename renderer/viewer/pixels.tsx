import { viewerText } from '../text/viewer-text.ts';
import { Fact } from '../ui/facts.tsx';

/** Size in pixels and megapixels, where it is known. */
export function Pixels(props: {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}) {
  const { width, height } = props;
  if (width === undefined || height === undefined) return null;
  return (
    <Fact label={viewerText.fields.pixels}>
      {viewerText.pixels(width, height)}
      {viewerText.megapixels(width, height)}
    </Fact>
  );
}
