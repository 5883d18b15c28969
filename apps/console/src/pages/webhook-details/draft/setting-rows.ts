import type { DraftView, WebhookView } from '../../../api/types.ts';
import { deliveryInWords } from '../configuration/delivery-words.ts';

export type SettingRow = {
  readonly field: string;
  readonly label: string;
  readonly isChanged: boolean;
  /** One or more lines each. Nothing secret is in them. */
  readonly live: readonly string[];
  readonly draft: readonly string[];
};

type Settings = Pick<
  WebhookView,
  'version' | 'url' | 'name' | 'description' | 'secret' | 'headers' | 'triggers' | 'applyToAllDescendants' | 'delivery'
>;
type Field = keyof Settings;

const labels: readonly (readonly [Field, string])[] = [
  ['version', 'Version'],
  ['url', 'Authentication URL'],
  ['secret', 'Authentication Secret'],
  ['headers', 'Authorization headers'],
  ['triggers', 'Triggers'],
  ['applyToAllDescendants', 'Apply to child workspace'],
  ['name', 'Name'],
  ['description', 'Description'],
  ['delivery', 'Delivery'],
];

const HIDDEN = '••••••••';

/** Every setting of the webhook beside that of its draft. */
export function settingRows(draft: DraftView, labelOf: (trigger: string) => string): readonly SettingRow[] {
  const { differences } = draft;
  const after: Settings = draft.webhook;
  const changed = new Map(differences.map((difference) => [difference.field, difference.live]));
  // What publishing does not change is in the draft as it is in the webhook.
  const before: Settings = { ...after, ...Object.fromEntries(changed) };
  return labels.map(([field, label]) => {
    const isChanged = changed.has(field);
    return {
      field,
      label,
      isChanged,
      live: linesOf(field, before, labelOf),
      draft: isChanged ? [...linesOf(field, after, labelOf, before)] : linesOf(field, after, labelOf),
    };
  });
}

/** `before` is given for the draft of a changed field: what is masked says whether it is another. */
function linesOf(
  field: Field,
  settings: Settings,
  labelOf: (trigger: string) => string,
  before?: Settings,
): readonly string[] {
  switch (field) {
    case 'secret':
      return [settings.secret === null ? 'that of the location' : before ? `${HIDDEN} (another secret)` : HIDDEN];
    case 'headers':
      return orNone(
        Object.keys(settings.headers).map((name) => `${name}: ${HIDDEN}${headerNote(name, settings, before)}`),
      );
    case 'triggers':
      return settings.triggers.map(labelOf);
    case 'applyToAllDescendants':
      return [settings.applyToAllDescendants ? 'Yes' : 'No'];
    case 'delivery':
      return deliveryInWords(settings.delivery).map(({ term, text }) => `${term}: ${text}`);
    case 'version':
    case 'url':
    case 'name':
    case 'description':
      return orNone(settings[field] === '' ? [] : [settings[field]]);
  }
}

function headerNote(name: string, { headers }: Settings, before: Settings | undefined): string {
  const [was, is] = [before?.headers[name], headers[name]];
  // Behind masks they are alike: nobody can tell.
  return was === undefined || was === is ? '' : ' (another value)';
}

const orNone = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? ['none'] : lines);
