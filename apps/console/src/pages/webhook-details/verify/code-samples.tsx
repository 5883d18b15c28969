import { useState, type JSX } from 'react';
import { Code, PlainText, Segments, Tabs } from '../../../ui/index.ts';
import { schemeInWords, schemeLabel } from './header-names.ts';
import { languages } from './languages.ts';
import type { HeaderNames, Language, Scheme } from './sample.ts';

type Props = { readonly names: HeaderNames; readonly schemes: readonly Scheme[] };

/** Code to be copied into a receiver, with the headers as this webhook sends them. */
export function CodeSamples({ names, schemes }: Props): JSX.Element {
  const [chosen, setScheme] = useState<Scheme>('standard');
  const [language, setLanguage] = useState<Language['id']>('node');
  const scheme = schemes.includes(chosen) ? chosen : 'standard';
  return (
    <div className="code-samples stack gap-3">
      <div className="row gap-3">
        <Segments
          label="Signature in the code"
          options={schemes.map((value) => ({ value, label: schemeLabel(value, names) }))}
          value={scheme}
          onChange={setScheme}
        />
      </div>
      <p>
        <PlainText text={schemeInWords(scheme)} />
      </p>
      <Tabs
        label="Language"
        selected={language}
        onSelect={setLanguage}
        tabs={languages.map(({ id, label, code }) => ({
          id,
          label,
          render: () => <Code text={code(scheme, names)} label={`Code in ${label}`} />,
        }))}
      />
      <p className="small muted">
        The code reads the secret from the environment variable <code>WEBHOOK_SECRET</code>, so it can be checked in.
        While a secret is rotated, run it with each of the two: an alert is good if either verifies.
      </p>
    </div>
  );
}
