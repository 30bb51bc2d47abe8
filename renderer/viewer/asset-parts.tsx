import type { AssetDetails, AssetPart } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { navigate } from '../app/navigation.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useServiceMutation } from '../app/use-service.ts';
import { viewerText } from '../text/viewer-text.ts';
import { Button } from '../ui/button.tsx';
import { SplitIcon } from '../ui/icons.tsx';
import { showToast } from '../ui/toast.tsx';
import { photoAddress } from './photo-address.ts';

const words = viewerText.parts;

/** What Roost guessed to be one asset, why, and the way to say that a guess is wrong. */
export function AssetParts({ details }: { readonly details: AssetDetails }) {
  const { asset, parts } = details;
  const split = useServiceMutation('asset.split', {
    onSuccess: ({ assetId, splitAssetId }, { partId }) => {
      navigate(photoAddress(assetId), { replace: true });
      const part = parts.find((each) => each.partId === partId);
      showToast(words.done(part === undefined ? asset.fileName : nameOf(part)), {
        label: viewerText.undo,
        isUndo: true,
        onPress: () => putTogetherAgain(assetId, splitAssetId),
      });
    },
  });
  if (parts.length < 2) return null;
  // Of two, splitting either off is the same.
  const splittable = parts.length === 2 ? parts.slice(1) : parts;
  return (
    <section className="details__parts" aria-label={words.title}>
      <h3>{words.title}</h3>
      <p className="quiet small">{words.intro(parts.length)}</p>
      <ul className="parts">
        {parts.map((part) => (
          <li key={part.partId} className="part">
            <div className="part__words">
              <p className="part__names">{part.fileNames.join(', ')}</p>
              <p className="quiet small">{words.why(part.why)}</p>
            </div>
            {splittable.includes(part) && (
              <Button
                small
                icon={SplitIcon}
                aria-label={words.splitOffLabel(nameOf(part))}
                isDisabled={split.isPending}
                onPress={() => split.mutate({ assetId: asset.assetId, partId: part.partId })}
              >
                {words.splitOff}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {split.error !== null && <QueryProblem error={split.error} />}
    </section>
  );
}

function nameOf({ fileNames }: AssetPart): string {
  return fileNames[0] ?? '';
}

/** The panel with the button may be gone by then, so this stands on its own. */
function putTogetherAgain(assetId: string, splitAssetId: string): void {
  callService('asset.unsplit', { assetId, splitAssetId }).then(
    () => showToast(words.undone),
    () => showToast(words.undoFailed),
  );
}
