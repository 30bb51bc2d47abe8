import { useState } from 'react';

import type { RoostError } from '../../shared/error-catalogue.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';

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
        error={problem}
        value={name}
        {...(example !== undefined && { placeholder: example })}
        onChange={(next) => {
          setName(next);
          setProblem(undefined);
        }}
      />
      {error !== null && <QueryProblem error={error} />}
      <div className="device-maker__actions">
        <Button type="submit" variant="primary" isPending={isPending}>
          {words.make}
        </Button>
      </div>
    </form>
  );
}
