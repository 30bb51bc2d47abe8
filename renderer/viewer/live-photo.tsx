import { viewerText } from '../text/viewer-text.ts';
import { Button } from '../ui/button.tsx';
import { LiveIcon, StopIcon } from '../ui/icons.tsx';
import type { LivePhotoControl } from './use-live-photo.ts';

const words = viewerText.live;

/** The movie of a Live Photo, exactly over its still, until it ends. */
export function LiveMovie({ control }: { readonly control: LivePhotoControl }) {
  if (!control.isPlaying || control.src === undefined) return null;
  return (
    <video
      key={control.src}
      className="picture__movie"
      src={control.src}
      autoPlay
      playsInline
      disablePictureInPicture
      aria-hidden="true"
      tabIndex={-1}
      muted={control.isCopy}
      onEnded={control.stop}
      onError={control.fail}
    />
  );
}

/** Plays the movie, and says where only a copy of it, or nothing, can be played. */
export function LiveButton({ control }: { readonly control: LivePhotoControl }) {
  const { isPlaying, isCopy, isUnplayable, toggle } = control;
  return (
    <>
      {!isUnplayable && (
        <div className="viewer__live">
          <Button
            small
            icon={isPlaying ? StopIcon : LiveIcon}
            aria-label={isPlaying ? words.stop : words.play}
            aria-keyshortcuts="Space"
            onPress={toggle}
          >
            {words.label}
          </Button>
        </div>
      )}
      {(isUnplayable || (isCopy && isPlaying)) && (
        <p className="viewer__note" role="status">
          {isUnplayable ? words.cannotPlay : words.silent}
        </p>
      )}
    </>
  );
}
