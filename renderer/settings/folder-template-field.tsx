import { useRef, useState } from 'react';

import {
  parseTemplate,
  TEMPLATE_TOKENS,
  templateExample,
  type TemplateToken,
} from '../../shared/folder-template.ts';
import { appText } from '../text/app-text.ts';
import { filingText } from '../text/filing-text.ts';
import { serviceSentence } from '../text/service-sentence-text.ts';
import { settingsText } from '../text/settings-text.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { SavedMark } from './saved-mark.tsx';
import { useInsertedText } from './use-inserted-text.ts';
import { useSetting } from './use-setting.ts';

/** The folders and names of originals, as they are written, with what comes of it. */
export function FolderTemplateField({ current }: { readonly current: string }) {
  const [draft, setDraft] = useState<string>();
  const setting = useSetting();
  const field = useRef<HTMLInputElement>(null);
  const text = draft ?? current;
  const read = parseTemplate(text);
  const isChanged = text !== current;

  const change = (next: string) => {
    setDraft(next);
    setting.clearProblem();
  };
  const reset = () => {
    setDraft(undefined);
    setting.clearProblem();
  };
  const insert = useInsertedText(field, text, change);
  const save = () => {
    if ('problem' in read || setting.isSaving) return;
    if (isChanged) setting.save({ folderTemplate: text }, () => setDraft(undefined));
    else reset();
  };

  return (
    <form
      className="setting"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        mono
        inputRef={field}
        label={filingText.template}
        hint={filingText.templateHint}
        error={'problem' in read ? serviceSentence(read.problem) : setting.problem}
        value={text}
        spellCheck="false"
        autoComplete="off"
        onChange={change}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && draft !== undefined) reset();
          else event.continuePropagation();
        }}
      />
      <Tokens onInsert={insert} />
      {'template' in read && (
        <p className="template-example">
          <span className="quiet small">{filingText.example}</span>
          <span className="mono">{templateExample(read.template)}</span>
        </p>
      )}
      {isChanged && (
        <div className="setting__actions">
          <Button small variant="quiet" onPress={reset}>
            {appText.cancel}
          </Button>
          <Button small variant="primary" type="submit" isDisabled={'problem' in read}>
            {settingsText.save}
          </Button>
        </div>
      )}
      <SavedMark isShown={setting.isSaved && !isChanged} />
    </form>
  );
}

function Tokens({ onInsert }: { readonly onInsert: (text: string) => void }) {
  return (
    <div className="tokens" role="group" aria-label={filingText.insert}>
      <span className="quiet small" aria-hidden="true">
        {filingText.insert}
      </span>
      {TEMPLATE_TOKENS.map((token: TemplateToken) => (
        <Button
          key={token}
          small
          aria-label={filingText.insertToken(token)}
          // The field keeps its cursor: the text goes where it is.
          preventFocusOnPress
          onPress={() => onInsert(`{${token}}`)}
        >
          {filingText.token(token)}
        </Button>
      ))}
    </div>
  );
}
