import { RoostError, type ErrorCode } from '../../shared/error-catalogue.ts';

/** A catalogue error with a next step of its own, where the CLI knows better than the catalogue what to type. */
export class NextStepError extends RoostError {
  readonly nextStep: string;

  constructor(code: ErrorCode, detail: string, nextStep: string, options?: ErrorOptions) {
    super(code, detail, options);
    this.nextStep = nextStep;
  }
}
