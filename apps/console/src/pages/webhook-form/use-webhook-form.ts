import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useCanGoBack, useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useForm, type FieldPath } from 'react-hook-form';
import { ApiProblem } from '../../api/problem.ts';
import type { VersionView } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';
import { announce, toast } from '../../ui/index.ts';
import { changesBetween, type Change } from './changes.ts';
import { placed } from './field-errors.ts';
import type { Catalog, Edited } from './form-queries.ts';
import { formSchema } from './form-schema.ts';
import { type FormValues, type Mode, newValues, valuesOf } from './form-values.ts';
import { followFirstTest, save } from './save.ts';

type Options = {
  readonly workspaceId: string;
  readonly mode: Mode;
  readonly versions: readonly VersionView[];
  readonly catalog: Catalog;
  readonly latest: Edited | undefined;
  readonly onReadAgain: () => Promise<Edited | undefined>;
};

/** What changes of a webhook without being its configuration, such as a test, changes its ETag as well. */
const TRIES = 3;

/** The state of the form: what it began with, what the server says of it meanwhile, and the ways to save it. */
export function useWebhookForm({ workspaceId, mode, versions, catalog, latest, onReadAgain }: Options) {
  const client = useQueryClient();
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const [base, setBase] = useState(latest);
  const [problem, setProblem] = useState<unknown>();
  /** Counts refused ones, so that what is wrong takes the focus each time. */
  const [attempts, setAttempts] = useState(0);
  /** The same of those refused because the webhook was changed elsewhere. */
  const [collisions, setCollisions] = useState(0);
  const [isSaved, setSaved] = useState(false);
  const beginning = (edited: Edited | undefined): FormValues => beginningOf(mode, edited, versions, catalog);
  const resolver = useMemo(() => zodResolver(formSchema(catalog.headerPrefix)), [catalog.headerPrefix]);
  const form = useForm<FormValues>({
    defaultValues: beginning(base),
    resolver,
    mode: 'onTouched',
    shouldFocusError: false,
  });
  const { isDirty, isSubmitting } = form.formState;

  const changes = useMemo((): readonly Change[] => changesOf(mode, base, latest), [mode, base, latest]);
  if (latest !== base && changes.length === 0) setBase(latest);
  const takeTheirs = (): void => {
    form.reset(beginning(latest));
    setBase(latest);
    setProblem(undefined);
    setCollisions(0);
    announce('The form shows the webhook as it is now.');
  };
  const isBehind = changes.length > 0 && !isDirty && !isSubmitting && !isSaved;
  useEffect(() => {
    if (isBehind) takeTheirs();
  });

  const refuse = (error: unknown, values: FormValues): void => {
    const errors = error instanceof ApiProblem ? error.errors : [];
    const { found, rest } = placed(errors, values);
    for (const { path, message } of found) form.setError(path as FieldPath<FormValues>, { type: 'server', message });
    if (found.length === 0 || rest.length > 0) setProblem(error);
    setAttempts((before) => before + 1);
  };
  const send = async (values: FormValues, over: Edited | undefined): Promise<void> => {
    let against = over;
    for (let tries = 1; ; tries += 1) {
      try {
        const { id } = await save(mode, values, against);
        return await finish(id, values.name.trim());
      } catch (error) {
        const isOutdated = error instanceof ApiProblem && error.status === 412;
        const now = isOutdated ? await onReadAgain() : undefined;
        if (now === undefined || tries === TRIES) return refuse(error, values);
        if (changesOf(mode, against, now).length > 0) return setCollisions((before) => before + 1);
        against = now;
      }
    }
  };
  const finish = async (id: string, name: string): Promise<void> => {
    setSaved(true);
    const shown = name === '' ? 'The webhook' : name;
    if (mode.kind === 'create') {
      toast(`${shown} was created`, { detail: 'A test alert is on its way. Its row tells how it went.' });
      followFirstTest(id).catch(() => undefined);
    } else toast(mode.kind === 'edit' ? `${shown} was saved` : 'The draft was saved');
    // Back does not lead into a form that is done.
    const done = { replace: true, ignoreBlocker: true } as const;
    if (mode.kind === 'create')
      await router.navigate({ to: '/w/$workspaceId/webhooks', params: { workspaceId }, ...done });
    else if (mode.kind === 'edit' && canGoBack) router.history.back({ ignoreBlocker: true });
    else {
      const tab = mode.kind === 'draft' ? 'draft' : 'configuration';
      await router.navigate({
        to: '/w/$workspaceId/webhooks/$webhookId',
        params: { workspaceId, webhookId: id },
        search: { tab },
        ...done,
      });
    }
    await client.invalidateQueries({ queryKey: keys.webhooks(workspaceId) });
  };

  const submitAgainst = async (against: Edited | undefined): Promise<void> => {
    if (form.formState.isSubmitting || isSaved) return;
    setProblem(undefined);
    await form.handleSubmit(
      (values) => send(values, against),
      () => setAttempts((before) => before + 1),
    )();
  };
  return {
    form,
    base,
    changes,
    problem,
    attempts,
    collisions,
    isSaved,
    takeTheirs,
    /** While somebody else's change is on screen it is asked about first. */
    submit: () => (changes.length > 0 ? Promise.resolve(setCollisions((before) => before + 1)) : submitAgainst(base)),
    saveOver: () => {
      setBase(latest);
      setCollisions(0);
      void submitAgainst(latest);
    },
    leave: () => {
      if (canGoBack) router.history.back();
      else void router.navigate({ to: '/w/$workspaceId/webhooks', params: { workspaceId } });
    },
  };
}

const changesOf = ({ kind }: Mode, before: Edited | undefined, after: Edited | undefined): readonly Change[] =>
  before && after ? changesBetween(before.webhook, after.webhook, kind === 'edit') : [];

function beginningOf(
  mode: Mode,
  edited: Edited | undefined,
  versions: readonly VersionView[],
  catalog: Catalog,
): FormValues {
  const newest = versions[0]?.name ?? '';
  if (edited === undefined) {
    const wanted = mode.kind === 'create' ? mode.trigger : undefined;
    return newValues(
      newest,
      catalog.triggers.some(({ type }) => type === wanted) && wanted !== undefined ? [wanted] : [],
    );
  }
  const values = valuesOf(edited.webhook);
  const isLive = versions.some(({ name, status }) => name === values.version && status !== 'expired');
  // A draft can be published on a live version only.
  return mode.kind === 'draft' && !isLive ? { ...values, version: newest } : values;
}
