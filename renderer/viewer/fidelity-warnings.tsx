import { fidelityWarningWords } from '../text/fidelity-warning-text.ts';
import { Notice } from '../ui/notice.tsx';

/** In what way this is less than what the phone had, what is safe all the same, and what can be done. */
export function FidelityWarnings({ codes }: { readonly codes: readonly string[] }) {
  return codes.map((code) => {
    const { title, next } = fidelityWarningWords(code);
    return (
      <div key={code} className="small">
        <Notice tone="warn" title={title}>
          {next}
        </Notice>
      </div>
    );
  });
}
