import { Download, Pause, Play } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { position } from '@/lib/format';
import { tellPlace, useSeek } from '@/lib/seek';
import { isTaken, isWithin } from '@/lib/shortcuts';
import { buttonClass } from './button';
import { IconButton } from './icon-button';
import { Select } from './select';
import { Spinner } from './spinner';

const speeds = [0.75, 1, 1.25, 1.5, 2];
const STEP_S = 5;
const steps: Record<string, number> = { ArrowLeft: -STEP_S, ArrowRight: STEP_S };

type Props = {
  /** Not known before somebody wants to listen. */
  src: string | undefined;
  busy?: boolean;
  onWanted: () => void;
  /** Until the file itself says so. */
  seconds?: number | null;
  label: string;
  /** Whether it is the one that goes where others on the page point. */
  follows: boolean;
  onBroken: () => void;
};

/** What does something of its own with the space bar or the arrows. */
const OWN_KEYS =
  'button, a, summary, audio, [tabindex="0"], [role="tab"], [role="separator"], [role="slider"], [role="option"]';

/** Plays a recording: by mouse, by keyboard (space, arrows), at several speeds, from wherever the page points; the page hears
 * where it is. Once it was started the keys are its own wherever nothing else has the focus. */
export function AudioPlayer({ src, busy = false, onWanted, seconds, label, follows, onBroken }: Props) {
  const audio = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(seconds ?? 0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);

  const file = useRef<HTMLAnchorElement>(null);
  /** What to do, and where to go on, once there is something to play. */
  const wish = useRef<{ play?: boolean; download?: boolean }>({});
  const resume = useRef<number>(undefined);
  const latest = useRef({ src, onWanted });
  latest.current = { src, onWanted };

  const play = useCallback(() => {
    wish.current.play = true;
    if (!latest.current.src) return latest.current.onWanted();
    // A browser that does not want to play by itself leaves it to the button.
    void audio.current?.play().catch(() => setPlaying(false));
  }, []);
  const goTo = useCallback((to: number) => {
    const element = audio.current;
    if (!element) return;
    if (!latest.current.src) {
      resume.current = Math.max(0, to);
      setAt(resume.current);
      return;
    }
    const end = Number.isFinite(element.duration) ? element.duration : to;
    element.currentTime = Math.max(0, Math.min(to, end));
    setAt(element.currentTime);
  }, []);
  useSeek(
    useCallback(
      (to: number) => {
        if (!follows) return;
        goTo(to);
        play();
      },
      [follows, goTo, play],
    ),
  );
  useEffect(() => {
    if (!src) return;
    if (wish.current.play) play();
    if (wish.current.download) file.current?.click();
    wish.current.download = false;
  }, [src, play]);
  const toggle = () => {
    if (!playing) return play();
    wish.current.play = false;
    audio.current?.pause();
  };
  useEffect(() => {
    if (follows) tellPlace({ at, playing });
  }, [follows, at, playing]);
  const acts = { toggle, step: (by: number) => goTo(at + by) };
  const act = useRef(acts);
  act.current = acts;
  useEffect(() => {
    if (!follows || !src) return;
    const press = (event: globalThis.KeyboardEvent) => {
      const step = steps[event.key];
      if ((step === undefined && event.key !== ' ') || event.shiftKey || isTaken(event)) return;
      if (isWithin(event, OWN_KEYS)) return;
      event.preventDefault();
      if (step === undefined) act.current.toggle();
      else act.current.step(step);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [follows, src]);
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const target = event.target as HTMLElement;
    if (target instanceof HTMLSelectElement) return;
    if (step !== undefined) {
      event.preventDefault();
      goTo(at + step);
    } else if (event.key === ' ' && target instanceof HTMLInputElement) {
      event.preventDefault();
      toggle();
    }
  };
  return (
    <div role="group" aria-label={label} onKeyDown={onKey} className="flex flex-wrap items-center gap-2">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript is on the same page */}
      <audio
        ref={audio}
        src={src}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onEnded={() => {
          wish.current.play = false;
        }}
        onLoadedMetadata={({ currentTarget }) => {
          currentTarget.playbackRate = speed;
          if (resume.current) goTo(resume.current);
          resume.current = undefined;
        }}
        onDurationChange={(event) => {
          const { duration } = event.currentTarget;
          if (Number.isFinite(duration)) setLength(duration);
        }}
        onError={() => {
          resume.current = at;
          onBroken();
        }}
      />
      <IconButton
        label={playing ? 'Pause' : 'Play'}
        icon={busy ? <Spinner /> : playing ? <Pause /> : <Play />}
        aria-busy={busy || undefined}
        onClick={toggle}
      />
      <input
        type="range"
        aria-label="Position"
        aria-valuetext={`${position(at)} of ${position(length)}`}
        min={0}
        max={Math.max(1, Math.ceil(length))}
        step={1}
        value={Math.floor(at)}
        onChange={(event) => goTo(Number(event.target.value))}
        className="h-8 min-w-24 flex-1 accent-accent"
      />
      <span className="text-xs whitespace-nowrap text-ink-mute tabular-nums">
        {position(at)} / {position(length)}
      </span>
      <Select
        aria-label="Speed"
        value={String(speed)}
        onChange={(event) => {
          const next = Number(event.target.value);
          setSpeed(next);
          if (audio.current) audio.current.playbackRate = next;
        }}
      >
        {speeds.map((speed) => (
          <option key={speed} value={speed}>
            {speed}×
          </option>
        ))}
      </Select>
      <a
        ref={file}
        href={src ?? '#'}
        download
        onClick={(event) => {
          if (src) return;
          event.preventDefault();
          wish.current.download = true;
          onWanted();
        }}
        aria-label="Download"
        title="Download"
        className={buttonClass('quiet', 'md', true)}
      >
        <Download />
      </a>
    </div>
  );
}
