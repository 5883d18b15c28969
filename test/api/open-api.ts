import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { AxiosInstance } from 'axios';

export type Media = {
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: Record<string, { readonly value: unknown }>;
};
export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: object;
};
export type Operation = {
  readonly 'x-scope'?: string;
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Record<string, Media> };
  readonly responses: Record<string, { readonly description?: string; readonly content?: Record<string, Media> }>;
  readonly security?: readonly object[];
};
export type Document = {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly webhooks: Record<string, { readonly post: Operation }>;
  readonly components: object;
};

/** An operation where it stands; its name is the method and the path template. */
export type Placed = Operation & {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly pathParameters: readonly string[];
};

/** `/openapi.json`, and what can be asked of it. */
export class OpenApi {
  readonly #ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
  readonly #compiled = new WeakMap<object, ReturnType<Ajv2020['compile']>>();

  private constructor(readonly document: Document) {}

  static async of(api: AxiosInstance): Promise<OpenApi> {
    const { status, data } = await api.get('/openapi.json');
    if (status !== 200) throw new Error(`GET /openapi.json answered ${status}`);
    return new OpenApi(data as Document);
  }

  get operations(): Placed[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        ...operation,
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        pathParameters: [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name),
      })),
    );
  }

  /** Why the value is not what the schema says; undefined when it is. `$ref`s point into this document. */
  mismatch(schema: object, value: unknown): string | undefined {
    const validate =
      this.#compiled.get(schema) ?? this.#ajv.compile({ ...schema, components: this.document.components });
    this.#compiled.set(schema, validate);
    return validate(value) ? undefined : this.#ajv.errorsText(validate.errors);
  }

  /** Why an answer is none that the operation documents; undefined when it is one. */
  undocumented(operation: Operation, answer: { status: number; data: unknown; headers: object }): string | undefined {
    const documented = operation.responses[answer.status];
    if (!documented) return `${answer.status} is not documented`;
    const type = (answer.headers as Record<string, string | undefined>)['content-type']?.split(';')[0] ?? '';
    if (!documented.content || type === '') {
      return documented.content || type !== '' ? `${answer.status} has the content type '${type}'` : undefined;
    }
    const schema = documented.content[type]?.schema;
    return schema ? this.mismatch(schema, answer.data) : `${answer.status} as ${type} is not documented`;
  }
}

export const examplesIn = (media: Media): unknown[] => [
  ...(media.example === undefined ? [] : [media.example]),
  ...Object.values(media.examples ?? {}).map(({ value }) => value),
];
