import type { RoostError } from '../../shared/error-catalogue.ts';
import { appText } from '../text/app-text.ts';
import { errorWords } from '../text/error-text.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** Why something could not be loaded or done, what to do next, and a button to try again. */
export function QueryProblem(props: { readonly error: RoostError; readonly onRetry?: () => void }) {
  const { error, onRetry } = props;
  const { title, nextStep } = errorWords(error.code);
  return (
    <Notice
      tone="bad"
      title={title}
      actions={onRetry && <Button onPress={onRetry}>{appText.retry}</Button>}
    >
      {nextStep}
    </Notice>
  );
}
