import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ApiProblem } from '../../../api/problem.ts';
import { keys } from '../../../live/keys.ts';
import { Button, Dialog, ErrorPanel, PlainText, RadioGroup, TextField } from '../../../ui/index.ts';
import { secretProblem } from '../../../webhooks/secret-rules.ts';
import { OverlapNote } from './overlap-note.tsx';
import { overlaps, type Overlap } from './overlap-words.ts';
import { RotatedSecrets, type Rotated } from './rotated-secrets.tsx';
import type { Rotation } from './rotations.ts';

type Props = {
  readonly workspaceId: string;
  /** Whose secret it is, as it is called: "Billing sync". */
  readonly name: string;
  readonly rotation: Rotation;
  /** The header with one signature. */
  readonly single: string;
  /** Two secrets count already. */
  readonly isOverlapping: boolean;
  readonly onRotated: () => void;
  readonly onClose: () => void;
};

/** Asks how, and shows both secrets afterwards: the old one can be had nowhere else then. */
export function RotateDialog(props: Props): JSX.Element {
  const { workspaceId, name, rotation, single, isOverlapping, onRotated, onClose } = props;
  const [overlap, setOverlap] = useState<Overlap>('86400');
  const [source, setSource] = useState<'made' | 'own'>('made');
  const [own, setOwn] = useState('');
  const [isPending, setPending] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [done, setDone] = useState<Rotated>();
  // Read when the dialog opens and not again: what is rotated is what was looked at.
  const before = useQuery({
    queryKey: [...keys.workspace(workspaceId), 'to-rotate', rotation.of],
    queryFn: rotation.read,
    staleTime: Infinity,
    gcTime: 0,
    meta: { isAside: true },
  });
  const rotate = async (): Promise<void> => {
    if (before.data === undefined) return;
    const problem = source === 'own' ? secretProblem(own) : undefined;
    setWrong(problem);
    setError(undefined);
    if (problem !== undefined) return;
    setPending(true);
    try {
      const asked = { overlapSeconds: Number(overlap), ...(source === 'own' ? { secret: own } : {}) };
      setDone({ ...(await rotation.rotate(asked, before.data.tag)), old: before.data.secret });
      onRotated();
    } catch (failure) {
      const refused = failure instanceof ApiProblem ? failure.messageOf('secret') : undefined;
      if (refused === undefined) setError(failure);
      else setWrong(`The secret ${refused}.`);
      if (failure instanceof ApiProblem && failure.status === 412) void before.refetch();
    } finally {
      setPending(false);
    }
  };
  if (done) return <RotatedSecrets rotated={done} single={single} onClose={onClose} />;
  return (
    <Dialog
      title={
        <>
          Rotate the secret of <PlainText text={name} />?
        </>
      }
      isOpen
      onClose={onClose}
      isDismissable={!isPending}
      footer={
        <>
          <Button onPress={onClose}>Keep it</Button>
          <Button kind="primary" isPending={isPending || before.isPending} onPress={() => void rotate()}>
            Rotate
          </Button>
        </>
      }
    >
      {rotation.takesOwn && (
        <RadioGroup
          label="New secret"
          options={[
            { value: 'made', label: 'Make one', description: 'whsec_ and 32 random bytes' },
            { value: 'own', label: 'Use my own' },
          ]}
          value={source}
          onChange={setSource}
        />
      )}
      {source === 'own' && (
        <TextField
          label="Your secret"
          description="1 to 256 characters. After whsec_: Base64 of 24 to 64 bytes."
          value={own}
          onChange={setOwn}
          error={wrong}
          isMono
          isRequired
          autoFocus
          autoComplete="off"
          spellCheck="false"
        />
      )}
      <RadioGroup
        label="The old secret goes on counting for"
        options={overlaps}
        value={overlap}
        onChange={setOverlap}
      />
      {overlap !== '0' && <OverlapNote single={single} />}
      {isOverlapping && (
        <p>Two secrets count already. Only the last two do: the oldest ends when you rotate, whatever you choose.</p>
      )}
      {before.isError && (
        <ErrorPanel error={before.error} title="The secret could not be read" onRetry={() => void before.refetch()} />
      )}
      {error !== undefined && <ErrorPanel error={error} />}
    </Dialog>
  );
}
