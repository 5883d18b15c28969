type Data = Readonly<Record<string, unknown>>;

/** Names of fields that hold, or may hold, what authenticates somebody: `previous` a secret. Judged by name, so that new events are covered too. */
const PRIVATE_NAME = /secret|hash|passw|passphrase|token|credential|sealed|private|salt|jwk|signingkey|^previous$/i;
/** As the platform seals: `<key id>.<iv, tag and ciphertext>`, of 28 bytes at least. */
const SEALED_VALUE = /^[0-9a-f]{8}\.[A-Za-z0-9_-]{38,}$/;

/** What an event says, without secrets, hashes and sealed values; of headers only the names are left. */
export function publicDetails({ type, data }: { readonly type: string; readonly data: Data }): Data {
  switch (type) {
    case 'TriggerAdded':
    case 'TriggerChanged':
      // A trigger's definition is public, and a property of its schema may well be called `token`.
      return data;
    case 'VersionReleased':
      return publicFields({ ...data, triggers: Object.keys(data['triggers'] ?? {}) });
    case 'NoticeSent':
      // Where mails are kept is nobody's business but the operator's.
      return publicFields({ ...data, place: undefined });
    default:
      return publicFields(data);
  }
}

function publicFields(data: Data): Data {
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => {
      if (PRIVATE_NAME.test(name)) return [];
      if (name === 'headers' && isRecord(value)) return [[name, Object.keys(value)]];
      const shown = publicValue(value);
      return shown === undefined ? [] : [[name, shown]];
    }),
  );
}

function publicValue(value: unknown): unknown {
  if (typeof value === 'string') return SEALED_VALUE.test(value) ? undefined : value;
  if (Array.isArray(value)) return value.map(publicValue).filter((item) => item !== undefined);
  return isRecord(value) ? publicFields(value) : value;
}

const isRecord = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
