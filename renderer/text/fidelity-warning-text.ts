import { FIDELITY_WARNINGS, isFidelityWarning } from '../../shared/fidelity-warnings.ts';

/** In what way an asset is less than what was taken; what is safe all the same; what can be done. */
export interface FidelityWarningWords {
  readonly title: string;
  readonly next: string;
}

/** Words for a code; one that this window does not know is from a newer Roost. */
export function fidelityWarningWords(code: string): FidelityWarningWords {
  if (!isFidelityWarning(code)) {
    return {
      title: `This may be less than what the device has (${code}).`,
      next: 'What came is safe, bit for bit.',
    };
  }
  const { sentence, safe, next } = FIDELITY_WARNINGS[code];
  return { title: sentence, next: `${safe} ${next}` };
}
