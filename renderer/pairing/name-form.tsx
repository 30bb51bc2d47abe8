import { useId, useState } from 'react';

import type { RoostError } from '../../shared/error-catalogue.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { deviceText } from '../text/device-text.ts';
import { Button } from '../ui/button.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useIsNameTaken } from './use-is-name-taken.ts';

const LONGEST_NAME = 200;

/** Asks what a device is to be called that is made here. */
export function NameForm(props: {
  readonly words: {
    readonly name: string;
    readonly nameHint: string;
    readonly nameNeeded: string;
    readonly nameTooLong: string;
    readonly make: string;
  };
  readonly defaultName: string;
  readonly example?: string;
  /** Only where a press opened this: the focus belongs to what was asked for. */
  readonly autoFocus?: boolean;
  readonly isPending: boolean;
  readonly error: RoostError | null;
  readonly onName: (name: string) => void;
}) {
  const { words, example, isPending, error, onName } = props;
  const [name, setName] = useState(props.defaultName);
  const [problem, setProblem] = useState<string>();
  const isTaken = useIsNameTaken();
  const id = useId();
  const submit = () => {
    const trimmed = name.trim();
    const wrong =
      trimmed === ''
        ? words.nameNeeded
        : trimmed.length > LONGEST_NAME
          ? words.nameTooLong
          : undefined;
    setProblem(wrong);
    if (wrong === undefined && !isPending) onName(trimmed);
  };
  return (
    <form
      id={id}
      className="device-maker"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        autoFocus={props.autoFocus ?? false}
        label={words.name}
        hint={words.nameHint}
        // The device that is being made comes into the list with this name.
        warning={!isPending && isTaken(name) ? deviceText.sameName : undefined}
        error={problem}
        value={name}
        {...(example !== undefined && { placeholder: example })}
        onChange={(next) => {
          setName(next);
          setProblem(undefined);
        }}
      />
      {error !== null && <QueryProblem error={error} />}
      <DialogFooter>
        <Button type="submit" form={id} variant="primary" isPending={isPending}>
          {words.make}
        </Button>
      </DialogFooter>
    </form>
  );
}
