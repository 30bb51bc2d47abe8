import { useWindowEvent } from '../app/service-context.tsx';
import { trashText } from '../text/trash-text.ts';
import { showToast } from '../ui/toast.tsx';

/** Says, on whatever page, that a photo came back from the trash because a device sent it anew. */
export function useReturned(): void {
  useWindowEvent((event) => {
    if (event.type === 'returned') showToast(trashText.returnedToast(event.fileName));
  });
}
